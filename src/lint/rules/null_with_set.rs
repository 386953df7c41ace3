//! `Null` with a set operator (B13).

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::LintSubject;
use crate::policy::{Operator, PolicyType, Token};
use crate::source::Severity;

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "null-with-set",
        severity: Severity::Warning,
        what: "`Null` with `ForAllValues` or `ForAnyValue`",
        why: "`Null` tests whether a key is there, whatever its values",
        kind: PolicyType::IdentityBased,
        example: r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/k", "Condition": {"ForAllValues:Null": {"aws:TagKeys": "true"}}}"#,
        near: r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/k", "Condition": {"Null": {"aws:TagKeys": "true"}}}"#,
        check: Some(null),
    },
];

fn null(subject: &LintSubject<'_>, found: &mut LintFindings) {
    for statement in subject.statements() {
        for (number, test) in statement.tests() {
            if test.operator.operator == Operator::Null && test.operator.set.is_some() {
                let what = "`Null` tests whether the key is there, so it takes no set operator";
                found.advise(statement.place(Token::Operator(number)), what, "write `Null`");
            }
        }
    }
}
