//! Several truth values in place of one.

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::LintSubject;
use crate::policy::{OperatorFamily, PolicyType, Token};
use crate::source::Severity;

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "many-booleans",
        severity: Severity::Warning,
        what: "several values under `Bool` or `Null`",
        why: "any of them will do, so the test holds for both",
        kind: PolicyType::IdentityBased,
        example: r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/k", "Condition": {"Bool": {"aws:SecureTransport": ["true", "false"]}}}"#,
        near: r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/k", "Condition": {"Bool": {"aws:SecureTransport": ["true"]}}}"#,
        check: Some(many),
    },
];

fn many(subject: &LintSubject<'_>, found: &mut LintFindings) {
    for statement in subject.statements() {
        for (number, test) in statement.tests() {
            let family = test.operator.operator.family();
            if matches!(family, OperatorFamily::Bool | OperatorFamily::Null) && test.values.len() > 1 {
                let what = format!("`{}` is compared with several truth values", statement.key(test));
                found.advise(statement.place(Token::Key(number)), what, "write the one that is meant");
            }
        }
    }
}
