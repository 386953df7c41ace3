//! Structures in options: `Key=team,Value=core`, or JSON.

use serde_json::Value as Json;

use super::given::Arg;
use crate::source::Diagnostic;

/// The fields of a structure, in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Structure(Vec<(String, Json)>);

impl Structure {
    pub(super) fn text(&self, name: &str) -> Option<String> {
        match self.field(name)? {
            Json::String(text) => Some(text.clone()),
            other => Some(other.to_string()),
        }
    }

    pub(super) fn field(&self, name: &str) -> Option<&Json> {
        self.0.iter().find(|(own, _)| own == name).map(|(_, value)| value)
    }

    pub(super) fn fields(&self) -> impl Iterator<Item = (&str, &Json)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }
}

pub(super) fn structures(name: &str, values: &[Arg]) -> Result<Vec<Structure>, Diagnostic> {
    let mut found = Vec::new();
    for value in values {
        let text = value.text.trim();
        let read = if text.starts_with(['{', '[']) {
            of_json(text)
        } else {
            of_shorthand(text).map(|one| vec![one])
        };
        found.extend(read.ok_or_else(|| bad(name, value))?);
    }
    Ok(found)
}

fn bad(name: &str, value: &Arg) -> Diagnostic {
    let what = format!("aws: error: argument --{name}: expected `Key=…,Value=…` or JSON");
    Diagnostic::error("bad-structure", what).at(value.place.clone(), "")
}

fn of_json(text: &str) -> Option<Vec<Structure>> {
    let one = |value: Json| match value {
        Json::Object(fields) => Some(Structure(fields.into_iter().collect())),
        _ => None,
    };
    match serde_json::from_str(text).ok()? {
        Json::Array(items) => items.into_iter().map(one).collect(),
        value => one(value).map(|one| vec![one]),
    }
}

/// `A=b,C="d,e"`: a `,` divides fields outside quotes; what has no `=` goes on a list.
fn of_shorthand(text: &str) -> Option<Structure> {
    let mut fields: Vec<(String, Json)> = Vec::new();
    for part in parts(text) {
        match part.split_once('=') {
            Some((key, value)) if !key.is_empty() => {
                fields.push((key.trim().to_owned(), Json::String(unquoted(value))));
            }
            Some(_) => return None,
            None => continue_list(fields.last_mut()?, unquoted(part)),
        }
    }
    Some(Structure(fields))
}

/// `A=b,c`: the value was a list.
fn continue_list((_, value): &mut (String, Json), item: String) {
    match value {
        Json::Array(items) => items.push(Json::String(item)),
        one => *one = Json::Array(vec![one.take(), Json::String(item)]),
    }
}

fn parts(text: &str) -> Vec<&str> {
    let (mut quote, mut from, mut found) = (None, 0, Vec::new());
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(open), c) if open == c => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, ',') => {
                found.push(&text[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    found.push(&text[from..]);
    found
}

fn unquoted(value: &str) -> String {
    let inside = |quote: char| value.strip_prefix(quote)?.strip_suffix(quote);
    inside('"').or_else(|| inside('\'')).unwrap_or(value).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shorthand_and_json_say_the_same() {
        let short = of_shorthand("Key=team,Value=\"a,b\"").unwrap();
        assert_eq!(Some(vec![short]), of_json(r#"[{"Key": "team", "Value": "a,b"}]"#));
        assert_eq!(of_shorthand("A=b,c").unwrap().field("A"), Some(&serde_json::json!(["b", "c"])));
        assert_eq!(of_shorthand("=b"), None);
        assert_eq!(of_shorthand("b"), None);
    }
}
