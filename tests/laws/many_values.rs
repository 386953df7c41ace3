//! Set operators over so many values that they are looked up: the answer is that of the values one by one.

use iamwhy::question::Question;
use iamwhy::world::{ContextValue, Principal, World};
use proptest::prelude::*;
use serde_json::json;

use crate::worlds::{Tape, cases, tapes};

const OPERATORS: [&str; 6] = [
    "StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase", "StringLike",
    "StringNotLike",
];

/// What values of policies are made of: letters that differ in case, wildcards, a variable.
const NAMED: [&str; 8] = ["a", "A", "k", "K", "\u{e4}", "*", "?", "${aws:username}"];

/// What values of requests are made of; the last is the Kelvin sign.
const GIVEN: [&str; 6] = ["a", "A", "k", "K", "\u{c4}", "\u{212a}"];

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
    #![proptest_config(cases(24))]

    #[test]
    fn many_values_are_decided_as_each_of_them_alone(bytes in tapes(), operator in 0..OPERATORS.len(), few in 1..4_usize) {
        let tape = &mut Tape::new(bytes);
        let operator = OPERATORS[operator];
        let mut named = texts(tape, few, &NAMED);
        let mut values = texts(tape, few, &GIVEN);
        let alone: Vec<bool> =
            values.iter().map(|value| holds(&format!("ForAnyValue:{operator}"), &named, std::slice::from_ref(value))).collect();
        // Each again and again: the same sets, large enough for a table.
        named = named.iter().cycle().take(200).cloned().collect();
        values = values.iter().cycle().take(200).cloned().collect();
        prop_assert_eq!(holds(&format!("ForAnyValue:{operator}"), &named, &values), alone.contains(&true));
        prop_assert_eq!(holds(&format!("ForAllValues:{operator}"), &named, &values), !alone.contains(&false));
    }
}
