//! Denies by Region, and services that have one Region for all (I14).

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::LintSubject;
use crate::facts::{GLOBAL_REGION, global_regions};
use crate::names::glob;
use crate::policy::{PolicyType, Token};
use crate::source::Severity;

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "region-lock-global",
        severity: Severity::Warning,
        what: "a Deny outside of some Regions that meets a service which is called in another",
        why: "calls of such a service have the Region of its endpoint, wherever they come from",
        kind: PolicyType::ServiceControl,
        example: r#"{"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"StringNotEquals": {"aws:RequestedRegion": "eu-west-1"}}}"#,
        near: r#"{"Effect": "Deny", "NotAction": ["account:*", "billing:*", "billingconductor:*", "budgets:*", "ce:*", "chatbot:*", "chime:*", "cloudfront:*", "cost-optimization-hub:*", "cur:*", "devicefarm:*", "freetier:*", "globalaccelerator:*", "health:*", "iam:*", "importexport:*", "mobileanalytics:*", "networkmanager:*", "notifications-contacts:*", "organizations:*", "pricingplanmanager:*", "route53*:*", "savingsplans:*", "shield:*", "support:*", "tax:*", "waf:*"], "Resource": "*", "Condition": {"StringNotEquals": {"aws:RequestedRegion": "eu-west-1"}}}"#,
        check: Some(lock),
    },
];

fn lock(subject: &LintSubject<'_>, found: &mut LintFindings) {
    let is_limit = matches!(
        subject.kind(),
        PolicyType::ServiceControl | PolicyType::IdentityBased | PolicyType::PermissionsBoundary
    );
    for statement in subject.statements().filter(|one| is_limit && !one.is_allow()) {
        for test in statement.tests() {
            let of_region = statement.key(test.1).eq_ignore_ascii_case("aws:RequestedRegion");
            if !of_region || !test.1.operator.operator.is_negated() {
                continue;
            }
            let allowed: Vec<_> = statement.values(test).map(|(_, value)| value).collect();
            let is_met = |service: &&str| {
                let regions = global_regions(service, "aws").unwrap_or_default();
                let is_listed =
                    regions.iter().any(|region| allowed.iter().any(|value| glob(&**value, region)));
                !is_listed && statement.covers_action(&format!("{service}:IamwhyWitness"))
            };
            let services: Vec<&str> = subject
                .catalog
                .services()
                .map(|service| service.prefix())
                .filter(|service| global_regions(service, "aws").is_some())
                .filter(is_met)
                .collect();
            if let Some(first) = services.first() {
                let others = if services.len() > 1 {
                    format!(" and {} others", services.len() - 1)
                } else {
                    String::new()
                };
                let region = global_regions(first, "aws")
                    .and_then(|regions| regions.first())
                    .copied()
                    .unwrap_or(GLOBAL_REGION);
                let what =
                    format!("calls of `{first}`{others} go to {region} from everywhere, and are denied here");
                found.advise(
                    statement.place(Token::Key(test.0)),
                    what,
                    "leave such services out with `NotAction`, or list their Region",
                );
            }
        }
    }
}
