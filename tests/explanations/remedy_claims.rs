//! What is claimed of a fix: the conditions that stay, a Deny of which nothing remains, a call that can never be, a check that
//! is lost.

use super::remedy_laws::{bobs, edits, why};

const QUEUE: &str = "arn:aws:sqs:us-east-1:111122223333:deposits";

/// A queue that S3 may send to under a condition.
fn queue(condition: &str) -> String {
    format!(
        r#"resource {QUEUE} owner 111122223333 policy {{ "Version": "2012-10-17", "Statement": {{ "Sid": "S3", "Effect": "Allow", "Principal": {{ "Service": "s3.amazonaws.com" }}, "Action": "sqs:SendMessage", "Resource": "{QUEUE}", "Condition": {condition} }} }}"#
    )
}

fn sent_for(bucket: &str) -> String {
    format!(
        "service:s3.amazonaws.com sqs:SendMessage on {QUEUE} with aws:SourceArn=arn:aws:s3:::{bucket} aws:SourceAccount=111122223333"
    )
}

#[test]
fn the_conditions_that_stay_are_told_with_what_is_opened() {
    let condition = r#"{ "StringEquals": { "aws:SourceAccount": "111122223333", "aws:SourceArn": "arn:aws:s3:::in-*" } }"#;
    let found = why(&queue(condition), &sent_for("in-theses"));
    let so = edits(&found)[0].so.as_deref();
    let kept = "aws:SourceAccount is 111122223333 and aws:SourceArn is like arn:aws:s3:::in-*";
    assert_eq!(so, Some(&*format!("grants sqs:SendMessage on {QUEUE} to s3.amazonaws.com, where {kept}")));
    let so = edits(&found)[1].so.as_deref().unwrap_or_default();
    assert!(
        so.ends_with("where aws:SourceArn is `arn:aws:s3:::in-theses` and aws:SourceAccount is 111122223333"),
        "{so}"
    );
}

#[test]
fn the_bucket_of_another_stage_is_put_in_place_of_the_one_that_is_there() {
    let condition = r#"{ "ArnEquals": { "aws:SourceArn": "arn:aws:s3:::landing-test" } }"#;
    let found = why(&queue(condition), &sent_for("landing"));
    let first = edits(&found)[0];
    assert_eq!(
        first.words,
        r#"in deposits · S3 (resource-based), write "arn:aws:s3:::landing" instead of "arn:aws:s3:::landing-test""#
    );
    assert!(
        first.loses.as_ref().is_some_and(|loses| loses.starts_with("calls for arn:aws:s3:::landing-test"))
    );
}

#[test]
fn an_exception_that_leaves_a_deny_without_anybody_says_so_and_comes_last() {
    let statement = r#"[ { "Effect": "Allow", "Action": "*", "Resource": "*" }, { "Sid": "No", "Effect": "Deny", "Action": "s3:GetObject", "Resource": "*" } ]"#;
    let found = why(&bobs(statement), "bob s3:GetObject on arn:aws:s3:::b/k");
    let all = edits(&found);
    let excepted = all.iter().find(|edit| edit.words.contains("ArnNotEquals")).expect("an exception");
    let so = excepted.so.as_deref().unwrap_or_default();
    assert!(
        so.ends_with("for user bob; nothing of this Deny remains, since nobody else has that policy"),
        "{so}"
    );
}

const KEY: &str = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

#[test]
fn the_alias_of_a_key_is_named_for_the_dead_letter_that_it_is() {
    let script = format!(
        r#"{}
resource {KEY} owner 111122223333 policy {{ "Version": "2012-10-17", "Statement": {{ "Effect": "Allow", "Principal": {{ "AWS": "arn:aws:iam::111122223333:root" }}, "Action": "kms:*", "Resource": "*" }} }}"#,
        bobs(
            r#"{ "Sid": "Open", "Effect": "Allow", "Action": ["kms:Decrypt", "kms:DescribeKey"], "Resource": "arn:aws:kms:us-east-1:111122223333:alias/exports" }"#
        )
    );
    let found = why(&script, &format!("bob kms:Decrypt on {KEY}"));
    let note =
        found.causes[0].comparison.as_ref().and_then(|sides| sides.note.as_deref()).unwrap_or_default();
    assert!(
        note.starts_with("no use of a key is authorized by its alias")
            && note.contains("kms:ResourceAliases"),
        "{note}"
    );
    let all = edits(&found);
    assert_eq!(
        all[0].words,
        format!(
            r#"in P · Open (identity-based), write "{KEY}" instead of "arn:aws:kms:us-east-1:111122223333:alias/exports""#
        )
    );
    assert!(!all[0].so.as_deref().unwrap_or_default().contains("alias/"), "{:?}", all[0].so);
    assert_eq!(all[0].loses, None);
}

#[test]
fn what_holds_unless_mfa_is_there_is_told_so() {
    let statement = r#"[ { "Effect": "Allow", "Action": "*", "Resource": "*" }, { "Sid": "Mfa", "Effect": "Deny", "Action": "s3:*", "Resource": "*", "Condition": { "BoolIfExists": { "aws:MultiFactorAuthPresent": "false" } } } ]"#;
    let found = why(&bobs(statement), "bob s3:GetObject on arn:aws:s3:::b/k");
    let assumed = found.causes[0].assumed.as_deref().unwrap_or_default();
    assert!(assumed.starts_with("unless aws:MultiFactorAuthPresent is true"), "{assumed}");
}

const MAIN: &str = "repo:acme/app:ref:refs/heads/main";

#[test]
fn a_job_of_an_environment_is_asked_about_by_its_sub_and_its_branch_is_checked_no_longer() {
    let provider = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com";
    let script = format!(
        r#"role Deploy trust {{ "Version": "2012-10-17", "Statement": {{ "Sid": "Main", "Effect": "Allow", "Principal": {{ "Federated": "{provider}" }}, "Action": "sts:AssumeRoleWithWebIdentity", "Condition": {{ "StringEquals": {{
  "token.actions.githubusercontent.com:aud": "sts.amazonaws.com", "token.actions.githubusercontent.com:sub": "{MAIN}" }} }} }} }}"#
    );
    let sub = "repo:acme/app:environment:production";
    let question = format!(
        "{provider} sts:AssumeRoleWithWebIdentity on arn:aws:iam::111122223333:role/Deploy with token.actions.githubusercontent.com:aud=sts.amazonaws.com token.actions.githubusercontent.com:sub={sub}"
    );
    let found = why(&script, &question);
    let trust =
        edits(&found).into_iter().find(|edit| edit.words.starts_with("in Deploy · Main")).expect("the trust");
    let asked =
        format!("May users of token.actions.githubusercontent.com with sub `{sub}` act as role Deploy?");
    assert_eq!(trust.question.as_deref(), Some(&*asked));
    let careful = trust.careful.as_deref().unwrap_or_default();
    assert!(careful.contains("still gets in. AWS then no longer checks the branch: in GitHub, let environment `production` be deployed from `main` alone"), "{careful}");
}

#[test]
fn a_redrive_needs_what_moves_the_messages() {
    let dead = "arn:aws:sqs:us-east-1:111122223333:orders-dlq";
    let statement =
        format!(r#"{{ "Effect": "Allow", "Action": "sqs:StartMessageMoveTask", "Resource": "{dead}" }}"#);
    let found = why(&bobs(&statement), &format!("bob sqs:StartMessageMoveTask on {dead}"));
    let denied: Vec<&str> = found.also.iter().filter(|one| one.is_denied()).map(|one| &*one.action).collect();
    for action in ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"] {
        assert!(denied.contains(&action), "{denied:?}");
    }
    let sends = found.also.iter().find(|one| one.action == "sqs:SendMessage").expect("sends");
    assert!(sends.what.contains("the queue to which the messages go"), "{}", sends.what);
}
