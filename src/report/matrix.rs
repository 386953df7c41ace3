//! What `matrix` prints: how much each may do; every decision as CSV, Markdown, a page or JSON lines.

use std::borrow::Cow;

use serde_json::json;

use super::html::{ToldInRows, rows_page};
use super::rows::ReportRows;
use super::style::{Format, Style, Tone};
use super::table;
use crate::audit::{Matrix, MatrixColumn, MatrixRequest};
use crate::explain::Verdict;
use crate::layout::wrap;

/// How many cells a text shows one by one, at most.
const SHOWN: usize = 60;

/// How many a page shows one by one, at most.
const SHOWN_ON_A_PAGE: usize = 20_000;

/// Renders decisions for many principals and requests.
pub fn matrix(found: &Matrix, style: &Style) -> String {
    if style.format == Format::Json {
        return lines(found);
    }
    let (who, what) = (found.columns.len(), found.requests.len());
    let is_small = who * what <= SHOWN;
    let shown = if is_small { cells(found) } else { counts(found) };
    let header: Vec<&str> = shown.header.iter().map(String::as_str).collect();
    let closing = match is_small {
        true => String::new(),
        false => wrap(IN_FULL, style.width).join("\n") + "\n",
    };
    let first = format!("{}\n{}\n\n", first_line(found), says(found));
    format!("{first}{}\n{closing}", table(&header, &shown.rows, style)).trim_end().to_owned() + "\n"
}

/// Renders decisions as a page, one by one where they are not too many; `question` is what was asked.
pub fn matrix_page(found: &Matrix, question: &str, catalog: &str) -> String {
    let (who, what) = (found.columns.len(), found.requests.len());
    let is_small = who * what <= SHOWN_ON_A_PAGE;
    let told = ToldInRows {
        verdict: first_line(found),
        tone: Tone::Open,
        says: says(found),
        drawing: String::new(),
        rows: if is_small { cells(found) } else { counts(found) },
        closing: if is_small { String::new() } else { IN_FULL.to_owned() },
    };
    rows_page(&told, question, catalog)
}

const IN_FULL: &str = "`--format csv` and `--format json` tell each decision";

fn first_line(found: &Matrix) -> String {
    format!("{} allowed", allowed(found))
}

fn says(found: &Matrix) -> String {
    let count =
        |count: usize, one: &str| if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") };
    let (who, what) = (found.columns.len(), found.requests.len());
    format!("of {} for {}", count(who * what, "decision"), count(who, "principal"))
}

fn allowed(found: &Matrix) -> usize {
    found.columns.iter().map(|column| of(column, Verdict::Allowed)).sum()
}

fn of(column: &MatrixColumn, verdict: Verdict) -> usize {
    column.verdicts.iter().filter(|one| **one == verdict).count()
}

/// Every decision: a row for each request, a column for each principal.
pub fn matrix_rows(found: &Matrix) -> ReportRows {
    let principals = found.columns.iter().map(|column| column.principal.lasting_arn());
    let header = ["action", "resource"].map(str::to_owned).into_iter().chain(principals).collect();
    let row = |(at, request): (usize, &MatrixRequest)| {
        let what = [request.action.to_string(), resource(request).to_owned()].map(Cow::Owned);
        let verdicts = found.columns.iter().map(|column| Cow::Borrowed(word(column.verdicts[at])));
        what.into_iter().chain(verdicts).collect()
    };
    ReportRows { header, rows: found.requests.iter().enumerate().map(row).collect() }
}

/// Every decision: a row each.
fn cells(found: &Matrix) -> ReportRows {
    let of_column = |column: &MatrixColumn| {
        let cell = |(request, verdict): (&MatrixRequest, &Verdict)| {
            let (account, action) = (column.account.clone().unwrap_or_default(), request.action.to_string());
            [word(*verdict).to_owned(), column.name.clone(), account, action, resource(request).to_owned()]
        };
        found.requests.iter().zip(&column.verdicts).map(cell).collect::<Vec<_>>()
    };
    ReportRows::new(["", "who", "account", "action", "resource"], found.columns.iter().flat_map(of_column))
}

/// How many requests of each principal are decided how.
fn counts(found: &Matrix) -> ReportRows {
    let row = |column: &MatrixColumn| {
        let [allowed, depends] = [Verdict::Allowed, Verdict::Depends].map(|verdict| of(column, verdict));
        let account = column.account.clone().unwrap_or_default();
        let denied = column.verdicts.len() - allowed - depends;
        [column.name.clone(), account, allowed.to_string(), depends.to_string(), denied.to_string()]
    };
    ReportRows::new(["who", "account", "allowed", "depends", "denied"], found.columns.iter().map(row))
}

fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Allowed | Verdict::Depends => verdict.word(),
        Verdict::ExplicitDeny | Verdict::ImplicitDeny => "denied",
    }
}

fn resource(request: &MatrixRequest) -> &str {
    request.resource.as_deref().unwrap_or("*")
}

/// A line for each request, with those who are allowed it and those for whom it depends.
fn lines(found: &Matrix) -> String {
    let names: Vec<String> = found.columns.iter().map(|column| column.principal.lasting_arn()).collect();
    let line = |(at, request): (usize, &MatrixRequest)| {
        let who = |verdict| {
            let columns =
                found.columns.iter().zip(&names).filter(move |(one, _)| one.verdicts[at] == verdict);
            columns.map(|(_, name)| name.as_str()).collect::<Vec<_>>()
        };
        let (allowed, depends) = (who(Verdict::Allowed), who(Verdict::Depends));
        let line = json!({
            "action": request.action, "resource": resource(request), "allowed": allowed, "depends": depends,
            "asked": names.len(),
        });
        format!("{line}\n")
    };
    found.requests.iter().enumerate().map(line).collect()
}
