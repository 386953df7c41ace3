//! Conditions that test nothing.

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::LintSubject;
use crate::policy::{PolicyType, Token};
use crate::source::Severity;

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "empty-condition",
        severity: Severity::Suggestion,
        what: "a condition without tests",
        why: "it always holds",
        kind: PolicyType::IdentityBased,
        example: r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/k", "Condition": { }}"#,
        near: r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/k", "Condition": {"Bool": {"aws:SecureTransport": "true"}}}"#,
        check: Some(empty),
    },
];

fn empty(subject: &LintSubject<'_>, found: &mut LintFindings) {
    for statement in subject.statements() {
        if statement.says.condition_span.is_some() && statement.says.condition.is_empty() && subject.is_sound
        {
            let place = statement.place(Token::Condition);
            found.advise(place, "the condition tests nothing, so it always holds", "leave `Condition` out");
        }
    }
}
