//! Values that a context key could have, so that all tests of it hold, or fail.

use super::filler::{FILLING, Filler, fillings};
use super::key_test::{KeyTest, Known};
use super::meet::meet;
use super::ranges::{addresses, dates, numbers};
use crate::facts;
use crate::policy::{OperatorFamily, SetOperator};
use crate::world::ContextValue;

/// How many single values are made for a key, at most.
const MOST: usize = 1000;

/// How many values are tried in pairs.
const PAIRED: usize = 8;

/// How many pairs of patterns of two tests are compared.
const COMPARED: usize = 4_096;

/// How many patterns are looked at that several tests have in common.
const COMMON: usize = 32;

/// Values for the key of these tests as templates: what all tests take first, then what each names, then others;
/// last that the key is absent.
pub fn values(filler: &Filler<'_>, tests: &[KeyTest<'_>], known: Known<'_>) -> Vec<ContextValue<'static>> {
    let named: Vec<Vec<String>> = tests.iter().map(|test| test.templates(known)).collect();
    let all = named.concat();
    let fillings: Vec<String> = fillings(&all).collect();
    // The bounds that several tests name make one list.
    let is_first = |at: usize| tests[..at].iter().all(|other| other.family() != tests[at].family());
    let tells = |at: usize| !is_ordered(tests[at].family()) || is_first(at);
    let likes = |negated: bool| {
        // A value beside a bound that is named is nearer than any other, whether the test wants it or not.
        let is_far = |test: &KeyTest<'_>| test.operator().is_negated() && !is_a_line(test.family());
        let those = (0..tests.len()).filter(move |at| is_far(&tests[*at]) == negated);
        those
            .filter(|at| tells(*at))
            .flat_map(|at| like(filler, tests[at].family(), &named[at], (&all, &fillings)))
    };
    let common = like(filler, OperatorFamily::String, &common(tests, &named), (&all, &fillings));
    let others =
        (0..tests.len()).filter(|at| is_first(*at)).flat_map(|at| unlike(tests[at].family(), &fillings));
    let singles =
        distinct(common.into_iter().chain(likes(false)).chain(others).chain(likes(true)).take(MOST));
    let has_set = |test: &KeyTest<'_>| test.test.operator.set.is_some();
    let key = tests.first().map(|test| test.key());
    let is_list =
        key.as_deref().and_then(|key| filler.catalog.condition_key(key)).map(|key| key.is_multivalued());
    let (mut many, mut one) = (Vec::new(), Vec::new());
    if tests.iter().any(has_set) || is_list == Some(true) {
        many = lists(filler, tests, &named, &singles);
    }
    // A set operator may test a key that has one value.
    if !tests.iter().all(has_set) || is_list == Some(false) {
        one = singles.into_iter().map(|text| ContextValue::One(text.into())).collect();
    }
    let mut found = if is_list == Some(false) { [one, many] } else { [many, one] }.concat();
    if !key.is_some_and(|key| facts::is_always_sent(&key)) {
        found.push(ContextValue::Absent);
    }
    found
}

/// Patterns of what the positive tests of texts have in common, if there are several.
fn common(tests: &[KeyTest<'_>], named: &[Vec<String>]) -> Vec<String> {
    let of_text = |test: &KeyTest<'_>| {
        !test.operator().is_negated() && matches!(test.family(), OperatorFamily::String | OperatorFamily::Arn)
    };
    let mut each = tests.iter().zip(named).filter(|(test, _)| of_text(test)).map(|(_, own)| own);
    let Some(first) = each.next() else { return Vec::new() };
    let mut several = false;
    let both = each.fold(first.clone(), |both, own| {
        several = true;
        let pairs = both.iter().flat_map(|one| own.iter().map(move |other| (one, other)));
        pairs.take(COMPARED).filter_map(|(one, other)| meet(one, other)).take(COMMON).collect()
    });
    if several { both } else { Vec::new() }
}

/// Lists: of one value each, of what all tests name together, and of two values each.
fn lists(
    filler: &Filler<'_>,
    tests: &[KeyTest<'_>],
    named: &[Vec<String>],
    singles: &[String],
) -> Vec<ContextValue<'static>> {
    let list = |texts: Vec<String>| ContextValue::Many(distinct(texts).into_iter().map(Into::into).collect());
    let filled = |text: &String| filler.text(text, FILLING);
    let any = |test: &KeyTest<'_>| test.test.operator.set == Some(SetOperator::ForAnyValue);
    let of_any = tests.iter().zip(named).filter(|(test, _)| any(test));
    let first_of_each: Vec<String> = of_any.filter_map(|(_, own)| own.first().map(filled)).collect();
    let mut paired: Vec<&String> = first_of_each.iter().collect();
    paired.extend(singles.iter().rev().take(2));
    paired.extend(singles);
    paired.truncate(if tests.len() > 1 { PAIRED } else { 0 }); // a test alone is met by one value, or by all
    let pairs =
        paired.iter().flat_map(|one| paired.iter().map(|other| vec![(*one).clone(), (*other).clone()]));
    // A list of one empty text counts as absent (B12).
    let beside = |text: &String| Some(FILLING.to_owned()).filter(|_| text.is_empty());
    let alone = singles.iter().map(|text| std::iter::once(text.clone()).chain(beside(text)).collect());
    let together = [first_of_each.clone(), named.concat().iter().map(filled).collect()];
    // An empty list is like no list: that the key is absent is tried anyway.
    let all = alone.chain(together).chain(pairs).filter(|texts| !texts.is_empty());
    all.map(list).collect()
}

/// Values that one of these of the policy may match.
fn like<'c>(
    filler: &Filler<'c>,
    family: OperatorFamily,
    own: &[String],
    (all, fillings): (&[String], &[String]),
) -> Vec<String> {
    let fill = |fill: fn(&Filler<'c>, &str, &str) -> String| {
        let pairs = fillings.iter().flat_map(|filling| own.iter().map(move |text| (text, filling)));
        pairs.take(MOST).map(|(text, filling)| fill(filler, text, filling)).collect()
    };
    match family {
        OperatorFamily::String => fill(Filler::text),
        OperatorFamily::Arn => fill(Filler::arn),
        OperatorFamily::Numeric => numbers(all),
        OperatorFamily::Date => dates(all),
        OperatorFamily::Ip => addresses(all),
        OperatorFamily::Null => Vec::new(),
        OperatorFamily::Bool | OperatorFamily::Binary => own.to_vec(),
    }
}

/// Values that none of the policy's probably matches.
fn unlike(family: OperatorFamily, fillings: &[String]) -> Vec<String> {
    let fixed: &[&str] = match family {
        OperatorFamily::Ip => &["192.0.2.1", "2001:db8::1"],
        OperatorFamily::Numeric => &["0"],
        OperatorFamily::Date => &["2000-01-01T00:00:00Z"],
        OperatorFamily::Bool => &["true", "false"],
        OperatorFamily::Arn => &["arn:aws:iam::999999999999:user/somebody-else"],
        OperatorFamily::String | OperatorFamily::Binary => &["something-else"],
        OperatorFamily::Null => &["any-value"],
    };
    let fixed = fixed.iter().map(|text| (*text).to_owned());
    match family {
        OperatorFamily::String => {
            fixed.chain(fillings.iter().cloned()).filter(|text| !text.is_empty()).collect()
        }
        _ => fixed.collect(),
    }
}

/// Whether the values of a family have bounds.
fn is_ordered(family: OperatorFamily) -> bool {
    is_a_line(family) || family == OperatorFamily::Ip
}

/// Whether the values of a family have one order, and are near each other or far.
fn is_a_line(family: OperatorFamily) -> bool {
    matches!(family, OperatorFamily::Numeric | OperatorFamily::Date)
}

fn distinct(texts: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut seen = std::collections::HashSet::new();
    texts.into_iter().filter(|text| seen.insert(text.clone())).collect()
}
