//! Where a finding stands: the way to it through the JSON of the policy, and its span.

use serde_json::{Value, json};

use crate::source::{Source, Span};
use crate::syntax::json::{Cursor, Kind};

/// A location, as the API writes one.
pub(super) fn location(root: Option<Cursor<'_>>, source: &Source, span: Span) -> Value {
    let mut path = Vec::new();
    if let Some(root) = root {
        descend(root, span, &mut path);
    }
    json!({
        "path": path,
        "span": {"start": position(source, span.start), "end": position(source, span.end)},
    })
}

/// The way from a value to what a span holds in it; a policy is read to a depth that is bounded.
fn descend(value: Cursor<'_>, span: Span, path: &mut Vec<Value>) {
    let holds = |outer: Span| outer.start <= span.start && span.end <= outer.end;
    match value.kind() {
        Kind::Array => {
            let found = value.items().enumerate().find(|(_, item)| holds(item.span()));
            if let Some((index, item)) = found {
                path.push(json!({ "index": index }));
                descend(item, span, path);
            }
        }
        Kind::Object => {
            for (key, member) in value.members() {
                let name = key.string().unwrap_or_default();
                if holds(key.span()) {
                    return path.push(json!({ "key": name }));
                }
                if holds(member.span()) {
                    path.push(json!({ "value": name }));
                    return descend(member, span, path);
                }
            }
        }
        _ => path.extend(substring(value, span)),
    }
}

/// The part of a text that a span holds, counted in characters.
fn substring(value: Cursor<'_>, span: Span) -> Option<Value> {
    value.plain_string()?;
    let inside = value.span().inside();
    let is_part = inside.start <= span.start
        && span.end <= inside.end
        && (inside.start, inside.end) != (span.start, span.end);
    let count = |from, to| value.source().slice(Span::new(from, to)).chars().count();
    is_part.then(|| {
        json!({"substring": {"start": count(inside.start, span.start), "length": count(span.start, span.end)}})
    })
}

/// Lines count from 1, columns and offsets from 0, in characters.
fn position(source: &Source, offset: u32) -> Value {
    let at = source.line_column(offset);
    let before = source.slice(Span::new(0, offset)).chars().count();
    json!({"line": at.line, "column": at.column - 1, "offset": before})
}
