//! What a remedy opens is said as narrowly as it is.

use iamwhy::explain::Explanation;

use super::remedy_laws::{bobs, edits, why};

/// What the first fix in a policy that is there opens.
fn opens(why: &Explanation, start: &str) -> String {
    let edit = edits(why).into_iter().find(|edit| edit.words.starts_with(start));
    edit.and_then(|edit| edit.so.clone()).unwrap_or_else(|| panic!("{start}: {:?}", edits(why)))
}

#[test]
fn a_further_subject_of_an_identity_provider_is_let_in_alone() {
    let script = r#"role ci trust { "Version": "2012-10-17", "Statement": { "Sid": "Jobs", "Effect": "Allow", "Principal": { "Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com" }, "Action": "sts:AssumeRoleWithWebIdentity", "Condition": { "StringLike": { "token.actions.githubusercontent.com:sub": "repo:acme/app:ref:refs/heads/*" } } } }"#;
    let question = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com sts:AssumeRoleWithWebIdentity on arn:aws:iam::111122223333:role/ci with token.actions.githubusercontent.com:sub=repo:acme/app:environment:live";
    let so = opens(&why(script, question), "in ci · Jobs");
    assert!(
        so.ends_with(", where token.actions.githubusercontent.com:sub is `repo:acme/app:environment:live`"),
        "{so}"
    );
}

#[test]
fn a_further_source_of_a_service_is_let_in_alone() {
    let queue = "arn:aws:sqs:us-east-1:111122223333:q";
    let script = format!(
        r#"resource {queue} owner 111122223333 policy {{ "Version": "2012-10-17", "Statement": {{ "Sid": "Topic", "Effect": "Allow", "Principal": {{ "Service": "sns.amazonaws.com" }}, "Action": "sqs:SendMessage", "Resource": "*", "Condition": {{ "ArnEquals": {{ "aws:SourceArn": "arn:aws:sns:us-east-1:111122223333:orders" }} }} }} }}"#
    );
    let question = format!(
        "service:sns.amazonaws.com sqs:SendMessage on {queue} with aws:SourceArn=arn:aws:sns:us-east-1:111122223333:invoices"
    );
    let so = opens(&why(&script, &question), "in q · Topic");
    assert!(so.ends_with(", where aws:SourceArn is `arn:aws:sns:us-east-1:111122223333:invoices`"), "{so}");
}

#[test]
fn actions_on_objects_are_none_on_their_bucket() {
    let statement = r#"{ "Effect": "Allow", "Action": ["s3:GetObject", "s3:ListBucket"], "Resource": "arn:aws:s3:::b/*" }"#;
    let so = opens(&why(&bobs(statement), "bob s3:ListBucket on arn:aws:s3:::b"), "in P");
    assert!(so.starts_with("grants s3:ListBucket on arn:aws:s3:::b to "), "{so}");
}

#[test]
fn a_tag_opens_what_the_policies_that_read_it_say() {
    let own = bobs(
        r#"{ "Effect": "Allow", "Action": "ec2:StartInstances", "Resource": "*", "Condition": { "StringEquals": { "aws:ResourceTag/team": "${aws:PrincipalTag/team}" } } }"#,
    );
    let instance = "arn:aws:ec2:us-east-1:111122223333:instance/i-1";
    let script = format!("resource {instance} owner 111122223333 tags team=red\n{own}");
    let question = format!("bob ec2:StartInstances on {instance}");
    let so = opens(&why(&script, &question), "give user bob the tag");
    assert!(so.ends_with("to user bob; no other policy in this data reads that tag"), "{so}");
    let other = format!(
        r#"{script}
policy Teams {{ "Version": "2012-10-17", "Statement": {{ "Effect": "Allow", "Action": "sqs:*", "Resource": "arn:aws:sqs:*:*:${{aws:PrincipalTag/team}}-*" }} }}"#
    );
    let so = opens(&why(&other, &question), "give user bob the tag");
    assert!(so.ends_with("the tag is read by Teams and P"), "{so}");
}

#[test]
fn what_a_tag_takes_away_is_found_among_many_resources() {
    let own = bobs(
        r#"{ "Effect": "Allow", "Action": "ec2:StartInstances", "Resource": "*", "Condition": { "StringEquals": { "aws:ResourceTag/team": "${aws:PrincipalTag/team}" } } }"#,
    );
    let buckets: String =
        (0..40).map(|n| format!("resource arn:aws:s3:::b{n} owner 111122223333\n")).collect();
    let instance = |id: &str, team: &str| {
        format!(
            "resource arn:aws:ec2:us-east-1:111122223333:instance/{id} owner 111122223333 tags team={team}\n"
        )
    };
    let script = format!(
        "{buckets}{}{}tag user bob team=blue\n{own}",
        instance("i-1", "red"),
        instance("i-2", "blue")
    );
    let why = why(&script, "bob ec2:StartInstances on arn:aws:ec2:us-east-1:111122223333:instance/i-1");
    let edit = edits(&why).into_iter().find(|edit| edit.words.starts_with("give user bob")).expect("a tag");
    assert!(edit.loses.as_deref().is_some_and(|loses| loses.contains("instance/i-2")), "{:?}", edit.loses);
}
