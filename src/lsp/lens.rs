//! What comes of the expectations and questions of a script, above each of them.

use serde_json::{Value, json};

use super::diagnostics::ran;
use super::documents::{EditorText, TextKind};
use super::positions::range;
use super::reach::ScriptReach;
use crate::session::{Outcome, Session, Status};

/// One line for each statement that asks or expects.
pub(super) fn lenses(document: &EditorText, start: &Session, reach: &ScriptReach<'_>) -> Vec<Value> {
    if document.written() != TextKind::Script {
        return Vec::new();
    }
    let all = ran(document, start, reach).into_iter();
    let told = all.filter_map(|(span, outcome)| Some((span, said(&outcome)?)));
    told.map(|(span, title)| {
        json!({"range": range(document.text(), span), "command": {"title": title, "command": ""}})
    })
    .collect()
}

fn said(outcome: &Outcome) -> Option<String> {
    let tally = outcome.tally;
    match outcome.status {
        _ if tally.failed > 0 => Some("does not hold".to_owned()),
        _ if tally.todo > 0 => Some("does not hold yet".to_owned()),
        _ if tally.passed > 0 => Some("holds".to_owned()),
        Status::Answered(verdict) => Some(verdict.word().to_owned()),
        _ => None,
    }
}
