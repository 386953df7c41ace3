//! What can stand at a place.

use serde_json::{Value, json};

use super::documents::{EditorText, TextKind};
use super::positions::position;
use super::reach::ScriptReach;
use crate::assist::{Candidate, Vocabulary, complete, from};
use crate::session::{Mode, Run, Session, run_script};
use crate::source::Source;
use crate::syntax::script::split_statements;

/// The most that are handed out at once; more are asked for while the word grows.
const MOST: usize = 500;

/// The candidates at a place, and whether these are all.
pub(super) fn candidates(
    document: &EditorText,
    offset: usize,
    start: &Session,
    reach: &ScriptReach<'_>,
) -> Option<Value> {
    let before = document.text().get(..offset)?;
    let (begins, found) = match document.written() {
        TextKind::Policies => complete(before, &Vocabulary::of(start, |_| Vec::new())),
        TextKind::Script => in_script(before, document.source.name(), start, reach),
    };
    let replaced = json!({
        "start": position(document.text(), begins),
        "end": position(document.text(), offset),
    });
    let is_incomplete = found.len() > MOST;
    let items: Vec<Value> = found.into_iter().take(MOST).map(|one| item(&one, &replaced)).collect();
    Some(json!({"isIncomplete": is_incomplete, "items": items}))
}

/// In a script the names count that the statements before declare.
fn in_script(before: &str, path: &str, start: &Session, reach: &ScriptReach<'_>) -> (usize, Vec<Candidate>) {
    let source = Source::new(path, before);
    let statements = split_statements(&source);
    let last = statements.last();
    // On a new line a statement begins, unless the one before is still open.
    let is_new =
        before.trim_end_matches(' ').ends_with('\n') && last.is_none_or(|last| last.unfinished.is_none());
    let begins = if is_new { before.len() } else { last.map_or(0, |last| last.span.start as usize) };
    let mut session = start.clone();
    let declared = Source::new(path, &before[..begins]);
    let run = Run { mode: Mode::Script, keep_going: true };
    run_script(&mut session, &declared, &mut *reach.below(path), run).for_each(drop);
    complete(&from(before, begins), &Vocabulary::of(&session, |_| Vec::new()))
}

fn item(candidate: &Candidate, replaced: &Value) -> Value {
    let label = candidate.text.trim_matches('"').trim_end_matches("\": ");
    json!({
        "label": label,
        "detail": candidate.about,
        "filterText": candidate.text,
        "textEdit": {"range": replaced, "newText": candidate.text},
    })
}
