//! Negated operators with `ForAnyValue` in what is denied.

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::LintSubject;
use super::for_all_open::is_part_of_call;
use crate::policy::{PolicyType, SetOperator, Token};
use crate::source::Severity;

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "for-any-hole",
        severity: Severity::Warning,
        what: "a Deny with `ForAnyValue` and a negated operator",
        why: "a request without the key is not denied",
        kind: PolicyType::IdentityBased,
        example: r#"{"Effect": "Deny", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/k", "Condition": {"ForAnyValue:StringNotEquals": {"aws:TagKeys": "team"}}}"#,
        near: r#"{"Effect": "Deny", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/k", "Condition": {"ForAnyValue:StringNotEquals": {"aws:TagKeys": "team"}, "Null": {"aws:TagKeys": "false"}}}"#,
        check: Some(hole),
    },
];

fn hole(subject: &LintSubject<'_>, found: &mut LintFindings) {
    for statement in subject.statements().filter(|one| !one.is_allow()) {
        for (number, test) in statement.tests() {
            let key = statement.key(test);
            let is_open =
                test.operator.set == Some(SetOperator::ForAnyValue) && test.operator.operator.is_negated();
            let others = || statement.tests().filter(|(other, _)| *other != number);
            if is_open
                && !is_part_of_call(&key)
                && !others().any(|(_, other)| statement.key(other).eq_ignore_ascii_case(&key))
            {
                let what = format!("a request without `{key}` passes this Deny");
                found.advise(
                    statement.place(Token::Operator(number)),
                    what,
                    format!("a second Deny, `\"Null\": {{\"{key}\": \"true\"}}`, takes it in"),
                );
            }
        }
    }
}
