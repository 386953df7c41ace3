//! The way out that a Deny contains already: a list of those whom it lets by, a session that it spares.

use super::remedy_laws::{edits, why};

#[test]
fn an_endpoint_that_is_known_is_added_to_the_list_before_the_caller_is_sent_elsewhere() {
    let script = r#"attach AdministratorAccess to user carol
attach AmazonSQSFullAccess to user bob
endpoint vpce-0000000000000new1 vpc vpc-0000000000000new1 owner 111122223333
resource arn:aws:sqs:us-east-1:111122223333:orders owner 111122223333 policy { "Version": "2012-10-17", "Statement": {
  "Sid": "Inside", "Effect": "Deny", "Principal": "*", "Action": "sqs:*", "Resource": "arn:aws:sqs:us-east-1:111122223333:orders",
  "Condition": { "StringNotEquals": { "aws:SourceVpce": ["vpce-0000000000000old1", "vpce-0000000000000old2"] } } } }"#;
    let question = |endpoint: &str| {
        format!(
            "bob sqs:SendMessage on arn:aws:sqs:us-east-1:111122223333:orders with aws:SourceVpce={endpoint}"
        )
    };
    let known = why(script, &question("vpce-0000000000000new1"));
    assert_eq!(
        edits(&known)[0].words,
        r#"in orders · Inside (resource-based), add "vpce-0000000000000new1" to the exceptions of aws:SourceVpce"#
    );
    let stranger = why(script, &question("vpce-0000000000000xxxx"));
    assert!(
        edits(&stranger)[0].words.starts_with("go through VPC endpoint"),
        "{}",
        edits(&stranger)[0].words
    );
}

#[test]
fn an_account_is_added_to_the_list_of_accounts_that_a_deny_lets_by() {
    let script = r#"account 444455556666
user pat
attach AdministratorAccess to user pat
account 111122223333
resource arn:aws:sns:us-east-1:111122223333:t owner 111122223333 policy { "Version": "2012-10-17", "Statement": [
  { "Sid": "In", "Effect": "Allow", "Principal": { "AWS": "444455556666" }, "Action": "sns:Publish", "Resource": "arn:aws:sns:us-east-1:111122223333:t" },
  { "Sid": "Ours", "Effect": "Deny", "Principal": "*", "Action": "sns:Publish", "Resource": "arn:aws:sns:us-east-1:111122223333:t",
    "Condition": { "StringNotEquals": { "aws:PrincipalAccount": ["111122223333", "777788889999"] } } } ] }"#;
    let why =
        why(script, "arn:aws:iam::444455556666:user/pat sns:Publish on arn:aws:sns:us-east-1:111122223333:t");
    let first = edits(&why)[0];
    assert!(
        first.words.ends_with(r#"add "444455556666" to the exceptions of aws:PrincipalAccount"#),
        "{}",
        first.words
    );
    assert_eq!(why.remedies[0].merit, Some("that list is meant for such exceptions"));
}

#[test]
fn where_a_deny_of_root_spares_root_sessions_the_task_that_allows_it_is_named_with_who_begins_it() {
    let script = |sessions: &str| {
        format!(
            r#"account 999999999999
user boss
attach AdministratorAccess to user boss
organization o-exampleorg management 999999999999
root-access sessions {sessions}
scp NoRoot {{ "Version": "2012-10-17", "Statement": {{ "Sid": "Root", "Effect": "Deny", "Action": "*", "Resource": "*",
  "Condition": {{ "ArnLike": {{ "aws:PrincipalArn": "arn:aws:iam::*:root" }}, "Null": {{ "aws:AssumedRoot": "true" }} }} }} }}
attach NoRoot to organization-root
move account 111122223333 to organization-root
resource arn:aws:sqs:us-east-1:111122223333:locked owner 111122223333"#
        )
    };
    let question = "111122223333/root sqs:SetQueueAttributes on arn:aws:sqs:us-east-1:111122223333:locked";
    let on = why(&script("on"), question);
    let first = edits(&on)[0];
    assert!(
        first.words.starts_with("make the call in a root session for the task SQSUnlockQueuePolicy"),
        "{}",
        first.words
    );
    assert_eq!(first.who.as_deref(), Some("user boss of account 999999999999 (sts:AssumeRoot)"));
    assert_eq!(first.principal.as_deref(), Some("111122223333/root:SQSUnlockQueuePolicy"));
    let off = why(&script("off"), question);
    assert!(!edits(&off).iter().any(|edit| edit.words.contains("root session")));
}
