//! The tests of a condition in words.

use super::headline::alternatives;
use crate::policy::{ConditionTest, Operator, OperatorFamily, Policy, SetOperator};
use crate::question::Asked;

const MFA: &str = "aws:MultiFactorAuthPresent";
const TLS: &str = "aws:SecureTransport";
const OVER_TLS: &str = "the call is made over TLS";

/// A test in words: `aws:SourceIp is in 203.0.113.0/24`.
pub fn term(policy: &Policy, test: &ConditionTest) -> String {
    let key = policy.text(&test.key);
    let values: Vec<String> =
        policy.texts(test.values).iter().map(|text| policy.text(text).into_owned()).collect();
    let operator = test.operator.operator;
    if operator == Operator::Null {
        let absent = values.iter().any(|value| value.eq_ignore_ascii_case("true"));
        return format!("{key} is {}", if absent { "absent" } else { "present" });
    }
    let values = match values.as_slice() {
        [one] => one.clone(),
        many => format!("{} {}", if operator.is_negated() { "any of" } else { "one of" }, many.join(", ")),
    };
    let words = match test.operator.set {
        Some(SetOperator::ForAnyValue) => format!("some value of {key} {} {values}", verb(operator)),
        Some(SetOperator::ForAllValues) => {
            format!("every value of {key} {} {values}, or it is absent", verb(operator))
        }
        None => format!("{key} {} {values}", verb(operator)),
    };
    let absent_too = test.operator.set.is_none() && (test.operator.if_exists || operator.is_negated());
    if absent_too { format!("{words}, or is absent") } else { words }
}

/// A test in words, with those for what everybody knows by another name than that of its key.
pub(super) fn in_words(asked: &Asked<'_>, policy: &Policy, test: &ConditionTest) -> String {
    let key = policy.text(&test.key);
    let is = |name: &str| key.eq_ignore_ascii_case(name);
    let plain = test.operator.set.is_none() && !test.operator.operator.is_negated();
    let value = match policy.texts(test.values) {
        [one] if plain && test.operator.operator != Operator::Null => policy.text(one),
        _ => return term(policy, test),
    };
    let user = asked.request.caller.principal.is_iam_user_or_root();
    match (&*value, test.operator.if_exists) {
        ("true", false) if user && is(MFA) => with_mfa(asked),
        ("false", true) if user && is(MFA) => format!("{} did not sign in with MFA", who(asked)),
        ("true", false) if is(TLS) => OVER_TLS.to_owned(),
        ("false", _) if is(TLS) => "the call is not made over TLS".to_owned(),
        _ => term(policy, test),
    }
}

fn with_mfa(asked: &Asked<'_>) -> String {
    format!("{} signs in with MFA", who(asked))
}

fn who(asked: &Asked<'_>) -> &'static str {
    if asked.request.caller.principal.is_root() { "root" } else { "the user" }
}

/// What is so where a test does not hold, where that is said as easily.
pub(super) fn otherwise(asked: &Asked<'_>, policy: &Policy, test: &ConditionTest) -> Option<String> {
    let (key, operator) = (policy.text(&test.key), test.operator.operator);
    let is = |name: &str| key.eq_ignore_ascii_case(name);
    if test.operator.set.is_some() || operator == Operator::Null {
        return None;
    }
    let [value] = policy.texts(test.values) else {
        return operator.is_negated().then(|| met(policy, test));
    };
    match &*policy.text(value) {
        "false"
            if is(MFA) && test.operator.if_exists && asked.request.caller.principal.is_iam_user_or_root() =>
        {
            Some(with_mfa(asked))
        }
        "false" if is(TLS) => Some(OVER_TLS.to_owned()),
        _ if operator.is_negated() => Some(met(policy, test)),
        _ => None,
    }
}

/// What the values of a negated test are compared with, as if it were not negated.
fn met(policy: &Policy, test: &ConditionTest) -> String {
    let key = policy.text(&test.key);
    let values: Vec<String> =
        policy.texts(test.values).iter().map(|text| policy.text(text).into_owned()).collect();
    let verb = verb(test.operator.operator).replacen("is not", "is", 1);
    match values.as_slice() {
        [one] => format!("{key} {verb} {one}"),
        many => format!("{key} {verb} one of {}", many.join(", ")),
    }
}

fn verb(operator: Operator) -> &'static str {
    use Operator as O;
    let negated = operator.is_negated();
    match (operator, operator.family()) {
        (O::NumericLessThan, _) => "is less than",
        (O::NumericLessThanEquals, _) => "is at most",
        (O::NumericGreaterThan, _) => "is more than",
        (O::NumericGreaterThanEquals, _) => "is at least",
        (O::DateLessThan, _) => "is before",
        (O::DateLessThanEquals, _) => "is not after",
        (O::DateGreaterThan, _) => "is after",
        (O::DateGreaterThanEquals, _) => "is not before",
        (O::StringLike, _) | (_, OperatorFamily::Arn) if !negated => "is like",
        (O::StringNotLike, _) | (_, OperatorFamily::Arn) => "is not like",
        (O::StringEqualsIgnoreCase, _) => "is, in any letter case,",
        (O::StringNotEqualsIgnoreCase, _) => "is not, in any letter case,",
        (_, OperatorFamily::Ip) if negated => "is not in",
        (_, OperatorFamily::Ip) => "is in",
        _ if negated => "is not",
        _ => "is",
    }
}

/// A way to say a test.
pub(super) type Words = fn(&Asked<'_>, &Policy, &ConditionTest) -> String;

/// What a test asks of the key that it names: ``it must be in `10.0.0.0/8` ``.
pub(super) fn demand(asked: &Asked<'_>, policy: &Policy, test: &ConditionTest) -> String {
    let who = match test.operator.set {
        Some(SetOperator::ForAnyValue) => "one value",
        Some(SetOperator::ForAllValues) => "every value",
        None => "it",
    };
    let fact = fact(asked, policy, test);
    match fact.strip_prefix("not ") {
        Some(rest) => format!("{who} must not be {rest}"),
        None => format!("{who} must be {fact}"),
    }
}

/// What is so where a test holds: ``not in `10.0.0.0/8` ``, with the variables that have a value.
pub(super) fn fact(asked: &Asked<'_>, policy: &Policy, test: &ConditionTest) -> String {
    fact_with(policy, test, |text| asked.resolved(text, |key| format!("${{{key}}}")))
}

/// The same with the variables as they are written.
pub(super) fn fact_as_written(_: &Asked<'_>, policy: &Policy, test: &ConditionTest) -> String {
    fact_with(policy, test, str::to_owned)
}

fn fact_with(policy: &Policy, test: &ConditionTest, value: impl Fn(&str) -> String) -> String {
    let said = |text: &str| format!("`{}`", value(text));
    let texts = policy.texts(test.values).iter().map(|text| said(&policy.text(text)));
    let values: Vec<String> = texts.collect();
    let operator = test.operator.operator;
    if operator == Operator::Null {
        let absent = values.iter().any(|value| value.eq_ignore_ascii_case("`true`"));
        return if absent { "absent" } else { "there" }.to_owned();
    }
    let words = verb(operator).trim_start_matches("is").trim_start();
    let wild = values.iter().any(|value| value.contains(['*', '?']));
    let words = if wild { words } else { words.trim_end_matches("like").trim_end() };
    format!("{words} {}", alternatives(&values)).trim_start().to_owned()
}
