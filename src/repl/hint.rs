//! What is shown behind the cursor: the correction of the last line, how an earlier line went on, or what can stand
//! next.

use std::collections::BTreeSet;

use rustyline::Context;
use rustyline::history::SearchDirection;

use super::complete::own;
use super::drawn::hides;
use super::known::KnownNames;
use super::screen::Screen;
use super::validate::is_unfinished;
use crate::assist::{self, Vocabulary};
use crate::catalog::Catalog;
use crate::commands::{table, text_of_aws};
use crate::source::{Source, one_line};
use crate::syntax::script::{StatementText, parse_statement, split_statements};

/// What is shown behind the line; what is only shown is not typed by the key that takes hints.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ghost {
    shown: String,
    typed: Option<String>,
}

impl rustyline::hint::Hint for Ghost {
    fn display(&self) -> &str {
        &self.shown
    }

    fn completion(&self) -> Option<&str> {
        self.typed.as_deref()
    }
}

impl From<assist::Tip> for Ghost {
    fn from(hint: assist::Tip) -> Self {
        match hint {
            assist::Tip::Next(text) => Self::shown(text),
            assist::Tip::Rest(text) => Self { typed: Some(text.clone()), shown: text },
        }
    }
}

impl Ghost {
    fn shown(text: String) -> Self {
        Self { shown: text, typed: None }
    }

    /// Cut to the columns that are left behind a line; only what prints is shown.
    fn behind(self, line: &str, screen: Screen) -> Self {
        let shown = screen.cut(&one_line(&self.shown), screen.left(line));
        Self { shown, ..self }
    }
}

/// What to show behind a line whose end is at the cursor.
pub(super) fn hint(line: &str, context: &Context<'_>, known: &KnownNames, screen: Screen) -> Option<Ghost> {
    if line.is_empty() {
        let correction = known.correction.as_ref()?;
        return Some(Ghost {
            shown: screen.cut(&format!("{}   (→ takes it)", one_line(correction)), usize::MAX),
            typed: Some(correction.clone()),
        });
    }
    if hides(line) {
        let found = Ghost::shown("… holds what does not print".to_owned());
        return Some(found.behind(line, screen));
    }
    if line.trim_end_matches(' ').ends_with('\n') {
        let open = || Ghost::shown("… not closed yet; Ctrl-C drops it".to_owned());
        return is_unfinished(line).then(|| open().behind(line, screen));
    }
    let found =
        from_history(line, context, &known.refused).or_else(|| from_grammar(line, &known.vocabulary))?;
    // A hint that wraps would have the line editor draw over its lists.
    Some(found.behind(line, screen))
}

/// How the last line that worked and started like this one went on, up to the end of its first line.
fn from_history(line: &str, context: &Context<'_>, refused: &BTreeSet<String>) -> Option<Ghost> {
    let last = context.history().len().checked_sub(1)?;
    let mut from = context.history_index().min(last);
    let entry = loop {
        let found = context.history().starts_with(line, from, SearchDirection::Reverse).ok()??;
        if worked(&found.entry, refused) {
            break found.entry;
        }
        from = found.idx.checked_sub(1)?;
    };
    let rest = entry.get(line.len()..)?;
    let first = rest.lines().next().filter(|first| !first.is_empty())?;
    let more = if first.len() < rest.len() { " …" } else { "" };
    Some(Ghost { shown: format!("{first}{more}"), typed: Some(first.to_owned()) })
}

/// Whether an entry worked, or, where it is of an earlier session, is a statement at all.
fn worked(entry: &str, refused: &BTreeSet<String>) -> bool {
    let source = Source::new("<history>", entry);
    let is_own = entry.starts_with(['.', '?']) || text_of_aws(entry, Catalog::in_use()).is_some();
    let is_statement =
        |statement: &StatementText| parse_statement(&source, statement.span, &table().usages).is_ok();
    !refused.contains(entry) && (is_own || split_statements(&source).iter().all(is_statement))
}

/// What can stand next; of a command of the prompt, how it goes on.
fn from_grammar(line: &str, vocabulary: &Vocabulary) -> Option<Ghost> {
    match own(line, vocabulary) {
        Some(found) => assist::rest(line, found).map(Ghost::from),
        None => assist::hint(line, vocabulary).map(Ghost::from),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rustyline::history::{History, MemHistory};

    fn hinted(earlier: &[&str], line: &str) -> Option<Ghost> {
        let mut history = MemHistory::new();
        for entry in earlier {
            history.add(entry).unwrap();
        }
        hint(line, &Context::new(&history), &KnownNames::default(), Screen::default())
    }

    #[test]
    fn history_comes_before_grammar() {
        assert_eq!(hinted(&["can bob s3:GetObject"], "can ").unwrap().shown, "bob s3:GetObject");
        assert_eq!(hinted(&[], "can ").unwrap().shown, "PRINCIPAL | ACTION | _");
    }

    #[test]
    fn what_did_not_work_is_not_hinted_at() {
        let earlier = ["can bob s3:GetObject", "can bob s3:PutObjct", "can bbo s3:GetBucket", "can bob and"];
        assert_eq!(hinted(&earlier, "can bob ").unwrap().shown, "s3:PutObjct");
        let mut history = MemHistory::new();
        earlier.iter().for_each(|entry| assert!(history.add(entry).unwrap()));
        let refused = ["can bob s3:PutObjct"].map(str::to_owned).into();
        let known = KnownNames { refused, ..KnownNames::default() };
        let hint = hint("can bob ", &Context::new(&history), &known, Screen::default());
        assert_eq!(hint.unwrap().shown, "s3:GetObject");
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
    fn the_resource_of_an_action_is_shown_by_its_format() {
        assert_eq!(
            hinted(&[], "can s3:GetBucketAcl ").unwrap().shown,
            "on RESOURCE | with | without | as-of | using | as"
        );
        assert_eq!(hinted(&[], "can s3:GetBucketAcl on ").unwrap().shown, "arn:aws:s3:::BucketName");
    }

    #[test]
    fn the_options_that_an_operation_needs_are_shown() {
        assert_eq!(hinted(&[], "aws ").unwrap().shown, "SERVICE");
        assert_eq!(hinted(&[], "aws iam ").unwrap().shown, "OPERATION");
        let line = "aws iam attach-user-policy --user-name alice ";
        assert_eq!(hinted(&[], line).unwrap().shown, "--policy-arn POLICY");
    }

    #[test]
    fn an_open_bracket_is_told_on_the_next_line() {
        assert!(hinted(&[], "policy P {\n").unwrap().shown.contains("not closed yet"));
    }
}
