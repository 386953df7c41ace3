//! Sids.

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::LintSubject;
use crate::policy::{PolicyType, Token};
use crate::source::Severity;

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "empty-sid",
        severity: Severity::Suggestion,
        what: "an empty Sid",
        why: "it names nothing",
        kind: PolicyType::IdentityBased,
        example: r#"{"Sid": "", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/k"}"#,
        near: r#"{"Sid": "A", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/k"}"#,
        check: Some(empty),
    },
];

fn empty(subject: &LintSubject<'_>, found: &mut LintFindings) {
    for statement in subject.statements().filter(|one| one.says.sid.is_some_and(|sid| sid.span.is_empty())) {
        found.advise(
            statement.place(Token::Sid),
            "the Sid is empty",
            "leave it out, or give the statement a name",
        );
    }
}
