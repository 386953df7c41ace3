//! Answers in XML, as the query protocol writes them: the members of lists are `member`, those of maps `entry`.

use serde_json::{Map, Value};

use crate::syntax::percent;

/// The fields that are maps: any name may stand in them, so names are texts.
const MAPS: [&str; 3] = ["SummaryMap", "EvalDecisionDetails", "Attributes"];

/// The fields that hold a policy, which is sent percent-encoded.
const DOCUMENTS: [&str; 3] = ["AssumeRolePolicyDocument", "PolicyDocument", "Document"];

/// Writes fields, one element each. A list stands there even where it is empty: clients look it up.
pub(super) fn fields(all: &Map<String, Value>, out: &mut String) {
    all.iter().filter(|(_, value)| !value.is_null()).for_each(|(name, value)| element(name, value, out));
}

/// Writes an element.
fn element(name: &str, value: &Value, out: &mut String) {
    open(name, out);
    match value {
        Value::Object(map) if MAPS.contains(&name) => entries(map, out),
        Value::Object(_) if DOCUMENTS.contains(&name) => text(&percent::encode(&value.to_string()), out),
        Value::Object(map) => fields(map, out),
        Value::Array(items) => items.iter().for_each(|item| element("member", item, out)),
        Value::String(own) => text(own, out),
        other => out.push_str(&other.to_string()),
    }
    close(name, out);
}

/// Writes fields as S3 does: `Buckets` holds a `Bucket` for each.
pub(super) fn s3_fields(all: &Map<String, Value>, out: &mut String) {
    for (name, value) in all {
        match (name.strip_suffix('s'), value) {
            (Some(one), Value::Array(items)) => {
                open(name, out);
                items.iter().for_each(|item| element(one, item, out));
                close(name, out);
            }
            _ => element(name, value, out),
        }
    }
}

fn entries(map: &Map<String, Value>, out: &mut String) {
    for (key, value) in map {
        open("entry", out);
        element("key", &key.as_str().into(), out);
        element("value", value, out);
        close("entry", out);
    }
}

pub(super) fn open(name: &str, out: &mut String) {
    out.extend(["<", name, ">"]);
}

pub(super) fn close(name: &str, out: &mut String) {
    out.extend(["</", name, ">"]);
}

/// Writes a text; what XML cannot hold is the sign for what is not known.
pub(super) fn text(own: &str, out: &mut String) {
    for c in own.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\r' => out.push_str("&#xD;"),
            '\t' | '\n' => out.push(c),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
}
