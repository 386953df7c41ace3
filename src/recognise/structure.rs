//! JSON that holds AWS's answers, known by its members.

use super::field::{at, tree_of};
use super::{Pasted, PastedOutcome, Recognised, decoded, event, toolbox};
use crate::catalog::Catalog;
use crate::syntax::json::{Cursor, Kind};

/// How deep texts may stand in each other: an event in the output of `lookup-events` in a string.
const MOST_DEEP: usize = 3;

/// What a JSON text is; nothing if it is no JSON, or none that holds an answer.
pub(super) fn structured(text: &str, catalog: &Catalog) -> Option<Recognised> {
    within(text, catalog, MOST_DEEP)
}

fn within(text: &str, catalog: &Catalog, deep: usize) -> Option<Recognised> {
    if !text.starts_with(['{', '[', '"']) {
        return None;
    }
    let Some(tree) = tree_of(text) else { return one_a_line(text, catalog) };
    let root = tree.root();
    match root.kind() {
        Kind::Array => events(root, catalog),
        _ if root.is_string() => inner(root, catalog, deep),
        _ => object(root, catalog, deep),
    }
}

fn object(root: Cursor<'_>, catalog: &Catalog, deep: usize) -> Option<Recognised> {
    if let Some(text) = root.member("DecodedMessage").or_else(|| root.member("CloudTrailEvent")) {
        return inner(text, catalog, deep);
    }
    if let Some(list) = root.member("Records") {
        return events(list, catalog);
    }
    if let Some(list) = root.member("Events").filter(|list| list.kind() == Kind::Array) {
        return looked_up(list, catalog);
    }
    if let Some(detail) = root.member("detail").filter(|detail| event::is_event(*detail)) {
        return object(detail, catalog, deep);
    }
    if event::is_event(root) {
        return Some(event_found(root, catalog));
    }
    let pasted = decoded::decoded(root, catalog).or_else(|| toolbox::toolbox(root))?;
    Some(Recognised::Answer(Box::new(pasted)))
}

/// What stands in a string.
fn inner(text: Cursor<'_>, catalog: &Catalog, deep: usize) -> Option<Recognised> {
    let text = text.string()?;
    within(text.trim(), catalog, deep.checked_sub(1)?)
}

/// An event a line, as logs are exported.
fn one_a_line(text: &str, catalog: &Catalog) -> Option<Recognised> {
    let mut found = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let tree = tree_of(line)?;
        event::is_event(tree.root()).then_some(())?;
        found.extend(event::read(tree.root(), catalog).ok());
    }
    Some(of_several(found))
}

fn events(list: Cursor<'_>, catalog: &Catalog) -> Option<Recognised> {
    let all: Vec<_> = list.items().map(|item| item.member("detail").unwrap_or(item)).collect();
    match &all[..] {
        [] => (list.kind() == Kind::Array).then(|| Recognised::Nothing("a list without an event".to_owned())),
        [one] if event::is_event(*one) => Some(event_found(*one, catalog)),
        many if many.iter().all(|item| event::is_event(*item)) => {
            Some(of_several(many.iter().filter_map(|item| event::read(*item, catalog).ok()).collect()))
        }
        _ => None,
    }
}

/// The output of `lookup-events`, whose events are strings.
fn looked_up(list: Cursor<'_>, catalog: &Catalog) -> Option<Recognised> {
    let texts = list.items().filter_map(|item| at(item, &["CloudTrailEvent"])?.string());
    let trees: Vec<_> = texts.filter_map(|text| tree_of(&text)).collect();
    match &trees[..] {
        [] => Some(Recognised::Nothing(
            "the output of `aws cloudtrail lookup-events` without an event".to_owned(),
        )),
        [one] => Some(event_found(one.root(), catalog)),
        many => {
            Some(of_several(many.iter().filter_map(|tree| event::read(tree.root(), catalog).ok()).collect()))
        }
    }
}

fn event_found(event: Cursor<'_>, catalog: &Catalog) -> Recognised {
    event::read(event, catalog)
        .map_or_else(Recognised::Nothing, |pasted| Recognised::Answer(Box::new(pasted)))
}

/// Of several events the only one that was refused is meant.
fn of_several(all: Vec<Pasted>) -> Recognised {
    let refused = || all.iter().filter(|pasted| pasted.outcome == PastedOutcome::Denied);
    match (refused().next(), refused().nth(1), all.len()) {
        (_, _, 0) => Recognised::Nothing(
            "events of CloudTrail, none of which is a request that IAM decides".to_owned(),
        ),
        (Some(one), None, _) => Recognised::Answer(Box::new(one.clone())),
        _ => Recognised::Answers(all),
    }
}
