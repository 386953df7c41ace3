//! Laws of `fmt`: what a policy means stays, what is formatted stays as it is, and order does not count where lists are
//! sorted.

use iamwhy::policy::{PolicyForm, format_policy};
use iamwhy::source::Source;
use serde_json::Value;

use crate::corpus::rows;

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
        let once = formatted(&document.to_string(), PolicyForm::Sorted);
        assert_eq!(formatted(&once, PolicyForm::Sorted), once);
        let mut turned = document.clone();
        turn(&mut turned);
        assert_eq!(formatted(&turned.to_string(), PolicyForm::Sorted), once);
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
