//! The statement that is being typed, and what the parser expects at its end.

use crate::catalog::{ActionFacts, Catalog};
use crate::commands::table;
use crate::source::Span;
use crate::syntax::script::{Expected, SlotKind, TokenKind, expected_at, tokens};

/// The statement that is being typed: its complete words, and the one that was begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Typing<'t> {
    words: Vec<&'t str>,
    begun: &'t str,
}

impl<'t> Typing<'t> {
    /// Cuts a text that ends at the cursor; the word at the cursor starts at `start`.
    pub(super) fn new(text: &'t str, start: usize) -> Self {
        let (before, begun) = text.split_at_checked(start).unwrap_or((text, ""));
        let found = tokens(before);
        let statement = found.rsplit(|token| token.kind == TokenKind::Newline).next().unwrap_or_default();
        let word = |span: Span| before.get(span.start as usize..span.end as usize).unwrap_or_default();
        Self { words: statement.iter().map(|token| word(token.span)).collect(), begun }
    }

    pub(super) fn words(&self) -> &[&'t str] {
        &self.words
    }

    pub(super) fn head(&self) -> &'t str {
        self.words.first().copied().unwrap_or_default()
    }

    pub(super) fn before(&self) -> &'t str {
        self.words.last().copied().unwrap_or_default()
    }

    pub(super) fn action<'c>(&self, catalog: &'c Catalog) -> Option<ActionFacts<'c>> {
        self.words.iter().find_map(|word| catalog.action(word))
    }

    pub(super) fn begun(&self) -> &'t str {
        self.begun
    }
}

/// What the parser expects at the end of a text, where the word there starts, and the statement so far.
///
/// A known action is read as one, though it could be the name of a principal, too.
pub(super) fn wanted<'t>(text: &'t str, catalog: &Catalog) -> (usize, Typing<'t>, Vec<Expected<'static>>) {
    let at = expected_at(text, &table().usages);
    let typed = Typing::new(text, at.start);
    let is =
        |expected: &Expected<'_>, kind| matches!(expected, Expected::Slot { kind: own, .. } if *own == kind);
    let asked = typed.action(catalog).is_some() && at.expected.iter().any(|one| is(one, SlotKind::Resource));
    let other = |one: &Expected<'_>| is(one, SlotKind::Action) || *one == Expected::Keyword("_");
    let kept = at.expected.into_iter().filter(|one| !(asked && other(one)));
    (at.start, typed, kept.collect())
}
