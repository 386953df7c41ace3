//! What `what-can` prints: how many actions, a table of services and access levels, then what each statement allows.

use serde_json::{Map, Value, json};

use super::about_all::ToldEntry;
use super::difference::{actions_of, because, exception, place, request, request_data, scope};
use super::exactness::{closing, exactness};
use super::rows::ReportRows;
use super::style::{Format, Style};
use super::table;
use crate::audit::{ByLevel, WhatCan};
use crate::catalog::AccessLevel;
use crate::layout::wrap;
use crate::reason::StatementChange;

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
    let closing = closing(&found.granted.caveats, &assumed(found), catalog);
    blocks.push(wrap(&closing, style.width).join("\n"));
    format!("{}\n", blocks.join("\n\n"))
}

/// A row for each statement that allows something.
pub fn what_can_rows(found: &WhatCan) -> ReportRows {
    ReportRows::of_entries(&found.granted.changes.iter().map(entry).collect::<Vec<_>>())
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
        0 => return format!("no policy of {} allows it anything", found.who),
        1 => "1 service".to_owned(),
        several => format!("{several} services"),
    };
    format!("of {services} are allowed to {}, each on some resource and at some time at least", found.who)
}

/// What is not looked at here.
fn assumed(found: &WhatCan) -> Vec<&str> {
    let own = "what policies of resources allow beside its own is not looked at: ask `who-can`";
    found.granted.assumed.iter().map(String::as_str).chain([own]).collect()
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
    rows.extend(change.except.iter().map(|limit| ("except", exception(limit))));
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
        "exactness": exactness(&found.granted.caveats, &assumed(found)),
        "catalog": catalog,
    })
}
