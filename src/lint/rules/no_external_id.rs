//! Accounts of others that a role lets in without a word that they agreed on.

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::LintSubject;
use crate::policy::{PolicyType, PrincipalType};
use crate::source::Severity;

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "no-external-id",
        severity: Severity::Suggestion,
        what: "a role that lets another account in without `sts:ExternalId`",
        why: "somebody who works for several customers could be made to act for the wrong one; an account of the same organization needs none",
        kind: PolicyType::Trust,
        example: r#"{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "sts:AssumeRole"}"#,
        near: r#"{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "sts:AssumeRole", "Condition": {"StringEquals": {"sts:ExternalId": "f81d4fae"}}}"#,
        check: Some(external),
    },
];

/// What says which customer is meant, or that there is one alone.
const GUARDS: [&str; 4] =
    ["sts:ExternalId", "aws:PrincipalOrgID", "aws:PrincipalOrgPaths", "aws:PrincipalArn"];

fn external(subject: &LintSubject<'_>, found: &mut LintFindings) {
    if subject.kind() != PolicyType::Trust {
        return;
    }
    let open = subject.statements().filter(|one| one.is_allow() && one.covers_action("sts:AssumeRole"));
    for statement in open.filter(|one| !one.requires(&GUARDS)) {
        for (token, kind, text) in statement.principals() {
            let is_account = text.ends_with(":root") || text.bytes().all(|c| c.is_ascii_digit());
            if kind == Some(PrincipalType::Aws) && is_account {
                let what = format!("`{text}` needs no word that was agreed on");
                let help = "if it is the account of a provider, test `sts:ExternalId`";
                found.advise(statement.place(token), what, help);
            }
        }
    }
}
