//! Completion: what can stand at the cursor, as the parser says, filled with the names that are known.

use std::borrow::Cow;

use rustyline::completion::Pair;

use super::candidates::{Candidate, candidates, files, wanted};
use super::dot::DOTS;
use super::json_complete::in_json;
use super::names;
use super::vocabulary::Vocabulary;

/// How wide a list of candidates with descriptions may be.
const DESCRIBED: usize = 40;

/// What can stand at the end of a text, and where the word that it replaces starts.
pub(super) fn complete(text: &str, vocabulary: &Vocabulary) -> (usize, Vec<Pair>) {
    if let Some(correction) = vocabulary.correction.as_ref().filter(|_| text.is_empty()) {
        return (0, vec![Pair { display: correction.clone(), replacement: correction.clone() }]);
    }
    let (start, found) = matching(text, vocabulary);
    let described = found.len() <= DESCRIBED;
    let width = found.iter().map(|candidate| candidate.text.len()).max().unwrap_or_default();
    (start, found.into_iter().map(|candidate| pair(candidate, width, described)).collect())
}

/// The candidates that go on from the word at the end of a text, and where that starts.
pub(super) fn matching(text: &str, vocabulary: &Vocabulary) -> (usize, Vec<Candidate>) {
    let (start, found) = possible(text, vocabulary);
    let begun = text.get(start..).unwrap_or_default();
    let mut kept: Vec<Candidate> = Vec::new();
    for candidate in found {
        if goes_on_from(&candidate.text, begun) && !kept.iter().any(|known| known.text == candidate.text) {
            kept.push(candidate);
        }
    }
    (start, kept)
}

fn possible(text: &str, vocabulary: &Vocabulary) -> (usize, Vec<Candidate>) {
    let line = text.rfind('\n').map_or(0, |at| at + 1);
    match text.get(line..).and_then(|line| line.chars().next()) {
        Some('.') => return dots(text, line),
        Some('?') => return (line + 1, names::things(text.get(line + 1..).unwrap_or_default(), vocabulary)),
        _ => {}
    }
    if let Some(found) = in_json(text, vocabulary) {
        return found;
    }
    let (start, typed, expected) = wanted(text);
    (start, expected.iter().flat_map(|one| candidates(one, &typed, vocabulary)).collect())
}

/// Commands of the prompt, and what they take.
fn dots(text: &str, line: usize) -> (usize, Vec<Candidate>) {
    let typed = text.get(line..).unwrap_or_default();
    let Some((name, begun)) = typed.split_once(' ') else {
        let all = DOTS.iter().map(|dot| Candidate::new(dot.name).about(dot.help));
        return (line, all.collect());
    };
    let Some(dot) = DOTS.iter().find(|dot| dot.name == name) else { return (text.len(), Vec::new()) };
    let found = match dot.takes_file() {
        true => files(begun),
        false => dot.choices.iter().copied().map(Candidate::new).collect(),
    };
    (text.len() - begun.len(), found)
}

/// Whether a candidate starts with what was typed: in any letter case, with or without the quote of a path.
fn goes_on_from(candidate: &str, begun: &str) -> bool {
    let starts =
        |candidate: &str| candidate.get(..begun.len()).is_some_and(|own| own.eq_ignore_ascii_case(begun));
    starts(candidate) || candidate.strip_prefix('"').is_some_and(starts)
}

fn pair(candidate: Candidate, width: usize, described: bool) -> Pair {
    let display = if described && !candidate.about.is_empty() {
        format!("{:width$}  {}", candidate.text, candidate.about)
    } else {
        candidate.text.trim_end().to_owned()
    };
    let space = if candidate.goes_on { "" } else { " " };
    Pair { display, replacement: format!("{}{space}", candidate.text) }
}

/// A candidate in a list: what is said about it is dim.
pub(super) fn paint(candidate: &str) -> Cow<'_, str> {
    match candidate.split_once("  ") {
        Some((text, about)) => Cow::Owned(format!("{text}\x1b[2m  {about}\x1b[0m")),
        None => Cow::Borrowed(candidate),
    }
}
