//! Private addresses as the source of a request.

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::LintSubject;
use std::net::IpAddr;

use crate::names::parse_network;
use crate::policy::{OperatorFamily, PolicyType, Token};
use crate::source::Severity;

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "private-ip",
        severity: Severity::Warning,
        what: "private addresses alone under `aws:SourceIp`",
        why: "AWS sees the public address; what comes through an endpoint has none: `IpAddress` never holds, `NotIpAddress` always",
        kind: PolicyType::IdentityBased,
        example: r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/k", "Condition": {"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}}"#,
        near: r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/k", "Condition": {"IpAddress": {"aws:VpcSourceIp": "10.0.0.0/8"}}}"#,
        check: Some(private),
    },
];

fn private(subject: &LintSubject<'_>, found: &mut LintFindings) {
    for statement in subject.statements() {
        for (number, test) in statement.tests() {
            let is_source = statement.key(test).eq_ignore_ascii_case("aws:SourceIp");
            if !is_source || test.operator.operator.family() != OperatorFamily::Ip || test.values.is_empty() {
                continue;
            }
            if statement.values((number, test)).all(|(_, value)| is_private(&value)) {
                let when = if test.operator.operator.is_negated() { "always" } else { "never" };
                let what = format!("`aws:SourceIp` is never a private address, so this {when} holds");
                found.advise(
                    statement.place(Token::Key(number)),
                    what,
                    "for addresses in a VPC test `aws:VpcSourceIp`",
                );
            }
        }
    }
}

fn is_private(value: &str) -> bool {
    let of_four = |network: IpAddr| match network {
        IpAddr::V4(address) => Some(address),
        IpAddr::V6(_) => None,
    };
    parse_network(value).is_some_and(|range| {
        let first = of_four(range.network());
        range.prefix_len() >= 8
            && first.is_some_and(|address| address.is_private())
            && of_four(range.broadcast()).is_some_and(|last| last.is_private())
    })
}
