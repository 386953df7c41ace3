//! Which keys hold tags, tell of an endpoint or name a Region: the facts against the catalog.

use std::collections::{BTreeMap, BTreeSet};

use iamwhy::catalog::{Catalog, KeyFacts};
use iamwhy::facts::*;

/// What the keys of a service that tell tags of a resource begin with; a name in full is a key for a single tag.
const TAGS_OF_RESOURCES: [(&str, &[&str]); 26] = [
    ("arc-zonal-shift", &["elasticloadbalancing:ResourceTag/"]),
    ("autoscaling", &["autoscaling:ResourceTag/"]),
    ("datapipeline", &["datapipeline:Tag/"]),
    (
        "dms",
        &[
            "dms:assessment-run-tag/", "dms:cert-tag/", "dms:data-migration-tag/", "dms:data-provider-tag/",
            "dms:endpoint-tag/", "dms:es-tag/", "dms:individual-assessment-tag/",
            "dms:instance-profile-tag/", "dms:migration-project-tag/", "dms:rep-tag/",
            "dms:replication-config-tag/", "dms:subgrp-tag/", "dms:task-tag/",
        ],
    ),
    ("ec2", &["ec2:ResourceTag/"]),
    ("ec2-instance-connect", &["ec2:ResourceTag/"]),
    ("ecr", &["ecr:ResourceTag/"]),
    ("ecr-public", &["ecr-public:ResourceTag/"]),
    ("ecs", &["ecs:ResourceTag/"]),
    ("elasticloadbalancing", &["elasticloadbalancing:ResourceTag/"]),
    ("elasticmapreduce", &["elasticmapreduce:ResourceTag/"]),
    ("glacier", &["glacier:ResourceTag/"]),
    ("iam", &["iam:ResourceTag/"]),
    ("iotanalytics", &["iotanalytics:ResourceTag/"]),
    ("license-manager", &["license-manager:ResourceTag/"]),
    ("ram", &["ram:ResourceTag/"]),
    (
        "rds",
        &[
            "rds:cluster-pg-tag/", "rds:cluster-snapshot-tag/", "rds:cluster-tag/", "rds:db-tag/",
            "rds:es-tag/", "rds:og-tag/", "rds:pg-tag/", "rds:ri-tag/", "rds:secgrp-tag/",
            "rds:snapshot-tag/", "rds:subgrp-tag/",
        ],
    ),
    ("s3", &["s3:AccessPointTag/", "s3:BucketTag/", "s3:ExistingObjectTag/"]),
    ("s3-outposts", &["s3-outposts:ExistingObjectTag/"]),
    ("s3express", &["s3express:AccessPointTag/", "s3express:BucketTag/"]),
    ("s3tables", &["s3tables:TableBucketTag/"]),
    ("s3vectors", &["s3vectors:VectorBucketTag/"]),
    ("sagemaker", &["sagemaker:ResourceTag/"]),
    ("secretsmanager", &["secretsmanager:ResourceTag/"]),
    (
        "ssm",
        &[
            "ssm:resourceTag/", "ssm:resourceTag/aws:ssmmessages:session-id",
            "ssm:resourceTag/aws:ssmmessages:target-id",
        ],
    ),
    ("sts", &["iam:ResourceTag/"]),
];

fn start(keys: TagKeys<'_>) -> String {
    [keys.start, keys.only.unwrap_or_default()].concat()
}

/// All keys that the catalog has for a service, each with the type that lists it, if one does.
fn listed() -> Vec<(&'static str, KeyFacts<'static>, Option<&'static str>)> {
    let mut found = Vec::new();
    for service in Catalog::embedded().services() {
        found.extend(service.condition_keys().map(|key| (service.prefix(), key, None)));
        for kind in service.resource_types() {
            found.extend(kind.condition_keys().map(|key| (service.prefix(), key, Some(kind.name()))));
        }
    }
    found
}

#[test]
fn the_tag_keys_of_every_service_are_those_of_its_resources() {
    let mut found: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (service, key, kind) in listed() {
        if let Some(keys) = tag_keys(key.name(), kind) {
            found.entry(service).or_default().insert(start(keys));
        }
    }
    let expected = TAGS_OF_RESOURCES.iter();
    let expected: BTreeMap<&str, BTreeSet<String>> = expected
        .map(|(service, keys)| (*service, keys.iter().map(|key| (*key).to_owned()).collect()))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn keys_of_requests_and_of_the_organization_tell_no_tags_of_the_resource() {
    let tags = |name: &str| name.ends_with("/${TagKey}") || name.ends_with("/<key>");
    let others = listed()
        .into_iter()
        .filter(|(_, key, kind)| tags(key.name()) && tag_keys(key.name(), *kind).is_none());
    let others: BTreeSet<&str> =
        others.map(|(_, key, _)| key.name()).filter(|name| !name.starts_with("aws:")).collect();
    let expected = [
        "account:AccountResourceOrgTags/${TagKey}", "connect:SearchTag/${TagKey}", "dms:req-tag/${TagKey}",
        "elasticmapreduce:RequestTag/${TagKey}", "imagebuilder:CreatedResourceTag/${TagKey}",
        "rds:req-tag/${TagKey}", "s3-outposts:RequestObjectTag/<key>", "s3:RequestObjectTag/<key>",
    ];
    assert_eq!(others, expected.into());
}

#[test]
fn a_container_has_a_key_of_its_own_on_what_lies_in_it() {
    let mut found = BTreeSet::new();
    for (_, key, kind) in listed() {
        let keys = tag_keys(key.name(), kind);
        if let Some(keys) = keys.filter(|keys| matches!(keys.of, TagsOf::Container | TagsOf::Bucket)) {
            found.insert((keys.start, kind.unwrap_or_default()));
        }
    }
    let expected = [
        ("s3:AccessPointTag/", "accesspointobject"),
        ("s3:BucketTag/", "accesspointobject"),
        ("s3:BucketTag/", "object"),
        ("s3tables:TableBucketTag/", "Table"),
        ("s3vectors:VectorBucketTag/", "Index"),
    ];
    assert_eq!(found, expected.into());
}

#[test]
fn nine_keys_that_look_single_stand_for_a_key_for_each_tag() {
    let starts = [
        "elasticloadbalancing:ResourceTag/", "glacier:ResourceTag/", "sagemaker:ResourceTag/",
        "secretsmanager:ResourceTag/", "ssm:resourceTag/", "s3:ExistingObjectTag/", "s3:RequestObjectTag/",
        "s3-outposts:ExistingObjectTag/", "s3-outposts:RequestObjectTag/",
    ];
    for start in starts {
        let key = Catalog::embedded().condition_key(&format!("{start}any tag")).expect(start);
        assert!(key.is_template(), "{start}");
        assert_eq!(Catalog::embedded().condition_key(start), None);
    }
    let names = Catalog::embedded().condition_keys().map(KeyFacts::name);
    let odd: Vec<_> = names.filter(|name| name.ends_with('/') || name.ends_with("/tag-key")).collect();
    assert_eq!(odd, Vec::<&str>::new());
}

#[test]
fn keys_of_an_endpoint_belong_to_services_of_the_catalog() {
    let services = |key: &str| {
        let all = Catalog::embedded().services();
        all.filter(|service| carries_endpoint_key(key, service.prefix(), "Any")).count()
    };
    assert_eq!(services("aws:SourceVpcArn"), 36);
    assert_eq!(services("aws:VpceAccount"), 39);
    assert_eq!(services("aws:VpceOrgPaths"), 41);
    assert_eq!(services("aws:VpceOrgID"), 55);
    assert!(!carries_endpoint_key("aws:VpceAccount", "iam", "PassRole"));
    assert!(!carries_endpoint_key("aws:SourceVpce", "s3", "GetObject"));
}

#[test]
fn a_global_service_has_the_regions_of_its_partition() {
    assert_eq!(global_regions("iam", "aws"), Some(&["us-east-1"][..]));
    assert_eq!(global_regions("iam", "aws-cn"), Some(&["cn-north-1"][..]));
    assert_eq!(global_regions("IAM", "aws-us-gov"), Some(&["us-gov-west-1"][..]));
    assert_eq!(global_regions("networkmanager", "aws"), Some(&["us-west-2"][..]));
    assert_eq!(global_regions("health", "aws"), Some(&["us-east-1", "us-east-2"][..]));
    assert_eq!(global_regions("support", "aws").map(<[_]>::len), Some(3));
    for service in ["sts", "s3", "kms", "acm", "config", "ec2", "wafv2", "waf-regional"] {
        assert_eq!(global_regions(service, "aws"), None, "{service}");
    }
    let all = Catalog::embedded().services().filter_map(|service| global_regions(service.prefix(), "aws"));
    assert!(all.flatten().all(|region| is_region(region)));
}
