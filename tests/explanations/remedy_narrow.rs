//! A new statement is as narrow as the request.

use crate::remedy_laws::{bobs, edits, why};

#[test]
fn a_listing_is_allowed_under_the_prefix_that_was_asked_for() {
    let why = why("", "bob s3:ListBucket on arn:aws:s3:::b with s3:prefix=reports/");
    let words = &edits(&why)[0].words;
    assert!(words.contains(r#""Condition": {"StringLike": {"s3:prefix": "reports/*"}}"#), "{words}");
}

#[test]
fn another_prefix_leaves_that_of_the_policy_alone() {
    let statement = r#"{ "Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::b", "Condition": { "StringLike": { "s3:prefix": "drafts/*" } } }"#;
    let why = why(&bobs(statement), "bob s3:ListBucket on arn:aws:s3:::b with s3:prefix=reports/");
    let policies: Vec<_> = edits(&why).into_iter().filter(|edit| edit.layer.is_some()).collect();
    assert!(!policies.is_empty());
    for edit in policies {
        assert!(edit.words.contains("s3:prefix"), "{}", edit.words);
    }
}

#[test]
fn a_role_is_passed_alone_and_to_the_one_service() {
    let statement = r#"{ "Effect": "Allow", "Action": "iam:PassRole", "Resource": "arn:aws:iam::111122223333:role/*", "Condition": { "StringEquals": { "iam:PassedToService": "lambda.amazonaws.com" } } }"#;
    let question = "bob iam:PassRole on arn:aws:iam::111122223333:role/Break with iam:PassedToService=ecs-tasks.amazonaws.com";
    let why = why(&bobs(statement), question);
    let words = &edits(&why)[0].words;
    assert!(words.contains(r#""Resource": "arn:aws:iam::111122223333:role/Break""#), "{words}");
    assert!(words.contains(r#"{"iam:PassedToService": "ecs-tasks.amazonaws.com"}"#), "{words}");
    assert_eq!(edits(&why)[0].so.as_deref(), Some("grants nothing else"));
}

#[test]
fn an_endpoint_lets_the_caller_through_and_nobody_else() {
    let script = r#"attach AdministratorAccess to user bob
endpoint vpce-0123456789abcdef0 vpc vpc-0123456789abcdef0 service s3 policy { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::ours-*/*" } }"#;
    let why =
        why(script, "bob s3:GetObject on arn:aws:s3:::theirs/k with aws:SourceVpce=vpce-0123456789abcdef0");
    let words = &edits(&why)[0].words;
    assert!(words.contains(r#"{"aws:PrincipalArn": "arn:aws:iam::111122223333:user/bob"}"#), "{words}");
}

#[test]
fn a_session_gets_the_folder_that_was_asked_for() {
    let script = r#"role Reader trust { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:user/bob" }, "Action": "sts:AssumeRole" } }
inline Read on role Reader { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "s3:*", "Resource": "*" } }
sign-in bob
assume Reader as me policy { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/2026/*" } }"#;
    let why = why(script, "s3:GetObject on arn:aws:s3:::b/2025/12/31/k");
    let words = &edits(&why)[0].words;
    assert!(words.contains(r#""Resource": "arn:aws:s3:::b/2025/12/31/*""#), "{words}");
}

#[test]
fn what_a_task_takes_together_is_granted_together() {
    let repository = "arn:aws:ecr:us-east-1:111122223333:repository/app";
    let question = format!("bob ecr:BatchGetImage on {repository}");
    let found = why("", &question);
    let edit = edits(&found)[0];
    assert!(
        edit.words.contains(
            r#""Action": ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "ecr:BatchCheckLayerAvailability"]"#
        ),
        "{}",
        edit.words
    );
    let so = edit.so.as_deref().unwrap_or_default();
    assert!(so.ends_with("to user bob: pulling an image takes all of them"), "{so}");
}

#[test]
fn what_of_a_task_is_there_already_is_not_granted_again() {
    let repository = "arn:aws:ecr:us-east-1:111122223333:repository/app";
    let own = bobs(
        r#"{ "Effect": "Allow", "Action": ["ecr:BatchCheckLayerAvailability", "ecr:GetDownloadUrlForLayer"], "Resource": "*" }"#,
    );
    let found = why(&own, &format!("bob ecr:BatchGetImage on {repository}"));
    let words = edits(&found).iter().map(|edit| &*edit.words).collect::<Vec<_>>().join("\n");
    assert!(
        words.contains(r#""Action": "ecr:BatchGetImage""#) || words.contains("add \"ecr:BatchGetImage\""),
        "{words}"
    );
}
