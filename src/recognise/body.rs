//! The body of an answer in XML or JSON, where it carries a message.

use crate::source::Source;
use crate::syntax::json::{Cursor, parse_json};

/// The message in a body, with its code in brackets; nothing in a text that holds no body.
pub(super) fn message_in(text: &str) -> Option<String> {
    in_xml(text).or_else(|| in_json(text))
}

/// `<Error><Code>AccessDenied</Code><Message>…</Message>…`
fn in_xml(text: &str) -> Option<String> {
    let message = unescaped(element(text, "Message")?);
    Some(match element(text, "Code") {
        Some(code) => format!("({}): {message}", code.trim()),
        None => message,
    })
}

fn element<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let (_, behind) = text.split_once(&format!("<{name}>"))?;
    Some(behind.split_once(&format!("</{name}>"))?.0)
}

fn unescaped(text: &str) -> String {
    const ENTITIES: [(&str, &str); 7] = [
        ("&quot;", "\""),
        ("&#34;", "\""),
        ("&apos;", "'"),
        ("&#39;", "'"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
    ];
    ENTITIES.iter().fold(text.to_owned(), |text, (entity, letter)| text.replace(entity, letter))
}

/// `{"Message": "User: …"}`, also behind other text, and inside of `Error`.
fn in_json(text: &str) -> Option<String> {
    let at = text.find('{')?;
    let source = Source::new("<pasted>", text.get(at..)?.trim_end_matches(['\'', ')', '.']));
    let parsed = parse_json(&source);
    let tree = parsed.value.filter(|_| parsed.diagnostics.is_empty())?;
    let root = tree.root();
    let inner = ["Error", "error"].iter().find_map(|name| root.member(name)).unwrap_or(root);
    let message = one_of(inner, &["Message", "message", "errorMessage", "ErrorMessage"])?;
    let code = one_of(inner, &["Code", "code", "__type", "errorCode"]);
    Some(match code {
        Some(code) => format!("({}): {message}", code.rsplit('#').next().unwrap_or_default()),
        None => message,
    })
}

fn one_of(object: Cursor<'_>, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| object.member(name)?.string()).map(|text| text.into_owned())
}
