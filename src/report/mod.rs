//! What people see.

use crate::explain::{Explanation, Verdict};
use crate::source::{Diagnostic, Severity};

/// The form of an output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For a terminal.
    Text,
    /// For a pipe.
    Plain,
    /// For programs.
    Json,
}

/// How to render.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// The form.
    pub format: Format,
    /// Whether colours are wanted.
    pub colour: bool,
    /// The width in columns.
    pub width: usize,
}

/// Renders diagnostics.
pub fn diagnostics(list: &[Diagnostic], _: &Style) -> String {
    let mut out = String::new();
    for one in list {
        let kind = match one.severity {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        };
        let at = one.labels.first().map(|label| {
            let at = label.place.line_column();
            format!("{}:{}:{}: ", label.place.source.name(), at.line, at.column)
        });
        out += &format!("{}{kind}: {}\n", at.unwrap_or_default(), one.message);
        if let Some(help) = &one.help {
            out += &format!("  help: {help}\n");
        }
    }
    out
}

/// Renders a verdict.
pub fn verdict(e: &Explanation, style: &Style) -> String {
    if style.format == Format::Json {
        return serde_json::to_string(&e.answer).unwrap_or_default() + "\n";
    }
    let kind = match e.answer.decision {
        Verdict::Allowed => "allowed",
        Verdict::ExplicitDeny => "explicit deny",
        Verdict::ImplicitDeny => "implicit deny",
        Verdict::Depends => "depends",
    };
    let by =
        e.answer.because.first().map(|b| {
            format!("{} {} {:?}", b.policy_type, b.policy.as_deref().unwrap_or_default(), b.statement)
        });
    let by = by.or(e.answer.gate.as_ref().map(|gate| gate.name.to_owned())).unwrap_or_default();
    format!("{}\n{kind}: {by}\n", e.answer.decision.word())
}

/// Renders an explanation.
pub fn explanation(e: &Explanation, style: &Style) -> String {
    verdict(e, style) + &e.answer.message.clone().map(|m| m + "\n").unwrap_or_default()
}

/// Renders a table.
pub fn table(header: &[&str], rows: &[Vec<String>], _: &Style) -> String {
    let mut out = header.join("  ") + "\n";
    for row in rows {
        out += &(row.join("  ") + "\n");
    }
    out
}
