//! What `check` prints: the word, then a request for which it does not hold.

use serde_json::{Value, json};

use super::difference::{change, closing, exactness, told, turn};
use super::style::{Format, Style, Tone};
use crate::layout::wrap;
use crate::reason::{Check, CheckKind, CheckVerdict, StatementChange};

/// Renders a check.
pub fn check(check: &Check, catalog: &str, style: &Style) -> String {
    if style.format == Format::Json {
        return format!("{}\n", json(check));
    }
    let verdict = check.verdict();
    let tone = match verdict {
        CheckVerdict::Holds => Tone::Good,
        CheckVerdict::Fails => Tone::Bad,
        CheckVerdict::Unknown => Tone::Open,
    };
    let sentence = wrap(says(check), style.width).join("\n");
    let mut parts = vec![style.paint(tone, verdict.word()) + "\n" + &sentence];
    let breaches = &check.breaches.changes;
    parts.extend(breaches.first().map(|change| told(1, change, style)));
    if breaches.len() > 1 {
        let more = format!("and {} more; `--format json` tells all", breaches.len() - 1);
        parts.push(more);
    }
    parts.push(wrap(&closing(&check.breaches, catalog), style.width).join("\n"));
    format!("{}\n", parts.join("\n\n"))
}

fn says(check: &Check) -> &'static str {
    use CheckKind as K;
    use CheckVerdict as V;
    match (check.kind, check.verdict()) {
        (_, V::Unknown) => {
            "no request was found for which it does not hold, and not everything was looked at"
        }
        (K::Equivalent, V::Holds) => "the two policies allow the same requests",
        (K::Equivalent, V::Fails) => "there are requests that only one of the two policies allows",
        (K::NoNewAccess, V::Holds) => "the new version allows no request that the old one does not",
        (K::NoNewAccess, V::Fails) => "the new version allows requests that the old one does not",
    }
}

fn json(check: &Check) -> Value {
    json!({
        "check": check.kind.as_str(),
        "verdict": check.verdict().word(),
        "exactness": exactness(&check.breaches),
        "breaches": check.breaches.changes.iter().map(breach).collect::<Vec<_>>(),
    })
}

fn breach(breach: &StatementChange) -> Value {
    let mut object = change(breach);
    object["turn"] = turn(breach.turn).into();
    object
}
