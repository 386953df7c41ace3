//! Whose workflows may assume a role.

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::LintSubject;
use crate::policy::{PolicyType, PrincipalType};
use crate::source::Severity;

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "github-wide",
        severity: Severity::Security,
        what: "a trust policy that lets the workflows of every repository of GitHub in",
        why: "anybody can have a repository",
        kind: PolicyType::Trust,
        example: r#"{"Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"}, "Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity", "Condition": {"StringLike": {"token.actions.githubusercontent.com:sub": "repo:*"}}}"#,
        near: r#"{"Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"}, "Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity", "Condition": {"StringLike": {"token.actions.githubusercontent.com:sub": "repo:acme/app:*"}}}"#,
        check: Some(wide),
    },
];

fn wide(subject: &LintSubject<'_>, found: &mut LintFindings) {
    for statement in subject.statements().filter(|one| one.is_allow()) {
        let is_federated = statement.principals().any(|(_, kind, _)| kind == Some(PrincipalType::Federated));
        for test in statement.tests().filter(|_| is_federated) {
            if !statement.key(test.1).eq_ignore_ascii_case("token.actions.githubusercontent.com:sub") {
                continue;
            }
            for (token, value) in statement.values(test) {
                if matches!(&*value, "*" | "repo:*" | "repo:*/*" | "repo:*:*" | "repo:*/*:*") {
                    let what = format!("`{value}` lets the workflows of every repository of GitHub in");
                    found.advise(
                        statement.place(token),
                        what,
                        "name the repository: `repo:OWNER/NAME:ref:refs/heads/main`",
                    );
                }
            }
        }
    }
}
