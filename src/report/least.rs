//! What `check least-privilege` prints: the word, each statement that allows more than is needed, and the policy that does
//! not.

use serde_json::{Value, json};

use super::about_all::{ToldEntry, ToldOfAll};
use super::check::tone;
use super::difference::{request, request_data};
use super::html::about_all_page;
use super::style::{Format, Style};
use crate::reason::{CheckVerdict, LeastPrivilege, NarrowedStatement};

/// How many statements are shown, at most.
const SHOWN: usize = 20;

/// Renders the least that a policy has to allow.
pub fn least_privilege(least: &LeastPrivilege, style: &Style) -> String {
    match style.format {
        Format::Json => format!("{}\n", json(least)),
        _ => of_least(least).text(style) + &policy(least),
    }
}

/// Renders the least that a policy has to allow as a page; `question` is what was asked.
pub fn least_privilege_page(least: &LeastPrivilege, question: &str, catalog: &str) -> String {
    about_all_page(&of_least(least), question, catalog)
}

fn policy(least: &LeastPrivilege) -> String {
    match least.narrowed.is_empty() {
        true => String::new(),
        false => format!("\n{}", least.least),
    }
}

fn of_least(least: &LeastPrivilege) -> ToldOfAll {
    ToldOfAll {
        verdict: least.verdict().word(),
        tone: tone(least.verdict()),
        says: vec![says(least)],
        entries: least.narrowed.iter().map(|one| entry(least, one)).collect(),
        shown: SHOWN,
        closing: closing(least),
    }
}

fn says(least: &LeastPrivilege) -> String {
    let kept = match least.kept {
        1 => "1 request".to_owned(),
        several => format!("{several} requests"),
    };
    match least.narrowed.is_empty() {
        true => format!("no smaller patterns were found that keep {kept} allowed"),
        false => format!("less is enough to keep {kept} allowed"),
    }
}

fn entry(least: &LeastPrivilege, one: &NarrowedStatement) -> ToldEntry {
    let title = match least.policy.sid(one.statement) {
        Some(sid) => sid.into_owned(),
        None => format!("statement {}", one.statement + 1),
    };
    let place = least.place(one);
    let head = format!("{title}, {}:{}", place.source.name(), place.line_column().line);
    ToldEntry { head, rows: rows(one) }
}

/// What a statement allows, and what of it is needed.
pub(super) fn rows(one: &NarrowedStatement) -> Vec<(&'static str, String)> {
    let mut rows = vec![("allows", one.was.clone())];
    match one.left.is_empty() {
        true => rows.push(("", "no request needs it".to_owned())),
        false => rows.extend(one.left.iter().map(|left| ("needs", left.clone()))),
    }
    rows
}

fn closing(least: &LeastPrivilege) -> String {
    let mut sentences = vec![match least.check.verdict() {
        CheckVerdict::Holds => {
            "the narrower policy allows nothing that was not allowed, over all requests".to_owned()
        }
        _ => "it was not proved that the narrower policy allows nothing new".to_owned(),
    }];
    if least.narrowed.is_empty() {
        sentences = vec!["each request was asked of the engine".to_owned()];
    }
    if let Some(first) = least.left_out.first() {
        let more = match least.left_out.len() {
            1 => "1 request".to_owned(),
            several => format!("{several} requests"),
        };
        sentences.push(format!("the policy does not allow {more}, such as {}", request(first)));
    }
    sentences.extend(least.check.breaches.caveats.iter().map(|caveat| caveat.why.clone()));
    sentences.join("; ")
}

/// The statements that allow more than is needed.
pub(super) fn narrowed_data(least: &LeastPrivilege) -> Value {
    let narrowed = |one: &NarrowedStatement| {
        json!({
            "statement": one.statement,
            "sid": least.policy.sid(one.statement),
            "line": least.place(one).line_column().line,
            "allows": one.was,
            "needs": one.left,
        })
    };
    least.narrowed.iter().map(narrowed).collect()
}

fn json(least: &LeastPrivilege) -> Value {
    json!({
        "check": "least-privilege",
        "verdict": least.verdict().word(),
        "kept": least.kept,
        "left_out": least.left_out.iter().map(request_data).collect::<Vec<_>>(),
        "narrowed": narrowed_data(least),
        "policy": serde_json::from_str::<Value>(&least.least).unwrap_or_default(),
        "no_new_access": least.check.verdict().word(),
    })
}
