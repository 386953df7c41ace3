//! What policies of VPC endpoints do not have (A55a, A56).

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::LintSubject;
use crate::names::{AccountId, has_wildcard};
use crate::policy::Token;
use crate::policy::{OperatorFamily, PolicyType, PrincipalType};
use crate::source::Severity;

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "endpoint-principal",
        severity: Severity::Warning,
        what: "an account as the principal of a policy for S3 or DynamoDB",
        why: "at a gateway endpoint it covers the root user of the account alone",
        kind: PolicyType::VpcEndpoint,
        example: r#"{"Principal": {"AWS": "111122223333"}, "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}"#,
        near: r#"{"Principal": "*", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", "Condition": {"StringEquals": {"aws:PrincipalAccount": "111122223333"}}}"#,
        check: Some(principal),
    },
    LintRule {
        code: "endpoint-pattern",
        severity: Severity::Warning,
        what: "a wildcard or a number where an endpoint policy compares an id that AWS made",
        why: "AWS refuses to save it",
        kind: PolicyType::VpcEndpoint,
        example: r#"{"Principal": "*", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", "Condition": {"StringLike": {"aws:PrincipalAccount": "1111*"}}}"#,
        near: r#"{"Principal": "*", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", "Condition": {"StringLike": {"aws:PrincipalTag/team": "blue-team-*"}}}"#,
        check: Some(pattern),
    },
];

/// The services whose endpoints may be gateways.
const OF_GATEWAYS: [&str; 2] = ["s3:", "dynamodb:"];

/// Global keys whose values AWS makes.
const MADE_BY_AWS: [&str; 9] = [
    "aws:PrincipalAccount", "aws:PrincipalOrgID", "aws:ResourceAccount", "aws:ResourceOrgID",
    "aws:SourceAccount", "aws:SourceOrgID", "aws:SourceVpc", "aws:SourceVpce", "aws:VpceAccount",
];

fn principal(subject: &LintSubject<'_>, found: &mut LintFindings) {
    if subject.kind() != PolicyType::VpcEndpoint {
        return;
    }
    for statement in subject.statements() {
        let is_gateway =
            statement.actions().any(|(_, text)| OF_GATEWAYS.iter().any(|own| text.starts_with(own)));
        for (token, kind, text) in statement.principals().filter(|_| is_gateway) {
            let account = text.strip_suffix(":root").and_then(|arn| arn.rsplit(':').next()).unwrap_or(&text);
            if kind == Some(PrincipalType::Aws) && AccountId::parse(account).is_some() {
                let what =
                    format!("at a gateway endpoint this is the root user of {account}, not the account");
                let help = "write `\"Principal\": \"*\"` and test `aws:PrincipalAccount`";
                found.advise(statement.place(token), what, help);
            }
        }
    }
}

fn pattern(subject: &LintSubject<'_>, found: &mut LintFindings) {
    if subject.kind() != PolicyType::VpcEndpoint {
        return;
    }
    for statement in subject.statements() {
        for test in statement.tests() {
            let key = statement.key(test.1);
            if !MADE_BY_AWS.iter().any(|own| own.eq_ignore_ascii_case(&key)) {
                continue;
            }
            if test.1.operator.operator.family() == OperatorFamily::Numeric {
                found.at(
                    statement.place(Token::Operator(test.0)),
                    format!("endpoint policies do not compare `{key}` as a number"),
                );
            }
            for (token, value) in statement.values(test).filter(|(_, value)| has_wildcard(value)) {
                found.at(
                    statement.place(token),
                    format!("endpoint policies take no wildcard in `{key}`, as in `{value}`"),
                );
            }
        }
    }
}
