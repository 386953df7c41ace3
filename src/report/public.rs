//! What `check public` prints: the word, then what strangers may do, each by one statement with a request.

use serde_json::{Value, json};

use super::about_all::{ToldEntry, ToldOfAll};
use super::difference::{actions, because, exception, place, request, request_data, scope};
use super::exactness::{closing, exactness};
use super::html::about_all_page;
use super::style::{Format, Style, Tone};
use crate::reason::{PatternPart, PatternReason, PublicAccess, PublicVerdict, Stranger};

/// How many parts are shown, at most; of the others the number is told.
const SHOWN: usize = 10;

/// Renders what strangers may do with a resource.
pub fn public(access: &PublicAccess, catalog: &str, style: &Style) -> String {
    match style.format {
        Format::Json => format!("{}\n", data(access)),
        _ => of_public(access, catalog).text(style),
    }
}

/// Renders what strangers may do with a resource as a page; `question` is what was asked.
pub fn public_page(access: &PublicAccess, question: &str, catalog: &str) -> String {
    about_all_page(&of_public(access, catalog), question, catalog)
}

fn of_public(access: &PublicAccess, catalog: &str) -> ToldOfAll {
    let verdict = access.verdict();
    ToldOfAll {
        verdict: verdict.word(),
        tone: match verdict {
            PublicVerdict::Private => Tone::Good,
            PublicVerdict::Public => Tone::Bad,
            PublicVerdict::Unknown => Tone::Open,
        },
        says: vec![says(access)],
        entries: access.parts.iter().map(|(stranger, part)| told(*stranger, part)).collect(),
        shown: SHOWN,
        closing: closing(&access.caveats, &access.assumed, catalog),
    }
}

fn says(access: &PublicAccess) -> String {
    let resource = &access.resource;
    match access.verdict() {
        PublicVerdict::Private => format!("no stranger is allowed anything on {resource}"),
        PublicVerdict::Public => format!("strangers are allowed something on {resource}"),
        PublicVerdict::Unknown => format!(
            "nothing was found that strangers are allowed on {resource}, and not everything was looked at"
        ),
    }
}

fn told(stranger: Stranger, part: &PatternPart) -> ToldEntry {
    let list = actions(&part.folded, part.actions.len());
    let mut rows = Vec::new();
    if let PatternReason::Statement(statement) = &part.reason {
        rows.push(("by", format!("{}, allows it", place(statement))));
        rows.extend(scope(statement));
    }
    rows.extend(part.except.iter().map(|limit| ("except", exception(limit))));
    let by = match stranger {
        Stranger::Anonymous => String::new(),
        Stranger::Outsider => format!(" by {}", part.witness.principal.arn()),
    };
    rows.push(("as in", format!("{}{by}", request(&part.witness))));
    rows.push(("", "allowed, decided by the engine".to_owned()));
    ToldEntry { head: format!("{}  {list}", stranger.word()), rows }
}

fn data(access: &PublicAccess) -> Value {
    let part = |(stranger, part): &(Stranger, PatternPart)| {
        let statement = match &part.reason {
            PatternReason::Statement(statement) => because(statement),
            _ => Value::Null,
        };
        json!({
            "to": stranger.word(),
            "actions": part.actions,
            "patterns": part.folded,
            "because": statement,
            "except": part.except.iter().map(because).collect::<Vec<_>>(),
            "witness": {
                "principal": part.witness.principal.arn(),
                "request": request_data(&part.witness),
                "decision": "allowed",
            },
        })
    };
    json!({
        "check": "public",
        "verdict": access.verdict().word(),
        "resource": access.resource,
        "exactness": exactness(&access.caveats, &access.assumed),
        "public": access.parts.iter().map(part).collect::<Vec<_>>(),
    })
}
