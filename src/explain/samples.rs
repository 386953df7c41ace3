//! Values that a context key could have: those that a test speaks of, and some that it does not.

use crate::compile::Variables;
use crate::names::Instant;
use crate::names::fold_hash;
use crate::policy::{ConditionTest, OperatorFamily, Part, Policy, parts};
use crate::question::Asked;
use crate::world::ContextValue;

/// A day in seconds.
const DAY: i64 = 86_400;

/// Values for the key of a test: the ones that it names first, then others, last that the key is absent. Which of
/// them make the test hold is for the engine to say.
pub(super) fn samples(
    asked: &Asked<'_>,
    policy: &Policy,
    test: &ConditionTest,
) -> Vec<ContextValue<'static>> {
    let texts =
        policy.texts(test.values).iter().map(|text| resolved(asked, &policy.text(text), |_| String::new()));
    let mut values: Vec<String> = Vec::new();
    for text in texts {
        values.extend(like(test.operator.operator.family(), &text));
    }
    values.extend(unlike(test.operator.operator.family()).iter().map(ToString::to_string));
    let many = test.operator.set.is_some()
        || asked
            .request
            .world
            .catalog()
            .condition_key(&policy.text(&test.key))
            .is_some_and(|key| key.is_multivalued());
    let mut found: Vec<ContextValue<'static>> = Vec::new();
    for value in values {
        let value =
            if many { ContextValue::Many(vec![value.into()]) } else { ContextValue::One(value.into()) };
        if !found.contains(&value) {
            found.push(value);
        }
    }
    found.push(ContextValue::Absent);
    found
}

/// A text with the variables that have a value; `open` says what stands for the others.
pub(super) fn resolved(asked: &Asked<'_>, text: &str, open: impl Fn(&str) -> String) -> String {
    let mut out = String::new();
    for part in parts(text) {
        match part {
            Part::Plain(text) | Part::Literal(text) | Part::Malformed(text) => out.push_str(text),
            Part::Variable { key, default } => {
                match asked.request.variable(fold_hash(key.as_bytes()), key).or(default) {
                    Some(value) => out.push_str(value),
                    None => out.push_str(&open(key)),
                }
            }
        }
    }
    out
}

/// Values that a value of the policy may match.
fn like(family: OperatorFamily, text: &str) -> Vec<String> {
    match family {
        OperatorFamily::Ip => text.split('/').next().map(str::to_owned).into_iter().collect(),
        OperatorFamily::Numeric => match text.parse::<i64>() {
            Ok(number) => {
                [number, number.saturating_add(1), number.saturating_sub(1)].map(|n| n.to_string()).into()
            }
            Err(_) => vec![text.to_owned()],
        },
        OperatorFamily::Date => match Instant::parse(text) {
            Some(instant) => {
                let at = instant.epoch_seconds();
                let days = [at, at.saturating_add(DAY), at.saturating_sub(DAY)];
                days.map(|at| Instant::from_epoch_seconds(at).to_iso()).into()
            }
            None => vec![text.to_owned()],
        },
        OperatorFamily::Null => vec!["any-value".to_owned()],
        OperatorFamily::String | OperatorFamily::Arn => {
            let plain: String = text.replace('*', "").replace('?', "x");
            vec![text.replace(['*', '?'], "x"), plain]
        }
        OperatorFamily::Bool | OperatorFamily::Binary => vec![text.to_owned()],
    }
}

/// Values that it probably does not match.
fn unlike(family: OperatorFamily) -> &'static [&'static str] {
    match family {
        OperatorFamily::Ip => &["192.0.2.1", "2001:db8::1"],
        OperatorFamily::Numeric => &["0"],
        OperatorFamily::Date => &["2000-01-01T00:00:00Z"],
        OperatorFamily::Bool => &["true", "false"],
        OperatorFamily::Arn => &["arn:aws:iam::999999999999:user/somebody-else"],
        OperatorFamily::Null => &[],
        OperatorFamily::String | OperatorFamily::Binary => &["something-else"],
    }
}

/// For a variable in a resource: what stands in its place in the request, whatever it is between `/` and `:`.
pub(super) fn from_resource(asked: &Asked<'_>) -> Vec<ContextValue<'static>> {
    let resource = asked.request.resource();
    let pieces = resource.text().split(['/', ':']).filter(|piece| !piece.is_empty() && *piece != "*");
    pieces.take(12).map(|piece| ContextValue::One(piece.to_owned().into())).collect()
}
