//! What can stand at the end of a text, and what was meant by a mistyped line.

use iamwhy::assist::{Vocabulary, complete, correction};
use iamwhy::commands;
use iamwhy::policy::{PolicyType, parse_policy};
use iamwhy::session::{Mode, Session, Status};
use iamwhy::source::{Diagnostic, Source, Span};

use crate::outside::{Memory, scripted, typed};

const WORLD: &str = "account 444455556666 \"Test\" alias acme-test\naccount 111122223333 \"Acme\" alias acme\n\
                     root owner@acme.example\nuser alice\nuser bob\ngroup developers members bob\n\
                     resource arn:aws:s3:::reports owner 111122223333\n\
                     organization o-exampleorg management 111122223333\n";

fn session() -> Session {
    let mut session = commands::session();
    scripted(&mut session, &mut Memory::default(), WORLD);
    session
}

fn offered(text: &str) -> Vec<String> {
    let (_, found) = complete(
        text,
        &Vocabulary::of(&session(), |_| vec![("my.iam".to_owned(), false), ("a b".to_owned(), true)]),
    );
    found.into_iter().map(|candidate| candidate.text).collect()
}

#[test]
fn names_of_the_world_are_offered_where_they_can_stand() {
    assert_eq!(offered("sign-in a"), ["alice"]);
    assert_eq!(offered("sign-in root o"), ["owner@acme.example"]);
    assert_eq!(offered("sign-in alice at acme"), ["acme", "acme-test"]);
    assert_eq!(offered("add user bo"), ["bob"]);
    assert_eq!(offered("add user bob to group d"), ["developers"]);
    assert_eq!(offered("delete group d"), ["developers"]);
    let policies =
        ["AdministratorAccess", "AdministratorAccess-Amplify", "AdministratorAccess-AWSElasticBeanstalk"];
    assert_eq!(offered("attach Admin"), policies);
    assert_eq!(offered("show policy SecurityAud"), ["SecurityAudit"]);
    assert!(offered("attach ").len() < 20, "not all of AWS's where nothing is typed");
    assert_eq!(offered("can acme/al"), ["acme/alice"]);
    assert_eq!(offered("can bob s3:GetObject on arn:aws:s3"), ["arn:aws:s3:::reports/"]);
    assert!(offered("user ").is_empty(), "it makes a new one");
}

#[test]
fn the_resources_that_are_offered_are_those_that_the_action_works_on() {
    let mut session = session();
    let world =
        "resource arn:aws:dynamodb:us-east-1:111122223333:table/Orders\nresource arn:aws:s3:::logs/a.txt";
    scripted(&mut session, &mut Memory::default(), world);
    let offered = |text: &str| {
        let (_, found) = complete(text, &Vocabulary::of(&session, |_| Vec::new()));
        found.into_iter().map(|one| (one.text, one.goes_on)).collect::<Vec<_>>()
    };
    let whole = |text: &str| (text.to_owned(), false);
    let begun = |text: &str| (text.to_owned(), true);
    assert_eq!(
        offered("can bob s3:GetObject on "),
        [whole("arn:aws:s3:::logs/a.txt"), begun("arn:aws:s3:::reports/")]
    );
    assert_eq!(offered("can bob s3:ListBucket on "), [whole("arn:aws:s3:::reports")]);
    let table = "arn:aws:dynamodb:us-east-1:111122223333:table/Orders";
    assert_eq!(offered("can bob dynamodb:DeleteTable on "), [whole(table)]);
    assert!(offered("why bob dynamodb:Query on ").contains(&whole(table)), "or an index of it");
    assert_eq!(offered("can bob dynamodb:GetRecords on "), [begun(&format!("{table}/stream/"))]);
    assert_eq!(
        offered("can bob sqs:SendMessage on arn:aws:d"),
        [begun(table)],
        "where there is none such, every one"
    );
}

#[test]
fn actions_and_keys_come_from_the_catalog() {
    assert_eq!(offered("can bob s3:getobjectt"), ["s3:GetObjectTagging", "s3:GetObjectTorrent"]);
    assert!(offered("can bob s").contains(&"s3:".to_owned()));
    assert!(offered("can bob s3:GetObject with ").contains(&"s3:ExistingObjectTag/".to_owned()));
    assert!(offered("can bob s3:GetObject with ").contains(&"aws:SourceIp=".to_owned()));
    assert!(!offered("can bob s3:ListAllMyBuckets with ").contains(&"s3:ExistingObjectTag/".to_owned()));
    assert!(offered("can s3:GetObject ").iter().all(|word| !word.ends_with(':')), "an action is there");
}

#[test]
fn the_action_is_offered_in_place_of_the_operation_that_is_begun() {
    assert_eq!(offered("can bob s3:HeadB"), ["s3:ListBucket"]);
    assert_eq!(offered("can bob lambda:invokewith"), ["lambda:InvokeFunction"]);
    assert_eq!(inside("{\"Statement\": {\"Action\": \"s3:HeadB"), ["\"s3:ListBucket\""]);
}

#[test]
fn verdicts_and_layers_are_offered() {
    assert!(offered("expect bob ").contains(&"implicit-deny".to_owned()));
    assert!(offered("why bob s3:GetObject without ").contains(&"scp".to_owned()));
}

#[test]
fn every_list_that_is_offered_can_be_listed() {
    let lists = offered("list ");
    assert!(lists.len() > 5, "{lists:?}");
    for list in lists {
        let ran = typed(&mut session(), &mut Memory::default(), &format!("list {list}"));
        assert_ne!(ran[0].status, Status::Refused, "{list}");
    }
}

#[test]
fn the_aws_command_line_is_completed_from_its_table() {
    assert_eq!(offered("aws ia"), ["iam"]);
    assert!(offered("aws iam create-u").contains(&"create-user".to_owned()));
    assert_eq!(offered("$ aws iam create-user --us"), ["--user-name"]);
    assert_eq!(offered("aws iam attach-user-policy --user-name al"), ["alice"]);
    assert!(
        offered(
            "aws iam attach-user-policy --user-name alice \\\n  --policy-arn arn:aws:iam::aws:policy/Adm"
        )
        .contains(&"arn:aws:iam::aws:policy/AdministratorAccess".to_owned())
    );
    assert_eq!(offered("aws s3api put-bucket-policy --bucket r"), ["reports"]);
    assert_eq!(offered("aws iam get-user --user-name alice --reg"), ["--region"]);
}

#[test]
fn files_are_offered_in_quotes_where_they_need_them() {
    assert_eq!(offered("read m"), ["my.iam"]);
    assert_eq!(offered("read \"m"), ["\"my.iam\""]);
    assert_eq!(offered("read a"), ["\"a b/"]);
}

/// What is offered inside of JSON: a `resource` takes a policy with every element.
fn inside(json: &str) -> Vec<String> {
    offered(&format!("resource arn:aws:s3:::b policy {json}"))
}

#[test]
fn every_element_offered_is_one_that_the_parser_knows() {
    let of_document = inside("{").into_iter().map(|element| format!("{{{element}1}}"));
    let of_statement = inside("{\"Statement\": {").into_iter();
    let of_statement = of_statement.map(|element| format!("{{\"Statement\": {{{element}1}}}}"));
    let all: Vec<_> = of_document.chain(of_statement).collect();
    assert_eq!(all.len(), 12);
    for document in all {
        let found = parse_policy(&Source::new("p", document.as_str()), PolicyType::ResourceBased);
        let unknown = |one: &Diagnostic| one.code == "unknown-element";
        assert!(!found.diagnostics.iter().any(unknown), "{document}: {:?}", found.diagnostics);
    }
}

#[test]
fn json_is_completed_only_where_a_string_can_stand() {
    assert_eq!(inside("{\"Ver"), ["\"Version\": "]);
    assert_eq!(inside("{\"Version\": "), ["\"2012-10-17\""]);
    assert!(inside("{\"Version\" ").is_empty());
    assert!(inside("{\"Version\": \"2012-10-17\"").is_empty());
}

#[test]
fn elements_values_and_operators_are_offered_where_they_stand() {
    assert!(offered("policy P {").contains(&"\"Version\": ".to_owned()));
    assert_eq!(inside("{\"Statement\": {\"Effect\": \""), ["\"Allow\"", "\"Deny\""]);
    assert!(inside("{\"Statement\": {\"Action\": [\"s3:Get").contains(&"\"s3:GetObject\"".to_owned()));
    assert!(inside("{\"Statement\": {\"Condition\": {\"").contains(&"\"StringEquals\": ".to_owned()));
    assert!(
        inside("{\"Statement\": {\"Condition\": {\"Bool\": {\"")
            .contains(&"\"aws:SecureTransport\": ".to_owned())
    );
    assert!(
        inside("{\"Statement\": {\"Condition\": {\"Bool\": {\"s3:")
            .contains(&"\"s3:TlsVersion\": ".to_owned())
    );
}

#[test]
fn a_block_of_commands_is_no_json() {
    assert_eq!(offered("what-if { us"), ["user"]);
}

fn corrected(lines: &[&str]) -> Option<String> {
    let mut session = commands::session();
    let mut last = None;
    for line in lines {
        let source = Source::new("<prompt>", *line);
        let span = Span::new(0, line.len() as u32);
        let outcome = session.run(&source, span, &mut (), Mode::Prompt);
        last = correction(&source, span, &outcome, session.world().catalog());
    }
    last
}

const LINES: [&str; 2] = ["account 111122223333 \"Acme\" alias acme", "user alice"];

#[test]
fn the_mistyped_word_alone_is_replaced() {
    assert_eq!(corrected(&["sing-in alice at acme"]).as_deref(), Some("sign-in alice at acme"));
    let lines = [LINES[0], LINES[1], "sign-in alcie at acme"];
    assert_eq!(corrected(&lines).as_deref(), Some("sign-in alice at acme"));
}

#[test]
fn an_action_that_nobody_knows_is_corrected() {
    let lines = [LINES[0], LINES[1], "can alice s3:GetObjct on arn:aws:s3:::b/k"];
    assert_eq!(corrected(&lines).as_deref(), Some("can alice s3:GetObject on arn:aws:s3:::b/k"));
}

#[test]
fn a_right_line_is_left_alone() {
    assert_eq!(corrected(&LINES), None);
    assert_eq!(corrected(&["a line that is like nothing"]), None);
}
