//! S3 Block Public Access in the way: at which levels, what turns it off there, and what serves while it stays on. And
//! policies that the call of a fix replaces whole.

use super::remedies_done::answer;
use super::remedy_laws::why;
use serde_json::Value;

/// A public bucket with two statements, shut at every level.
const PORTAL: &str = r#"account 999988887777
root owner@org.example mfa
user dana
attach AdministratorAccess to user dana
organization o-exampleorg management 999988887777
ou Web
account 444455556666 "Shop" alias shop
move account 444455556666 to ou Web
user hannah
attach AdministratorAccess to user hannah
public-access-block on
resource arn:aws:s3:::portal owner 444455556666 policy { "Version": "2012-10-17", "Statement": [ { "Sid": "Visitors", "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::portal/*" }, { "Effect": "Deny", "Principal": "*", "Action": "s3:DeleteBucket", "Resource": "arn:aws:s3:::portal" } ] }
public-access-block on for arn:aws:s3:::portal
"#;
const VISIT: &str = "why anonymous s3:GetObject on arn:aws:s3:::portal/logo.svg\n";
const FOR_ALL: &str = "public-access-block on for organization ou Web restrict-public-buckets\n";

fn remedies(answer: &Value) -> &Vec<Value> {
    answer["explanation"]["remedies"].as_array().expect("remedies")
}

#[test]
fn block_public_access_is_told_at_every_level_where_it_is_on_and_each_has_somebody() {
    let answer = answer(&format!("{PORTAL}{FOR_ALL}{VISIT}"));
    let reason = answer.to_string();
    let on = "on for ou Web of the organization, account 444455556666 and bucket portal";
    assert!(reason.contains(on), "{reason}");
    let steps = remedies(&answer)[2].as_array().expect("steps");
    let told: Vec<(&str, &str)> =
        steps.iter().map(|step| (step["do"].as_str().unwrap(), step["who"].as_str().unwrap())).collect();
    assert_eq!(
        told,
        [
            (
                "turn RestrictPublicBuckets off in the S3_POLICY of ou Web of the organization",
                "user dana of account 999988887777 (organizations:UpdatePolicy)"
            ),
            (
                "turn RestrictPublicBuckets off for account 444455556666",
                "user hannah of account 444455556666 (s3:PutAccountPublicAccessBlock)"
            ),
            (
                "turn RestrictPublicBuckets off for bucket portal",
                "user hannah of account 444455556666 (s3:PutBucketPublicAccessBlock)"
            ),
        ]
    );
}

#[test]
fn the_commands_that_unblock_a_bucket_keep_the_other_three_switches_and_turn_the_answer() {
    let before = answer(&format!("{PORTAL}{VISIT}"));
    let steps = remedies(&before)[2].as_array().expect("steps");
    let lines: String = steps.iter().map(|step| format!("{}\n", step["run"].as_str().unwrap())).collect();
    let as_told = format!("{PORTAL}sign-in hannah at shop\n{lines}sign-out\n");
    assert_eq!(answer(&format!("{as_told}{VISIT}"))["decision"], "allowed", "{lines}");
    let kept = "why hannah s3:PutBucketPolicy on arn:aws:s3:::portal with iamwhy:PolicyIsPublic=true\n";
    assert_eq!(answer(&format!("{as_told}{kept}"))["decision"], "implicitDeny", "{lines}");
}

#[test]
fn a_bucket_that_stays_shut_is_served_by_cloudfront_or_to_whoever_of_its_account_signs() {
    let answer = answer(&format!("{PORTAL}{FOR_ALL}{VISIT}"));
    let second = &remedies(&answer)[1][0];
    assert_eq!(second["principal"], "arn:aws:iam::444455556666:user/hannah");
    assert!(answer.to_string().contains("CloudFront with origin access control"), "{answer}");
}

#[test]
fn what_replaces_a_policy_says_that_the_rest_of_it_is_to_be_kept() {
    let by = |statements: &str, question: &str| {
        let script = format!(
            r#"resource arn:aws:s3:::b owner 111122223333 policy {{ "Version": "2012-10-17", "Statement": [ {statements} ] }}"#
        );
        let why = why(&script, question);
        why.remedies
            .iter()
            .flat_map(|one| &one.edits)
            .find_map(|edit| edit.read.clone().filter(|read| read.contains("get-bucket-policy")))
    };
    let own = r#"{ "Sid": "Ours", "Effect": "Deny", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*", "Condition": { "StringNotEquals": { "aws:PrincipalTag/team": "red" } } }"#;
    let other = r#"{ "Effect": "Deny", "Principal": "*", "Action": "s3:DeleteBucket", "Resource": "arn:aws:s3:::b" }"#;
    let question = "bob s3:GetObject on arn:aws:s3:::b/k";
    let both = by(&format!("{own}, {other}"), question).expect("somebody");
    assert_eq!(both, "aws s3api get-bucket-policy --bucket b --query Policy --output text > policy.json");
}
