//! Addresses beyond the length of their network.

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::LintSubject;
use crate::names::parse_network;
use crate::policy::{OperatorFamily, PolicyType};
use crate::source::Severity;

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "host-bits",
        severity: Severity::Suggestion,
        what: "a range of addresses that does not begin where it says",
        why: "the network is meant, not the address",
        kind: PolicyType::IdentityBased,
        example: r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/k", "Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.7/24"}}}"#,
        near: r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/k", "Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}}"#,
        check: Some(bits),
    },
];

fn bits(subject: &LintSubject<'_>, found: &mut LintFindings) {
    for statement in subject.statements() {
        for test in
            statement.tests().filter(|(_, test)| test.operator.operator.family() == OperatorFamily::Ip)
        {
            for (token, value) in statement.values(test) {
                let Some(range) = parse_network(&value).filter(|range| *range != range.trunc()) else {
                    continue;
                };
                let what = format!("`{value}` means all addresses of {}", range.trunc());
                found.advise(statement.place(token), what, format!("write `{}`", range.trunc()));
            }
        }
    }
}
