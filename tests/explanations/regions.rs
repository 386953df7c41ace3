//! Denials that hang on the Region: of a bucket, whose ARN does not say it, and of what lies in one.

use iamwhy::explain::Verdict;
use iamwhy::report::{Style, explanation};
use iamwhy::world::{Change, ResourceChange, Tags};

use crate::remedy_laws::{bobs, edits, why};

const EUROPE: &str = r#"organization o-a1b2c3d4e5 management 999999999999
move account 111122223333 to organization-root
scp Europe { "Version": "2012-10-17", "Statement": { "Sid": "Outside", "Effect": "Deny", "NotAction": "iam:*", "Resource": "*",
  "Condition": { "StringNotEquals": { "aws:RequestedRegion": ["eu-central-1", "eu-west-1"] } } } }
attach Europe to organization-root
"#;

fn world(more: &str) -> String {
    let own = bobs(r#"{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/Shop/*" }"#);
    format!("account 999999999999\n{EUROPE}account 111122223333\n{own}\n{more}")
}

#[test]
fn the_region_of_a_bucket_is_that_of_the_call_for_it_and_its_objects() {
    let script = world("resource arn:aws:s3:::b region eu-west-1");
    let found = why(&script, "bob s3:GetObject on arn:aws:s3:::b/Shop/k");
    assert!(found.answer.decision == Verdict::Allowed, "{}", explanation(&found, &Style::default()));
    let script = world("resource arn:aws:s3:::b region us-east-1");
    let found = why(&script, "bob s3:GetObject on arn:aws:s3:::b/Shop/k");
    let told = explanation(&found, &Style::default());
    assert!(found.answer.decision != Verdict::Allowed && !told.contains("assumed"), "{told}");
    assert!(!told.contains("call in an allowed Region"), "a bucket stays where it is: {told}");
}

#[test]
fn a_cause_that_rests_on_the_assumed_region_alone_comes_last_in_short_and_asks_for_no_exception() {
    let found = why(&world("resource arn:aws:s3:::b"), "bob s3:GetObject on arn:aws:s3:::b/shop/k");
    let told = explanation(&found, &Style { width: 1000, ..Style::default() });
    let [first, last] = &found.causes[..] else { panic!("{told}") };
    assert!(first.assumed.is_none() && first.title.starts_with("implicit deny"), "{told}");
    let assumed = "only if the bucket is in us-east-1, which is assumed; name its Region: `resource arn:aws:s3:::b region REGION`";
    assert_eq!(last.assumed.as_deref(), Some(assumed));
    assert!(last.says.is_empty() && last.title.contains("Europe · Outside"), "{told}");
    let tells = "if the bucket is in Region `eu-central-1` or `eu-west-1`, say so: `aws s3api get-bucket-location --bucket b` tells";
    for remedy in &found.remedies {
        let [_, last] = &remedy.edits[..] else { panic!("{told}") };
        assert_eq!((&*last.words, &last.causes[..]), (tells, &[1][..]), "{told}");
    }
    assert!(found.remedies.len() > 1, "{told}");
    assert_eq!(edits(&found)[0].resource.as_deref(), Some("arn:aws:s3:::b/Shop/k"), "{told}");
}

#[test]
fn where_the_arn_says_the_region_an_allowed_one_comes_before_an_exception() {
    let all = bobs(r#"{ "Effect": "Allow", "Action": "ec2:*", "Resource": "*" }"#);
    let script = world(&all);
    let question = "bob ec2:RunInstances on arn:aws:ec2:eu-north-1:111122223333:instance/i-1";
    let found = why(&script, question);
    let first = edits(&found)[0];
    assert_eq!(
        first.words,
        "call in an allowed Region: `--region eu-central-1` or `--region eu-west-1`, and so make it there"
    );
    assert_eq!(first.who.as_deref(), Some("the caller"));
    assert!(edits(&found)[1..].iter().any(|edit| edit.layer.is_some()));
}

#[test]
fn only_of_a_bucket_the_region_is_said_and_only_one_that_there_is() {
    let put = |arn: &str, region: &str| {
        let account = iamwhy::names::AccountId::parse("111122223333").expect("an account");
        let mut world = iamwhy::world::World::new();
        world.apply(Change::Resource(ResourceChange::Put {
            arn: arn.into(),
            holder: None,
            region: Some(region.into()),
            key: None,
            owner: Some(account),
            selected: account,
            policy: None,
            tags: Tags::new(),
        }))
    };
    let code = |arn: &str, region: &str| put(arn, region).expect_err("refused").code;
    assert_eq!(code("arn:aws:s3:::b", "eu-wset-1"), "unknown-region");
    assert_eq!(code("arn:aws:iam::111122223333:role/r", "eu-west-1"), "bad-bucket");
    assert!(put("arn:aws:s3:::b", "eu-west-1").is_ok());
}
