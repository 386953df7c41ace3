//! The fix that a reviewer would look for: in the list of the statement where the likes of what is asked for stand.

use super::remedy_laws::{bobs, edits, why};

#[test]
fn what_is_asked_for_joins_its_likes_in_the_list_of_the_group() {
    let script = r#"attach AdministratorAccess to user carol
group devs members bob
policy Jobs { "Version": "2012-10-17", "Statement": { "Sid": "Run", "Effect": "Allow", "Action": "batch:SubmitJob", "Resource": [
  "arn:aws:batch:us-east-1:111122223333:job-queue/day", "arn:aws:batch:us-east-1:111122223333:job-queue/night" ] } }
attach Jobs to group devs"#;
    let question = "bob batch:SubmitJob on arn:aws:batch:us-east-1:111122223333:job-queue/week";
    let found = why(script, question);
    let all = edits(&found);
    assert_eq!(
        all[0].words,
        r#"in Jobs · Run (identity-based), add "arn:aws:batch:us-east-1:111122223333:job-queue/week" to "Resource", beside others of its kind"#
    );
    assert!(all[0].so.as_deref().is_some_and(|so| so.contains("everybody in group devs")), "{:?}", all[0].so);
    assert!(all[1].words.starts_with("give bob a policy"), "{}", all[1].words);
    assert_eq!(found.remedies[0].merit, Some("others of its kind stand in that list"));
    // One name is no list, and a pattern is a rule of its own.
    let one = script.replace(r#""arn:aws:batch:us-east-1:111122223333:job-queue/day", "#, "");
    assert!(edits(&why(&one, question))[0].words.starts_with("give bob a policy"));
}

#[test]
fn an_action_joins_those_on_just_this_resource_unless_it_is_dangerous() {
    let statement = r#"[ { "Sid": "Other", "Effect": "Allow", "Action": ["sqs:SendMessage", "sqs:GetQueueUrl", "sqs:PurgeQueue"], "Resource": "arn:aws:sqs:us-east-1:111122223333:other" },
      { "Sid": "Orders", "Effect": "Allow", "Action": ["sqs:SendMessage", "sqs:GetQueueUrl"], "Resource": "arn:aws:sqs:us-east-1:111122223333:orders" } ]"#;
    let asks = |action: &str| {
        why(&bobs(statement), &format!("bob {action} on arn:aws:sqs:us-east-1:111122223333:orders"))
    };
    let found = asks("sqs:GetQueueAttributes");
    assert_eq!(
        edits(&found)[0].words,
        r#"in P · Orders (identity-based), add "sqs:GetQueueAttributes" to "Action""#
    );
    assert!(found.causes[0].title.ends_with("nearest is P · Orders"), "{}", found.causes[0].title);
    assert!(edits(&asks("sqs:SetQueueAttributes"))[0].words.starts_with("add to P"));
}

#[test]
fn an_account_with_changed_digits_that_nobody_knows_is_replaced() {
    let script = format!(
        r#"{}
resource arn:aws:sqs:us-east-1:111122223333:orders owner 111122223333"#,
        bobs(
            r#"{ "Sid": "Send", "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:us-east-1:111122232333:orders" }"#
        )
    );
    let found = why(&script, "bob sqs:SendMessage on arn:aws:sqs:us-east-1:111122223333:orders");
    let first = edits(&found)[0];
    assert!(
        first.words.contains(r#"instead of "arn:aws:sqs:us-east-1:111122232333:orders""#),
        "{}",
        first.words
    );
}
