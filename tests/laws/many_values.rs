//! Set operators over so many values that they are looked up: the answer is that of the values one by one.

use iamwhy::question::Question;
use iamwhy::world::{ContextValue, Principal, World};
use proptest::prelude::*;
use serde_json::json;

use crate::worlds::{Tape, cases, tapes};

/// Operators, what values of policies are made of, and what values of requests are made of.
type Family = (&'static [&'static str], &'static [&'static str], &'static [&'static str]);

const FAMILIES: [Family; 6] = [
    // Letters that differ in case, wildcards, a variable; the last of the requests' is the Kelvin sign.
    (
        &[
            "StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase",
            "StringLike", "StringNotLike", "StringLike", "StringNotLike",
        ],
        &["a", "A", "k", "K", "\u{e4}", "*", "?", "${aws:username}", "${*}", "$"],
        &["a", "A", "k", "K", "\u{c4}", "\u{212a}", "*", "$"],
    ),
    (
        &[
            "NumericEquals", "NumericNotEquals", "NumericLessThan", "NumericLessThanEquals",
            "NumericGreaterThan", "NumericGreaterThanEquals",
        ],
        &["1", "2", "3", "-", "x", "."],
        &["1", "2", "3", "-", "x", "."],
    ),
    (
        &[
            "DateEquals", "DateNotEquals", "DateLessThan", "DateLessThanEquals", "DateGreaterThan",
            "DateGreaterThanEquals",
        ],
        &["19", "20", "-01", "x"],
        &["19", "20", "-01", "x"],
    ),
    (
        &["IpAddress", "NotIpAddress"],
        &["10.0", ".0.0", ".0.1", "/8", "/31", "::1", "0"],
        &["10.0", ".0.0", ".0.1", "10.1.2.3", "::1"],
    ),
    (
        &["ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike"],
        &["arn:aws:s3:::", "a", "arn:aws:*:::", "*", ":", "${aws:username}", "arn:*"],
        &["arn:aws:s3:::", "a", ":", "arn:aws:sqs:::"],
    ),
    (
        &["BinaryEquals", "Bool"],
        &["YQ", "==", "true", "false", "x"],
        &["a", "YQ", "==", "true", "TRUE", "false"],
    ),
];

fn texts(tape: &mut Tape, count: usize, parts: &[&str]) -> Vec<String> {
    let text = |tape: &mut Tape| {
        let length = 1 + tape.below(3);
        (0..length).map(|_| parts[tape.below(parts.len())]).collect()
    };
    (0..count).map(|_| text(tape)).collect()
}

fn holds(operator: &str, named: &[String], values: &[String]) -> bool {
    let policy = json!({"Version": "2012-10-17", "Statement": {
        "Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {operator: {"aws:TagKeys": named}},
    }});
    let user = Principal::parse("arn:aws:iam::111122223333:user/ak").expect("a principal");
    let question = Question::new(user, "ec2:CreateTags").on("arn:aws:ec2:us-east-1:111122223333:vpc/v");
    let values = ContextValue::Many(values.iter().map(|value| value.clone().into()).collect());
    let question = question.policy("P", &policy.to_string()).with("aws:TagKeys", values);
    question.ask(&World::new()).expect("a good question").decision.is_allowed()
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn many_values_are_decided_as_each_of_them_alone(bytes in tapes(), family in 0..FAMILIES.len(), few in 1..4_usize) {
        let tape = &mut Tape::new(bytes);
        let (operators, named, given) = FAMILIES[family];
        let operator = operators[tape.below(operators.len())];
        let mut named = texts(tape, few, named);
        let mut values = texts(tape, few, given);
        let alone: Vec<bool> =
            values.iter().map(|value| holds(&format!("ForAnyValue:{operator}"), &named, std::slice::from_ref(value))).collect();
        // Each again and again: the same sets, large enough for a table.
        named = named.iter().cycle().take(200).cloned().collect();
        values = values.iter().cycle().take(200).cloned().collect();
        prop_assert_eq!(holds(&format!("ForAnyValue:{operator}"), &named, &values), alone.contains(&true));
        prop_assert_eq!(holds(&format!("ForAllValues:{operator}"), &named, &values), !alone.contains(&false));
    }
}
