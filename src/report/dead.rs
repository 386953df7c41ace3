//! What `check dead` prints: the word, then each part that changes nothing, with its place.

use serde_json::{Value, json};

use super::check::tone;
use super::exactness::{closing, exactness};
use super::style::{Format, Style};
use crate::layout::wrap;
use crate::policy::Token;
use crate::reason::{CheckVerdict, DeadPart, DeadParts};
use crate::source::one_line;

/// How many parts are shown, at most; of the others the number is told.
const SHOWN: usize = 20;

/// Renders the parts that change nothing.
pub fn dead(dead: &DeadParts, catalog: &str, style: &Style) -> String {
    if style.format == Format::Json {
        return format!("{}\n", json(dead));
    }
    let verdict = style.paint(tone(dead.verdict()), word(dead));
    let mut blocks = vec![verdict + "\n" + &wrap(&says(dead), style.width).join("\n")];
    let shown = dead.parts.iter().take(SHOWN).enumerate();
    let lines: Vec<String> = shown.flat_map(|(at, part)| told(at + 1, dead, part, style)).collect();
    blocks.extend((!lines.is_empty()).then(|| lines.join("\n")));
    let more = dead.parts.len().saturating_sub(SHOWN);
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
    match (dead.verdict(), dead.parts.len()) {
        (CheckVerdict::Holds, _) => {
            "without any of its statements, actions, resources and conditions some request is decided otherwise"
        }
        (CheckVerdict::Unknown, _) => "nothing was found that changes nothing, and not everything was looked at",
        (CheckVerdict::Fails, 1) => "without this part every request is decided alike",
        (CheckVerdict::Fails, _) => "without all of these parts every request is decided alike",
    }
    .to_owned()
}

fn told(number: usize, dead: &DeadParts, part: &DeadPart, style: &Style) -> Vec<String> {
    let place = dead.place(part);
    let at = format!("{}:{}", place.source.name(), place.line_column().line);
    let of = title(dead, part);
    let what = match part.token {
        Token::Statement => of,
        token => format!("the {} {} of {of}", kind(token), text(dead, part)),
    };
    let line = format!("{number}  {what}, {at}");
    let rows = wrap(&one_line(&line), style.width.saturating_sub(3)).into_iter().enumerate();
    rows.map(|(row, text)| if row == 0 { text } else { format!("   {}", text.trim_start()) }).collect()
}

fn title(dead: &DeadParts, part: &DeadPart) -> String {
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
fn text(dead: &DeadParts, part: &DeadPart) -> String {
    let place = dead.place(part);
    place.source.slice(place.span).trim_matches('"').to_owned()
}

fn json(dead: &DeadParts) -> Value {
    let part = |part: &DeadPart| {
        let position = dead.place(part).line_column();
        json!({
            "part": kind(part.token).trim_end_matches(" on"),
            "text": text(dead, part),
            "statement": part.statement,
            "sid": dead.policy.sid(part.statement),
            "line": position.line,
            "column": position.column,
        })
    };
    json!({
        "check": "dead",
        "verdict": word(dead),
        "exactness": exactness(&dead.caveats, &dead.assumed),
        "parts": dead.parts.iter().map(part).collect::<Vec<_>>(),
        "without": dead.without,
    })
}
