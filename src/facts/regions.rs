//! Regions, and the services that are called in one Region from everywhere (I14): the endpoints of the API models and
//! the IAM User Guide, as of 2026-11-29.

use super::services::contains;
use crate::names::Arn;

/// The Regions that the endpoint of a service has in a partition, where it has not one in every Region; the first is
/// the one that answers normally.
///
/// What AWS's example of a policy for Regions exempts, such as STS, S3, KMS and ACM, is no list of global services.
pub fn global_regions(service: &str, partition: &str) -> Option<&'static [&'static str]> {
    let mut rows = GLOBAL.iter().filter(|(own, ..)| *own == partition);
    rows.find(|(_, _, services)| contains(services, service)).map(|(_, regions, _)| *regions)
}

/// Whether an ARN can be of no other Region, though its service is in all: web ACLs and rule groups of the scope
/// CLOUDFRONT are in us-east-1 alone (AWS WAF guide, 2026).
pub fn is_bound_to_region(arn: &Arn<'_>) -> bool {
    arn.service() == "wafv2" && arn.resource().starts_with("global/")
}

/// For what purpose a call of a Regional service can be made in us-east-1 alone, as words that deny it: then another
/// Region is no way round.
pub fn but_for_the_edge(service: &str, action: &str) -> Option<&'static str> {
    let rows = EDGE.iter().filter(|(own, ..)| own.eq_ignore_ascii_case(service));
    let mut rows = rows.filter(|(_, actions, _)| actions.is_empty() || contains(actions, action));
    rows.next().map(|(.., purpose)| *purpose)
}

/// Whether a Region is known.
pub fn is_region(name: &str) -> bool {
    REGIONS.contains(&name)
}

/// The Regions that are known, of all partitions.
pub fn regions() -> &'static [&'static str] {
    REGIONS
}

/// Partition, Regions, services.
#[rustfmt::skip]
static GLOBAL: &[(&str, &[&str], &[&str])] = &[
    ("aws", &["us-east-1"], &[
        "account", "billing", "billingconductor", "budgets", "ce", "chime", "cloudfront", "cost-optimization-hub",
        "cur", "freetier", "iam", "importexport", "mobileanalytics", "notifications-contacts", "organizations",
        "pricingplanmanager", "route53", "route53domains", "savingsplans", "shield", "tax", "waf",
    ]),
    ("aws", &["us-west-2"], &[
        "chatbot", "devicefarm", "globalaccelerator", "networkmanager", "route53-recovery-control-config",
        "route53-recovery-readiness",
    ]),
    ("aws", &["us-east-1", "us-east-2"], &["health"]),
    ("aws", &["us-east-1", "us-west-2", "eu-west-1"], &["support"]),
    ("aws-cn", &["cn-north-1"], &["iam", "support"]),
    ("aws-cn", &["cn-northwest-1"], &[
        "account", "budgets", "ce", "cloudfront", "freetier", "organizations", "route53",
    ]),
    ("aws-eusc", &["eusc-de-east-1"], &["budgets", "iam", "route53"]),
    ("aws-iso", &["us-iso-east-1"], &["iam"]),
    ("aws-iso-b", &["us-isob-east-1"], &["iam"]),
    ("aws-iso-e", &["eu-isoe-west-1"], &["iam"]),
    ("aws-iso-f", &["us-isof-south-1"], &["iam"]),
    ("aws-us-gov", &["us-gov-west-1"], &["iam", "networkmanager", "organizations", "route53", "support"]),
];

/// Service, actions (none = all), purpose. Sources: the guides of ACM, AWS WAF, CloudFront (Lambda@Edge), CloudWatch (billing
/// alarms) and EventBridge (events of global services), as of 2026-11-30.
#[rustfmt::skip]
static EDGE: &[(&str, &[&str], &str)] = &[
    ("acm", &[], "the certificate is not for CloudFront, which takes only those in us-east-1"),
    ("wafv2", &[], "it is not of the scope CLOUDFRONT, which is in us-east-1 alone"),
    ("lambda", &["CreateFunction", "PublishVersion", "UpdateFunctionCode", "UpdateFunctionConfiguration"],
        "the function is not for Lambda@Edge, which takes only those in us-east-1"),
    ("cloudwatch", &["PutMetricAlarm"], "the alarm is not on billing or CloudFront, whose metrics are in us-east-1 alone"),
    ("events", &["PutRule", "PutTargets"], "the rule is not for events of a global service, such as IAM, which come in us-east-1 alone"),
];

#[rustfmt::skip]
static REGIONS: &[&str] = &[
    "af-south-1", "ap-east-1", "ap-east-2", "ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1",
    "ap-south-2", "ap-southeast-1", "ap-southeast-2", "ap-southeast-3", "ap-southeast-4", "ap-southeast-5",
    "ap-southeast-6", "ap-southeast-7", "ca-central-1", "ca-west-1", "eu-central-1", "eu-central-2", "eu-north-1",
    "eu-south-1", "eu-south-2", "eu-west-1", "eu-west-2", "eu-west-3", "il-central-1", "me-central-1", "me-south-1",
    "me-west-1", "mx-central-1", "sa-east-1", "sa-west-1", "us-east-1", "us-east-2", "us-west-1", "us-west-2",
    "cn-north-1", "cn-northwest-1", "us-gov-east-1", "us-gov-west-1", "us-iso-east-1", "us-iso-west-1",
    "us-isob-east-1", "us-isob-west-1", "eu-isoe-west-1", "us-isof-east-1", "us-isof-south-1", "eusc-de-east-1",
];
