//! What `check` prints: the word, then a request for which it does not hold.

use serde_json::{Value, json};

use super::difference::{Sides, change, told, turn};
use super::exactness::{closing, exactness};
use super::style::{Format, Style, Tone};
use crate::layout::wrap;
use crate::reason::{Check, CheckKind, CheckVerdict, StatementChange};

/// Of who is granted something, and by what, how much is shown, at most.
const SHOWN: usize = 5;

/// Renders a check.
pub fn check(check: &Check, catalog: &str, style: &Style) -> String {
    if style.format == Format::Json {
        return format!("{}\n", json(check));
    }
    let verdict = check.verdict();
    let sentence = wrap(says(check), style.width).join("\n");
    let mut parts = vec![style.paint(tone(verdict), verdict.word()) + "\n" + &sentence];
    let breaches = &check.breaches.changes;
    let sides = if check.kind == CheckKind::AccessNotGranted { Sides::NewAlone } else { Sides::Both };
    let shown = if check.kind == CheckKind::AccessNotGranted { SHOWN } else { 1 };
    parts.extend(
        breaches.iter().take(shown).enumerate().map(|(at, change)| told(at + 1, change, sides, style)),
    );
    if breaches.len() > shown {
        let more = format!("and {} more; `--format json` tells all", breaches.len() - shown);
        parts.push(more);
    }
    parts.push(
        wrap(&closing(&check.breaches.caveats, &check.breaches.assumed, catalog), style.width).join("\n"),
    );
    format!("{}\n", parts.join("\n\n"))
}

pub(super) fn tone(verdict: CheckVerdict) -> Tone {
    match verdict {
        CheckVerdict::Holds => Tone::Good,
        CheckVerdict::Fails => Tone::Bad,
        CheckVerdict::Unknown => Tone::Open,
    }
}

fn says(check: &Check) -> &'static str {
    use CheckKind as K;
    use CheckVerdict as V;
    match (check.kind, check.verdict()) {
        (K::AccessNotGranted, V::Unknown) => {
            "no request was found that is allowed, and that says little: see below"
        }
        (_, V::Unknown) => {
            "no request was found for which it does not hold, and not everything was looked at"
        }
        (K::Equivalent, V::Holds) => "the two policies allow the same requests",
        (K::Equivalent, V::Fails) => "there are requests that only one of the two policies allows",
        (K::NoNewAccess, V::Holds) => "the new version allows no request that the old one does not",
        (K::AccessNotGranted, V::Holds) => "none of these actions is allowed on any of these resources",
        (K::AccessNotGranted, V::Fails) => "some of it is allowed",
        (K::NoNewAccess, V::Fails) => "the new version allows requests that the old one does not",
    }
}

fn json(check: &Check) -> Value {
    let breaches = &check.breaches;
    json!({
        "check": check.kind.as_str(),
        "verdict": check.verdict().word(),
        "exactness": exactness(&breaches.caveats, &breaches.assumed),
        "breaches": breaches.changes.iter().map(|breach| breach_of(check.kind, breach)).collect::<Vec<_>>(),
    })
}

/// One version alone has no other to differ from.
fn breach_of(kind: CheckKind, breach: &StatementChange) -> Value {
    let mut object = change(breach);
    match kind {
        CheckKind::AccessNotGranted => {
            object["witness"] = json!({ "request": object["witness"]["request"], "decision": "allowed" });
        }
        CheckKind::Equivalent | CheckKind::NoNewAccess => object["turn"] = turn(breach.turn).into(),
    }
    object
}
