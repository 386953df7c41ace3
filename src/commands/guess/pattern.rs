//! Patterns of what people type, matched word by word.

use super::slot::fill;
use super::word::{Found, Spoken};
use crate::session::Session;

/// The most words that a slot takes: `close the management account`.
const LONGEST: usize = 8;

/// Matches words against a pattern, and fills its slots.
///
/// A pattern is made of words (`add|put`: one of them), of what may be left out (`[the]`, `[the|my]`) and of slots in
/// capitals (`USER`), which take names of the world.
pub(super) fn matched(pattern: &str, words: &[Spoken<'_>], session: &Session) -> Option<Vec<Found>> {
    let pieces: Vec<&str> = pattern.split_whitespace().collect();
    fit(&pieces, words, session)
}

/// The words behind a beginning, if there are some.
pub(super) fn after<'w, 't>(preface: &str, words: &'w [Spoken<'t>]) -> Option<&'w [Spoken<'t>]> {
    let pieces: Vec<&str> = preface.split(' ').collect();
    let (first, rest) = words.split_at_checked(pieces.len())?;
    let fits = first.iter().zip(pieces).all(|(word, piece)| word.is_one_of(piece));
    (fits && !rest.is_empty()).then_some(rest)
}

fn fit(pieces: &[&str], words: &[Spoken<'_>], session: &Session) -> Option<Vec<Found>> {
    let Some((piece, pieces)) = pieces.split_first() else { return words.is_empty().then(Vec::new) };
    if let Some(optional) = piece.strip_prefix('[').and_then(|piece| piece.strip_suffix(']')) {
        let taken = words.split_first().filter(|(word, _)| word.is_one_of(optional));
        let with = taken.and_then(|(_, rest)| fit(pieces, rest, session));
        return with.or_else(|| fit(pieces, words, session));
    }
    if piece.starts_with(|c: char| c.is_ascii_uppercase()) {
        return (1..=words.len().min(LONGEST)).rev().find_map(|count| {
            let (own, rest) = words.split_at(count);
            let found = fill(piece, own, session)?;
            let mut all = fit(pieces, rest, session)?;
            all.insert(0, found);
            Some(all)
        });
    }
    let (_, rest) = words.split_first().filter(|(word, _)| word.is_one_of(piece))?;
    fit(pieces, rest, session)
}
