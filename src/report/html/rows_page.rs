//! The page of an answer that is a table: the answer first, then rows that are sorted and filtered without a network.

use super::super::rows::ReportRows;
use super::super::style::Tone;
use super::element::add;
use super::frame::page_with_script;
use super::of_all::class;
use super::prose::prose;
use crate::layout::escape;

/// What sorts and filters; without it the rows are there as well.
const SCRIPT: &str = include_str!("rows.js");

/// What is said in a table.
pub(in super::super) struct ToldInRows {
    pub(in super::super) verdict: String,
    pub(in super::super) tone: Tone,
    /// What that means.
    pub(in super::super) says: String,
    /// A drawing, as HTML.
    pub(in super::super) drawing: String,
    pub(in super::super) rows: ReportRows,
    /// How far the answer goes.
    pub(in super::super) closing: String,
}

/// Renders a table as a self-contained page.
pub(in super::super) fn rows_page(told: &ToldInRows, question: &str, catalog: &str) -> String {
    let mut body = format!(
        "<header class=\"{}\">\n<h1>{}</h1>\n<p class=\"headline\">{}</p>\n<p>{}</p>\n</header>\n<main>\n",
        class(told.tone),
        escape(&told.verdict),
        prose(question),
        prose(&told.says)
    );
    if !told.rows.rows.is_empty() {
        body.push_str(&table(&told.rows));
    }
    body.push_str(&told.drawing);
    if !told.closing.is_empty() {
        add(&mut body, format_args!("<section>\n<p>{}</p>\n</section>\n", prose(&told.closing)));
    }
    body.push_str("</main>\n");
    page_with_script(&format!("{}: {question}", told.verdict), body, catalog, SCRIPT)
}

fn table(rows: &ReportRows) -> String {
    let heads = rows.header.iter().map(|title| format!("<th scope=\"col\">{}</th>", escape(title)));
    let heads: String = heads.collect();
    let mut text = format!(
        "<section class=\"scroll\">\n<table class=\"rows\">\n<thead><tr>{heads}</tr></thead>\n<tbody>\n"
    );
    for row in &rows.rows {
        let cells: String =
            rows.cells(row).map(|cell| format!("<td{}>{}</td>", toned(cell), prose(cell))).collect();
        add(&mut text, format_args!("<tr>{cells}</tr>\n"));
    }
    text + "</tbody>\n</table>\n</section>\n"
}

/// The class of a cell that is a verdict.
fn toned(cell: &str) -> String {
    let class = Tone::of_word(cell).map(class);
    class.map_or_else(String::new, |class| format!(" class=\"{class}\""))
}
