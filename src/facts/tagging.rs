//! The action that gives a resource a tag: Service Authorization Reference, as of 2026-11-29, for the services in which
//! it is not `TagResource`.

use super::option_words::{filled, in_shell};
use super::services::is;
use crate::names::Arn;

/// The action that tags a resource.
pub fn tagging_action(arn: &Arn<'_>) -> String {
    let (service, resource) = (arn.service(), arn.resource());
    let own = TAGGED_BY.iter().find(|(known, start, _)| is(known, service) && resource.starts_with(start));
    match own {
        Some((_, _, name)) => format!("{service}:{name}"),
        None if is(service, "s3") && resource.contains('/') => "s3:PutObjectTagging".to_owned(),
        None if is(service, "s3") => "s3:TagResource".to_owned(), // see the line of `tag_commands`
        None => format!("{service}:TagResource"),
    }
}

/// The option by which a call tags what it creates, or the request: `--tags Key=team,Value=red`.
pub(super) fn tag_option(action: &str, resource: Option<&Arn<'_>>, tag: &str, value: Option<&str>) -> String {
    let service = action.split(':').next().unwrap_or_default();
    let kind = resource.and_then(|arn| arn.resource().split('/').next()).unwrap_or("…");
    let value = value.unwrap_or("…");
    let form = TAG_OPTIONS.iter().find(|(known, _)| is(known, service)).map(|(_, form)| *form);
    let (option, word) = form.unwrap_or(("--tags", "Key=TAG,Value=VALUE"));
    let word = filled(word, &[("KIND", kind), ("TAG", tag), ("VALUE", value)]);
    format!("{option} {}", in_shell(&word))
}

/// The services whose commands take tags in another form than `--tags Key=…,Value=…`: the option and its word.
#[rustfmt::skip]
static TAG_OPTIONS: &[(&str, (&str, &str))] = &[
    ("apigateway", AS_MAP),
    ("batch", AS_MAP),
    ("ec2", ("--tag-specifications", "ResourceType=KIND,Tags=[{Key=TAG,Value=VALUE}]")),
    ("ecs", ("--tags", "key=TAG,value=VALUE")),
    ("eks", AS_MAP),
    ("glue", AS_MAP),
    ("kafka", AS_MAP),
    ("kms", ("--tags", "TagKey=TAG,TagValue=VALUE")),
    ("lambda", AS_MAP),
    ("logs", AS_MAP),
    ("s3", ("--tagging", "TAG=VALUE")),
    ("sqs", AS_MAP),
];

const AS_MAP: (&str, &str) = ("--tags", "TAG=VALUE");

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
