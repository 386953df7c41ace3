//! Reports without colour and drawing.

use super::snippet::{Line, Margin, Snippet, location, snippets, statement};
use super::style::Style;
use crate::explain::Excerpt;
use crate::source::{Diagnostic, Label, Severity, one_line};

/// The most characters of a marked text that are quoted.
const QUOTED: usize = 60;

pub(super) fn diagnostic(diagnostic: &Diagnostic, style: &Style) -> String {
    let severity = severity(diagnostic.severity);
    let title = format!("{severity}[{}]: {}", diagnostic.code, diagnostic.message);
    let marked = |row: &&Line| !row.marks.is_empty();
    let found: Vec<Snippet> = snippets(&diagnostic.labels, style.width);
    let rows = found.iter().flat_map(|snippet| &snippet.rows).filter(marked);
    block(&title, &diagnostic.labels, rows, diagnostic.help.as_deref())
}

pub(super) fn excerpt(excerpt: &Excerpt, style: &Style) -> String {
    let whole = statement(&excerpt.statement, &excerpt.telling, style.width);
    block(&excerpt.title, &excerpt.telling, whole.rows.iter(), excerpt.help.as_deref())
}

pub(super) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "note",
        Severity::Suggestion => "suggestion",
        Severity::Security => "security",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

fn block<'r>(
    title: &str,
    labels: &[Label],
    rows: impl Iterator<Item = &'r Line>,
    help: Option<&str>,
) -> String {
    let mut text = format!("{}\n", one_line(title));
    for label in labels {
        let said = if label.text.is_empty() { String::new() } else { format!(" {}:", one_line(&label.text)) };
        text.push_str(&format!("  {}:{said} {}\n", location(label), quoted(label.place.text())));
    }
    for row in rows {
        match row.margin {
            Margin::Line(number) => text.push_str(&format!("  line {number}: {}\n", row.text.trim())),
            Margin::GoesOn | Margin::LeftOut => text.push_str(&format!("    {}\n", row.text.trim_end())),
        }
    }
    if let Some(help) = help {
        text.push_str(&format!("  help: {}\n", one_line(help)));
    }
    text
}

/// The marked text, its first line and not too much of it.
fn quoted(marked: &str) -> String {
    let line = marked.lines().next().unwrap_or_default();
    let mut text: String = line.chars().take(QUOTED).collect();
    let more = text.len() < marked.len();
    text = one_line(&text).into_owned();
    if more {
        text.push('…');
    }
    if text.is_empty() { "end of text".to_owned() } else { format!("`{text}`") }
}
