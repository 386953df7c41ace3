//! SARIF 2.1.0: what every report in it has.

use serde_json::{Value, json};

use crate::source::Label;

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// A log of one run.
pub(super) fn log(rules: &[Value], results: &[Value]) -> String {
    let driver = json!({"name": "iamwhy", "version": env!("CARGO_PKG_VERSION"), "rules": rules});
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}],
    });
    format!("{log:#}\n")
}

pub(super) fn related(number: usize, label: &Label) -> Value {
    let mut place = location(label);
    place["id"] = json!(number);
    if !label.text.is_empty() {
        place["message"] = json!({"text": label.text});
    }
    place
}

pub(super) fn location(label: &Label) -> Value {
    let place = &label.place;
    let (start, end) = (place.line_column(), place.source.line_column(place.span.end));
    json!({"physicalLocation": {
        "artifactLocation": {"uri": uri(place.source.name())},
        "region": {
            "startLine": start.line, "startColumn": start.column,
            "endLine": end.line, "endColumn": end.column,
        },
    }})
}

/// A path as a relative or absolute URI reference.
fn uri(path: &str) -> String {
    let mut uri = String::new();
    for byte in path.replace('\\', "/").bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b'~' => {
                uri.push(byte.into())
            }
            other => uri.push_str(&format!("%{other:02X}")),
        }
    }
    uri
}
