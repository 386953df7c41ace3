//! Short patterns where a name decides who somebody is.

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::LintSubject;
use crate::policy::{Operator, OperatorFamily, PolicyType};
use crate::source::Severity;

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "sensitive-wildcard",
        severity: Severity::Security,
        what: "a wildcard in a key that says who somebody is, behind fewer than six characters",
        why: "others can have such names",
        kind: PolicyType::ResourceBased,
        example: r#"{"Principal": "*", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*", "Condition": {"StringLike": {"aws:PrincipalOrgID": "o-*"}}}"#,
        near: r#"{"Principal": "*", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*", "Condition": {"StringLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/*"}}}"#,
        check: Some(wildcard),
    },
];

/// Keys that say who somebody is, for whom he acts, or where he comes from.
const KEYS: [&str; 13] = [
    "aws:PrincipalAccount", "aws:PrincipalArn", "aws:PrincipalOrgID", "aws:PrincipalOrgPaths",
    "aws:SourceAccount", "aws:SourceArn", "aws:SourceOrgID", "aws:SourceOrgPaths", "aws:SourceVpc",
    "aws:SourceVpce", "aws:userid", "aws:username", "aws:VpceOrgID",
];

fn wildcard(subject: &LintSubject<'_>, found: &mut LintFindings) {
    let is_severe =
        matches!(subject.kind(), PolicyType::ResourceBased | PolicyType::Key | PolicyType::VpcEndpoint);
    for statement in subject.statements().filter(|one| one.is_allow()) {
        for test in statement.tests() {
            let (key, operator) = (statement.key(test.1), test.1.operator.operator);
            let knows_wildcards = operator == Operator::StringLike
                || operator.family() == OperatorFamily::Arn && !operator.is_negated();
            if !knows_wildcards || !KEYS.iter().any(|own| own.eq_ignore_ascii_case(&key)) {
                continue;
            }
            for (token, value) in statement.values(test) {
                let Some(before) = value.find(['*', '?']).filter(|before| *before < 6 && *value != *"*")
                else {
                    continue;
                };
                let is_user = key.eq_ignore_ascii_case("aws:userid") && value[before..].starts_with("*:");
                if !is_user {
                    let finding =
                        found.at(statement.place(token), format!("`{value}` leaves open who it is"));
                    if !is_severe {
                        finding.severity = Severity::Suggestion;
                    }
                }
            }
        }
    }
}
