//! Values that a context key could have so that all tests of it hold. Which of them do is for the engine to say.

use super::patterns::{FILLING, Filler, fillings};
use super::ranges::{addresses, dates, numbers};
use crate::policy::{ConditionTest, Operator, OperatorFamily, Policy, SetOperator};
use crate::world::ContextValue;

/// How many single values are tried for a key.
const MOST: usize = 200;

/// How many values are tried in pairs.
const PAIRED: usize = 8;

/// Values for the key of these tests: those that they name first, then others, last that the key is absent.
pub(super) fn values(
    policy: &Policy,
    filler: &Filler,
    tests: &[&ConditionTest],
    multivalued: bool,
) -> Vec<ContextValue<'static>> {
    let named: Vec<Vec<String>> = tests.iter().map(|test| texts(policy, test)).collect();
    let families = tests.iter().map(|test| test.operator.operator.family());
    let likes = |negated: bool| {
        let those = tests.iter().zip(&named);
        let those = those.filter(move |(test, _)| test.operator.operator.is_negated() == negated);
        those.flat_map(|(test, own)| like(filler, test.operator.operator, own, &named.concat()))
    };
    let others = families.flat_map(|family| unlike(family, &named.concat()));
    let singles = distinct(likes(false).chain(others).chain(likes(true)).collect());
    let one = |text: &String| ContextValue::One(text.clone().into());
    let with_set = tests.iter().any(|test| test.operator.set.is_some());
    let mut found = Vec::new();
    if with_set || multivalued {
        found.extend(lists(tests, &named, filler, &singles));
    }
    if !tests.iter().all(|test| test.operator.set.is_some()) {
        found.extend(singles.iter().map(one));
    }
    found.push(ContextValue::Absent);
    found
}

fn texts(policy: &Policy, test: &ConditionTest) -> Vec<String> {
    policy.texts(test.values).iter().map(|text| policy.text(text).into_owned()).collect()
}

/// Lists: of one value each, of what all tests name together, and of two values each.
fn lists(
    tests: &[&ConditionTest],
    named: &[Vec<String>],
    filler: &Filler,
    singles: &[String],
) -> Vec<ContextValue<'static>> {
    let list = |texts: Vec<String>| ContextValue::Many(distinct(texts).into_iter().map(Into::into).collect());
    let filled = |text: &String| filler.text(text, FILLING);
    let any = |test: &&&ConditionTest| test.operator.set == Some(SetOperator::ForAnyValue);
    let first_of_each: Vec<String> = tests
        .iter()
        .zip(named)
        .filter(|(test, _)| any(test))
        .filter_map(|(_, own)| own.first().map(filled))
        .collect();
    let mut paired: Vec<&String> = first_of_each.iter().collect();
    paired.extend(singles.iter().rev().take(2));
    paired.extend(singles);
    paired.truncate(PAIRED);
    let pairs =
        paired.iter().flat_map(|one| paired.iter().map(|other| vec![(*one).clone(), (*other).clone()]));
    let alone = singles.iter().map(|text| vec![text.clone()]);
    let together = [first_of_each.clone(), named.concat().iter().map(filled).collect()];
    alone.chain(together).chain(pairs).map(list).collect()
}

/// Values that one of the policy's may match.
fn like(filler: &Filler, operator: Operator, own: &[String], all: &[String]) -> Vec<String> {
    let fill = |fill: fn(&Filler, &str, &str) -> String| {
        let fillings = fillings(all);
        let filled = fillings.iter().flat_map(|filling| own.iter().map(|text| fill(filler, text, filling)));
        filled.take(MOST).collect()
    };
    match (operator, operator.family()) {
        (Operator::StringLike | Operator::StringNotLike, _) => fill(Filler::text),
        (_, OperatorFamily::Arn) => fill(Filler::arn),
        (_, OperatorFamily::Numeric) => numbers(all),
        (_, OperatorFamily::Date) => dates(all),
        (_, OperatorFamily::Ip) => addresses(all),
        (_, OperatorFamily::Null) => Vec::new(),
        (_, OperatorFamily::String | OperatorFamily::Bool | OperatorFamily::Binary) => own.to_vec(),
    }
}

/// Values that none of the policy's probably matches.
fn unlike(family: OperatorFamily, all: &[String]) -> Vec<String> {
    let fixed: &[&str] = match family {
        OperatorFamily::Ip => &["192.0.2.77", "2001:db8::77"],
        OperatorFamily::Numeric => &["0"],
        OperatorFamily::Date => &["2000-01-01T00:00:00Z"],
        OperatorFamily::Bool => &["true", "false"],
        OperatorFamily::Arn => &["arn:aws:iam::999999999999:user/other"],
        OperatorFamily::String | OperatorFamily::Binary | OperatorFamily::Null => &[FILLING, "other"],
    };
    let fixed = fixed.iter().map(|text| (*text).to_owned());
    match family {
        OperatorFamily::String => fixed.chain(fillings(all)).filter(|text| !text.is_empty()).collect(),
        _ => fixed.collect(),
    }
}

fn distinct(texts: Vec<String>) -> Vec<String> {
    let mut seen = std::collections::HashSet::new();
    texts.into_iter().filter(|text| seen.insert(text.clone())).collect()
}
