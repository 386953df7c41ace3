//! The page of an answer about all requests.

use super::super::about_all::{ToldEntry, ToldOfAll};
use super::super::style::Tone;
use super::element::{add, list};
use super::frame::page;
use super::prose::prose;

/// Renders an answer about all requests as a self-contained page.
pub(in super::super) fn about_all_page(told: &ToldOfAll, question: &str, catalog: &str) -> String {
    let says: String = told.says.iter().map(|line| format!("<p>{}</p>\n", prose(line))).collect();
    let mut body = format!(
        "<header class=\"{}\">\n<h1>{}</h1>\n<p class=\"headline\">{}</p>\n{says}</header>\n<main>\n",
        class(told.tone),
        told.verdict,
        prose(question)
    );
    if !told.entries.is_empty() {
        let entries = list("ol", told.entries.iter().map(entry));
        add(&mut body, format_args!("<section>\n{entries}</section>\n"));
    }
    add(&mut body, format_args!("<section>\n<p>{}</p>\n</section>\n</main>\n", prose(&told.closing)));
    let title = format!("{}: {question}", told.verdict);
    page(&title, body, catalog)
}

fn entry(entry: &ToldEntry) -> String {
    let rows = entry.rows.iter().map(|(label, text)| format!("<dt>{label}</dt><dd>{}</dd>", prose(text)));
    format!("<li><p>{}</p>\n{}</li>", prose(&entry.head), list("dl", rows))
}

pub(super) fn class(tone: Tone) -> &'static str {
    match tone {
        Tone::Good => "good",
        Tone::Bad => "bad",
        Tone::Open | Tone::Strong | Tone::Faint => "open",
    }
}
