//! What `who-can` prints: how many, then each with the account and by what.

use serde_json::{Value, json};

use super::style::{Format, Style};
use super::table;
use crate::audit::{Access, WhoCan};
use crate::explain::Verdict;
use crate::layout::wrap;

/// Renders everybody who may do something.
pub fn who_can(found: &WhoCan, catalog: &str, style: &Style) -> String {
    if style.format == Format::Json {
        return format!("{}\n", data(found, catalog));
    }
    let mut blocks = vec![format!("{}\n{}", count(found), wrap(&says(found), style.width).join("\n"))];
    if !found.access.is_empty() {
        blocks.push(rows(found, style));
    }
    let warnings = found.warnings.iter().map(|warning| format!("warning: {}", warning.message));
    blocks.extend(warnings.map(|warning| wrap(&warning, style.width).join("\n")));
    if !found.assumed.is_empty() {
        blocks.push(wrap(&format!("assumed: {}", found.assumed.join("; ")), style.width).join("\n"));
    }
    format!("{}\n", blocks.join("\n\n"))
}

/// The first line: how many may do it as it was asked.
fn count(found: &WhoCan) -> String {
    match found.always() {
        0 => "nobody".to_owned(),
        1 => "1 principal".to_owned(),
        several => format!("{several} principals"),
    }
}

fn says(found: &WhoCan) -> String {
    let on = found.resource.as_ref().map(|resource| format!(" on {resource}")).unwrap_or_default();
    let more = match found.access.len() - found.always() {
        0 => String::new(),
        open => format!(", {open} more on conditions"),
    };
    let asked = found.asked;
    format!("may call {}{on}{more}; {asked} root users, users and roles were asked", found.action)
}

fn rows(found: &WhoCan, style: &Style) -> String {
    let several = found.access.iter().any(|one| one.account != found.access[0].account);
    let row = |one: &Access| {
        let account = one.account.clone().unwrap_or_default();
        let account = several.then_some(account);
        let reason = reason(one);
        [vec![one.verdict.word().to_owned(), one.name.clone()], account.into_iter().collect(), vec![reason]]
            .concat()
    };
    let mut header = vec!["", "who", "why"];
    if several {
        header.insert(2, "account");
    }
    let rows: Vec<Vec<String>> = found.access.iter().map(row).collect();
    table(&header, &rows, style).trim_end().to_owned()
}

fn reason(one: &Access) -> String {
    match &one.through_group {
        Some(group) if !one.reason.contains(&**group) => format!("{}, through group {group}", one.reason),
        _ => one.reason.clone(),
    }
}

fn data(found: &WhoCan, catalog: &str) -> Value {
    let one = |one: &Access| {
        json!({
            "principal": one.principal.lasting_arn(),
            "account": one.principal.account().map(|account| account.to_string()),
            "decision": one.verdict.word(),
            "reason": one.reason,
            "through_group": one.through_group,
            "with": one.with,
            "outside": one.is_outside,
        })
    };
    let [allowed, depends] = [Verdict::Allowed, Verdict::Depends]
        .map(|verdict| found.access.iter().filter(|one| one.verdict == verdict).map(one).collect::<Vec<_>>());
    json!({
        "action": found.action,
        "resource": found.resource,
        "allowed": allowed,
        "depends": depends,
        "asked": found.asked,
        "assumed": found.assumed,
        "warnings": found.warnings,
        "catalog": catalog,
    })
}
