//! Completion: what can stand at the cursor, as the parser says, filled with the names that are known.

use std::borrow::Cow;
use std::collections::BTreeSet;

use rustyline::completion::Pair;

use super::aws_complete::in_aws;
use super::candidates::{Candidate, wanted};
use super::dot::{self, DOTS};
use super::files::files;
use super::highlight::open_brace;
use super::json_complete::in_json;
use super::names;
use super::screen::Screen;
use super::slots::candidates;
use super::vocabulary::Vocabulary;
use crate::syntax::script::tokens;

/// Up to how many candidates are described; of a text of several rows as many are shown.
const DESCRIBED: usize = 40;

/// What can stand at the cursor in a line, and where the word that it replaces starts.
pub(super) fn complete(
    line: &str,
    cursor: usize,
    vocabulary: &Vocabulary,
    screen: Screen,
) -> (usize, Vec<Pair>) {
    let text = line.get(..cursor).unwrap_or(line);
    if let Some(correction) = vocabulary.correction.as_ref().filter(|_| text.is_empty()) {
        return (0, vec![Pair { display: correction.clone(), replacement: correction.clone() }]);
    }
    let (start, found) = matching(text, vocabulary);
    let described = found.len() <= DESCRIBED;
    let width = found.iter().map(|candidate| candidate.text.len()).max().unwrap_or_default();
    let mut pairs: Vec<Pair> =
        found.into_iter().map(|candidate| pair(candidate, width, described, screen.columns)).collect();
    if pairs.len() > 1 {
        let same = common(&pairs);
        let grown = format!("{}{same}{}", &text[..start], line.get(cursor..).unwrap_or_default());
        make_room(&mut pairs, &same, screen.rows_below(&grown), screen.columns);
    }
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

/// The line editor draws over its lists by as many rows as the text has beyond the first (rustyline 19); so the list
/// of a text of several rows is one column, with as many empty rows at its end.
fn make_room(pairs: &mut Vec<Pair>, same: &str, rows: usize, columns: usize) {
    if rows == 0 {
        return;
    }
    let empty = |display: String| Pair { display, replacement: same.to_owned() };
    let more = pairs.len().saturating_sub(DESCRIBED);
    if more > 0 {
        pairs.truncate(DESCRIBED);
        pairs.push(empty(format!("… and {more} more")));
    }
    pairs.extend((0..rows).map(|_| empty(" ".to_owned())));
    if let Some(first) = pairs.first_mut() {
        first.display = format!("{:width$}", first.display, width = columns / 2 + 1);
    }
}

/// The candidates that go on from the word at the end of a text, and where that starts.
pub(super) fn matching(text: &str, vocabulary: &Vocabulary) -> (usize, Vec<Candidate>) {
    let (start, found) = possible(text, vocabulary);
    let begun = text.get(start..).unwrap_or_default();
    let mut known = BTreeSet::new();
    let goes_on = found.into_iter().filter(|candidate| goes_on_from(&candidate.text, begun));
    (start, goes_on.filter(|candidate| known.insert(candidate.text.clone())).collect())
}

fn possible(text: &str, vocabulary: &Vocabulary) -> (usize, Vec<Candidate>) {
    if let Some(inner) = inside(text) {
        return possible(&inner, vocabulary);
    }
    let line = text.rfind('\n').map_or(0, |at| at + 1);
    match text.get(line..).and_then(|line| line.chars().next()) {
        Some('.') => return dots(text, line),
        Some('?') => return (line + 1, names::things(text.get(line + 1..).unwrap_or_default(), vocabulary)),
        _ => {}
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

/// A text of which only the statement counts that stands behind `.once FILE`, or in a block that is not closed; in
/// front of it is white space instead, so that places are the same.
fn inside(text: &str) -> Option<String> {
    let begins = block(text).or_else(|| dot::behind_once(text))?;
    let blank = text.get(..begins)?.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' });
    Some(blank.chain(text.get(begins..)?.chars()).collect())
}

/// Where the inside of a block starts.
fn block(text: &str) -> Option<usize> {
    let begins = open_brace(text, &tokens(text))? + 1;
    let inside = text.get(begins..)?.trim_start();
    inside.starts_with(|c: char| c.is_ascii_lowercase()).then_some(begins)
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

/// A candidate as the list shows it, no wider than the screen.
fn pair(candidate: Candidate, width: usize, described: bool, columns: usize) -> Pair {
    let whole = if described && !candidate.about.is_empty() {
        format!("{:width$}  {}", candidate.text, candidate.about)
    } else {
        candidate.text.trim_end().to_owned()
    };
    let display = match whole.chars().count() < columns {
        true => whole,
        false => whole.chars().take(columns.saturating_sub(2)).chain(['…']).collect(),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repl::correct::tests::Nothing;
    use crate::session::{Mode, Run, Session, Status, run_script};
    use crate::source::Source;

    const WORLD: &str = "account 444455556666 \"Test\" alias acme-test\naccount 111122223333 \"Acme\" alias acme\n\
                         root owner@acme.example\nuser alice\nuser bob\ngroup developers members bob\n\
                         resource arn:aws:s3:::reports owner 111122223333\n\
                         organization o-exampleorg management 111122223333\n";

    fn session() -> Session {
        let mut session = Session::new();
        let run = Run { mode: Mode::Script, keep_going: false };
        run_script(&mut session, &Source::new("world", WORLD), &mut Nothing, run).for_each(drop);
        session
    }

    fn offered(text: &str) -> Vec<String> {
        let (_, found) = matching(text, &Vocabulary::of(&session(), None));
        found.into_iter().map(|candidate| candidate.text).collect()
    }

    #[test]
    fn names_of_the_world_are_offered_where_they_can_stand() {
        assert_eq!(offered("sign-in a"), ["alice"]);
        assert_eq!(offered("sign-in root o"), ["owner@acme.example"]);
        assert_eq!(offered("sign-in alice at acme"), ["acme", "acme-test"]);
        assert_eq!(offered("add user bo"), ["bob"]);
        assert_eq!(offered("add user bob to group d"), ["developers"]);
        assert_eq!(offered("delete group d"), ["developers"]);
        assert_eq!(offered("attach Admin"), ["AdministratorAccess"]);
        assert_eq!(offered("can acme/al"), ["acme/alice"]);
        assert_eq!(offered("can bob s3:GetObject on arn:aws:s3"), ["arn:aws:s3:::reports"]);
        assert!(offered("user ").is_empty(), "it makes a new one");
    }

    #[test]
    fn actions_and_keys_come_from_the_catalog() {
        assert_eq!(offered("can bob s3:getobjectt"), ["s3:GetObjectTagging", "s3:GetObjectTorrent"]);
        assert!(offered("can bob s").contains(&"s3:".to_owned()));
        assert!(offered("can bob s3:GetObject with ").contains(&"s3:ExistingObjectTag/".to_owned()));
        assert!(offered("can bob s3:GetObject with ").contains(&"aws:SourceIp=".to_owned()));
        assert!(!offered("can bob s3:ListAllMyBuckets with ").contains(&"s3:ExistingObjectTag/".to_owned()));
        assert!(offered("can s3:GetObject ").iter().all(|word| !word.ends_with(':')), "an action is there");
    }

    #[test]
    fn verdicts_and_layers_are_offered() {
        assert!(offered("expect bob ").contains(&"implicit-deny".to_owned()));
        assert!(offered("why bob s3:GetObject without ").contains(&"scp".to_owned()));
    }

    #[test]
    fn every_list_that_is_offered_can_be_listed() {
        let lists = offered("list ");
        assert!(lists.len() > 5, "{lists:?}");
        for list in lists {
            let source = Source::new("line", format!("list {list}"));
            let run = Run { mode: Mode::Prompt, keep_going: true };
            let mut session = session();
            let ran = run_script(&mut session, &source, &mut Nothing, run).next().unwrap();
            assert_ne!(ran.outcome.status, Status::Refused, "{list}");
        }
    }

    #[test]
    fn the_aws_command_line_is_completed_from_its_table() {
        assert_eq!(offered("aws ia"), ["iam"]);
        assert!(offered("aws iam create-u").contains(&"create-user".to_owned()));
        assert_eq!(offered("$ aws iam create-user --us"), ["--user-name"]);
        assert_eq!(offered("aws iam attach-user-policy --user-name al"), ["alice"]);
        assert!(
            offered(
                "aws iam attach-user-policy --user-name alice \\\n  --policy-arn arn:aws:iam::aws:policy/Adm"
            )
            .contains(&"arn:aws:iam::aws:policy/AdministratorAccess".to_owned())
        );
        assert_eq!(offered("aws s3api put-bucket-policy --bucket r"), ["reports"]);
        assert_eq!(offered("aws iam get-user --user-name alice --reg"), ["--region"]);
    }

    #[test]
    fn commands_of_the_prompt_are_offered() {
        assert_eq!(offered(".mo"), [".mode"]);
        assert_eq!(offered(".mode v"), ["vi"]);
        assert_eq!(offered("?s3:GetObjectTo"), ["s3:GetObjectTorrent"]);
    }

    #[test]
    fn a_correction_stands_at_the_empty_prompt() {
        let vocabulary = Vocabulary::of(&session(), Some("whoami".to_owned()));
        assert_eq!(complete("", 0, &vocabulary, Screen::default()).1[0].replacement, "whoami");
    }

    #[test]
    fn the_list_of_a_text_of_several_rows_has_empty_rows_to_be_drawn_over() {
        let text = "policy P {\n\"Statement\": {\"Condition\": {\"Str";
        let (start, found) = complete(text, text.len(), &Vocabulary::default(), Screen::default());
        assert_eq!(text.get(start..), Some("\"Str"));
        assert_eq!(found.iter().filter(|pair| pair.display == " ").count(), 1);
        assert!(found.iter().all(|pair| pair.replacement.starts_with("\"String")));
    }
}
