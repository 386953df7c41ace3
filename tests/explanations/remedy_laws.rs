//! What every remedy holds to: what comes first, what is never proposed, and what is said of it.

use std::sync::Arc;

use iamwhy::explain::{Edit, Explanation};
use iamwhy::session::Part;

use crate::outside::{Memory, scripted};

const WORLD: &str = r#"account 111122223333
user bob
user carol
role Break trust { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Action": "sts:AssumeRole" } }
attach AdministratorAccess to role Break
"#;

/// Why a question is answered as it is, in the world above with what a script adds.
#[track_caller]
pub(crate) fn why(script: &str, question: &str) -> Arc<Explanation> {
    let mut session = iamwhy::commands::session();
    let script = format!("{WORLD}{script}\nwhy {question}\n");
    let outcomes = scripted(&mut session, &mut Memory::default(), &script);
    let parts = outcomes.into_iter().flat_map(|outcome| outcome.parts);
    let mut found = parts.filter_map(|part| match part {
        Part::Explanation(why) => Some(why),
        _ => None,
    });
    found.next_back().unwrap_or_else(|| panic!("no answer: {script}"))
}

pub(crate) fn edits(why: &Explanation) -> Vec<&Edit> {
    why.remedies.iter().flat_map(|remedy| &remedy.edits).collect()
}

/// A policy of bob's own.
pub(crate) fn bobs(statements: &str) -> String {
    format!(r#"inline P on user bob {{ "Version": "2012-10-17", "Statement": {statements} }}"#)
}

#[test]
fn a_bucket_is_public_by_its_allow_and_never_by_a_deny() {
    let script = r#"account 444455556666
user pat
attach AdministratorAccess to user pat
account 111122223333
resource arn:aws:s3:::b owner 111122223333 policy { "Version": "2012-10-17", "Statement": [
  { "Sid": "OverTls", "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::b/*", "Condition": { "Bool": { "aws:SecureTransport": "false" } } },
  { "Sid": "Everyone", "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*" } ] }
public-access-block on for arn:aws:s3:::b"#;
    let why = why(script, "arn:aws:iam::444455556666:user/pat s3:GetObject on arn:aws:s3:::b/k");
    let told = iamwhy::report::explanation(&why, &iamwhy::report::Style::default());
    assert!(told.contains("Everyone") && !told.contains("OverTls"), "{told}");
    let loses = edits(&why)[0].loses.as_deref().unwrap_or_default();
    assert!(loses.starts_with("everybody else: s3:GetObject on arn:aws:s3:::b/*"), "{loses}");
}

#[test]
fn the_nearest_is_the_statement_with_the_fewest_differences() {
    let statements = r#"[
      { "Sid": "Far", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/other/*", "Condition": { "Bool": { "aws:MultiFactorAuthPresent": "true" } } },
      { "Sid": "Near", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/reports/*" } ]"#;
    let why = why(&bobs(statements), "bob s3:GetObject on arn:aws:s3:::b/report/q1.csv");
    assert!(why.causes[0].title.ends_with("nearest is P · Near"), "{}", why.causes[0].title);
}

#[test]
fn an_edit_that_empties_a_test_is_never_proposed() {
    for (operator, key) in [
        ("ForAllValues:StringEquals", "aws:TagKey"),
        ("StringNotEquals", "aws:SourceVpcc"),
        ("StringEqualsIfExists", "aws:SourceVpcc"),
    ] {
        let statement = format!(
            r#"{{ "Effect": "Allow", "Action": "ec2:CreateTags", "Resource": "*", "Condition": {{ "{operator}": {{ "{key}": "x" }} }} }}"#
        );
        let question =
            format!("bob ec2:CreateTags on arn:aws:ec2:us-east-1:111122223333:instance/i-1 with {key}=y");
        let why = why(&bobs(&statement), &question);
        let renamed = edits(&why).into_iter().find(|edit| edit.words.contains("instead of"));
        assert!(renamed.is_none(), "{operator}: {}", renamed.map(|edit| &*edit.words).unwrap_or_default());
    }
}

#[test]
fn a_danger_is_named_for_what_it_is() {
    let beware = |action: &str, resource: &str| {
        let why = why("", &format!("bob {action} on {resource}"));
        edits(&why)[0].careful.clone().unwrap_or_default()
    };
    let key = "arn:aws:kms:us-east-1:111122223333:key/k";
    assert!(beware("s3:DeleteObject", "arn:aws:s3:::b/k").contains("what is deleted is gone"));
    assert!(
        beware("cloudtrail:StopLogging", "arn:aws:cloudtrail:us-east-1:111122223333:trail/t")
            .contains("no longer recorded")
    );
    assert!(beware("iam:PassRole", "arn:aws:iam::111122223333:role/Break").contains("lends its rights"));
    assert_eq!(beware("s3:GetObject", "arn:aws:s3:::b/k"), "");
    let admins = format!(
        r#"resource {key} policy {{ "Version": "2012-10-17", "Statement": {{ "Effect": "Allow", "Principal": {{ "AWS": "arn:aws:iam::111122223333:role/Break" }}, "Action": "kms:*", "Resource": "*" }} }}"#
    );
    let why = why(&admins, &format!("carol kms:ScheduleKeyDeletion on {key}"));
    let all: Vec<&str> = edits(&why).into_iter().filter_map(|edit| edit.careful.as_deref()).collect();
    assert!(all[0].contains("can never be read again"), "{all:?}");
    assert!(all.iter().any(|careful| careful.contains("kms:* is every action of kms")), "{all:?}");
}

#[test]
fn what_empties_a_guard_comes_last_and_is_called_that() {
    let script = r#"attach AdministratorAccess to user bob
resource arn:aws:sqs:us-east-1:111122223333:q owner 111122223333 policy { "Version": "2012-10-17", "Statement": { "Sid": "No", "Effect": "Deny", "Principal": "*", "Action": "sqs:*", "Resource": "*" } }"#;
    let why = why(script, "anonymous sqs:SendMessage on arn:aws:sqs:us-east-1:111122223333:q");
    for edit in edits(&why).into_iter().filter(|edit| edit.words.starts_with("remove ")) {
        assert!(edit.careful.as_deref().is_some_and(|careful| careful.starts_with("this empties a guard")));
    }
}

#[test]
fn what_a_tag_takes_away_is_said_with_whom() {
    let script = r#"tag user bob team=blue
tag user carol team=red
policy Own { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": ["dynamodb:GetItem", "dynamodb:PutItem"], "Resource": "*", "Condition": { "StringEquals": { "aws:ResourceTag/team": "${aws:PrincipalTag/team}" } } } }
attach Own to user bob
attach Own to user carol
resource arn:aws:dynamodb:us-east-1:111122223333:table/T owner 111122223333 tags team=red"#;
    let table = "arn:aws:dynamodb:us-east-1:111122223333:table/T";
    let why = why(script, &format!("bob dynamodb:GetItem on {table}"));
    let retagged = edits(&why)
        .into_iter()
        .find(|edit| edit.words.starts_with("give ") && !edit.words.starts_with("give user"))
        .expect("a tag");
    let calls = format!("dynamodb:GetItem and dynamodb:PutItem on {table}");
    assert_eq!(
        retagged.so.as_deref(),
        Some(&*format!("grants {calls} to user bob; no other policy in this data reads that tag"))
    );
    assert_eq!(retagged.loses.as_deref(), Some(&*format!("user carol: {calls}")));
}

#[test]
fn of_several_steps_each_says_which_cause_it_is_for() {
    let script = r#"policy Limit { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "ec2:*", "Resource": "*" } }
boundary Limit on user bob"#;
    let why = why(script, "bob s3:GetObject on arn:aws:s3:::b/k");
    let needs = why.remedies[0].needs(&why.causes);
    assert_eq!(needs.as_deref(), Some("both are needed: a for why 1, b for why 2"));
}

#[test]
fn whoever_a_deny_spares_may_do_it() {
    let script = r#"attach AdministratorAccess to user bob
resource arn:aws:s3:::b owner 111122223333 policy { "Version": "2012-10-17", "Statement": { "Sid": "Keep", "Effect": "Deny", "Principal": "*", "Action": "s3:DeleteObject", "Resource": "arn:aws:s3:::b/*", "Condition": { "ArnNotEquals": { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/Break" } } } }"#;
    let why = why(script, "bob s3:DeleteObject on arn:aws:s3:::b/k");
    let first = &edits(&why)[0].words;
    assert!(first.starts_with("assume role Break, for whom b · Keep"), "{first}");
}

#[test]
fn what_an_arn_states_is_no_assumption() {
    let script = bobs(
        r#"{ "Effect": "Allow", "Action": "sqs:*", "Resource": "*", "Condition": { "StringEquals": { "aws:RequestedRegion": "eu-west-1" } } }"#,
    );
    let why = why(&script, "bob sqs:SendMessage on arn:aws:sqs:us-east-1:111122223333:q");
    let about = |name: &str| why.assumptions.iter().any(|assumed| assumed.about == name);
    assert!(why.causes[0].assumed.is_none() && !about("aws:RequestedRegion"), "{:?}", why.causes[0]);
}

/// An SCP for two Regions over the account, and an administrator in it.
const TWO_REGIONS: &str = r#"account 444455556666
organization o-a1b2c3d4e5 management 444455556666
account 111122223333
ou Work
move account 111122223333 to ou Work
scp Regions { "Version": "2012-10-17", "Statement": { "Sid": "Two", "Effect": "Deny", "NotAction": ["iam:*", "sts:*"], "Resource": "*", "Condition": { "StringNotEquals": { "aws:RequestedRegion": ["eu-west-1", "us-west-2"] } } } }
attach Regions to organization-root
user alice
attach AdministratorAccess to user alice
"#;

#[test]
fn a_step_is_labelled_with_the_causes_that_are_gone_with_it() {
    let script = format!(
        r#"{TWO_REGIONS}resource arn:aws:s3:::b owner 111122223333 policy {{ "Version": "2012-10-17", "Statement": [
  {{ "Sid": "Network", "Effect": "Deny", "Principal": "*", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::b/*", "Condition": {{ "NotIpAddress": {{ "aws:SourceIp": "192.0.2.0/24" }}, "Bool": {{ "aws:ViaAWSService": "false" }} }} }},
  {{ "Sid": "Encrypt", "Effect": "Deny", "Principal": "*", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::b/*", "Condition": {{ "StringNotEquals": {{ "s3:x-amz-server-side-encryption": "aws:kms" }} }} }} ] }}"#
    );
    let question = "alice s3:PutObject on arn:aws:s3:::b/k with aws:SourceIp=198.51.100.9 s3:x-amz-server-side-encryption=AES256";
    let why = why(&script, question);
    let needle = |title: &str| match () {
        () if title.contains("Encrypt") => "server-side-encryption",
        () if title.contains("Regions") => "Region",
        () => "aws:SourceIp",
    };
    assert_eq!(why.causes.len(), 3);
    for edit in &why.remedies[0].edits {
        let [cause] = edit.causes[..] else { panic!("{edit:?}") };
        let words = needle(&why.causes[cause].title);
        assert!(edit.words.contains(words), "{} is not for {}", edit.words, why.causes[cause].title);
    }
    let needs = why.remedies[0].needs(&why.causes).expect("three steps");
    assert!(needs.starts_with("all 3 are needed: a for why 1, b for why 2, c for why 3"), "{needs}");
}

#[test]
fn a_step_that_removes_two_causes_says_both() {
    let script = r#"attach AdministratorAccess to user bob
resource arn:aws:s3:::b owner 111122223333 policy { "Version": "2012-10-17", "Statement": [
  { "Sid": "A", "Effect": "Deny", "Principal": "*", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::b/*", "Condition": { "StringNotEquals": { "s3:x-amz-acl": "private" } } },
  { "Sid": "B", "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::b/*", "Condition": { "StringNotLike": { "s3:x-amz-acl": "priv*" } } },
  { "Sid": "C", "Effect": "Deny", "Principal": "*", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::b/*", "Condition": { "StringNotEquals": { "s3:x-amz-storage-class": "STANDARD" } } } ] }"#;
    let question =
        "bob s3:PutObject on arn:aws:s3:::b/k with s3:x-amz-acl=public-read s3:x-amz-storage-class=GLACIER";
    let why = why(script, question);
    let needs = why.remedies[0].needs(&why.causes);
    assert_eq!(needs.as_deref(), Some("both are needed: a for why 1 and 2, b for why 3"));
}

#[test]
fn an_assumed_region_makes_nobody_of_somebody() {
    let script = format!(
        r#"{TWO_REGIONS}endpoint vpce-0a1b2c3d4e5f67890 vpc vpc-0a1b2c3d4e5f67890 service s3 policy {{ "Version": "2012-10-17", "Statement": {{ "Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::other/*" }} }}
resource arn:aws:sqs:us-west-2:111122223333:q
inline S3 on user bob {{ "Version": "2012-10-17", "Statement": {{ "Effect": "Allow", "Action": "s3:*", "Resource": "*" }} }}"#
    );
    let question = "bob s3:GetObject on arn:aws:s3:::b/k with aws:SourceVpce=vpce-0a1b2c3d4e5f67890";
    let script = script.replace(r#""NotAction": ["iam:*""#, r#""NotAction": ["s3:*", "iam:*""#);
    let why = why(&script, question);
    let edit = &why.remedies[0].edits[0];
    let who = edit.who.as_deref().expect("somebody");
    assert!(who.starts_with("user alice") && who.contains("(ec2:ModifyVpcEndpoint in us-west-2)"), "{who}");
    let authority = edit.authority.as_ref().expect("a call");
    assert!(authority.resource.starts_with("arn:aws:ec2:us-west-2:"), "{authority:?}");
    assert_eq!(authority.region.as_deref(), Some("us-west-2"));
}
