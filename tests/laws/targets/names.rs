//! Wildcards, ARNs and the typed values of conditions.

use iamwhy::names::{
    AccountId, ActionName, Arn, Instant, Number, glob, glob_fold, parse_address, parse_bool, parse_network,
};
use iamwhy::policy::ConditionOperator;
use iamwhy::world::Principal;

/// Two texts, the second behind a line end: each is read as all that it could be, and they are compared.
pub(super) fn names(data: &[u8]) {
    let all = super::text(data);
    let (first, second) = all.split_once('\n').unwrap_or((&all, ""));
    wildcards_cover_what_they_say(first, second);
    for text in [first, second] {
        cut_arns_are_whole(text);
        instants_are_read_as_they_are_written(text);
        networks_hold_their_address(text);
        operators_are_read_as_they_are_written(text);
        let _ = (ActionName::parse(text), AccountId::parse(text), Principal::parse(text), parse_bool(text));
    }
    numbers_are_ordered(first, second);
}

fn wildcards_cover_what_they_say(pattern: &str, text: &str) {
    let letters: Vec<char> = text.chars().collect();
    let exact = |a: char, b: char| a == b;
    assert_eq!(glob(pattern, text), covers(pattern, &letters, exact), "{pattern:?} {text:?}");
    let folded = |a: char, b: char| a.eq_ignore_ascii_case(&b);
    assert_eq!(glob_fold(pattern, text), covers(pattern, &letters, folded), "{pattern:?} {text:?}");
}

/// Whether a pattern covers a text, worked out for all their beginnings.
pub(crate) fn covers(pattern: &str, text: &[char], same: impl Fn(char, char) -> bool) -> bool {
    let mut covered = vec![false; text.len() + 1];
    covered[0] = true;
    for wanted in pattern.chars() {
        let mut before = covered[0];
        covered[0] = wanted == '*' && before;
        for at in 0..text.len() {
            let grows = match wanted {
                '*' => covered[at] || covered[at + 1],
                '?' => before,
                letter => before && same(letter, text[at]),
            };
            before = std::mem::replace(&mut covered[at + 1], grows);
        }
    }
    covered[text.len()]
}

fn cut_arns_are_whole(text: &str) {
    let Some(arn) = Arn::parse(text) else { return };
    let fields: Vec<&str> = (0..6).map(|number| arn.field(number)).collect();
    assert_eq!(fields.join(":"), text);
}

fn instants_are_read_as_they_are_written(text: &str) {
    let Some(instant) = Instant::parse(text) else { return };
    let whole = Instant::from_epoch_seconds(instant.epoch_seconds());
    let written = instant.to_iso();
    if written.len() == "2030-01-01T00:00:00Z".len() && !written.starts_with('-') {
        assert_eq!(Instant::parse(&written), Some(whole), "{text:?} {written}");
    }
}

fn networks_hold_their_address(text: &str) {
    if let Some(address) = parse_address(text) {
        assert!(parse_network(text).is_some_and(|network| network.contains(&address)), "{text:?}");
    }
    if let Some(network) = parse_network(text) {
        assert_eq!(parse_network(&network.to_string()), Some(network), "{text:?}");
    }
}

fn operators_are_read_as_they_are_written(text: &str) {
    if let Some(operator) = ConditionOperator::parse(text) {
        assert_eq!(ConditionOperator::parse(&operator.to_string()), Some(operator), "{text:?}");
    }
}

fn numbers_are_ordered(first: &str, second: &str) {
    let Some(one) = Number::parse(first) else { return };
    assert_eq!(Number::parse_with_exponent(first), Some(one), "{first:?}");
    let float = |text: &str| text.parse::<f64>().unwrap_or_default();
    if let Some(other) = Number::parse(second).filter(|_| float(first) < float(second)) {
        assert!(one < other, "{first:?} {second:?}");
    }
}
