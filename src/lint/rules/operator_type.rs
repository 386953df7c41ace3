//! Operators of another type than the key.

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::LintSubject;
use crate::catalog::KeyType;
use crate::policy::{OperatorFamily, PolicyType, Token};
use crate::source::Severity;

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "operator-type",
        severity: Severity::Warning,
        what: "an operator for values that the key never has",
        why: "no value of the key is of that type, so no test of it holds",
        kind: PolicyType::IdentityBased,
        example: r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/k", "Condition": {"NumericEquals": {"aws:SecureTransport": "1"}}}"#,
        near: r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/k", "Condition": {"StringLike": {"aws:SourceArn": "arn:aws:s3:::b*"}}}"#,
        check: Some(types),
    },
    LintRule {
        code: "epoch-date",
        severity: Severity::Suggestion,
        what: "a date given in seconds",
        why: "people read `2026-11-30T00:00:00Z` at once",
        kind: PolicyType::IdentityBased,
        example: r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/k", "Condition": {"DateLessThan": {"aws:CurrentTime": "1796083200"}}}"#,
        near: r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/k", "Condition": {"NumericLessThan": {"aws:EpochTime": "1796083200"}}}"#,
        check: Some(epoch),
    },
    LintRule {
        code: "variable-in-operator",
        severity: Severity::Warning,
        what: "a policy variable under an operator for numbers, dates, addresses or bytes",
        why: "AWS puts in variables for text and ARNs alone",
        kind: PolicyType::IdentityBased,
        example: r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/k", "Condition": {"NumericEquals": {"s3:max-keys": "${aws:PrincipalTag/most}"}}}}"#,
        near: r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/k", "Condition": {"StringEquals": {"s3:prefix": "${aws:username}"}}}}"#,
        check: Some(variables),
    },
];

fn types(subject: &LintSubject<'_>, found: &mut LintFindings) {
    for statement in subject.statements() {
        for (number, test) in statement.tests() {
            let key = statement.key(test);
            let Some(known) = subject.catalog.condition_key(&key) else { continue };
            let family = test.operator.operator.family();
            let fits = |kind: KeyType| takes(family, kind);
            if !fits(known.kind()) && !known.second_kind().is_some_and(fits) {
                let what = format!(
                    "`{key}` is of type {}, and `{}` compares {}",
                    known.kind().name(),
                    test.operator,
                    family.about()
                );
                found.at(statement.place(Token::Operator(number)), what);
            }
        }
    }
}

/// Whether an operator can meet values of a type. Text is compared with whatever a value is written as.
fn takes(family: OperatorFamily, kind: KeyType) -> bool {
    match family {
        OperatorFamily::String | OperatorFamily::Null => true,
        OperatorFamily::Arn => matches!(kind, KeyType::Arn | KeyType::String),
        OperatorFamily::Bool => matches!(kind, KeyType::Bool | KeyType::String),
        OperatorFamily::Numeric => matches!(kind, KeyType::Numeric | KeyType::Date | KeyType::String),
        OperatorFamily::Date => matches!(kind, KeyType::Date | KeyType::Numeric | KeyType::String),
        OperatorFamily::Ip => matches!(kind, KeyType::IpAddress | KeyType::String),
        OperatorFamily::Binary => matches!(kind, KeyType::Binary | KeyType::String),
    }
}

fn epoch(subject: &LintSubject<'_>, found: &mut LintFindings) {
    for statement in subject.statements() {
        for test in
            statement.tests().filter(|(_, test)| test.operator.operator.family() == OperatorFamily::Date)
        {
            for (token, value) in statement.values(test) {
                if value.len() > 4 && value.bytes().all(|digit| digit.is_ascii_digit()) {
                    found.at(statement.place(token), format!("`{value}` counts the seconds since 1970"));
                }
            }
        }
    }
}

fn variables(subject: &LintSubject<'_>, found: &mut LintFindings) {
    const PLAIN: [OperatorFamily; 4] =
        [OperatorFamily::Numeric, OperatorFamily::Date, OperatorFamily::Ip, OperatorFamily::Binary];
    for statement in subject.statements() {
        for test in statement.tests().filter(|(_, test)| PLAIN.contains(&test.operator.operator.family())) {
            for (token, value) in statement.values(test).filter(|(_, value)| value.contains("${")) {
                let what = format!(
                    "`{}` takes `{value}` as it stands, which is no value of its type",
                    test.1.operator
                );
                found.at(statement.place(token), what);
            }
        }
    }
}
