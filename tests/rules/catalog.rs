//! What the embedded catalog knows, checked against the data it is made from.

use std::collections::BTreeSet;
use std::sync::Arc;

use iamwhy::batch::Batch;
use iamwhy::catalog::{
    AccessLevel, ActionFacts, Catalog, KeyCategory, KeyFacts, KeyType, ResourceUse, encode,
};
use iamwhy::commands;
use iamwhy::question::Question;
use iamwhy::world::{Principal, World};

use crate::packed::unpacked;

fn catalog() -> &'static Catalog {
    Catalog::embedded()
}

fn action(name: &str) -> ActionFacts<'static> {
    catalog().action(name).unwrap_or_else(|| panic!("no action `{name}`"))
}

fn key(name: &str) -> KeyFacts<'static> {
    catalog().condition_key(name).unwrap_or_else(|| panic!("no condition key `{name}`"))
}

fn type_names(action: ActionFacts<'_>) -> Vec<&str> {
    action.resource_types().map(|used| used.resource_type().name()).collect()
}

fn type_of(name: &str, arn: &str) -> Option<&'static str> {
    action(name).resource_type_of(arn).map(|found| found.name())
}

#[test]
fn the_committed_blob_is_what_the_data_gives() {
    let read = |name: &str| unpacked(&format!("tests/data/{name}.jsonl.zst"));
    let (services, globals) = (read("catalog"), read("global_condition_keys"));
    let blob = encode(&services, &globals, catalog().date()).unwrap();
    assert!(blob == include_bytes!("../../src/catalog/catalog.bin"), "the blob is not up to date");
}

#[test]
fn everything_is_there() {
    let counts = catalog().counts();
    assert_eq!((counts.services, counts.actions), (457, 22_321));
    assert_eq!((counts.resource_types, counts.condition_keys), (2_348, 2_591));
    assert_eq!(catalog().date(), "2026-11-23");
    assert_eq!(catalog().condition_keys().filter(|key| key.is_global()).count(), 70);
}

#[test]
fn a_star_alone_matches_every_action() {
    assert_eq!(catalog().matching_actions("*").count(), 22_321);
    assert_eq!(catalog().matching_actions("*:*").count(), 22_321);
}

#[test]
fn every_action_is_found_by_its_name_in_any_case() {
    for facts in catalog().actions() {
        let name = facts.to_string();
        assert_eq!(catalog().action(&name), Some(facts));
        assert_eq!(catalog().action(&name.to_uppercase()), Some(facts));
        let (service, name) = name.split_once(':').unwrap();
        assert_eq!(catalog().action_by_parts(&service.to_uppercase(), &name.to_lowercase()), Some(facts));
    }
}

#[test]
fn every_condition_key_is_found_by_its_name_in_any_case() {
    for facts in catalog().condition_keys() {
        assert_eq!(catalog().condition_key(facts.name()), Some(facts));
        assert_eq!(catalog().condition_key(&facts.name().to_uppercase()), Some(facts));
    }
}

#[test]
fn every_service_is_found_by_its_prefix() {
    for facts in catalog().services() {
        assert_eq!(catalog().service(facts.prefix()), Some(facts));
        assert!(facts.actions().all(|action| action.service() == facts));
        assert!(facts.resource_types().all(|kind| kind.service() == facts));
    }
    assert_eq!(catalog().service("S3").map(|s| (s.name(), s.supports_rcp())), Some(("Amazon S3", true)));
    assert_eq!(catalog().service("ec2").map(|s| s.supports_rcp()), Some(false));
}

#[test]
fn what_is_not_listed_is_unknown() {
    for name in
        ["", ":", "s3", "s3:", "s3:GetObjects", "s3:GetObjec", "s3 GetObject", "banana:GetObject", "*"]
    {
        assert_eq!(catalog().action(name), None, "{name}");
        assert_eq!(catalog().condition_key(name), None, "{name}");
    }
    assert_eq!(catalog().action_by_parts("s3", "GetBanana"), None);
    assert_eq!(catalog().action_by_parts("banana", "GetObject"), None);
    assert_eq!(catalog().condition_key("aws:ResourceTag/"), None);
    assert_eq!(catalog().condition_key("aws:Banana"), None);
}

#[test]
fn an_action_keeps_its_facts() {
    let get = action("S3:getobject");
    assert_eq!((get.name(), get.service().prefix(), get.level()), ("GetObject", "s3", AccessLevel::Read));
    assert!(type_names(get).contains(&"object"));
    assert!(!get.resource_types().any(ResourceUse::is_required));
    assert!(action("iam:PassRole").resource_types().all(ResourceUse::is_required));
    assert_eq!(action("iam:AttachRolePolicy").level().name(), "Permissions management");
    assert_eq!(action("ec2:CreateTags").level(), AccessLevel::Tagging);
    assert_eq!(action("s3:PutObject").level(), AccessLevel::Write);
    let needed: Vec<_> = action("lambda:CreateFunction").dependent_actions().map(|a| a.to_string()).collect();
    assert!(needed.contains(&"iam:PassRole".to_owned()), "{needed:?}");
}

#[test]
fn an_action_without_resource_types_is_told_apart() {
    for name in ["ec2:DescribeInstances", "iam:GetAccountSummary", "s3:ListAllMyBuckets"] {
        assert!(!action(name).has_resource_types(), "{name}");
        assert_eq!(action(name).resource_types().count(), 0);
    }
    assert!(action("ec2:RunInstances").has_resource_types());
}

#[test]
fn the_resource_type_of_an_arn_is_the_one_whose_format_says_most() {
    assert_eq!(type_of("s3:GetObject", "arn:aws:s3:::b/k/l:m"), Some("object"));
    assert_eq!(type_of("s3:ListBucket", "arn:aws:s3:::b"), Some("bucket"));
    assert_eq!(type_of("iam:PassRole", "arn:aws-cn:iam::111122223333:role/path/r"), Some("role"));
    assert_eq!(type_of("ec2:RunInstances", "arn:aws:ec2:us-east-1::image/ami-1"), Some("image"));
    assert_eq!(type_of("s3:GetObject", "arn:aws:s3:::b"), None);
    assert_eq!(type_of("iam:PassRole", "arn:aws:iam::111122223333:user/u"), None);
    assert_eq!(type_of("iam:PassRole", "*"), None);
}

#[test]
fn a_placeholder_does_not_reach_across_the_fields_of_an_arn() {
    let bucket =
        catalog().service("s3").unwrap().resource_types().find(|kind| kind.name() == "bucket").unwrap();
    assert!(bucket.fits("arn:aws:s3:::b"));
    for arn in
        ["arn:aws:s3:us-east-1::b", "arn:aws:x:s3:::b", "arn::s3:::b", "arn:aws:s3:::", "arn:aws:s3", ""]
    {
        assert!(!bucket.fits(arn), "{arn}");
    }
}

#[test]
fn a_literal_star_of_an_arn_format_stands_for_anything() {
    let agreement = catalog().service("artifact").unwrap().resource_types().find(|t| t.name() == "agreement");
    let agreement = agreement.unwrap();
    assert!(agreement.arn_formats().any(|format| format.ends_with("agreement/*")));
    assert!(agreement.fits("arn:aws:artifact:::agreement/a-1"));
    assert!(!agreement.fits("arn:aws:artifact:::report/a-1"));
}

#[test]
fn every_resource_type_fits_the_arns_that_its_formats_give() {
    let types = catalog().services().flat_map(|service| service.resource_types());
    for kind in types {
        for format in kind.arn_formats() {
            assert!(kind.fits(format), "{format}");
        }
    }
}

#[test]
fn a_condition_key_keeps_its_facts() {
    let org = key("AWS:principalorgid");
    assert_eq!((org.name(), org.kind(), org.is_global()), ("aws:PrincipalOrgID", KeyType::String, true));
    assert_eq!(org.category(), KeyCategory::Principal);
    assert!(!org.is_multivalued() && !org.is_always_present());
    assert!(key("aws:TagKeys").is_multivalued());
    assert_eq!(key("aws:SourceIp").kind(), KeyType::IpAddress);
    assert_eq!(key("aws:SourceArn").kind(), KeyType::Arn);
    assert!(key("aws:SecureTransport").is_always_present());
    assert!(key("aws:SourceOwner").is_legacy());
    let epoch = key("aws:EpochTime");
    assert_eq!((epoch.kind(), epoch.second_kind()), (KeyType::Date, Some(KeyType::Numeric)));
    let prefix = key("s3:prefix");
    assert_eq!(
        (prefix.category(), prefix.is_global(), prefix.second_kind()),
        (KeyCategory::Service, false, None)
    );
    assert_eq!(key("s3:max-keys").kind(), KeyType::Numeric);
    assert_eq!(key("dynamodb:Attributes").kind(), KeyType::String);
    assert!(key("dynamodb:Attributes").is_multivalued());
}

#[test]
fn a_template_is_found_by_names_that_fill_it() {
    for (name, template) in [
        ("aws:resourcetag/Team", "aws:ResourceTag/${TagKey}"),
        ("aws:RequestTag/a/b:c", "aws:RequestTag/${TagKey}"),
        ("aws:PrincipalTag/Team", "aws:PrincipalTag/${TagKey}"),
        ("s3:ExistingObjectTag/Team", "s3:ExistingObjectTag/<key>"),
        ("kms:EncryptionContext:aws:s3:arn", "kms:EncryptionContext:${EncryptionContextKey}"),
        ("token.actions.acme.ghe.com:actor", "token.actions.${Domain}.ghe.com:actor"),
        (
            "token.actions.githubusercontent.com/acme:ref",
            "token.actions.githubusercontent.com/${SubPath}:ref",
        ),
        ("events:Metadata/x", "events:Metadata/${MetadataKey}"),
        ("events:Metadata/x/Matcher", "events:Metadata/${MetadataKey}/Matcher"),
        ("codebuild:secondarySources/s.location", "codebuild:secondarySources/${sourceIdentifier}.location"),
        ("sts:RequestContext/x", "sts:RequestContext/${ContextKey}"),
    ] {
        assert_eq!(key(name).name(), template, "{name}");
        assert!(key(name).is_template());
    }
    assert!(!key("token.actions.githubusercontent.com:actor").is_template());
    assert_eq!(key("saml:aud").name(), "saml:aud");
}

#[test]
fn an_action_carries_global_keys_and_those_listed_for_it() {
    let list = action("s3:ListBucket");
    assert!(list.carries_key("s3:PREFIX"));
    assert!(list.carries_key("aws:SourceIp"));
    assert!(!list.carries_key("s3:x-amz-acl"));
    assert!(!list.carries_key("ec2:InstanceType"));
    assert!(!list.carries_key("s3:banana"));
    let start = action("ec2:StartInstances");
    assert!(start.lists_key(key("aws:ResourceTag/Team")));
    assert!(start.carries_key("ec2:ResourceTag/Team"));
    assert!(!action("iam:GetAccountSummary").lists_key(key("aws:ResourceTag/Team")));
}

#[test]
fn a_pattern_matches_in_any_case_and_anywhere() {
    let names =
        |pattern: &str| catalog().matching_actions(pattern).map(|a| a.to_string()).collect::<BTreeSet<_>>();
    assert_eq!(names("S3:getobject"), BTreeSet::from(["s3:GetObject".to_owned()]));
    assert!(names("s3:Get*").contains("s3:GetObjectTagging"));
    assert!(names("s3:*Object").contains("s3:PutObject"));
    assert!(!names("s3:*Object").contains("s3:PutObjectAcl"));
    assert_eq!(names("s3:GetObjec?"), names("s3:GetObject"));
    assert!(names("s3:GetObject?").is_empty());
    assert!(names("s3:G*t*b*ct*").contains("s3:GetObjectAcl"));
    assert!(names("Code*:Get*").contains("codebuild:GetResourcePolicy"), "A37");
    assert_eq!(names("iam:*").len(), catalog().service("iam").unwrap().actions().len());
}

#[test]
fn a_pattern_without_a_colon_matches_nothing() {
    for pattern in ["", "s3", "s3*", "**", ":", "s3:", "s3: GetObject", "s3:GetObject,s3:PutObject"] {
        assert_eq!(catalog().matching_actions(pattern).count(), 0, "A38: `{pattern}`");
    }
}

#[test]
fn a_misspelt_action_has_a_suggestion() {
    assert_eq!(catalog().nearest_action("s3:GetObjct").as_deref(), Some("s3:GetObject"));
    assert_eq!(catalog().nearest_action("s4:GetObject").as_deref(), Some("s3:GetObject"));
    assert_eq!(catalog().nearest_action("lamda:InvokeFunctoin").as_deref(), Some("lambda:InvokeFunction"));
    assert_eq!(catalog().nearest_action("s3:Zzzzzzzzzzzzzzzzz"), None);
    assert_eq!(catalog().nearest_action("zzzzzzzz:Zzzzz"), None);
    assert_eq!(catalog().nearest_action("GetObject"), None);
}

#[test]
fn a_broken_blob_gives_answers_and_no_panic() {
    let whole = include_bytes!("../../src/catalog/catalog.bin");
    for cut in [0, 7, 8, 20, 100, 119, 120, whole.len() / 3, whole.len() - 1] {
        walk(whole[..cut].to_vec());
    }
    for (start, filler) in
        [(24, 0xff), (24, 0x01), (60, 0x7f), (120, 0xff), (700_000, 0xff), (1_000_000, 0xff)]
    {
        let mut broken = whole.to_vec();
        broken.iter_mut().skip(start).step_by(7).for_each(|byte| *byte = filler);
        walk(broken);
    }
}

fn walk(blob: Vec<u8>) {
    let catalog = Catalog::read(blob);
    let _ = (catalog.date(), catalog.counts(), catalog.action("s3:GetObject"), catalog.service("s3"));
    let _ = (catalog.condition_key("aws:ResourceTag/x"), catalog.action_by_parts("s3", "GetObject"));
    catalog.matching_actions("s3:Get*").take(50).for_each(drop);
    for action in catalog.actions().step_by(3989) {
        let _ = (format!("{action:?}"), action.level(), action.resource_type_of("arn:aws:s3:::b/k"));
        action.condition_keys().take(50).for_each(|key| drop(format!("{key:?} {:?}", key.category())));
        action.dependent_actions().take(50).for_each(|other| drop(other.to_string()));
    }
    for kind in catalog.services().step_by(97).flat_map(|service| service.resource_types().take(9)) {
        let _ = (kind.arn_formats().take(9).count(), kind.condition_keys().take(9).count(), kind.name());
    }
}

#[test]
fn input_that_contradicts_itself_is_refused() {
    let line = |actions: &str| {
        let name = r#""service":"x","name":"X""#;
        format!(r#"{{{name},"actions":[{actions}],"resources":{{}},"conditions":{{}}}}"#)
    };
    let error = |actions: &str| encode(&line(actions), "", "2026-11-23").unwrap_err();
    assert_eq!(error(r#"{"name":"A","level":"Magic"}"#), "x: unknown access level `Magic`");
    let key = r#"{"name":"A","level":"Read","conditions":["x:k"]}"#;
    assert_eq!(error(key), "x: condition key `x:k` is used but not defined");
    let used = r#"{"name":"A","level":"Read","resources":[{"type":"t"}]}"#;
    assert_eq!(error(used), "x: no resource type `t`");
    let twice = r#"{"name":"A","level":"Read"},{"name":"a","level":"Read"}"#;
    assert_eq!(error(twice), "action `x:a` is there twice");
    assert!(encode("{", "", "2026-11-23").unwrap_err().starts_with("services, line 1"));
    for date in ["today", "23.11.2026", "2026-11-23 "] {
        assert!(encode("", "", date).is_err(), "{date}");
    }
}

#[test]
fn each_world_answers_by_its_own_catalog() {
    let own = r#"{"service":"s3","name":"Own","actions":[{"name":"GetObject","level":"Read"},
        {"name":"Fly","level":"Write"}],"resources":{},"conditions":{}}"#;
    let own = Catalog::read(encode(&own.replace('\n', ""), "", "2030-01-02").unwrap());
    let (world, other) = (World::new(), World::with_catalog(Arc::new(own)));
    let answer = |world: &World, action: &str| {
        let request = format!(
            r#"{{"principal": "arn:aws:iam::111122223333:user/alice", "action": "{action}",
            "resource": "arn:aws:s3:::reports/q1.csv", "policies": {{"identity": [{{"Statement":
            {{"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::reports/*"}}}}]}}}}"#
        );
        let mut answer = String::new();
        Batch::new(world, 0, "requests").answer(&request, 1, &mut answer);
        answer
    };
    assert!(answer(&world, "s3:GetObject").contains(r#""decision":"allowed""#));
    let of_other = answer(&other.clone(), "s3:GetObject");
    assert!(
        of_other.contains(r#""decision":"implicitDeny""#) && of_other.contains("has no resource types"),
        "{of_other}"
    );
    let unknown = |world: &World, action: &str| answer(world, action).contains("is not in the catalog of");
    assert!(unknown(&world, "s3:Fly") && !unknown(&other, "s3:Fly"));
    assert!(answer(&other, "s3:PutObject").contains("is not in the catalog of 2030-01-02"));
}

/// What an answer to somebody who may do everything of S3 and Lambda says of the action.
fn warned(action: &str) -> String {
    let request = format!(
        r#"{{"principal": "arn:aws:iam::111122223333:user/ana", "action": "{action}", "resource": "*",
        "policies": {{"identity": [{{"Statement": {{"Effect": "Allow", "Action": ["s3:L*", "lambda:*"], "Resource": "*"}}}}]}}}}"#
    );
    let mut answer = String::new();
    Batch::new(&World::new(), 0, "requests").answer(&request, 1, &mut answer);
    let answer: serde_json::Value = serde_json::from_str(&answer).expect("JSON");
    answer["warnings"]
        .as_array()
        .map(|all| all[0]["message"].as_str().unwrap_or_default().to_owned())
        .unwrap_or_default()
}

#[test]
fn who_asks_with_the_name_of_an_operation_is_told_the_action() {
    for (operation, action) in [
        ("s3:HeadBucket", "its permission is s3:ListBucket"),
        (
            "s3:listobjectsv2",
            "s3:ListObjectsV2 is an API operation, not an action; its permission is s3:ListBucket",
        ),
        ("s3:UploadPart", "its permission is s3:PutObject"),
        ("s3:ListBuckets", "its permission is s3:ListAllMyBuckets"),
        ("lambda:Invoke", "its permission is lambda:InvokeFunction"),
        ("dynamodb:TransactGetItems", "its permission is dynamodb:GetItem"),
        ("kms:ReEncrypt", "its permissions are kms:ReEncryptFrom and kms:ReEncryptTo"),
        ("lambda:ListFunctions20150331", "its permission is lambda:ListFunctions"),
    ] {
        assert!(warned(operation).ends_with(action), "{operation}: {}", warned(operation));
    }
    assert_eq!(warned("s3:ListBucket"), "");
}

#[test]
fn nobody_is_advised_to_allow_the_name_of_an_operation() {
    let world = commands::world("account 111122223333\nuser ana").expect("a world");
    let told = |action: &str| {
        let ana: Principal = "arn:aws:iam::111122223333:user/ana".parse().expect("a principal");
        Question::new(ana, action)
            .on("arn:aws:s3:::b")
            .ask(&world)
            .expect("an answer")
            .explain()
            .remedies
            .len()
    };
    assert_eq!((told("s3:HeadBucket"), told("s3:ListBucket") > 0), (0, true));
}
