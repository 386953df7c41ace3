//! What tests made of mutants, for people and for programs.

use serde_json::{Value, json};

use super::snippet::at;
use crate::analysis::{Mutated, Mutation, TriedStatements};
use crate::source::{harmless, one_line};

/// The form of a report on mutants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MutationReport {
    /// Two lines for each mutant that nobody noticed.
    Text,
    /// JSON of this program's own.
    Json,
}

impl MutationReport {
    /// All forms, each with the word for it.
    pub const ALL: [(&str, Self); 2] = [("text", Self::Text), ("json", Self::Json)];

    /// Writes the report.
    pub fn render(self, mutation: &Mutation) -> String {
        let text = match self {
            Self::Text => text(mutation),
            Self::Json => json(mutation),
        };
        harmless(&text).into_owned()
    }
}

fn text(mutation: &Mutation) -> String {
    let mut text = String::new();
    for (mutated, witness) in mutation.unnoticed() {
        let Mutated { change, statement, .. } = mutated;
        let at = at(&mutated.place);
        text.push_str(&format!(
            "{at}: no expectation notices: {}\n  would notice: {}\n",
            one_line(&format!("{change} ({statement})")),
            one_line(witness)
        ));
    }
    let alike = match mutation.alike() {
        0 => String::new(),
        alike => format!("; {alike} more make no difference that was found"),
    };
    let equivalent = match mutation.equivalent() {
        0 => String::new(),
        1 => "; 1 more is equivalent: over all requests it makes no difference".to_owned(),
        several => format!("; {several} more are equivalent: over all requests they make no difference"),
    };
    let unsought = match mutation.unsought() {
        0 => String::new(),
        unsought => format!("; for {unsought} of the others no question was looked for that would"),
    };
    let percent = mutation.percent();
    text.push_str(&format!(
        "mutation {percent:.1} % ({} of {} noticed{equivalent}{alike}{unsought})\n",
        mutation.noticed(),
        mutation.telling()
    ));
    if let Some(TriedStatements { tried, all }) = mutation.unfinished() {
        text.push_str(&format!("{tried} of {all} statements were tried, the rest not\n"));
    }
    text
}

fn json(mutation: &Mutation) -> String {
    let unnoticed: Vec<Value> =
        mutation.unnoticed().map(|(mutated, witness)| one(mutated, witness)).collect();
    let percent = (mutation.percent() * 10.0).round() / 10.0;
    let mut all = json!({
        "noticed": mutation.noticed(), "equivalent": mutation.equivalent(), "alike": mutation.alike(), "percent": percent, "unnoticed": unnoticed,
    });
    if mutation.unsought() > 0 {
        all["unsought"] = json!(mutation.unsought());
    }
    if let Some(TriedStatements { tried, all: statements }) = mutation.unfinished() {
        all["unfinished"] = json!({ "statements_tried": tried, "statements": statements });
    }
    format!("{all}\n")
}

fn one(mutated: &Mutated, witness: &str) -> Value {
    let at = mutated.place.line_column();
    json!({
        "file": mutated.place.source.name(), "line": at.line, "column": at.column,
        "statement": mutated.statement, "change": mutated.change, "would_notice": witness,
    })
}
