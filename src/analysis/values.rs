//! Context values for which tests of a condition hold, and for which they do not.

use std::borrow::Cow;

use crate::policy::{ConditionTest, OperatorFamily, Policy};
use crate::world::{ContextEntry, ContextValue};

/// A value that nobody would write into a policy.
const OTHER: &str = "other";

/// The contexts that tell the tests of a condition apart: all hold; then, for each test, all but that one hold, by
/// another value and by the key's absence; and each further value of a test.
pub(super) fn contexts(policy: &Policy, tests: &[ConditionTest]) -> Vec<Vec<ContextEntry<'static>>> {
    let all: Vec<_> = tests.iter().map(|test| holding(policy, test, 0)).collect();
    let mut found = vec![all.clone()];
    for (i, test) in tests.iter().enumerate() {
        let mut with = |entry: ContextEntry<'static>| {
            let mut context = all.clone();
            context[i] = entry;
            found.push(context);
        };
        with(failing(policy, test));
        with((key(policy, test), ContextValue::Absent));
        (1..policy.texts(test.values).len()).for_each(|value| with(holding(policy, test, value)));
    }
    found.iter_mut().for_each(each_key_once);
    found
}

/// A key can have one value only, whatever the tests say.
fn each_key_once(context: &mut Vec<ContextEntry<'static>>) {
    let mut keys: Vec<String> = Vec::new();
    context.retain(|(key, _)| {
        let key = key.to_ascii_lowercase();
        let is_new = !keys.contains(&key);
        keys.push(key);
        is_new
    });
}

fn key(policy: &Policy, test: &ConditionTest) -> Cow<'static, str> {
    Cow::Owned(policy.text(&test.key).into_owned())
}

fn one(text: impl Into<String>) -> ContextValue<'static> {
    ContextValue::One(Cow::Owned(text.into()))
}

fn holding(policy: &Policy, test: &ConditionTest, value: usize) -> ContextEntry<'static> {
    (key(policy, test), valued(policy, test, value, !test.operator.operator.is_negated()))
}

fn failing(policy: &Policy, test: &ConditionTest) -> ContextEntry<'static> {
    (key(policy, test), valued(policy, test, 0, test.operator.operator.is_negated()))
}

/// A value that the policy's value covers, or one that it does not.
fn valued(policy: &Policy, test: &ConditionTest, value: usize, covered: bool) -> ContextValue<'static> {
    let texts = policy.texts(test.values);
    let text = texts.get(value).or(texts.first()).map(|text| policy.text(text).into_owned());
    let text = text.unwrap_or_default();
    let value = match test.operator.operator.family() {
        OperatorFamily::Null if text.eq_ignore_ascii_case("true") == covered => return ContextValue::Absent,
        OperatorFamily::Null => "example".to_owned(),
        OperatorFamily::Numeric => number(test, &text, covered),
        OperatorFamily::Date => date(test, &text, covered),
        OperatorFamily::Bool if !covered => {
            (if text.eq_ignore_ascii_case("true") { "false" } else { "true" }).to_owned()
        }
        OperatorFamily::Ip if covered => text.split('/').next().unwrap_or_default().to_owned(),
        OperatorFamily::Ip => "198.51.100.77".to_owned(),
        OperatorFamily::Arn if !covered => "arn:aws:iam::000000000000:user/other".to_owned(),
        _ if covered => concrete(&text),
        _ => OTHER.to_owned(),
    };
    match test.operator.set {
        Some(_) => ContextValue::Many(vec![Cow::Owned(value)]),
        None => one(value),
    }
}

/// A number on the side of the policy's that the operator wants, or on the other one.
fn number(test: &ConditionTest, text: &str, covered: bool) -> String {
    let Ok(number) = text.parse::<f64>() else { return text.to_owned() };
    let name = test.operator.operator.as_str();
    let equal = name.ends_with("Equals");
    let step = match (name.contains("Less"), name.contains("Greater")) {
        _ if covered && equal => 0.0,
        (true, _) => -1.0,
        _ => 1.0,
    };
    let step = if covered || !(name.contains("Less") || name.contains("Greater")) { step } else { -step };
    (number + step).to_string()
}

/// An instant on the side of the policy's that the operator wants, or on the other one.
fn date(test: &ConditionTest, text: &str, covered: bool) -> String {
    let name = test.operator.operator.as_str();
    match (name.contains("Less"), name.contains("Greater"), covered) {
        (false, false, true) => text.to_owned(),
        (true, _, true) | (_, true, false) => "1990-01-01T00:00:00Z".to_owned(),
        _ => "2090-01-01T00:00:00Z".to_owned(),
    }
}

/// A text that a pattern covers: wildcards and variables are filled in.
pub(super) fn concrete(pattern: &str) -> String {
    let mut text = String::new();
    let mut rest = pattern;
    while let Some(at) = rest.find("${") {
        let (before, variable) = rest.split_at(at);
        text.push_str(before);
        let Some(end) = variable.find('}') else { break };
        text.push_str(match &variable[2..end] {
            literal @ ("*" | "?" | "$") => literal,
            _ => "example",
        });
        rest = &variable[end + 1..];
    }
    text.push_str(rest);
    text.replace("**", "*").replace('*', "example").replace('?', "x")
}
