//! What `can` and `why` print of all that patterns cover: the word, then each part of it with a request.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::{Value, json};

use super::about_all::ToldEntry;
use super::difference::{actions, because, decided, exception, place, request, request_data, scope};
use super::exactness::{closing_of, exactness};
use super::style::{Format, Style, Tone};
use super::{explanation, json};
use crate::explain::Explanation;
use crate::layout::wrap;
use crate::policy::Effect;
use crate::reason::{PatternAnswer, PatternOutcome, PatternPart, PatternReason, PatternVerdict};

/// How many parts are shown, at most; of the others the number is told.
const SHOWN: usize = 10;

/// An answer about all that patterns cover, as it is shown.
#[derive(Clone, Debug)]
pub struct ToldPattern {
    /// The answer.
    pub answer: PatternAnswer,
    /// Of each part, why its request is decided so, in a line.
    pub headlines: Vec<String>,
    /// The explanation of one request, where somebody asked why.
    pub explained: Option<Arc<Explanation>>,
    /// The date of the catalog that was used.
    pub catalog: String,
}

/// Renders an answer about all that patterns cover.
pub fn pattern(told: &ToldPattern, style: &Style) -> String {
    if style.format == Format::Json {
        return format!("{}\n", data(told));
    }
    let answer = &told.answer;
    let verdict = answer.verdict();
    let tone = match verdict {
        PatternVerdict::Allowed => Tone::Good,
        PatternVerdict::Denied => Tone::Bad,
        PatternVerdict::Some | PatternVerdict::Depends | PatternVerdict::Unknown => Tone::Open,
    };
    let says = wrap(&says(answer), style.width).join("\n");
    let mut blocks = vec![style.paint(tone, verdict.word()) + "\n" + &says];
    let parts = answer.parts.iter().zip(&told.headlines).take(SHOWN).enumerate();
    blocks.extend(parts.map(|(at, (part, headline))| entry(part, headline).text(at + 1, style)));
    let more = answer.parts.len().saturating_sub(SHOWN);
    blocks.extend((more > 0).then(|| format!("and {more} more; `--format json` tells all")));
    let of_what = match answer.actions {
        1 => String::new(),
        _ => format!(", for the actions of the catalog of {}", told.catalog),
    };
    blocks.push(wrap(&closing_of(&of_what, &answer.caveats, &answer.assumed), style.width).join("\n"));
    if let Some(explained) = &told.explained {
        blocks.push(explanation(explained, style).trim_end().to_owned());
    }
    format!("{}\n", blocks.join("\n\n"))
}

fn says(answer: &PatternAnswer) -> String {
    let all = match answer.actions {
        1 => "every request that is asked about".to_owned(),
        count => format!("every request that is asked about, of {count} actions,"),
    };
    match answer.verdict() {
        PatternVerdict::Allowed => format!("{all} is allowed"),
        PatternVerdict::Denied => format!("{all} is denied"),
        PatternVerdict::Some => some(answer),
        PatternVerdict::Depends => "some of what is asked about hangs on what is not known".to_owned(),
        PatternVerdict::Unknown => "not everything that is asked about was looked at".to_owned(),
    }
}

/// For how many actions all is allowed, all is denied, or it hangs on the resource.
fn some(answer: &PatternAnswer) -> String {
    let of = |outcome| {
        let parts = answer.parts.iter().filter(move |part| part.outcome == outcome);
        parts.flat_map(|part| &part.actions).collect::<BTreeSet<_>>()
    };
    let (allowed, denied) = (of(PatternOutcome::Allowed), of(PatternOutcome::Denied));
    if answer.actions == 1 {
        return "it is allowed on some of these resources and denied on others".to_owned();
    }
    let count = |count: usize| if count == 1 { "1 action".to_owned() } else { format!("{count} actions") };
    let both = allowed.intersection(&denied).count();
    let (allowed, denied) = (allowed.difference(&denied).count(), denied.difference(&allowed).count());
    let said = [(allowed, "allowed"), (both, "allowed on some of these resources"), (denied, "denied")];
    let said = said.into_iter().filter(|(number, _)| *number > 0);
    said.map(|(number, word)| format!("{word}: {}", count(number))).collect::<Vec<_>>().join("; ")
}

fn entry(part: &PatternPart, headline: &str) -> ToldEntry {
    let list = actions(&part.folded, part.actions.len());
    let mut rows = Vec::new();
    match &part.reason {
        PatternReason::Statement(statement) => {
            let does = match (part.outcome, statement.effect) {
                (PatternOutcome::Allowed, _) => "allows it",
                (_, Effect::Deny) => "denies it",
                (_, Effect::Allow) => "makes the policy public, and Block Public Access is on",
            };
            rows.push(("by", format!("{}, {does}", place(statement))));
            rows.extend(scope(statement));
        }
        _ => rows.push(("for", headline.to_owned())),
    }
    rows.extend(part.except.iter().map(|limit| ("except", exception(limit))));
    rows.push(("as in", request(&part.witness)));
    ToldEntry { head: format!("{}  {list}", word(part.outcome)), rows }
}

fn word(outcome: PatternOutcome) -> &'static str {
    match outcome {
        PatternOutcome::Allowed => "allowed",
        PatternOutcome::Denied => "denied",
        PatternOutcome::Depends => "depends",
    }
}

fn data(told: &ToldPattern) -> Value {
    let answer = &told.answer;
    let parts = answer.parts.iter().zip(&told.headlines);
    let mut object = json!({
        "decision": answer.verdict().word(),
        "actions": answer.actions,
        "exactness": exactness(&answer.caveats, &answer.assumed),
        "parts": parts.map(|(part, headline)| part_data(part, headline)).collect::<Vec<_>>(),
    });
    if let Some(explained) = &told.explained {
        object["explained"] = json::explained_data(explained);
    }
    object
}

fn part_data(part: &PatternPart, headline: &str) -> Value {
    let statement = match &part.reason {
        PatternReason::Statement(statement) => because(statement),
        _ => Value::Null,
    };
    json!({
        "outcome": word(part.outcome),
        "actions": part.actions,
        "patterns": part.folded,
        "because": statement,
        "headline": headline,
        "except": part.except.iter().map(because).collect::<Vec<_>>(),
        "witness": { "request": request_data(&part.witness), "decision": decided(part.decision) },
    })
}
