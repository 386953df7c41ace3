//! Patterns of `Action` and `NotAction` (A35–A38).

use super::{CompiledPolicy, Slice};
use crate::names::{ActionName, glob_fold, same_name};
use crate::source::scan::{first, holds};

/// A pattern of actions; letter case does not count.
#[derive(Clone, Copy, Debug)]
pub struct ActionPattern {
    pub(super) text: Slice,
    /// The length of the service, before the colon.
    pub(super) service: u32,
    pub(super) kind: ActionKind,
}

/// The shapes of action patterns, the frequent ones told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ActionKind {
    /// `*` (A36)
    Any,
    /// Covers nothing (A38).
    Never,
    /// No wildcard.
    Exact,
    /// One `*`, at the end of the name; the literal text before it has this length.
    Stem(u32),
    /// Wildcards elsewhere in the name.
    Name,
    /// Wildcards in the service (A37).
    Whole,
}

impl ActionPattern {
    pub(super) fn new(text: &str, slice: Slice) -> Self {
        let bytes = text.as_bytes();
        let colon = first(bytes, [b':']);
        let kind = match (colon, first(bytes, [b'*', b'?'])) {
            _ if holds(bytes, [b' ', b',']) => ActionKind::Never,
            (Some(_), None) => ActionKind::Exact,
            (Some(colon), Some(wildcard)) => with_wildcard(bytes, colon, wildcard),
            (None, Some(_)) if bytes.iter().all(|b| *b == b'*') => ActionKind::Any,
            (None, _) => ActionKind::Never,
        };
        Self { text: slice, service: colon.unwrap_or_default() as u32, kind }
    }

    /// The pattern as it is written.
    pub fn text<'p>(&self, policy: &'p CompiledPolicy) -> &'p str {
        policy.slice(self.text)
    }

    /// How all actions begin that the pattern covers, and whether it covers all that begin so, in any letter case.
    pub fn beginning<'p>(&self, policy: &'p CompiledPolicy) -> (&'p str, bool) {
        let text = self.text(policy);
        let literal = first(text.as_bytes(), [b'*', b'?']).unwrap_or(text.len());
        (&text[..literal], matches!(self.kind, ActionKind::Any | ActionKind::Stem(_)))
    }

    /// What stands before and behind the colon; no service where there is no colon.
    pub fn parts<'p>(&self, policy: &'p CompiledPolicy) -> (Option<&'p str>, &'p str) {
        let text = self.text(policy);
        text.split_once(':').map_or((None, text), |(service, name)| (Some(service), name))
    }

    /// Whether the pattern covers an action.
    pub fn matches(&self, policy: &CompiledPolicy, action: &ActionName<'_>) -> bool {
        let same_service = |text: &str| action.is_of(&text[..self.service as usize]);
        match self.kind {
            ActionKind::Any => true,
            ActionKind::Never => false,
            ActionKind::Exact => same_name(action.text().as_bytes(), policy.bytes(self.text)),
            ActionKind::Stem(length) => {
                let stem = &policy.bytes(self.text)[..length as usize];
                let text = action.text().as_bytes();
                text.get(..stem.len()).is_some_and(|start| same_name(start, stem))
            }
            ActionKind::Name => {
                let text = policy.slice(self.text);
                same_service(text) && glob_fold(&text[self.service as usize + 1..], action.name())
            }
            ActionKind::Whole => {
                let text = policy.slice(self.text);
                glob_fold(&text[..self.service as usize], action.service())
                    && glob_fold(&text[self.service as usize + 1..], action.name())
            }
        }
    }
}

fn with_wildcard(pattern: &[u8], colon: usize, wildcard: usize) -> ActionKind {
    if wildcard < colon {
        ActionKind::Whole
    } else if wildcard + 1 == pattern.len() && pattern[wildcard] == b'*' {
        ActionKind::Stem(wildcard as u32)
    } else {
        ActionKind::Name
    }
}
