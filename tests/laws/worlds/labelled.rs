//! Random worlds of tagged resources and of what lies in them, and calls that create something with tags (I7, I9).

use iamwhy::commands;
use iamwhy::world::World;
use serde_json::{Value, json};

use super::{BUCKET, INSTANCE, OBJECT, ROLE, SUBNET, Tape, Target, WEB_IDENTITY, request_for, target};

/// A request, its world, and the values of the tag `a` by ARN.
pub(crate) struct Labelled {
    pub(crate) request: Value,
    pub(crate) world: World,
    pub(crate) tags: Value,
    /// Whether the tags of the bucket are switched on as keys.
    pub(crate) abac: bool,
}

/// The keys of tags.
pub(crate) const KEYS_OF_TAGS: &[&str] = &[
    "aws:ResourceTag/a", "aws:ResourceTag/a", "aws:RequestTag/a", "aws:TagKeys", "ec2:ResourceTag/a",
    "iam:ResourceTag/a", "s3:BucketTag/a", "s3:ExistingObjectTag/a", "s3tables:TableBucketTag/a",
    "s3vectors:VectorBucketTag/a",
];

const TABLES: &str = "arn:aws:s3tables:us-east-1:111111111111:bucket/b";
const TABLE: &str = "arn:aws:s3tables:us-east-1:111111111111:bucket/b/table/t";
const VECTORS: &str = "arn:aws:s3vectors:us-east-1:111111111111:bucket/b";
const INDEX: &str = "arn:aws:s3vectors:us-east-1:111111111111:bucket/b/index/i";

const CALLS: [Target; 12] = [
    target("s3:GetObject", OBJECT),
    target("s3:GetObject", OBJECT),
    target("s3:ListBucket", BUCKET),
    target("s3tables:GetTableData", TABLE),
    target("s3vectors:QueryVectors", INDEX),
    target("sts:AssumeRole", ROLE),
    Target {
        action: "ec2:CreateVolume",
        resource: "arn:aws:ec2:us-east-1:111111111111:volume/*",
        has_policy: false,
    },
    target("sns:CreateTopic", "arn:aws:sns:us-east-1:111111111111:n"),
    Target { action: "ec2:RunInstances", resource: INSTANCE, has_policy: false },
    Target { action: "ec2:RunInstances", resource: SUBNET, has_policy: false },
    Target { action: "ec2:RunInstances", resource: SUBNET, has_policy: false },
    Target { action: "ec2:RunInstances", resource: SUBNET, has_policy: false },
];

/// A request for something tagged, or that tags what it creates.
pub(crate) fn labelled(tape: &mut Tape) -> Labelled {
    let mut request = request_for(tape, &CALLS);
    let context = request["context"].as_object_mut().expect("a context");
    context.retain(|key, _| !key.to_lowercase().contains(":resourcetag/"));
    if !tape.one_in(3) {
        context.retain(|key, _| !key.eq_ignore_ascii_case("aws:RequestTag/a"));
        context.insert("aws:RequestTag/a".to_owned(), json!(tape.of(&["1", "2"])));
    }
    if request["resource"].as_str().is_some_and(|arn| arn.starts_with("arn:aws:s3:::")) {
        request["resource_account"] = json!("111111111111"); // As the world says.
    }
    let mut script = "account 111111111111\n".to_owned();
    let mut tags = json!({});
    for arn in [BUCKET, OBJECT, TABLES, TABLE, VECTORS, INDEX, SUBNET] {
        if tape.one_in(3) {
            continue;
        }
        let value = tape.of(&["1", "2"]);
        script += &format!("resource {arn} owner 111111111111 tags a={value}\n");
        tags[arn] = json!(value);
    }
    // What it trusts is given with the request; else nobody that asks.
    let trust = json!({"Statement": {
        "Effect": "Allow", "Principal": {"AWS": "333333333333"}, "Action": [WEB_IDENTITY.action, "sts:AssumeRole"],
    }});
    script += &format!("role R trust {trust}\n");
    if !tape.one_in(3) {
        let value = tape.of(&["1", "2"]);
        script += &format!("tag role R a={value}\n");
        tags[ROLE] = json!(value);
    }
    let abac = tags.get(BUCKET).is_some() && !tape.one_in(3);
    if abac {
        script += &format!("bucket-abac on for {BUCKET}\n");
    }
    let world = commands::world(&script).unwrap_or_else(|wrong| panic!("{script}\n{wrong:?}"));
    Labelled { request, world, tags, abac }
}
