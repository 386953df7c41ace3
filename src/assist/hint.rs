//! What can stand next, in a few words.

use super::aws_complete;
use super::candidate::Candidate;
use super::complete::complete;
use super::slots::can_stand;
use super::typed::{Typing, wanted};
use super::vocabulary::Vocabulary;
use crate::catalog::{Catalog, ResourceTypeFacts, ResourceUse};
use crate::syntax::script::{Expected, SlotKind};

/// How many alternatives are named.
const ALTERNATIVES: usize = 6;

/// What is told behind a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tip {
    /// What can come next: it is told, and not typed.
    Next(String),
    /// How the word at the end goes on, in the only way it can.
    Rest(String),
}

/// What can stand next, or the only way in which the word at the cursor goes on.
pub fn hint(line: &str, vocabulary: &Vocabulary) -> Option<Tip> {
    if let Some(next) = aws_complete::next(line) {
        return next.map(Tip::Next);
    }
    let (start, typed, expected) = wanted(line, vocabulary.catalog());
    if typed.begun().is_empty() && start == line.len() {
        return what_is_next(&typed, &expected, vocabulary.catalog()).map(Tip::Next);
    }
    rest(line, complete(line, vocabulary))
}

/// How the word at the end of a line goes on, if it can in one way only.
pub fn rest(line: &str, (start, found): (usize, Vec<Candidate>)) -> Option<Tip> {
    let [only] = &found[..] else { return None };
    let begun = line.get(start..).filter(|begun| !begun.is_empty())?;
    let rest = only.text.strip_prefix(begun).filter(|rest| !rest.is_empty())?;
    Some(Tip::Rest(rest.to_owned()))
}

/// The keywords and slots that can come next.
fn what_is_next(typed: &Typing<'_>, expected: &[Expected<'_>], catalog: &Catalog) -> Option<String> {
    let mut names: Vec<String> = Vec::new();
    let is_resource = |one: &Expected<'_>| matches!(one, Expected::Slot { kind: SlotKind::Resource, .. });
    for one in expected {
        let name = match *one {
            Expected::Keyword(word) if !can_stand(word, typed) => continue,
            Expected::Keyword("on") if expected.iter().any(is_resource) => "on RESOURCE".to_owned(),
            Expected::Slot { kind: SlotKind::Resource, .. }
                if expected.contains(&Expected::Keyword("on")) =>
            {
                continue;
            }
            Expected::Slot { kind: SlotKind::Resource, label } => {
                arn_of(typed, catalog).unwrap_or_else(|| label.to_owned())
            }
            Expected::Slot { kind, .. } if !kind.choices().is_empty() => kind.choices().join(" | "),
            Expected::Slot { label, .. } => label.to_owned(),
            Expected::Keyword(word) => word.to_owned(),
            Expected::End => continue,
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    alternatives(names)
}

fn alternatives(mut names: Vec<String>) -> Option<String> {
    let more = if names.len() > ALTERNATIVES { " | …" } else { "" };
    names.truncate(ALTERNATIVES);
    (!names.is_empty()).then(|| format!("{}{more}", names.join(" | ")))
}

/// What an ARN looks like that the action works on: the shortest, which is that of the plain resource.
fn arn_of(typed: &Typing<'_>, catalog: &Catalog) -> Option<String> {
    let types = typed.action(catalog)?.resource_types().map(ResourceUse::resource_type);
    let shortest = types.flat_map(ResourceTypeFacts::arn_formats).min_by_key(|format| format.len())?;
    Some(shortest.replace("${Partition}", "aws").replace(['$', '{', '}'], ""))
}
