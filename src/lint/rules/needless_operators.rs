//! Operators that could be simpler ones.

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::LintSubject;
use crate::policy::{Operator, PolicyType, Token};
use crate::source::Severity;

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "like-without-wildcard",
        severity: Severity::Suggestion,
        what: "a StringLike whose values have no wildcard",
        why: "`StringEquals` says the same, and stays right where a value holds a `*` one day",
        kind: PolicyType::IdentityBased,
        example: r#"{"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::b", "Condition": {"StringLike": {"s3:prefix": "home"}}}"#,
        near: r#"{"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::b", "Condition": {"StringLike": {"s3:prefix": "home*"}}}"#,
        check: Some(like),
    },
    LintRule {
        code: "useless-if-exists",
        severity: Severity::Suggestion,
        what: "an `IfExists` that changes nothing",
        why: "the key is always there, or the operator holds without it anyway",
        kind: PolicyType::IdentityBased,
        example: r#"{"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::b", "Condition": {"StringNotEqualsIfExists": {"s3:prefix": "home"}}}"#,
        near: r#"{"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::b", "Condition": {"StringEqualsIfExists": {"s3:prefix": "home"}}}"#,
        check: Some(if_exists),
    },
];

fn like(subject: &LintSubject<'_>, found: &mut LintFindings) {
    for statement in subject.statements() {
        for test in statement.tests() {
            let is_like = matches!(test.1.operator.operator, Operator::StringLike | Operator::StringNotLike);
            let mut values = statement.values(test);
            if is_like && !values.any(|(_, value)| value.contains(['*', '?', '$'])) {
                let what = "no value has a wildcard, so this is `StringEquals` or `StringNotEquals`";
                found.at(statement.place(Token::Operator(test.0)), what);
            }
        }
    }
}

fn if_exists(subject: &LintSubject<'_>, found: &mut LintFindings) {
    for statement in subject.statements() {
        for test in statement.tests().filter(|(_, test)| test.operator.if_exists) {
            let key = statement.key(test.1);
            let is_there = subject.catalog.condition_key(&key).is_some_and(|key| key.is_always_present());
            let is_negated = test.1.operator.set.is_none() && test.1.operator.operator.is_negated();
            if is_there || is_negated {
                let why = match is_there {
                    true => format!("`{key}` is in every request"),
                    false => "a negated operator holds without the key anyway".to_owned(),
                };
                found.at(
                    statement.place(Token::Operator(test.0)),
                    format!("`IfExists` changes nothing: {why}"),
                );
            }
        }
    }
}
