//! Keys that a caller of this kind never has.

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::LintSubject;
use crate::policy::{Operator, PolicyType, PrincipalType, Token};
use crate::source::Severity;

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "service-key-clash",
        severity: Severity::Warning,
        what: "a key that the principals of the statement never have",
        why: "the test never holds for them",
        kind: PolicyType::ResourceBased,
        example: r#"{"Principal": {"Service": "sns.amazonaws.com"}, "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:us-east-1:111122223333:q", "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}}"#,
        near: r#"{"Principal": {"Service": "sns.amazonaws.com"}, "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:us-east-1:111122223333:q", "Condition": {"StringEquals": {"aws:SourceOrgID": "o-a1b2c3d4e5"}}}"#,
        check: Some(clash),
    },
];

/// What users and roles have and services have not, and the reverse.
const OF_PRINCIPALS: [&str; 6] = [
    "aws:PrincipalOrgID", "aws:PrincipalOrgPaths", "aws:PrincipalAccount", "aws:PrincipalArn", "aws:userid",
    "aws:username",
];
const OF_SERVICES: [&str; 2] = ["aws:SourceArn", "aws:SourceAccount"];

fn clash(subject: &LintSubject<'_>, found: &mut LintFindings) {
    if !matches!(subject.kind(), PolicyType::ResourceBased | PolicyType::Trust | PolicyType::Key) {
        return;
    }
    for statement in subject.statements().filter(|one| one.is_allow()) {
        let all: Vec<_> = statement.principals().collect();
        let are = |wanted: PrincipalType| {
            !all.is_empty() && all.iter().all(|(_, kind, text)| *kind == Some(wanted) && **text != *"*")
        };
        let (keys, who, instead): (&[&str], &str, &str) =
            match (are(PrincipalType::Service), are(PrincipalType::Aws)) {
                (true, _) => (
                    &OF_PRINCIPALS,
                    "a service of AWS has",
                    "test `aws:SourceOrgID`, `aws:SourceAccount` or `aws:SourceArn`",
                ),
                (_, true) => {
                    (&OF_SERVICES, "users and roles have", "test `aws:PrincipalOrgID` or `aws:PrincipalArn`")
                }
                _ => continue,
            };
        for (number, test) in statement.tests() {
            let key = statement.key(test);
            let is_tag =
                key.to_ascii_lowercase().starts_with("aws:principaltag/") && are(PrincipalType::Service);
            let is_theirs = is_tag || keys.iter().any(|own| own.eq_ignore_ascii_case(&key));
            let is_plain = test.operator.operator != Operator::Null
                && !test.operator.holds_without_key()
                && !test.operator.operator.is_negated();
            if is_theirs && is_plain {
                found.advise(
                    statement.place(Token::Key(number)),
                    format!("{who} no `{key}`, so the test never holds"),
                    instead,
                );
            }
        }
    }
}
