//! The annotations of GitHub Actions: workflow commands on standard output.

use crate::source::{Diagnostic, one_line, printable};

pub(super) fn annotation(word: &str, diagnostic: &Diagnostic, title: &str, details: &str) -> String {
    let at = diagnostic.labels.first().map(|label| {
        let start = label.place.line_column();
        let file = property(label.place.source.name());
        format!("file={file},line={},col={},", start.line, start.column)
    });
    let (at, title) = (at.unwrap_or_default(), property(title));
    format!("::{word} {at}title={title}::{}\n", data(details.trim_end()))
}

/// What stands behind `::`.
pub(super) fn data(text: &str) -> String {
    printable(text).replace('%', "%25").replace('\n', "%0A")
}

/// What stands behind `name=`.
pub(super) fn property(text: &str) -> String {
    data(&one_line(text)).replace(':', "%3A").replace(',', "%2C")
}
