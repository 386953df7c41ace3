//! What is probably not meant: a resource that nobody named, actions that AWS does not have.

use iamwhy::explain::Explanation;

use crate::stories::Story;

fn messages(why: &Explanation, code: &str) -> Vec<String> {
    let own = why.answer.warnings.iter().filter(|warning| warning.code == code);
    own.map(|warning| warning.message.clone()).collect()
}

#[test]
fn an_action_that_is_none_leaves_nothing_out_of_a_not_action() {
    let mut story = Story::new();
    story.scp("Others", r#"{"Effect": "Deny", "NotAction": ["iam:CreateUsr", "prowler:action", "s3:*", "iam:GetUser"], "Resource": "*"}"#);
    let why = story.why("alice", "iam:CreateUser", "arn:aws:iam::222222222222:user/x");
    let said = messages(&why, "no-such-action");
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(
        said[0].contains("iam:CreateUsr") && said[0].ends_with("did you mean iam:CreateUser?"),
        "{said:?}"
    );
    assert!(said[1].contains("prowler:action"), "{said:?}");
    let labels: Vec<&str> = why.excerpts[0].labels.iter().map(|label| label.place.text()).collect();
    assert!(labels.contains(&"\"iam:CreateUsr\"") && labels.contains(&"\"prowler:action\""), "{labels:?}");
    assert!(!labels.contains(&"\"iam:GetUser\""), "{labels:?}");
}

#[test]
fn a_remedy_keeps_the_condition_of_the_statement_that_comes_near() {
    let mut story = Story::new();
    let near = r#"{"Sid": "W", "Effect": "Allow", "Principal": {"Service": "cloudtrail.amazonaws.com"}, "Action": "s3:PutObject", "Resource": "arn:aws:s3:::trail/AWSLogs/*", "Condition": {"StringEquals": {"aws:SourceAccount": "222222222222"}}}"#;
    story.resource("arn:aws:s3:::trail", "222222222222", Some(near));
    let with = [("aws:SourceAccount", "222222222222")];
    let why =
        story.why_with("service:config.amazonaws.com", "s3:PutObject", "arn:aws:s3:::trail/AWSLogs/1", &with);
    let words: Vec<&str> = why.remedies.iter().flat_map(|one| &one.edits).map(|edit| &*edit.words).collect();
    assert!(!words.is_empty() && words.iter().all(|words| words.contains("aws:SourceAccount")), "{words:?}");
}
