//! Lines behind a label in the left margin: `why 1    bucket policy of …`.

use super::style::{Style, Tone};
use crate::layout::{fill, width};
use crate::source::one_line;

/// The columns of the margin.
pub(super) const LABEL: usize = 9;

/// A text behind a label, cut to the surface.
pub(super) fn block(label: &str, text: &str, style: &Style) -> Vec<String> {
    let lead =
        format!("{label}{}", blank(LABEL.saturating_sub(width(label)).max(usize::from(!label.is_empty()))));
    let mut lines = fill(&one_line(text), style.width, &lead, &blank(LABEL));
    if let Some(first) = lines.first_mut().filter(|_| !label.is_empty()) {
        *first = first.replacen(label, &style.paint(Tone::Strong, label), 1);
    }
    lines
}

pub(super) fn blank(columns: usize) -> String {
    " ".repeat(columns)
}
