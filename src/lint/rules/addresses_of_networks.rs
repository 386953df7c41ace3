//! Addresses, and the networks in which they mean something.

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::LintSubject;
use crate::policy::{OperatorFamily, PolicyType, Token};
use crate::source::Severity;

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "missing-twin",
        severity: Severity::Security,
        what: "`aws:VpcSourceIp` without the network in which it lies",
        why: "private addresses are the same in every VPC: anybody can have one",
        kind: PolicyType::IdentityBased,
        example: r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/k", "Condition": {"IpAddress": {"aws:VpcSourceIp": "10.0.0.0/24"}}}"#,
        near: r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/k", "Condition": {"IpAddress": {"aws:VpcSourceIp": "10.0.0.0/24"}, "StringEquals": {"aws:SourceVpc": "vpc-1"}}}"#,
        check: Some(twin),
    },
    LintRule {
        code: "endpoint-hits-ip",
        severity: Severity::Suggestion,
        what: "a Deny for other addresses that also meets what comes through an endpoint",
        why: "a request through a VPC endpoint has no `aws:SourceIp`, so `NotIpAddress` holds",
        kind: PolicyType::IdentityBased,
        example: r#"{"Effect": "Deny", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/k", "Condition": {"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}, "Bool": {"aws:ViaAWSService": "false"}}}"#,
        near: r#"{"Effect": "Deny", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/k", "Condition": {"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}, "StringNotEquals": {"aws:SourceVpce": "vpce-1"}}}"#,
        check: Some(endpoint),
    },
];

/// What tells the network of an address.
const NETWORKS: [&str; 6] = [
    "aws:SourceVpc", "aws:SourceVpce", "aws:SourceVpcArn", "aws:VpceAccount", "aws:VpceOrgID",
    "aws:VpceOrgPaths",
];

fn twin(subject: &LintSubject<'_>, found: &mut LintFindings) {
    if subject.kind() == PolicyType::VpcEndpoint {
        return;
    }
    for statement in subject.statements().filter(|one| !one.reads(&NETWORKS)) {
        for (number, test) in statement.tests() {
            let of_vpc = statement.key(test).eq_ignore_ascii_case("aws:VpcSourceIp");
            if !of_vpc || test.operator.operator.family() != OperatorFamily::Ip {
                continue;
            }
            let what = "these addresses may be those of any VPC";
            let finding = found.at(statement.place(Token::Key(number)), what);
            finding.help = Some("test `aws:SourceVpc` or `aws:SourceVpce`, too".to_owned());
            if statement.is_allow() == test.operator.operator.is_negated() {
                finding.severity = Severity::Suggestion;
            }
        }
    }
}

fn endpoint(subject: &LintSubject<'_>, found: &mut LintFindings) {
    for statement in subject.statements().filter(|one| !one.is_allow() && !one.reads(&NETWORKS)) {
        for (number, test) in statement.tests() {
            let is_other =
                test.operator.operator.family() == OperatorFamily::Ip && test.operator.operator.is_negated();
            let of_source = statement.key(test).eq_ignore_ascii_case("aws:SourceIp");
            if is_other
                && of_source
                && test.operator.holds_without_key()
                && !statement.asks_presence("aws:SourceIp", false)
            {
                let what = "this also denies what comes through a VPC endpoint, which has no `aws:SourceIp`";
                let help = "test `aws:SourceVpc` or `aws:SourceVpce` beside it, if endpoints are used";
                found.advise(statement.place(Token::Key(number)), what, help);
            }
        }
    }
}
