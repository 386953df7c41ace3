//! Values that look misspelt, ends that have passed, and tags that take the place of others.

use iamwhy::explain::Edit;

use crate::remedy_choice::choice;
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
    assert_eq!(note, "this looks like a misspelling, on one side or the other");
    let edits = edits(&why);
    assert!(edits[0].words.contains("acme-0471-dict"), "{:?}", words(&edits));
    let policy = edits.iter().find(|edit| edit.words.contains("instead of")).expect("the policy's side");
    assert!(
        policy.words.contains(r#"write "acme-0417-dict" instead of "acme-0471-dict""#),
        "{}",
        policy.words
    );
    assert_eq!(policy.loses.as_deref(), Some("whoever comes with `acme-0471-dict`: nobody known here"));
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
    let retagged = edits.iter().find(|edit| edit.words.starts_with("give table/")).expect("a tag");
    assert!(retagged.loses.as_deref().is_some_and(|loses| loses.contains("team=red")), "{retagged:?}");
    assert_eq!(retagged.ask.as_deref(), Some("the owner of what is tagged team=red"));
}

#[test]
fn a_resource_that_is_nowhere_is_asked_for_by_the_name_that_is_known() {
    let first = |script: &str, question: &str| edits(&why(script, question))[0].words.clone();
    let buckets = format!(
        "resource arn:aws:s3:::acme-reports owner 111122223333\n{}",
        bobs(r#"{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-*s/*" }"#)
    );
    assert_eq!(
        first(&buckets, "bob s3:GetObject on arn:aws:s3:::acme-report/2026/q1.csv"),
        "ask for arn:aws:s3:::acme-reports/2026/q1.csv: nothing is known here of `acme-report`, but of `acme-reports`"
    );
    let table = bobs(
        r#"{ "Effect": "Allow", "Action": "dynamodb:GetItem", "Resource": "arn:aws:dynamodb:us-east-1:111122223333:table/Orders" }"#,
    );
    let words = first(&table, "bob dynamodb:GetItem on arn:aws:dynamodb:us-east-1:111122223333:table/Ordres");
    assert!(words.starts_with("ask for arn:aws:dynamodb:us-east-1:111122223333:table/Orders: "), "{words}");
    let role = r#"role Payroll trust { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:user/bob" }, "Action": "sts:AssumeRole" } }"#;
    let words = first(role, "bob sts:AssumeRole on arn:aws:iam::111122223333:role/Payrol");
    assert!(words.starts_with("ask for arn:aws:iam::111122223333:role/Payroll: "), "{words}");
}

#[test]
fn a_resource_that_is_there_is_meant_and_another_number_is_another_thing() {
    let asked_for = |script: &str, question: &str| {
        edits(&why(script, question)).iter().any(|edit| edit.words.starts_with("ask for "))
    };
    let read =
        bobs(r#"{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-reports/*" }"#);
    let both = format!(
        "resource arn:aws:s3:::acme-reports owner 111122223333\nresource arn:aws:s3:::acme-report owner 111122223333\n{read}"
    );
    assert!(!asked_for(&both, "bob s3:GetObject on arn:aws:s3:::acme-report/k"));
    let numbered = read.replace("acme-reports", "acme-reports-1");
    assert!(!asked_for(&numbered, "bob s3:GetObject on arn:aws:s3:::acme-reports-2/k"));
}

#[test]
fn an_exception_to_an_rcp_is_one_more_in_the_list_that_it_keeps_before_it_is_a_new_condition() {
    let script = r#"account 999999999999
account 444455556666
user pat
attach AdministratorAccess to user pat
account 111122223333
organization o-abcdefghij management 999999999999
ou Data
move account 111122223333 to ou Data
rcp Ours { "Version": "2012-10-17", "Statement": { "Sid": "Strangers", "Effect": "Deny", "Principal": "*", "Action": ["s3:*", "sqs:*"], "Resource": "*", "Condition": { "StringNotEqualsIfExists": { "aws:PrincipalOrgID": "o-abcdefghij", "aws:PrincipalAccount": "777788889999" } } } }
attach Ours to organization-root
account 111122223333
resource arn:aws:s3:::exchange owner 111122223333 policy { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": { "AWS": "444455556666" }, "Action": "s3:*", "Resource": "arn:aws:s3:::exchange/*" } }"#;
    let why = why(script, "arn:aws:iam::444455556666:user/pat s3:GetObject on arn:aws:s3:::exchange/in/k");
    let edits = edits(&why);
    assert!(edits[0].words.ends_with("to the exceptions of aws:PrincipalAccount"), "{:?}", words(&edits));
    assert!(edits[1].words.contains("add the condition"), "{:?}", words(&edits));
}

/// What is recommended of two sides, and the first of them.
fn chosen(script: &str, question: &str) -> (String, String) {
    let why = why(script, question);
    (choice(&why), edits(&why)[0].words.clone())
}

#[test]
fn the_side_of_a_slip_that_the_data_knows_is_recommended_with_the_evidence() {
    let parameter = "arn:aws:ssm:us-east-1:111122223333:parameter/shop/Price";
    let read = bobs(
        r#"{ "Effect": "Allow", "Action": "ssm:GetParameter", "Resource": "arn:aws:ssm:us-east-1:111122223333:parameter/shop/price" }"#,
    );
    let (title, words) =
        chosen(&format!("resource {parameter}\n{read}"), &format!("bob ssm:GetParameter on {parameter}"));
    assert_eq!(
        title,
        "fix      1 is recommended: parameter/shop/Price is known here, nothing of parameter/shop/price; if the policy is right all the same: 2"
    );
    assert!(words.contains("write \"") && words.contains(" instead of "), "{words}");

    let tags = bobs(
        r#"{ "Effect": "Allow", "Action": "ec2:StartInstances", "Resource": "*", "Condition": { "StringEquals": { "aws:ResourceTag/squad": "${aws:PrincipalTag/squad}" } } }"#,
    );
    let instance = "arn:aws:ec2:us-east-1:111122223333:instance/i-1";
    let script = format!(
        "tag user bob squad=skylark\ntag user carol squad=skylark\nresource {instance} tags squad=skylakr\n{tags}"
    );
    let (title, words) = chosen(&script, &format!("bob ec2:StartInstances on {instance}"));
    assert_eq!(
        title,
        "fix      1 is recommended: squad=skylark is on user carol, too, squad=skylakr on nothing else"
    );
    assert!(words.starts_with("give instance/"), "the typo is not copied onto bob: {words}");
}

#[test]
fn an_arn_of_another_region_is_put_right_where_its_resource_is_known_and_nothing_needs_the_old_one() {
    let queue = "arn:aws:sqs:us-east-1:111122223333:orders";
    let topic = |region: &str| format!("arn:aws:sns:{region}:111122223333:shop");
    let script = format!(
        r#"resource {queue} policy {{ "Version": "2012-10-17", "Statement": {{ "Effect": "Allow", "Principal": {{ "Service": "sns.amazonaws.com" }}, "Action": "sqs:SendMessage", "Resource": "{queue}", "Condition": {{ "ArnEquals": {{ "aws:SourceArn": ["{}", "arn:aws:sns:us-east-1:111122223333:other"] }} }} }} }}"#,
        topic("eu-west-1")
    );
    let question = format!(
        "service:sns.amazonaws.com sqs:SendMessage on {queue} with aws:SourceArn={}",
        topic("us-east-1")
    );
    let known = format!("resource {}\n{script}", topic("us-east-1"));
    let (title, words) = chosen(&known, &question);
    assert!(title.contains("1 is recommended: shop is known here in us-east-1, not in eu-west-1"), "{title}");
    assert!(words.contains(" instead of "), "{words}");
    let both = format!("resource {}\n{known}", topic("eu-west-1"));
    let added = |edit: &&Edit| edit.words.contains("also let ");
    assert!(edits(&why(&both, &question)).iter().any(added), "both topics are there");
    assert!(!words_about(&known, &question, "topic other"), "the messages of another topic are no help");
}

fn words_about(script: &str, question: &str, what: &str) -> bool {
    edits(&why(script, question)).iter().any(|edit| edit.words.contains(what))
}
