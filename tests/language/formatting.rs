//! Laws of `fmt`: what a policy means stays, what is formatted stays as it is, and order does not count where lists are
//! sorted.

use iamwhy::commands;
use iamwhy::policy::{PolicyForm, format_policy};
use iamwhy::recognise::{CANONICAL, format_file};
use iamwhy::session::{Mode, Run, Status, run_script};
use iamwhy::source::Source;
use serde_json::Value;

use crate::corpus::rows;
use crate::outside::Memory;

/// The policies that AWS manages, and those of organizations.
fn documents() -> Vec<Value> {
    let managed = rows("aws-managed-policies").into_iter().filter(|row| row["default"] == true);
    let organizations = rows("organization-policies").into_iter();
    // Two samples are no policies: one holds a comment, one a statement for a trust policy.
    let organizations = organizations.filter_map(|row| {
        let text = row["text"].as_str().expect("text").to_owned();
        serde_json::from_str(&text)
            .ok()
            .filter(|_| format_policy(&Source::new("p", text), PolicyForm::AsWritten).is_ok())
    });
    let documents: Vec<Value> = managed.map(|row| row["document"].clone()).chain(organizations).collect();
    assert!(documents.len() >= 1_582 + 75, "{}", documents.len());
    documents
}

fn formatted(text: &str, form: PolicyForm) -> String {
    format_policy(&Source::new("p.json", text), form).unwrap_or_else(|wrong| panic!("{wrong:?}"))
}

/// A list of one statement is that statement, `true` in a condition the text of it.
fn plain(document: &Value) -> Value {
    let mut plain = document.clone();
    if plain["Statement"].is_object() {
        plain["Statement"] = Value::Array(vec![plain["Statement"].take()]);
    }
    plain
}

#[test]
fn a_formatted_policy_says_the_same_in_the_same_order_of_lists_and_stays_when_it_is_formatted_again() {
    for document in documents() {
        let once = formatted(&document.to_string(), PolicyForm::AsWritten);
        assert_eq!(formatted(&once, PolicyForm::AsWritten), once);
        let read: Value = serde_json::from_str(&once).expect("JSON");
        // Operators are written as AWS writes them.
        let (read, own) = (read.to_string().to_lowercase(), plain(&document).to_string().to_lowercase());
        assert_eq!(read.len(), own.len(), "{once}");
        let same = |text: &str| serde_json::from_str::<Value>(text).expect("JSON");
        assert_eq!(same(&read), same(&own));
    }
}

#[test]
fn where_lists_are_sorted_their_order_does_not_count() {
    for document in documents() {
        let once = formatted(&document.to_string(), CANONICAL);
        assert_eq!(formatted(&once, CANONICAL), once);
        let mut turned = document.clone();
        turn(&mut turned);
        assert_eq!(formatted(&turned.to_string(), CANONICAL), once);
    }
}

/// Turns every list of texts round and writes its first text twice; a text alone becomes a list.
fn turn(value: &mut Value) {
    match value {
        Value::Array(items) if items.iter().all(Value::is_string) => {
            items.reverse();
            items.extend(items.first().cloned());
        }
        Value::Array(items) => items.iter_mut().for_each(turn),
        Value::Object(members) => {
            for (name, member) in members.iter_mut() {
                let is_list = matches!(&**name, "Action" | "NotAction" | "Resource" | "NotResource");
                if is_list && member.is_string() {
                    *member = Value::Array(vec![member.take()]);
                }
                turn(member);
            }
        }
        _ => {}
    }
}

/// A policy of one statement in its canonical form.
fn canonical(statement: &str) -> String {
    formatted(&format!(r#"{{"Version": "2012-10-17", "Statement": [{statement}]}}"#), CANONICAL)
}

#[test]
fn what_can_be_said_in_several_ways_has_one_canonical_form() {
    let same = [
        [r#""Action": "S3:getobject""#, r#""Action": ["s3:GetObject"]"#],
        [r#""Action": "s3:get*tagging""#, r#""Action": "s3:Get*Tagging""#],
        [r#""Action": "S3:?ETOBJECT""#, r#""Action": "s3:?etObject""#],
        [r#""Principal": {"AWS": ["*"]}"#, r#""Principal": "*""#],
        [
            r#""Principal": {"AWS": "arn:aws:iam::111122223333:root"}"#,
            r#""Principal": {"AWS": "111122223333"}"#,
        ],
        [
            r#""Principal": {"Service": "a", "AWS": "111122223333"}"#,
            r#""Principal": {"AWS": "111122223333", "Service": "a"}"#,
        ],
        [r#""Condition": {}"#, r#""Condition": {"StringEquals": {}}"#],
        [
            r#""Condition": {"bool": {"AWS:securetransport": true}}"#,
            r#""Condition": {"Bool": {"aws:SecureTransport": ["TRUE"]}}"#,
        ],
        [
            r#""Condition": {"NumericEquals": {"s3:max-keys": 1}}"#,
            r#""Condition": {"NumericEquals": {"s3:max-keys": "1"}}"#,
        ],
    ];
    for [one, other] in same {
        let statement = |own: &str| {
            let action = if own.contains("Action") { "" } else { r#""Action": "s3:*", "# };
            canonical(&format!(r#"{{"Sid": "", "Effect": "Allow", {action}"Resource": "*", {own}}}"#))
        };
        assert_eq!(statement(one), statement(other));
    }
}

#[test]
fn what_says_something_else_stays_something_else() {
    let differ = [
        [
            r#""Condition": {"Bool": {"aws:ResourceTag/a": "x"}}"#,
            r#""Condition": {"Bool": {"aws:ResourceTag/b": "x"}}"#,
        ],
        [
            r#""Principal": {"AWS": "arn:aws-cn:iam::111122223333:root"}"#,
            r#""Principal": {"AWS": "111122223333"}"#,
        ],
        [r#""Resource": "arn:aws:s3:::B""#, r#""Resource": "arn:aws:s3:::b""#],
    ];
    for [one, other] in differ {
        let statement = |own: &str| {
            let resource = if own.contains("Resource\"") { "" } else { r#""Resource": "*", "# };
            canonical(&format!(r#"{{"Effect": "Allow", {resource}"Action": "s3:*", {own}}}"#))
        };
        assert_ne!(statement(one), statement(other));
    }
}

#[test]
fn the_old_language_is_kept_where_it_makes_a_difference() {
    let of = |version: &str, resource: &str| {
        let text = format!(
            r#"{{{version}"Statement": {{"Effect": "Allow", "Action": "s3:*", "Resource": "{resource}"}}}}"#
        );
        formatted(&text, CANONICAL)
    };
    let today = r#""Version": "2012-10-17", "#;
    let old = r#""Version": "2008-10-17", "#;
    assert_eq!(of("", "*"), of(today, "*"));
    assert_eq!(of("", "${aws:username}"), of(old, "${aws:username}"));
    assert_ne!(of("", "${aws:username}"), of(today, "${aws:username}"));
}

/// The scripts of the cases and examples.
fn scripts() -> Vec<(String, String)> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/");
    let mut scripts = Vec::new();
    for folder in ["examples", "tests/cases"] {
        for entry in std::fs::read_dir(format!("{root}{folder}")).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.extension().is_some_and(|extension| extension == "iam") {
                let text = std::fs::read_to_string(&path).expect("text");
                scripts.push((path.to_string_lossy().into_owned(), text));
            }
        }
    }
    assert!(scripts.len() > 300, "{}", scripts.len());
    scripts
}

/// How each statement of a script went.
fn run(name: &str, text: &str) -> Vec<Status> {
    let mut session = commands::session();
    let run = Run { mode: Mode::Script, keep_going: true };
    let file = Source::new(name, text);
    run_script(&mut session, &file, &mut Memory::default(), run).map(|ran| ran.outcome.status).collect()
}

#[test]
fn a_formatted_script_does_the_same_and_stays_when_it_is_formatted_again() {
    for (name, text) in scripts() {
        for form in [PolicyForm::AsWritten, CANONICAL] {
            let once = |text: &str| {
                let file = format_file(&Source::new(&*name, text), form);
                file.unwrap_or_else(|wrong| panic!("{name}: {wrong:?}")).text
            };
            let formatted = once(&text);
            assert_eq!(once(&formatted), formatted, "{name}");
            assert_eq!(run(&name, &formatted), run(&name, &text), "{name}:\n{formatted}");
        }
    }
}
