//! What `check dead` prints: the word, then each part that changes nothing, with its place.

use serde_json::{Value, json};

use super::about_all::{ToldEntry, ToldOfAll};
use super::check::tone;
use super::exactness::{closing, exactness};
use super::html::about_all_page;
use super::style::{Format, Style};
use crate::policy::Token;
use crate::reason::{CheckVerdict, DeadPart, DeadParts, DeadPolicy};
use crate::source::Place;

/// How many parts are shown, at most; of the others the number is told.
const SHOWN: usize = 20;

/// Renders the parts that change nothing.
pub fn dead(dead: &DeadParts, catalog: &str, style: &Style) -> String {
    match style.format {
        Format::Json => format!("{}\n", json(dead)),
        _ => of_dead(dead, catalog).text(style),
    }
}

/// Renders the parts that change nothing as a page; `question` is what was asked.
pub fn dead_page(dead: &DeadParts, question: &str, catalog: &str) -> String {
    about_all_page(&of_dead(dead, catalog), question, catalog)
}

fn of_dead(dead: &DeadParts, catalog: &str) -> ToldOfAll {
    let parts = dead.policies.iter().flat_map(|policy| policy.parts.iter().map(move |part| (policy, part)));
    ToldOfAll {
        verdict: word(dead),
        tone: tone(dead.verdict()),
        says: vec![says(dead)],
        entries: parts
            .map(|(policy, part)| ToldEntry { head: told(policy, part), rows: Vec::new() })
            .collect(),
        shown: SHOWN,
        closing: closing(&dead.caveats, &dead.assumed, catalog),
    }
}

fn word(dead: &DeadParts) -> &'static str {
    match dead.verdict() {
        CheckVerdict::Holds => "alive",
        CheckVerdict::Fails => "dead",
        CheckVerdict::Unknown => "unknown",
    }
}

fn says(dead: &DeadParts) -> String {
    match (dead.verdict(), dead.count()) {
        (CheckVerdict::Holds, _) if dead.is_of_world => {
            "without any statement of its policies some request of somebody is decided otherwise"
        }
        (CheckVerdict::Holds, _) => {
            "without any of its statements, actions, resources and conditions some request is decided otherwise"
        }
        (CheckVerdict::Unknown, _) => "nothing was found that changes nothing, and not everything was looked at",
        (CheckVerdict::Fails, 1) if dead.is_of_world => "without this statement every request of everybody is decided alike",
        (CheckVerdict::Fails, _) if dead.is_of_world => {
            "without all of these statements every request of everybody is decided alike"
        }
        (CheckVerdict::Fails, 1) => "without this part every request is decided alike",
        (CheckVerdict::Fails, _) => "without all of these parts every request is decided alike",
    }
    .to_owned()
}

fn told(dead: &DeadPolicy, part: &DeadPart) -> String {
    let place = dead.place(part);
    let at = format!("{}:{}", place.source.name(), place.line_column().line);
    let of = title(dead, part) + &of_policy(dead, &place);
    match part.token {
        Token::Statement => format!("{of}, {at}"),
        token => format!("the {} {} of {of}, {at}", kind(token), text(dead, part)),
    }
}

/// The name of the policy, where the file does not say it.
fn of_policy(dead: &DeadPolicy, place: &Place) -> String {
    match place.source.name().ends_with(&*dead.name) {
        true => String::new(),
        false => format!(" of {}", dead.name),
    }
}

fn title(dead: &DeadPolicy, part: &DeadPart) -> String {
    match dead.policy.sid(part.statement) {
        Some(sid) => sid.into_owned(),
        None => format!("statement {}", part.statement + 1),
    }
}

fn kind(token: Token) -> &'static str {
    match token {
        Token::Action(_) => "action",
        Token::Resource(_) => "resource",
        Token::Key(_) => "condition on",
        _ => "statement",
    }
}

/// The part as it is written; of a condition its key.
fn text(dead: &DeadPolicy, part: &DeadPart) -> String {
    let place = dead.place(part);
    place.source.slice(place.span).trim_matches('"').to_owned()
}

fn json(dead: &DeadParts) -> Value {
    let part = |(policy, part): (&DeadPolicy, &DeadPart)| {
        let position = policy.place(part).line_column();
        json!({
            "policy": policy.name,
            "part": kind(part.token).trim_end_matches(" on"),
            "text": text(policy, part),
            "statement": part.statement,
            "sid": policy.policy.sid(part.statement),
            "line": position.line,
            "column": position.column,
        })
    };
    let parts = dead.policies.iter().flat_map(|policy| policy.parts.iter().map(move |part| (policy, part)));
    let without = dead.policies.iter().map(|one| json!({ "policy": one.name, "text": one.without }));
    let without: Vec<Value> = without.collect();
    json!({
        "check": "dead",
        "verdict": word(dead),
        "exactness": exactness(&dead.caveats, &dead.assumed),
        "parts": parts.map(part).collect::<Vec<_>>(),
        "without": without,
    })
}
