//! The action that gives a resource a tag: Service Authorization Reference, as of 2026-11-29, for the services in which
//! it is not `TagResource`.

use super::services::is;
use crate::names::Arn;

/// The action that tags a resource.
pub fn tagging_action(arn: &Arn<'_>) -> String {
    let (service, resource) = (arn.service(), arn.resource());
    let own = TAGGED_BY.iter().find(|(known, start, _)| is(known, service) && resource.starts_with(start));
    match own {
        Some((_, _, name)) => format!("{service}:{name}"),
        None if is(service, "s3") && resource.contains('/') => "s3:PutObjectTagging".to_owned(),
        None if is(service, "s3") => "s3:PutBucketTagging".to_owned(),
        None => format!("{service}:TagResource"),
    }
}

/// A service, how its resources begin, and the action.
#[rustfmt::skip]
static TAGGED_BY: &[(&str, &str, &str)] = &[
    ("autoscaling", "", "CreateOrUpdateTags"),
    ("cloudtrail", "", "AddTags"),
    ("ec2", "", "CreateTags"),
    ("elasticache", "", "AddTagsToResource"),
    ("elasticfilesystem", "", "TagResource"),
    ("elasticloadbalancing", "", "AddTags"),
    ("elasticmapreduce", "", "AddTags"),
    ("es", "", "AddTags"),
    ("iam", "instance-profile/", "TagInstanceProfile"),
    ("iam", "policy/", "TagPolicy"),
    ("iam", "role/", "TagRole"),
    ("iam", "user/", "TagUser"),
    ("kinesis", "", "AddTagsToStream"),
    ("rds", "", "AddTagsToResource"),
    ("redshift", "", "CreateTags"),
    ("route53", "", "ChangeTagsForResource"),
    ("s3", "accesspoint/", "TagResource"),
    ("sagemaker", "", "AddTags"),
    ("sqs", "", "TagQueue"),
    ("ssm", "", "AddTagsToResource"),
];
