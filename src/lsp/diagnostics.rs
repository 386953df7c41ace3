//! What is wrong with a text: of policies what `lint` finds, of a script what its statements say when they run.

use std::sync::Arc;

use serde_json::{Value, json};

use super::documents::{EditorText, TextKind, address_of};
use super::positions::range;
use super::reach::ScriptReach;
use crate::lint::{LintOptions, lint};
use crate::session::{Mode, Outcome, Run, Session, run_script};
use crate::source::{Diagnostic, Severity, Source, Span, harmless, one_line};

/// What is found in a text.
pub(super) fn found(document: &EditorText, start: &Session, reach: &ScriptReach<'_>) -> Vec<Diagnostic> {
    match document.written() {
        TextKind::Policies => linted(document, start),
        TextKind::Script => {
            let ran = ran(document, start, reach);
            ran.iter().flat_map(|(_, outcome)| outcome.diagnostics().cloned()).collect()
        }
    }
}

fn linted(document: &EditorText, start: &Session) -> Vec<Diagnostic> {
    let (source, catalog) = (&document.source, start.world().catalog());
    if source.text().trim().is_empty() {
        return Vec::new();
    }
    let linted = lint(source, catalog, &LintOptions::default());
    let found = linted.into_iter().flat_map(|one| one.findings);
    // A file that is something else is no fault of whoever has it open.
    found.filter(|one| !is_other_file(one)).collect()
}

fn is_other_file(found: &Diagnostic) -> bool {
    found.labels.is_empty()
}

/// The statements of a script, and what came of each; it goes on behind one that is refused.
pub(super) fn ran(document: &EditorText, start: &Session, reach: &ScriptReach<'_>) -> Vec<(Span, Outcome)> {
    let mut session = start.clone();
    let mut outside = reach.below(document.source.name());
    let run = Run { mode: Mode::Script, keep_going: true };
    let all = run_script(&mut session, &document.source, &mut *outside, run);
    all.map(|ran| (ran.span, ran.outcome)).collect()
}

/// Messages as the protocol has them.
pub(super) fn written(document: &EditorText, found: &[Diagnostic]) -> Vec<Value> {
    found.iter().map(|one| message(&document.source, one)).collect()
}

fn message(source: &Arc<Source>, found: &Diagnostic) -> Value {
    let own = found.labels.iter().find(|label| label.place.source.name() == source.name());
    let at = own.map_or(Span::new(0, 0), |label| label.place.span);
    let others = found.labels.iter().filter(|label| own.is_none_or(|own| !std::ptr::eq(own, *label)));
    let related: Vec<Value> = others.map(related).collect();
    let help = found.help.as_ref().map_or_else(String::new, |help| format!("\n{help}"));
    let said = harmless(&format!("{}{help}", found.message)).into_owned();
    json!({
        "range": range(source.text(), at),
        "severity": severity(found.severity),
        "code": found.code,
        "source": "iamwhy",
        "message": said,
        "relatedInformation": related,
    })
}

fn related(label: &crate::source::Label) -> Value {
    let source = &label.place.source;
    let said = if label.text.is_empty() { "see here" } else { &label.text };
    json!({
        "location": {"uri": address_of(source.name()), "range": range(source.text(), label.place.span)},
        "message": harmless(&one_line(said)),
    })
}

/// Error, warning, information and hint of the protocol.
fn severity(severity: Severity) -> u8 {
    match severity {
        Severity::Error => 1,
        Severity::Warning | Severity::Security => 2,
        Severity::Suggestion => 3,
        Severity::Note => 4,
    }
}
