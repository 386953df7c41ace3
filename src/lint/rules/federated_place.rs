//! Identity providers in policies that take none.

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::LintSubject;
use crate::policy::{PolicyType, PrincipalType};
use crate::source::Severity;

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "federated-place",
        severity: Severity::Error,
        what: "an identity provider as a principal outside of a trust policy",
        why: "AWS refuses to save it: only roles are assumed with a token",
        kind: PolicyType::ResourceBased,
        example: r#"{"Principal": {"Federated": "accounts.google.com"}, "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}"#,
        near: r#"{"Principal": {"AWS": "111122223333"}, "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}"#,
        check: Some(federated),
    },
];

fn federated(subject: &LintSubject<'_>, found: &mut LintFindings) {
    if !matches!(subject.kind(), PolicyType::ResourceBased | PolicyType::Key | PolicyType::VpcEndpoint) {
        return;
    }
    for statement in subject.statements() {
        for (token, _, text) in
            statement.principals().filter(|(_, kind, _)| *kind == Some(PrincipalType::Federated))
        {
            found.advise(
                statement.place(token),
                format!("`{text}` is a principal of trust policies alone"),
                "name the role that is assumed with its tokens",
            );
        }
    }
}
