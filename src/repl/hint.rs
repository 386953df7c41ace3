//! What is shown behind the cursor: the correction of the last line, how an earlier line went on, or what can stand
//! next.

use rustyline::Context;
use rustyline::history::SearchDirection;

use super::complete::matching;
use super::validate::is_unfinished;
use super::vocabulary::Vocabulary;
use crate::session::usages;
use crate::syntax::script::{Expected, expected_at};

/// How many alternatives are named.
const ALTERNATIVES: usize = 6;

/// A hint; what is only shown is not typed by the key that takes hints.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hint {
    shown: String,
    typed: Option<String>,
}

impl rustyline::hint::Hint for Hint {
    fn display(&self) -> &str {
        &self.shown
    }

    fn completion(&self) -> Option<&str> {
        self.typed.as_deref()
    }
}

impl Hint {
    fn typed(text: String) -> Self {
        Self { shown: text.clone(), typed: Some(text) }
    }

    fn shown(text: String) -> Self {
        Self { shown: text, typed: None }
    }
}

/// What to show behind a line whose end is at the cursor.
pub(super) fn hint(line: &str, context: &Context<'_>, vocabulary: &Vocabulary) -> Option<Hint> {
    if line.is_empty() {
        let correction = vocabulary.correction.as_ref()?;
        return Some(Hint {
            shown: format!("{correction}   (→ takes it)"), typed: Some(correction.clone())
        });
    }
    if line.ends_with('\n') {
        return is_unfinished(line).then(|| Hint::shown("… not closed yet; Ctrl-C drops it".to_owned()));
    }
    from_history(line, context).or_else(|| from_grammar(line, vocabulary))
}

/// How the last line that started like this one went on, up to the end of its first line.
fn from_history(line: &str, context: &Context<'_>) -> Option<Hint> {
    let last = context.history().len().checked_sub(1)?;
    let from = context.history_index().min(last);
    let found = context.history().starts_with(line, from, SearchDirection::Reverse).ok()??;
    let rest = found.entry.get(line.len()..)?;
    let first = rest.lines().next().filter(|first| !first.is_empty())?;
    let more = if first.len() < rest.len() { " …" } else { "" };
    Some(Hint { shown: format!("{first}{more}"), typed: Some(first.to_owned()) })
}

fn from_grammar(line: &str, vocabulary: &Vocabulary) -> Option<Hint> {
    let (start, found) = matching(line, vocabulary);
    let begun = line.get(start..)?;
    if begun.is_empty() {
        return what_is_next(line).map(Hint::shown);
    }
    match &found[..] {
        [only] => only
            .text
            .strip_prefix(begun)
            .filter(|rest| !rest.is_empty())
            .map(|rest| Hint::typed(rest.to_owned())),
        _ => None,
    }
}

/// The keywords and slots that can come next.
fn what_is_next(line: &str) -> Option<String> {
    let mut names: Vec<String> = Vec::new();
    for expected in expected_at(line, usages()).expected {
        let name = match expected {
            Expected::Keyword(word) => word.to_owned(),
            Expected::Slot { label, .. } => label.to_owned(),
            Expected::End => continue,
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let more = if names.len() > ALTERNATIVES { " | …" } else { "" };
    names.truncate(ALTERNATIVES);
    (!names.is_empty()).then(|| format!("{}{more}", names.join(" | ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rustyline::history::{FileHistory, History};

    fn hinted(earlier: &[&str], line: &str) -> Option<Hint> {
        let mut history = FileHistory::new();
        for entry in earlier {
            history.add(entry).unwrap();
        }
        hint(line, &Context::new(&history), &Vocabulary::default())
    }

    #[test]
    fn history_comes_before_grammar() {
        assert_eq!(hinted(&["can bob s3:GetObject"], "can ").unwrap().shown, "bob s3:GetObject");
        assert_eq!(hinted(&[], "can ").unwrap().shown, "PRINCIPAL | ACTION");
    }

    #[test]
    fn of_a_statement_of_several_lines_the_first_is_hinted() {
        let hint = hinted(&["policy P {\n  \"Statement\": []\n}"], "pol").unwrap();
        assert_eq!((hint.shown.as_str(), hint.typed.as_deref()), ("icy P { …", Some("icy P {")));
    }

    #[test]
    fn what_can_stand_next_is_not_typed() {
        assert_eq!(hinted(&[], "can ").unwrap().typed, None);
        assert_eq!(hinted(&[], "whoa").unwrap().typed.as_deref(), Some("mi"));
    }

    #[test]
    fn an_open_bracket_is_told_on_the_next_line() {
        assert!(hinted(&[], "policy P {\n").unwrap().shown.contains("not closed yet"));
    }
}
