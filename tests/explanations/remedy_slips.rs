//! Values that look misspelt, ends that have passed, and tags that take the place of others.

use iamwhy::explain::Edit;

use crate::remedy_laws::{bobs, edits, why};

fn words<'e>(edits: &[&'e Edit]) -> Vec<&'e str> {
    edits.iter().map(|edit| &*edit.words).collect()
}

#[test]
fn a_value_that_looks_misspelt_is_replaced_and_both_sides_are_named() {
    let script = r#"role Vendor trust { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:user/bob" }, "Action": "sts:AssumeRole", "Condition": { "StringEquals": { "sts:ExternalId": "acme-0471-dict" } } } }"#;
    let why = why(
        script,
        "bob sts:AssumeRole on arn:aws:iam::111122223333:role/Vendor with sts:ExternalId=acme-0417-dict",
    );
    let note = why.causes[0].comparison.as_ref().and_then(|sides| sides.note.clone()).unwrap_or_default();
    assert_eq!(note, "this looks like a misspelling, of the request or of the policy");
    let edits = edits(&why);
    assert!(edits[0].words.contains("acme-0471-dict"), "{:?}", words(&edits));
    let policy = edits.iter().find(|edit| edit.words.contains("instead of")).expect("the policy's side");
    assert!(
        policy.words.contains(r#"write "acme-0417-dict" instead of "acme-0471-dict""#),
        "{}",
        policy.words
    );
    assert_eq!(policy.loses.as_deref(), Some("whoever comes with `acme-0471-dict`"));
    assert!(!edits.iter().any(|edit| edit.words.contains("too")), "{:?}", words(&edits));
}

#[test]
fn another_thing_is_added_and_not_taken_for_a_slip() {
    let statement = r#"{ "Effect": "Allow", "Action": "iam:PassRole", "Resource": "*", "Condition": { "StringEquals": { "iam:PassedToService": "lambda.amazonaws.com" } } }"#;
    let question = "bob iam:PassRole on arn:aws:iam::111122223333:role/Break with iam:PassedToService=ecs-tasks.amazonaws.com";
    let why = why(&bobs(statement), question);
    assert!(!edits(&why).iter().any(|edit| edit.words.contains("instead of")), "{:?}", words(&edits(&why)));
}

#[test]
fn a_new_end_is_for_its_owner_to_choose() {
    let statement = r#"{ "Sid": "Contract", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*", "Condition": { "DateLessThan": { "aws:CurrentTime": "2020-10-31T23:59:59Z" } } }"#;
    let why = why(&bobs(statement), "bob s3:GetObject on arn:aws:s3:::b/k");
    let edit = edits(&why)[0];
    assert!(
        edit.words.contains(r#"write "<the new end>" instead of "2020-10-31T23:59:59Z""#),
        "{}",
        edit.words
    );
    assert!(edit.statement.as_deref().is_some_and(|says| says.contains("<the new end>")), "{edit:?}");
    assert_eq!(edit.ask.as_deref(), Some("the owner of P · Contract"));
}

#[test]
fn a_tag_in_place_of_another_says_what_that_let_in() {
    let statement = r#"{ "Effect": "Allow", "Action": "dynamodb:GetItem", "Resource": "*", "Condition": { "StringEquals": { "aws:ResourceTag/team": "${aws:PrincipalTag/team}" } } }"#;
    let table = "arn:aws:dynamodb:us-east-1:111122223333:table/T";
    let script = format!(
        "tag user bob team=blue\nresource {table} owner 111122223333 tags team=red\n{}",
        bobs(statement)
    );
    let why = why(&script, &format!("bob dynamodb:GetItem on {table}"));
    let edits = edits(&why);
    let retagged = edits.iter().find(|edit| edit.words.starts_with("give arn:")).expect("a tag");
    assert!(retagged.loses.as_deref().is_some_and(|loses| loses.contains("team=red")), "{retagged:?}");
    assert_eq!(retagged.ask.as_deref(), Some("the owner of what is tagged team=red"));
}
