//! Another request comes before the name of somebody else: an allowed Region, an endpoint, the tag under its right name.

use super::remedy_laws::{bobs, edits, why};

const EVERYTHING: &str = r#"{ "Effect": "Allow", "Action": "*", "Resource": "*" }"#;

#[test]
fn another_region_is_told_before_the_role_that_a_region_lock_spares() {
    let lock = bobs(&format!(
        r#"[ {EVERYTHING}, {{ "Sid": "Lock", "Effect": "Deny", "NotAction": "iam:*", "Resource": "*", "Condition": {{
          "StringNotEquals": {{ "aws:RequestedRegion": ["eu-west-1", "eu-west-2"] }},
          "ArnNotLike": {{ "aws:PrincipalArn": "arn:aws:iam::*:role/Break" }} }} }} ]"#
    ));
    let model = "arn:aws:bedrock:us-west-2::foundation-model/some.model-v1:0";
    for given in ["", " with aws:RequestedRegion=us-west-2"] {
        let found = why(&lock, &format!("bob bedrock:InvokeModel on {model}{given}"));
        let first = edits(&found)[0];
        let words =
            "call in an allowed Region: `--region eu-west-1` or `--region eu-west-2`, if AWS offers it there";
        assert_eq!(first.words, words, "{given}");
        assert_eq!(first.keys.len(), usize::from(!given.is_empty()), "{:?}", first.keys);
    }
}

#[test]
fn whoever_came_by_the_internet_is_sent_through_the_endpoint() {
    let script = format!(
        r#"{}
endpoint vpce-0b8f41c27d9e6a350 vpc vpc-07d2e91b4ac3865f1 service s3 owner 111122223333
resource arn:aws:s3:::b owner 111122223333 policy {{ "Version": "2012-10-17", "Statement": {{ "Sid": "Inside", "Effect": "Deny", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*", "Condition": {{
  "StringNotEquals": {{ "aws:SourceVpce": "vpce-0b8f41c27d9e6a350" }}, "ArnNotEquals": {{ "aws:PrincipalArn": "arn:aws:iam::111122223333:role/Break" }} }} }} }}"#,
        bobs(EVERYTHING)
    );
    let found = why(&script, "bob s3:GetObject on arn:aws:s3:::b/k with aws:SourceIp=203.0.113.7");
    let first = edits(&found)[0];
    assert_eq!(
        first.words,
        "go through VPC endpoint `vpce-0b8f41c27d9e6a350`, from inside vpc-07d2e91b4ac3865f1 of account 111122223333 \
         (aws:SourceVpce)"
    );
    // No call through an endpoint has a public address (C.3).
    assert_eq!(first.context.as_deref(), Some("aws:SourceVpce=vpce-0b8f41c27d9e6a350 aws:SourceIp=null"));
}

#[test]
fn a_tag_under_a_misspelt_name_is_written_right() {
    let tags = bobs(&format!(
        r#"[ {EVERYTHING}, {{ "Sid": "Tagged", "Effect": "Deny", "Action": "sqs:CreateQueue", "Resource": "*", "Condition": {{ "Null": {{ "aws:RequestTag/cost-centre": "true" }} }} }} ]"#
    ));
    let found = why(
        &tags,
        "bob sqs:CreateQueue on arn:aws:sqs:us-east-1:111122223333:q with aws:RequestTag/cost-center=4410 aws:TagKeys=[cost-center,app]",
    );
    let cause = "aws:RequestTag/cost-centre is not given; the request has `cost-center`, which looks like it misspelt";
    assert!(found.causes[0].says.iter().any(|line| line == cause), "{:?}", found.causes[0].says);
    let first = edits(&found)[0];
    assert_eq!(
        first.words,
        "write the tag `cost-centre` instead of `cost-center`: `--tags cost-centre=4410`"
    );
    let context =
        "aws:RequestTag/cost-centre=4410 aws:RequestTag/cost-center=null aws:TagKeys=[cost-centre, app]";
    assert_eq!(first.context.as_deref(), Some(context));
}

#[test]
fn a_public_request_is_signed_by_somebody_who_can_sign() {
    let script = r#"role Ingest trust { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": { "Service": "lambda.amazonaws.com" }, "Action": "sts:AssumeRole" } }
inline Get on role Ingest { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::site/*" } }
group people members bob carol
inline Mfa on group people { "Version": "2012-10-17", "Statement": { "Effect": "Deny", "Action": "*", "Resource": "*", "Condition": { "BoolIfExists": { "aws:MultiFactorAuthPresent": "false" } } } }
resource arn:aws:s3:::site owner 111122223333 policy { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::site/*" } }
public-access-block on for arn:aws:s3:::site"#;
    let found = why(script, "anonymous s3:GetObject on arn:aws:s3:::site/k");
    let signed = edits(&found)[1];
    let bob = "user bob of account 111122223333 with MFA";
    assert_eq!(
        signed.words,
        format!("have {bob} sign the request, who may make it, or give out a presigned URL")
    );
    assert_eq!(signed.who.as_deref(), Some(bob));
    assert_eq!(signed.run.as_deref(), Some("aws s3 presign s3://site/k --expires-in 3600"));
}
