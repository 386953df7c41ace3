//! What `who-can` prints: how many, then each with the account and by what.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::html::{ToldInRows, rows_page};
use super::role_chain::{chain_in_words, chain_word, chains_data, more_through_roles, roles};
use super::rows::ReportRows;
use super::style::{Format, Style, Tone};
use super::table;
use super::who_can_covered::{covered_rows, covered_words, who_can_covered};
use crate::audit::{Access, RoleChain, WhoCan, WhoCanCovered};
use crate::explain::Verdict;
use crate::layout::wrap;
use crate::world::Principal;

/// What `who-can` says of one resource, or of all that patterns cover.
#[derive(Clone, Debug)]
pub enum WhoCanAnswer {
    /// Of one action on one resource.
    One(Box<WhoCan>),
    /// Of all that patterns cover.
    Covered(Box<WhoCanCovered>),
}

/// Renders the answers for several resources one after the other.
pub fn who_can_answers(found: &[WhoCanAnswer], catalog: &str, style: &Style) -> String {
    let one = |answer: &WhoCanAnswer| match answer {
        WhoCanAnswer::One(found) => who_can(found, catalog, style),
        WhoCanAnswer::Covered(found) => who_can_covered(found, catalog, style),
    };
    let between = if style.format == Format::Json { "" } else { "\n" };
    found.iter().map(one).collect::<Vec<_>>().join(between)
}

/// Renders the answers as a page; `question` is what was asked.
pub fn who_can_page(found: &[WhoCanAnswer], question: &str, catalog: &str) -> String {
    let said = |answer: &WhoCanAnswer| match answer {
        WhoCanAnswer::One(found) => (count(found), says(found), found.assumed.join("; ")),
        WhoCanAnswer::Covered(found) => covered_words(found, catalog),
    };
    let said: Vec<(String, String, String)> = found.iter().map(said).collect();
    let (verdict, says) = match &said[..] {
        [(verdict, says, _)] => (verdict.clone(), says.clone()),
        several => (
            format!("{} resources", several.len()),
            several.iter().map(|(count, says, _)| format!("{count} {says}")).collect::<Vec<_>>().join("; "),
        ),
    };
    let closing = said.last().map(|(.., closing)| closing.clone()).unwrap_or_default();
    let (tone, rows) = (Tone::Open, who_can_rows(found));
    rows_page(&ToldInRows { verdict, tone, says, drawing: String::new(), rows, closing }, question, catalog)
}

/// A row for everybody who may do something, and for each statement by which they may.
pub fn who_can_rows(found: &[WhoCanAnswer]) -> ReportRows {
    let of = |answer: &WhoCanAnswer| match answer {
        WhoCanAnswer::One(found) => one_rows(found),
        WhoCanAnswer::Covered(found) => covered_rows(found),
    };
    ReportRows::new(
        ["decision", "principal", "account", "actions", "resource", "why", "through roles"],
        found.iter().flat_map(of),
    )
}

fn one_rows(found: &WhoCan) -> Vec<[String; 7]> {
    let on = found.resource.clone().unwrap_or_else(|| "*".to_owned());
    let row = |word: &str, who: &Principal, account: &Option<String>, why: String, roles: String| {
        [
            word.to_owned(),
            who.lasting_arn(),
            self::account(account),
            found.action.clone(),
            on.clone(),
            why,
            roles,
        ]
    };
    let direct =
        |one: &Access| row(one.verdict.word(), &one.principal, &one.account, reason(one), String::new());
    let through = |chain: &RoleChain| {
        row(chain_word(chain), &chain.principal, &chain.account, chain_in_words(chain), roles(chain))
    };
    let chains = found.through_roles.iter().flatten().map(through);
    found.access.iter().map(direct).chain(chains).collect()
}

/// Renders everybody who may do something.
fn who_can(found: &WhoCan, catalog: &str, style: &Style) -> String {
    if style.format == Format::Json {
        return format!("{}\n", data(found, catalog));
    }
    let mut blocks = vec![format!("{}\n{}", count(found), wrap(&says(found), style.width).join("\n"))];
    if !found.access.is_empty() || found.through_roles.iter().any(|chains| !chains.is_empty()) {
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
    let through = more_through_roles(found.through_roles.as_ref());
    let asked = found.asked;
    format!("may call {}{on}{more}{through}; {asked} root users, users and roles were asked", found.action)
}

fn rows(found: &WhoCan, style: &Style) -> String {
    let direct =
        |one: &Access| [one.verdict.word().to_owned(), one.name.clone(), account(&one.account), reason(one)];
    let through = |chain: &RoleChain| {
        [chain_word(chain).to_owned(), chain.name.clone(), account(&chain.account), chain_in_words(chain)]
    };
    let chains = found.through_roles.iter().flatten().map(through);
    let rows: Vec<[String; 4]> = found.access.iter().map(direct).chain(chains).collect();
    with_account(["", "who", "account", "why"], rows, style)
}

pub(super) fn account(account: &Option<String>) -> String {
    account.clone().unwrap_or_default()
}

/// A table whose third column is the account: it is left out where no two rows have different ones.
pub(super) fn with_account<const N: usize>(
    header: [&str; N],
    rows: Vec<[String; N]>,
    style: &Style,
) -> String {
    let accounts: BTreeSet<&str> = rows.iter().map(|row| &*row[2]).filter(|id| !id.is_empty()).collect();
    let left_out = if accounts.len() > 1 { N } else { 2 };
    let shown = |at: &usize| *at != left_out;
    let header: Vec<&str> = (0..N).filter(shown).map(|at| header[at]).collect();
    let cells = |row: &[String; N]| (0..N).filter(shown).map(|at| row[at].clone()).collect();
    let rows: Vec<Vec<String>> = rows.iter().map(cells).collect();
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
        "through_roles": chains_data(found.through_roles.as_ref()),
        "asked": found.asked,
        "assumed": found.assumed,
        "warnings": found.warnings,
        "catalog": catalog,
    })
}
