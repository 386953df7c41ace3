//! Fixes that keep what a policy means: each is a cut of its text.

use std::sync::Arc;

use super::linted::{LintOptions, lint};
use crate::catalog::Catalog;
use crate::names::parse_network;
use crate::policy::ConditionOperator;
use crate::recognise::{PolicyInside, is_script, policies_of_script};
use crate::source::{Diagnostic, Source, Span};
use crate::syntax::json::{Cursor, Kind, Tree, parse_json, quote};

/// What is done about findings of a code.
#[derive(Clone, Copy)]
enum Cure {
    /// What it points at is taken out of its list.
    OutOfList,
    /// The member of which it points at the key or the value is taken away.
    OutOfObject,
    /// Something is written in its place.
    Written(fn(&str) -> Option<String>),
}

/// What is safe: the same requests are allowed before and behind.
const CURES: [(&str, Cure); 9] = [
    ("redundant-action", Cure::OutOfList),
    ("redundant-resource", Cure::OutOfList),
    ("redundant-value", Cure::OutOfList),
    ("redundant-statement", Cure::OutOfList),
    ("empty-sid", Cure::OutOfObject),
    ("useless-id", Cure::OutOfObject),
    ("empty-condition", Cure::OutOfObject),
    ("operator-case", Cure::Written(operator)),
    ("host-bits", Cure::Written(network)),
];

/// How often a text is gone through: what is taken out may leave something else to be.
const MOST_ROUNDS: usize = 8;

/// Whether findings of a code have a fix that keeps what the policy means.
pub fn has_fix(code: &str) -> bool {
    CURES.iter().any(|(known, _)| *known == code)
}

/// The text with all that is safe mended, and how many findings that were. What is no JSON stays as it is.
///
/// ```
/// use iamwhy::{catalog::Catalog, lint::{LintOptions, mended}, source::Source};
/// let text = r#"{"Statement": {"Effect": "Allow", "Action": ["s3:Get*", "s3:GetObject"], "Resource": "*"}}"#;
/// let (mended, count) = mended(&Source::new("p.json", text), Catalog::embedded(), &LintOptions::default());
/// assert_eq!(count, 1);
/// assert!(mended.contains(r#""Action": ["s3:Get*"]"#));
/// ```
pub fn mended(source: &Arc<Source>, catalog: &Catalog, options: &LintOptions) -> (String, usize) {
    let (mut text, mut count) = (source.text().to_owned(), 0);
    for _ in 0..MOST_ROUNDS {
        let current = Source::new(source.name(), text.clone());
        let linted = lint(&current, catalog, options);
        let findings: Vec<&Diagnostic> = linted.iter().flat_map(|one| &one.findings).collect();
        let cuts = cuts(&current, &findings);
        if cuts.is_empty() {
            break;
        }
        count += cuts.len();
        for (span, by) in cuts.into_iter().rev() {
            text.replace_range(span.start as usize..span.end as usize, &by);
        }
    }
    (text, count)
}

/// What is cut out of a text, from its start on; of two cuts that touch the second has to wait.
fn cuts(source: &Arc<Source>, findings: &[&Diagnostic]) -> Vec<(Span, String)> {
    let trees = trees(source);
    let one_cut = |found: &&Diagnostic| {
        // What stands in a string of the file has places of its own.
        let place = &found.labels.first()?.place;
        let is_here = |tree: &&Tree| Arc::ptr_eq(&place.source, source) && holds(tree.root(), place.span);
        cut(trees.iter().find(is_here)?.root(), found)
    };
    let mut cuts: Vec<(Span, String)> = findings.iter().filter_map(one_cut).collect();
    cuts.sort_by_key(|(span, _)| span.start);
    let mut end = 0;
    cuts.retain(|(span, _)| {
        let is_free = span.start >= end;
        end = if is_free { span.end + 1 } else { end };
        is_free
    });
    cuts
}

/// The JSON of a file: the whole of it, or the policies of a script.
fn trees(source: &Arc<Source>) -> Vec<Tree> {
    let read = match is_script(source) {
        true => policies_of_script(source).iter().map(PolicyInside::tree).collect(),
        false => vec![parse_json(source)],
    };
    let good = read.into_iter().filter(|parsed| parsed.diagnostics.is_empty());
    good.filter_map(|parsed| parsed.value).collect()
}

fn cut(root: Cursor<'_>, found: &Diagnostic) -> Option<(Span, String)> {
    let (_, cure) = CURES.iter().find(|(code, _)| *code == found.code)?;
    let place = &found.labels.first()?.place;
    // A statement is pointed at by its key of actions: it is the innermost object.
    let of_statement = found.code == "redundant-statement";
    match cure {
        Cure::OutOfList => Some((out_of_list(root, place.span, of_statement)?, String::new())),
        Cure::OutOfObject => Some((out_of_object(root, place.span)?, String::new())),
        Cure::Written(written) => {
            let value = innermost(root, place.span)?;
            Some((value.span(), quote(&written(&value.string()?)?)))
        }
    }
}

fn holds(cursor: Cursor<'_>, span: Span) -> bool {
    cursor.span().start <= span.start && span.end <= cursor.span().end
}

/// The values and keys directly in an array or object.
fn inside(cursor: Cursor<'_>) -> Vec<Cursor<'_>> {
    match cursor.kind() {
        Kind::Array => cursor.items().collect(),
        _ => cursor.members().flat_map(|(key, value)| [key, value]).collect(),
    }
}

/// The smallest value or key that holds a span.
fn innermost(root: Cursor<'_>, span: Span) -> Option<Cursor<'_>> {
    let mut current = Some(root).filter(|root| holds(*root, span))?;
    while let Some(next) = inside(current).into_iter().find(|one| holds(*one, span)) {
        current = next;
    }
    Some(current)
}

/// The item of the innermost list with more than one item that holds a span, with one of the commas beside it.
fn out_of_list(root: Cursor<'_>, span: Span, is_object: bool) -> Option<Span> {
    let (mut current, mut found) = (root, None);
    while let Some(next) = inside(current).into_iter().find(|one| holds(*one, span)) {
        let is_item = current.kind() == Kind::Array && (next.kind() == Kind::Object) == is_object;
        found = if is_item { Some((current, next)) } else { found };
        current = next;
    }
    let (list, item) = found?;
    without(&list.items().map(Cursor::span).collect::<Vec<_>>(), item.span())
}

/// The member whose key or value holds a span, with one of the commas beside it.
fn out_of_object(root: Cursor<'_>, span: Span) -> Option<Span> {
    let (mut current, mut found) = (root, None);
    while let Some(next) = inside(current).into_iter().find(|one| holds(*one, span)) {
        found = if current.kind() == Kind::Object { Some((current, next)) } else { found };
        current = next;
    }
    let (object, part) = found?;
    let members: Vec<Span> = object.members().map(|(key, value)| key.span().to(value.span())).collect();
    let member =
        members.iter().find(|member| member.start <= part.span().start && part.span().end <= member.end)?;
    without(&members, *member)
}

/// One of several, up to the next one or from the one before; nothing if it is the only one.
fn without(all: &[Span], one: Span) -> Option<Span> {
    let at = all.iter().position(|span| *span == one)?;
    match (all.get(at + 1), at.checked_sub(1).and_then(|before| all.get(before))) {
        (Some(next), _) => Some(Span::new(one.start, next.start)),
        (None, Some(before)) => Some(Span::new(before.end, one.end)),
        (None, None) => None,
    }
}

fn operator(text: &str) -> Option<String> {
    ConditionOperator::parse(text).map(|operator| operator.to_string())
}

fn network(text: &str) -> Option<String> {
    parse_network(text).map(|range| format!("{}/{}", range.network(), range.prefix_len()))
}
