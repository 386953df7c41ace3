//! What `check dead` prints: the word, then each part that changes nothing, with its place.

use serde_json::{Value, json};

use super::check::tone;
use super::exactness::{closing, exactness};
use super::style::{Format, Style};
use crate::layout::wrap;
use crate::policy::Token;
use crate::reason::{CheckVerdict, DeadPart, DeadParts, DeadPolicy};
use crate::source::{Place, one_line};

/// How many parts are shown, at most; of the others the number is told.
const SHOWN: usize = 20;

/// Renders the parts that change nothing.
pub fn dead(dead: &DeadParts, catalog: &str, style: &Style) -> String {
    if style.format == Format::Json {
        return format!("{}\n", json(dead));
    }
    let verdict = style.paint(tone(dead.verdict()), word(dead));
    let mut blocks = vec![verdict + "\n" + &wrap(&says(dead), style.width).join("\n")];
    let parts = dead.policies.iter().flat_map(|policy| policy.parts.iter().map(move |part| (policy, part)));
    let shown = parts.take(SHOWN).enumerate();
    let lines: Vec<String> =
        shown.flat_map(|(at, (policy, part))| told(at + 1, policy, part, style)).collect();
    blocks.extend((!lines.is_empty()).then(|| lines.join("\n")));
    let more = dead.count().saturating_sub(SHOWN);
    blocks.extend((more > 0).then(|| format!("and {more} more; `--format json` tells all")));
    blocks.push(wrap(&closing(&dead.caveats, &dead.assumed, catalog), style.width).join("\n"));
    format!("{}\n", blocks.join("\n\n"))
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

fn told(number: usize, dead: &DeadPolicy, part: &DeadPart, style: &Style) -> Vec<String> {
    let place = dead.place(part);
    let at = format!("{}:{}", place.source.name(), place.line_column().line);
    let of = title(dead, part) + &of_policy(dead, &place);
    let what = match part.token {
        Token::Statement => of,
        token => format!("the {} {} of {of}", kind(token), text(dead, part)),
    };
    let line = format!("{number}  {what}, {at}");
    let rows = wrap(&one_line(&line), style.width.saturating_sub(3)).into_iter().enumerate();
    rows.map(|(row, text)| if row == 0 { text } else { format!("   {}", text.trim_start()) }).collect()
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
