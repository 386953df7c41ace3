//! What is said of condition keys: values that cannot be, keys that are not, tags that belong to another resource.

use iamwhy::explain::{Explanation, Warning};
use iamwhy::facts::global_regions;
use iamwhy::policy::Layer;
use iamwhy::world::Settings;

use crate::stories::Story;

const REPORT: &str = "arn:aws:s3:::reports/q1.csv";
const IMAGE: &str = "arn:aws:ec2:us-east-1::image/ami-1";

fn messages(why: &Explanation, code: &str) -> Vec<String> {
    let own = why.answer.warnings.iter().filter(|warning| warning.code == code);
    own.map(|Warning { message, .. }| message.clone()).collect()
}

fn regions(story: &mut Story) {
    story.scp("Regions", r#"{"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"StringNotEquals": {"aws:RequestedRegion": "eu-central-1"}}}"#);
}

#[test]
fn nobody_is_told_to_call_a_global_service_in_another_region() {
    let mut story = Story::new();
    regions(&mut story);
    for action in ["iam:ListUsers", "cloudfront:ListDistributions"] {
        let why = story.why("alice", action, "*");
        assert!(why.causes.iter().all(|cause| cause.assumed.is_none()), "the Region is a fact");
        assert!(!why.answer.assumed.contains_key("aws:RequestedRegion"));
        let words: Vec<&str> =
            why.remedies.iter().flat_map(|remedy| &remedy.edits).map(|edit| &*edit.words).collect();
        assert!(!words.iter().any(|words| words.contains("call the service")), "{words:?}");
        let service = action.split(':').next().unwrap();
        assert!(words[0].contains(&format!("\"NotAction\": \"{service}:*\"")), "{words:?}");
        assert!(words[1].contains("add \"us-east-1\" to the exceptions of aws:RequestedRegion"), "{words:?}");
    }
}

#[test]
fn a_service_with_several_endpoints_may_be_called_in_another_of_them() {
    let mut story = Story::new();
    story.scp("Regions", r#"{"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"StringNotEquals": {"aws:RequestedRegion": ["eu-central-1", "us-west-2"]}}}"#);
    let why = story.why("alice", "support:DescribeCases", "*");
    assert_eq!(why.remedies[0].edits[0].words, "call in an allowed Region: `--region us-west-2`");
    assert_eq!(
        global_regions("support", "aws").map(|regions| regions.contains(&"eu-central-1")),
        Some(false)
    );
}

#[test]
fn a_value_that_aws_never_sends_is_warned_of() {
    let story = Story::new();
    let told = |action: &str, key: &'static str, value: &'static str| {
        let why = story.why_with(
            "alice",
            action,
            if action.starts_with("s3") { REPORT } else { "*" },
            &[(key, value)],
        );
        messages(&why, "unfit-value")
    };
    let wrong = [
        ("aws:SourceIp", "notanip", "an IP address"),
        ("aws:SourceIp", "203.0.113.0/24", "an IP address"),
        ("aws:SourceVpce", "vpc-1", "`vpce-…`"),
        ("aws:SourceVpc", "vpce-1", "`vpc-…`"),
        ("aws:RequestedRegion", "eu-centrl-1", "did you mean `eu-central-1`?"),
        ("aws:SourceAccount", "42", "12 digits"),
        ("aws:MultiFactorAuthPresent", "yes", "`true` or `false`"),
    ];
    for (key, value, what) in wrong {
        let told = told("s3:GetObject", key, value);
        assert!(
            told.len() == 1 && told[0].contains(what) && told[0].contains(value),
            "{key}={value}: {told:?}"
        );
    }
    let right = [
        ("aws:SourceIp", "203.0.113.7"),
        ("aws:SourceIp", "2001:db8::1"),
        ("aws:SourceVpce", "vpce-1"),
        ("aws:RequestedRegion", "eu-central-1"),
        ("aws:CurrentTime", "2026-11-23T12:00:00Z"),
        ("aws:EpochTime", "1700000000"),
        ("aws:PrincipalOrgID", "o-exampleorg"),
    ];
    for (key, value) in right {
        assert_eq!(told("s3:GetObject", key, value), Vec::<String>::new(), "{key}={value}");
    }
    let elsewhere = told("iam:ListUsers", "aws:RequestedRegion", "eu-central-1");
    assert!(elsewhere.len() == 1 && elsewhere[0].contains("its endpoint is in us-east-1"), "{elsewhere:?}");
    assert_eq!(told("sts:GetCallerIdentity", "aws:RequestedRegion", "eu-central-1"), Vec::<String>::new());
}

#[test]
fn a_key_that_aws_does_not_have_is_named_with_what_is_probably_meant() {
    let told = |condition: &str| {
        let mut story = Story::new();
        let statement =
            format!(r#"{{"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {condition}}}"#);
        story.grant("bob", "P", &statement);
        messages(&story.why("bob", "s3:GetObject", REPORT), "no-such-key")
    };
    assert_eq!(
        told(r#"{"StringNotLike": {"aws:invokedBy": "*.amazonaws.com"}}"#),
        [
            "AWS has no such key as aws:invokedBy: a test of it with StringNotLike always holds; did you mean aws:CalledVia?"
        ]
    );
    assert_eq!(
        told(r#"{"StringEquals": {"aws:PrincipalOrgId1": "o-x"}}"#),
        [
            "AWS has no such key as aws:PrincipalOrgId1: a test of it with StringEquals never holds; did you mean aws:PrincipalOrgID?"
        ]
    );
    assert!(told(r#"{"Null": {"aws:invokedBy": "true"}}"#)[0].contains("always holds"));
    assert!(told(r#"{"Null": {"aws:invokedBy": "false"}}"#)[0].contains("never holds"));
    assert_eq!(
        told(r#"{"StringEquals": {"aws:PrincipalTag/team": "x", "AWS:sourceip": "1"}}"#),
        Vec::<String>::new()
    );
    assert_eq!(
        told(r#"{"StringEquals": {"aws:OriginIdentity/Subject": "x", "own:key": "1"}}"#),
        Vec::<String>::new()
    );
}

#[test]
fn the_answer_tells_where_the_tags_of_a_request_belong() {
    let mut story = Story::new();
    story.grant("bob", "Launch", r#"{"Effect": "Allow", "Action": "ec2:RunInstances", "Resource": "*", "Condition": {"StringEquals": {"aws:RequestTag/Name": "x"}}}"#);
    let tags = [("aws:RequestTag/Name", "x")];
    let why = story.why_with("bob", "ec2:RunInstances", IMAGE, &tags);
    assert!(!why.answer.layers.contains(&(Layer::IdentityBased, iamwhy::trace::Decision::Allowed)));
    let note = why.answer.notes.iter().find(|note| note.contains("aws:RequestTag")).expect("a note");
    assert!(note.contains("instance") && note.contains("not for this resource"), "{note}");
    let settings = Settings { request_tags_on_all_resources: true, ..Settings::default() };
    let spread = story.ask("bob", "ec2:RunInstances", IMAGE, &tags, settings);
    let note = spread.answer.notes.iter().find(|note| note.contains("the setting")).expect("a note");
    assert!(note.contains("request-tags-on-all-resources turned the answer"), "{note}");
    let instance = "arn:aws:ec2:us-east-1:111122223333:instance/*";
    let own = story.why_with("bob", "ec2:RunInstances", instance, &tags);
    assert!(!own.answer.notes.iter().any(|note| note.contains("aws:RequestTag")), "{:?}", own.answer.notes);
}
