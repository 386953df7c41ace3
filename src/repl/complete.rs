//! Completion at the prompt: what can stand at the cursor, the words that only a prompt knows among it, as a list.

use std::borrow::Cow;

use rustyline::completion::Pair;

use super::dot::{self, DOTS};
use super::folder::folder;
use super::known::KnownNames;
use super::screen::Screen;
use crate::assist::{self, Candidate, Vocabulary, files, going_on, things};
use crate::source::one_line;

/// Up to how many candidates are described; of a text of several rows as many are shown.
const DESCRIBED: usize = 40;

/// What can stand at the cursor in a line, and where the word that it replaces starts.
pub(super) fn complete(line: &str, cursor: usize, known: &KnownNames, screen: Screen) -> (usize, Vec<Pair>) {
    let text = line.get(..cursor).unwrap_or(line);
    if let Some(correction) = known.correction.as_ref().filter(|_| text.is_empty()) {
        return (
            0,
            vec![Pair { display: one_line(correction).into_owned(), replacement: correction.clone() }],
        );
    }
    let (start, found) = matching(text, &known.vocabulary);
    let described = found.len() <= DESCRIBED;
    let width = found.iter().map(|candidate| candidate.text.len()).max().unwrap_or_default();
    let mut pairs: Vec<Pair> =
        found.into_iter().map(|candidate| pair(candidate, width, described, screen)).collect();
    if pairs.len() > 1 {
        let same = common(&pairs);
        let grown = format!("{}{same}{}", &text[..start], line.get(cursor..).unwrap_or_default());
        match screen.rows_below(&grown) {
            0 => fit(&mut pairs, &same, screen),
            rows => make_room(&mut pairs, &same, rows, screen),
        }
    }
    pairs.iter_mut().for_each(|pair| pair.display = screen.cut(&pair.display, usize::MAX));
    (start, pairs)
}

/// What all replacements start with.
fn common(pairs: &[Pair]) -> String {
    let mut same = pairs.first().map(|pair| &*pair.replacement).unwrap_or_default();
    for pair in pairs {
        let both = same.chars().zip(pair.replacement.chars()).take_while(|(a, b)| a == b);
        same = same.get(..both.map(|(c, _)| c.len_utf8()).sum()).unwrap_or_default();
    }
    same.to_owned()
}

/// As many as the screen holds: of a longer list the line editor would ask whether it is to go on, and drop what is typed
/// meanwhile (rustyline 19).
fn fit(pairs: &mut Vec<Pair>, same: &str, screen: Screen) {
    let width = |pairs: &[Pair]| pairs.iter().map(|pair| wide(&pair.display)).max().unwrap_or_default();
    let more = |count| format!("… and {count} more");
    let widest = width(pairs).max(wide(&more(pairs.len()))) + GAP;
    let columns = screen.columns.max(1);
    let room = (columns / widest.min(columns)).saturating_mul(screen.rows.saturating_sub(1)).min(LISTED);
    if pairs.len() > room {
        keep(pairs, room.saturating_sub(1), same);
    }
}

/// How many columns the line editor leaves between candidates.
const GAP: usize = 2;

/// How many are listed at most.
const LISTED: usize = 400;

/// How many columns a text takes at most.
fn wide(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() || c == '…' { 1 } else { 2 }).sum()
}

/// The first of them, and how many more there are; where there is room for none only what all start with.
fn keep(pairs: &mut Vec<Pair>, room: usize, same: &str) {
    let more = pairs.len() - room;
    pairs.truncate(room);
    pairs.push(no_candidate(format!("… and {more} more"), same));
}

/// What stands in a list and changes nothing.
fn no_candidate(display: String, same: &str) -> Pair {
    Pair { display, replacement: same.to_owned() }
}

/// The line editor draws over its lists by as many rows as the text has beyond the first (rustyline 19); so the list
/// of a text of several rows is one column, with as many empty rows at its end.
fn make_room(pairs: &mut Vec<Pair>, same: &str, rows: usize, screen: Screen) {
    let room = DESCRIBED.min(screen.rows.saturating_sub(rows + 2));
    if pairs.len() > room {
        keep(pairs, room, same);
    }
    if pairs.len() > 1 {
        pairs.extend((0..rows).map(|_| no_candidate(" ".to_owned(), same)));
    }
    if let Some(first) = pairs.first_mut() {
        first.display = format!("{:width$}", first.display, width = screen.columns / 2 + 1);
    }
}

/// The candidates that go on from the word at the end of a text, and where that starts.
fn matching(text: &str, vocabulary: &Vocabulary) -> (usize, Vec<Candidate>) {
    own(text, vocabulary).unwrap_or_else(|| assist::complete(text, vocabulary))
}

/// What can stand at the end of a line that only a prompt knows.
pub(super) fn own(text: &str, vocabulary: &Vocabulary) -> Option<(usize, Vec<Candidate>)> {
    if let Some(begins) = dot::behind_once(text) {
        return Some(matching(&assist::from(text, begins), vocabulary));
    }
    let line = text.rfind('\n').map_or(0, |at| at + 1);
    let typed = text.get(line..).unwrap_or_default();
    let (start, found) = match typed.chars().next() {
        Some('.') => dots(text, line),
        Some('?') => (line + 1, things(&typed[1..], vocabulary)),
        _ => return None,
    };
    Some((start, going_on(found, text.get(start..).unwrap_or_default())))
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
        true => files(begun, folder),
        false => dot.choices.iter().copied().map(Candidate::new).collect(),
    };
    (text.len() - begun.len(), found)
}

/// A candidate as the list shows it, no wider than the screen.
fn pair(candidate: Candidate, width: usize, described: bool, screen: Screen) -> Pair {
    let whole = if described && !candidate.about.is_empty() {
        format!("{:width$}  {}", candidate.text, candidate.about)
    } else {
        candidate.text.trim_end().to_owned()
    };
    let display = screen.cut(&whole, screen.columns);
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

#[cfg(test)]
mod tests {
    use super::*;

    fn offered(text: &str) -> Vec<String> {
        let (_, found) = matching(text, &Vocabulary::default());
        found.into_iter().map(|candidate| candidate.text).collect()
    }

    #[test]
    fn commands_of_the_prompt_are_offered() {
        assert_eq!(offered(".mo"), [".mode"]);
        assert_eq!(offered(".mode v"), ["vi"]);
        assert_eq!(offered("?s3:GetObjectTo"), ["s3:GetObjectTorrent"]);
    }

    #[test]
    fn a_correction_stands_at_the_empty_prompt() {
        let known = KnownNames { correction: Some("whoami".to_owned()), ..KnownNames::default() };
        assert_eq!(complete("", 0, &known, Screen::default()).1[0].replacement, "whoami");
    }

    #[test]
    fn the_list_of_a_text_of_several_rows_has_empty_rows_to_be_drawn_over() {
        let text = "policy P {\n\"Statement\": {\"Condition\": {\"Str";
        let (start, found) = complete(text, text.len(), &KnownNames::default(), Screen::default());
        assert_eq!(text.get(start..), Some("\"Str"));
        assert_eq!(found.iter().filter(|pair| pair.display == " ").count(), 1);
        assert!(found.iter().all(|pair| pair.replacement.starts_with("\"String")));
    }
}
