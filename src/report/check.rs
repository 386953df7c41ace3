//! What `check` prints: the word, then a request for which it does not hold.

use serde_json::{Value, json};

use super::about_all::ToldOfAll;
use super::difference::{Sides, change, told, turn};
use super::exactness::{closing, exactness};
use super::html::about_all_page;
use super::rows::ReportRows;
use super::style::{Format, Style, Tone};
use crate::reason::{Check, CheckKind, CheckVerdict, StatementChange};

/// Of who is granted something, and by what, how much is shown, at most.
const SHOWN: usize = 5;

/// Renders a check.
pub fn check(check: &Check, catalog: &str, style: &Style) -> String {
    match style.format {
        Format::Json => format!("{}\n", json(check)),
        _ => of_check(check, catalog).text(style),
    }
}

/// Renders a check as a page; `question` is what was asked.
pub fn check_page(check: &Check, question: &str, catalog: &str) -> String {
    about_all_page(&of_check(check, catalog), question, catalog)
}

/// A row for each statement that breaks a check.
pub fn check_rows(check: &Check, catalog: &str) -> ReportRows {
    of_check(check, catalog).rows()
}

fn of_check(check: &Check, catalog: &str) -> ToldOfAll {
    let breaches = &check.breaches;
    let (sides, shown) = match check.kind {
        CheckKind::AccessNotGranted => (Sides::NewAlone, SHOWN),
        CheckKind::Equivalent | CheckKind::NoNewAccess => (Sides::Both, 1),
    };
    ToldOfAll {
        verdict: check.verdict().word(),
        tone: tone(check.verdict()),
        says: vec![says(check).to_owned()],
        entries: breaches.changes.iter().map(|change| told(change, sides)).collect(),
        shown,
        closing: closing(&breaches.caveats, &breaches.assumed, catalog),
    }
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
