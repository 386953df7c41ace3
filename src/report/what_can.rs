//! What `what-can` prints: how many actions, a table of services and access levels, then what each statement allows.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::about_all::ToldEntry;
use super::difference::{actions_of, because, exceptions, place, request, request_data, scope};
use super::exactness::{closing, exactness};
use super::html::{ToldInRows, rows_page};
use super::rows::ReportRows;
use super::style::{Format, Style, Tone};
use super::table;
use crate::audit::{ByLevel, WhatCan};
use crate::catalog::AccessLevel;
use crate::layout::wrap;
use crate::reason::{Caveat, PolicyDifference, ResourceGrant, StatementChange};

/// How many services and how many statements are shown, at most; of the others the number is told.
const SHOWN: usize = 10;

/// Renders what a principal may do.
pub fn what_can(found: &WhatCan, catalog: &str, style: &Style) -> String {
    if style.format == Format::Json {
        return format!("{}\n", data(found, catalog));
    }
    if let Some(own_right) = &found.own_right {
        return format!("everything\n{}\n", wrap(own_right, style.width).join("\n"));
    }
    let mut blocks = vec![format!("{}\n{}", count(found), wrap(&says(found), style.width).join("\n"))];
    if !found.services.is_empty() {
        blocks.push(services(found, style));
    }
    let changes = found.granted.changes.iter().take(SHOWN).enumerate();
    blocks.extend(changes.map(|(at, change)| entry(change).text(at + 1, style)));
    let more = found.granted.changes.len().saturating_sub(SHOWN);
    blocks.extend((more > 0).then(|| format!("and {more} more; `--format json` tells all")));
    blocks.extend(of_resources(found, style));
    let closing = closing(&caveats(found), &assumed(found), catalog);
    blocks.push(wrap(&closing, style.width).join("\n"));
    format!("{}\n", blocks.join("\n\n"))
}

/// Renders what a principal may do as a page; `question` is what was asked.
pub fn what_can_page(found: &WhatCan, question: &str, catalog: &str) -> String {
    let (verdict, says) = match &found.own_right {
        Some(own_right) => ("everything".to_owned(), own_right.clone()),
        None => (count(found), says(found)),
    };
    let told = ToldInRows {
        verdict,
        tone: Tone::Open,
        says,
        drawing: String::new(),
        rows: what_can_rows(found),
        closing: closing(&caveats(found), &assumed(found), catalog),
    };
    rows_page(&told, question, catalog)
}

/// A row for each statement that allows something.
pub fn what_can_rows(found: &WhatCan) -> ReportRows {
    let own = found.granted.changes.iter().map(entry);
    ReportRows::of_entries(&own.chain(resource_entries(found)).collect::<Vec<_>>())
}

/// The first line.
fn count(found: &WhatCan) -> String {
    match found.actions() {
        0 => "nothing".to_owned(),
        1 => "1 action".to_owned(),
        several => format!("{several} actions"),
    }
}

fn says(found: &WhatCan) -> String {
    let services = match found.services.len() {
        0 => return format!("no policy allows {} anything", found.who),
        1 => "1 service".to_owned(),
        several => format!("{several} services"),
    };
    format!("of {services} are allowed to {}, each on some resource and at some time at least", found.who)
}

fn assumed(found: &WhatCan) -> Vec<&str> {
    let all = all_granted(found).flat_map(|granted| &granted.assumed).map(String::as_str);
    all.collect::<BTreeSet<_>>().into_iter().collect()
}

fn caveats(found: &WhatCan) -> Vec<Caveat> {
    all_granted(found)
        .flat_map(|granted| granted.caveats.clone())
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect()
}

fn all_granted(found: &WhatCan) -> impl Iterator<Item = &PolicyDifference> {
    std::iter::once(&found.granted).chain(found.by_resources.iter().map(|one| &one.granted))
}

/// What the policies of resources and roles add.
fn of_resources(found: &WhatCan, style: &Style) -> Vec<String> {
    let entries = resource_entries(found);
    if entries.is_empty() {
        return Vec::new();
    }
    let shown = entries.iter().take(SHOWN).enumerate().map(|(at, entry)| entry.text(at + 1, style));
    let more = entries.len().saturating_sub(SHOWN);
    let more = (more > 0).then(|| format!("and {more} more; `--format json` tells all"));
    std::iter::once("allowed by policies of resources".to_owned()).chain(shown).chain(more).collect()
}

fn resource_entries(found: &WhatCan) -> Vec<ToldEntry> {
    let of = |one: &ResourceGrant| {
        let entry = |change| {
            let told = entry(change);
            ToldEntry { head: format!("{} on {}", told.head, one.resource), ..told }
        };
        one.granted.changes.iter().map(entry).collect::<Vec<_>>()
    };
    found.by_resources.iter().flat_map(of).collect()
}

/// How many actions of each access level, of how many.
fn services(found: &WhatCan, style: &Style) -> String {
    let header = ["service", "list", "read", "write", "tagging", "permissions"];
    let cell = |level: Option<&(usize, usize)>| match level {
        None => String::new(),
        Some((0, _)) => "-".to_owned(),
        Some((may, all)) if may == all => format!("all {all}"),
        Some((may, all)) => format!("{may} of {all}"),
    };
    let row = |(name, levels): (&String, &ByLevel)| {
        let cells = AccessLevel::ALL.iter().map(|level| cell(levels.get(level)));
        std::iter::once(name.clone()).chain(cells).collect::<Vec<_>>()
    };
    let rows: Vec<Vec<String>> = found.services.iter().take(SHOWN).map(row).collect();
    let mut text = table(&header, &rows, style).trim_end().to_owned();
    let more = found.services.len().saturating_sub(SHOWN);
    if more > 0 {
        text += &format!("\nand {more} services more; `--format json` tells all");
    }
    text
}

fn entry(change: &StatementChange) -> ToldEntry {
    let mut rows = Vec::new();
    if let Some(statement) = &change.because {
        rows.push(("by", place(statement)));
        rows.extend(scope(statement));
    }
    rows.extend(exceptions(change));
    rows.push(("as in", request(&change.witness.questions[1])));
    ToldEntry { head: actions_of(change), rows }
}

fn data(found: &WhatCan, catalog: &str) -> Value {
    let change = |change: &StatementChange| {
        json!({
            "actions": change.actions,
            "patterns": change.folded,
            "because": change.because.as_ref().map(because),
            "except": change.except.iter().map(because).collect::<Vec<_>>(),
            "witness": request_data(&change.witness.questions[1]),
        })
    };
    let of_resource = |one: &ResourceGrant| {
        let granted = one.granted.changes.iter().map(change).collect::<Vec<_>>();
        json!({ "resource": one.resource, "granted": granted })
    };
    let levels = |levels: &ByLevel| {
        let cell = |level: &AccessLevel| {
            let (may, all) = levels.get(level).copied().unwrap_or_default();
            (level.name().to_owned(), json!({"allowed": may, "all": all}))
        };
        AccessLevel::ALL.iter().map(cell).collect::<Map<String, Value>>()
    };
    json!({
        "principal": found.arn,
        "own_right": found.own_right,
        "services": found.services.iter().map(|(name, of)| (name.clone(), levels(of).into())).collect::<Map<String, Value>>(),
        "granted": found.granted.changes.iter().map(change).collect::<Vec<_>>(),
        "granted_by_resources": found.by_resources.iter().map(of_resource).collect::<Vec<_>>(),
        "exactness": exactness(&caveats(found), &assumed(found)),
        "catalog": catalog,
    })
}
