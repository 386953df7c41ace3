//! Completion: what can stand at the cursor, as the parser says, filled with the names that are known.

use super::aws_complete::in_aws;
use super::brackets::open_brace;
use super::candidate::{Candidate, going_on};
use super::json_complete::in_json;
use super::slots::candidates;
use super::typed::wanted;
use super::vocabulary::Vocabulary;

/// What can stand at the end of a text, and where the word starts that it goes on from.
pub fn complete(text: &str, vocabulary: &Vocabulary) -> (usize, Vec<Candidate>) {
    let (start, found) = possible(text, vocabulary);
    (start, going_on(found, text.get(start..).unwrap_or_default()))
}

fn possible(text: &str, vocabulary: &Vocabulary) -> (usize, Vec<Candidate>) {
    if let Some(begins) = block(text) {
        return possible(&from(text, begins), vocabulary);
    }
    if let Some(found) = in_aws(text, vocabulary) {
        return found;
    }
    if let Some(found) = in_json(text, vocabulary) {
        return found;
    }
    let (start, typed, expected) = wanted(text, vocabulary.catalog());
    (start, expected.iter().flat_map(|one| candidates(one, &typed, vocabulary)).collect())
}

/// A text of which only what stands behind a place counts; in front of it is white space instead, so that places are
/// the same.
pub fn from(text: &str, begins: usize) -> String {
    let (before, behind) = text.split_at_checked(begins).unwrap_or((text, ""));
    let blank = before.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' });
    blank.chain(behind.chars()).collect()
}

/// Where the inside of a block starts that is not closed.
fn block(text: &str) -> Option<usize> {
    let begins = open_brace(text)? + 1;
    let inside = text.get(begins..)?.trim_start();
    inside.starts_with(|c: char| c.is_ascii_lowercase()).then_some(begins)
}
