//! What the call needs beside what was asked, and the statement that is about this very thing.

use iamwhy::explain::CauseKind;
use iamwhy::report::{Format, Style, explanation};

use super::remedy_laws::{bobs, edits, why};

const KEY: &str = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

#[test]
fn an_allowed_call_that_fails_for_its_key_leads_with_that_and_has_the_fix_of_the_key() {
    let script = format!(
        r#"attach AdministratorAccess to user carol
{}
resource {KEY} owner 111122223333 policy {{ "Version": "2012-10-17", "Statement": [
  {{ "Sid": "Admins", "Effect": "Allow", "Principal": {{ "AWS": "arn:aws:iam::111122223333:user/carol" }}, "Action": "kms:*", "Resource": "*" }},
  {{ "Sid": "Readers", "Effect": "Allow", "Principal": {{ "AWS": "arn:aws:iam::111122223333:role/Break" }}, "Action": "kms:Decrypt", "Resource": "*" }} ] }}
resource arn:aws:secretsmanager:us-east-1:111122223333:secret:app/db-a1B2c3 key {KEY} owner 111122223333"#,
        bobs(r#"{ "Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": "*" }"#)
    );
    let question = "bob secretsmanager:GetSecretValue on arn:aws:secretsmanager:us-east-1:111122223333:secret:app/db-a1B2c3";
    let why = why(&script, question);
    assert!(why.answer.decision == iamwhy::explain::Verdict::Allowed);
    let first = &why.causes[0];
    assert_eq!(first.kind, CauseKind::Fails);
    assert!(
        first.title.starts_with("the call fails all the same: it also needs kms:Decrypt on "),
        "{}",
        first.title
    );
    assert!(edits(&why)[0].words.starts_with("add to key/1234abcd"), "{}", edits(&why)[0].words);
    let text = explanation(&why, &Style { format: Format::Plain, ..Style::default() });
    assert!(text.starts_with("allowed\nbut the call fails: kms:Decrypt is denied\n"), "{text}");
    assert!(!text.contains("\nnear ") && !text.contains("also     needs kms:Decrypt"), "{text}");
}

#[test]
fn a_role_that_a_call_need_not_hand_on_does_not_make_it_fail() {
    let statement = r#"{ "Effect": "Allow", "Action": ["rds:CreateDBInstance", "lambda:CreateFunction"], "Resource": "*", "Condition": { "Bool": { "aws:MultiFactorAuthPresent": "true" } } }"#;
    let then = |question: &str| {
        let why = why(&bobs(statement), question);
        why.remedies[0].then.iter().filter(|one| one.is_denied()).count()
    };
    assert_eq!(then("bob rds:CreateDBInstance on arn:aws:rds:us-east-1:111122223333:db:shop"), 0);
    assert_eq!(then("bob lambda:CreateFunction on arn:aws:lambda:us-east-1:111122223333:function:shop"), 1);
}

#[test]
fn a_role_that_a_key_of_the_call_names_is_what_is_passed() {
    let runner = "arn:aws:iam::111122223333:role/Runner";
    let script = format!(
        r#"role Runner trust {{ "Version": "2012-10-17", "Statement": {{ "Effect": "Allow", "Principal": {{ "Service": "cloudformation.amazonaws.com" }}, "Action": "sts:AssumeRole" }} }}
{}"#,
        bobs(&format!(
            r#"[ {{ "Effect": "Allow", "Action": "cloudformation:CreateStack", "Resource": "*", "Condition": {{ "StringEquals": {{ "cloudformation:RoleArn": "{runner}" }} }} }},
               {{ "Effect": "Allow", "Action": "iam:PassRole", "Resource": "{runner}" }} ]"#
        ))
    );
    let why = why(
        &script,
        "bob cloudformation:CreateStack on arn:aws:cloudformation:us-east-1:111122223333:stack/s/1",
    );
    assert_eq!(edits(&why)[0].words, format!("call with `--role-arn {runner}`"));
    let then: Vec<&str> = why.remedies[0].then.iter().map(|one| &*one.action).collect();
    assert_eq!(then, ["iam:PassRole", "sts:AssumeRole"]);
    assert!(why.remedies[0].then.iter().all(|one| !one.is_denied()));
}

#[test]
fn a_switch_is_given_by_its_option_alone() {
    let deny = r#"[ { "Effect": "Allow", "Action": "rds:*", "Resource": "*" },
      { "Effect": "Deny", "Action": "rds:CreateDBInstance", "Resource": "*", "Condition": { "Bool": { "rds:StorageEncrypted": "false" } } } ]"#;
    let why = why(
        &bobs(deny),
        "bob rds:CreateDBInstance on arn:aws:rds:us-east-1:111122223333:db:shop with rds:StorageEncrypted=false",
    );
    assert_eq!(edits(&why)[0].words, "call with `--storage-encrypted`");
}

const QUEUE: &str = "arn:aws:sqs:us-east-1:111122223333:orders";

fn queue(statements: &str) -> String {
    format!(
        r#"resource {QUEUE} owner 111122223333 policy {{ "Version": "2012-10-17", "Statement": [{statements}] }}"#
    )
}

#[test]
fn the_nearest_statement_is_the_one_about_this_very_service_and_source() {
    let topic = "arn:aws:sns:us-east-1:111122223333:orders";
    let script = queue(&format!(
        r#"{{ "Sid": "Default", "Effect": "Allow", "Principal": {{ "AWS": "*" }}, "Action": "sqs:SendMessage", "Resource": "{QUEUE}", "Condition": {{ "StringEquals": {{ "aws:PrincipalOrgID": "o-exampleorg" }} }} }},
        {{ "Sid": "Topic", "Effect": "Allow", "Principal": {{ "Service": "sns.amazonaws.com" }}, "Action": "sqs:SendMessage", "Resource": "{QUEUE}",
           "Condition": {{ "ArnLike": {{ "aws:SourceArn": "{topic}" }}, "StringEquals": {{ "aws:SourceAccount": "444455556666" }} }} }}"#
    ));
    let why = why(
        &script,
        &format!(
            "service:sns.amazonaws.com sqs:SendMessage on {QUEUE} with aws:SourceArn={topic} aws:SourceAccount=111122223333"
        ),
    );
    assert!(
        why.causes[0].title.ends_with("the resource policy of orders; nearest is its statement Topic"),
        "{}",
        why.causes[0].title
    );
    // The topic is in one account: with another the statement never fitted.
    assert!(
        edits(&why)[0].words.ends_with(r#"write "111122223333" instead of "444455556666""#),
        "{}",
        edits(&why)[0].words
    );
}

#[test]
fn a_statement_for_a_service_that_none_names_is_kept_to_its_source() {
    let script = queue(&format!(
        r#"{{ "Sid": "Weekly", "Effect": "Allow", "Principal": {{ "Service": "events.amazonaws.com" }}, "Action": "sqs:SendMessage", "Resource": "{QUEUE}",
           "Condition": {{ "ArnEquals": {{ "aws:SourceArn": "arn:aws:events:us-east-1:111122223333:rule/weekly" }} }} }}"#
    ));
    let why = why(
        &script,
        &format!(
            "service:s3.amazonaws.com sqs:SendMessage on {QUEUE} with aws:SourceArn=arn:aws:s3:::parcels aws:SourceAccount=111122223333"
        ),
    );
    assert!(!why.causes[0].title.contains("nearest"), "{}", why.causes[0].title);
    assert_eq!(why.causes[0].says, ["no statement of it names s3.amazonaws.com"]);
    let says = &edits(&why)[0].words;
    assert!(says.contains(r#""ArnEquals": {"aws:SourceArn": "arn:aws:s3:::parcels"}"#), "{says}");
    assert!(says.contains(r#""StringEquals": {"aws:SourceAccount": "111122223333"}"#), "{says}");
}

#[test]
fn a_document_of_aws_is_a_resource_of_a_session() {
    let why = why(
        &bobs(r#"{ "Effect": "Allow", "Action": "ssm:StartSession", "Resource": "*" }"#),
        "bob ssm:StartSession on arn:aws:ssm:us-east-1::document/AWS-StartSSHSession",
    );
    assert!(why.answer.warnings.is_empty(), "{:?}", why.answer.warnings);
}
