//! Structures in options: `Key=team,Value=core`, or JSON.

use serde_json::Value as Json;

use super::given::Arg;
use crate::source::Diagnostic;

/// The fields of a structure, in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Structure(Vec<(String, Json)>);

impl Structure {
    /// The structures that a text says, in either form.
    pub(super) fn read(text: &str) -> Option<Vec<Self>> {
        let text = text.trim();
        match text.starts_with(['{', '[']) {
            true => of_json(text),
            false => of_shorthand(text).map(|one| vec![one]),
        }
    }

    /// The texts at a path of fields, `Ebs.Encrypted`; of a list each.
    pub(super) fn at(&self, path: &str) -> Vec<String> {
        let (first, rest) = path.split_once('.').map_or((path, None), |(first, rest)| (first, Some(rest)));
        let items = |value: &Json| value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]);
        let found = self.field(first).map(items).unwrap_or_default().into_iter();
        match rest {
            None => found.map(|one| text_of(&one)).collect(),
            Some(rest) => found.filter_map(structure).flat_map(|one| one.at(rest)).collect(),
        }
    }

    pub(super) fn text(&self, name: &str) -> Option<String> {
        self.field(name).map(text_of)
    }

    pub(super) fn field(&self, name: &str) -> Option<&Json> {
        self.0.iter().find(|(own, _)| own == name).map(|(_, value)| value)
    }

    pub(super) fn fields(&self) -> impl Iterator<Item = (&str, &Json)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }
}

/// A text as it is, anything else as JSON.
pub(super) fn text_of(value: &Json) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn structure(value: Json) -> Option<Structure> {
    match value {
        Json::Object(fields) => Some(Structure(fields.into_iter().collect())),
        _ => None,
    }
}

pub(super) fn structures(name: &str, values: &[Arg]) -> Result<Vec<Structure>, Diagnostic> {
    let mut found = Vec::new();
    for value in values {
        found.extend(Structure::read(&value.text).ok_or_else(|| bad(name, value))?);
    }
    Ok(found)
}

fn bad(name: &str, value: &Arg) -> Diagnostic {
    let what = format!("aws: error: argument --{name}: expected `Key=…,Value=…` or JSON");
    Diagnostic::error("bad-structure", what).at(value.place.clone(), "")
}

fn of_json(text: &str) -> Option<Vec<Structure>> {
    match serde_json::from_str(text).ok()? {
        Json::Array(items) => items.into_iter().map(structure).collect(),
        value => structure(value).map(|one| vec![one]),
    }
}

/// `A=b,C="d,e"`: a `,` divides fields outside quotes and brackets; what has no `=` goes on a list.
fn of_shorthand(text: &str) -> Option<Structure> {
    let mut fields: Vec<(String, Json)> = Vec::new();
    for part in parts(text)? {
        match part.split_once('=').filter(|(key, _)| !key.contains(['{', '[', '"', '\''])) {
            Some((key, value)) if !key.is_empty() => fields.push((key.trim().to_owned(), value_of(value)?)),
            Some(_) => return None,
            None => continue_list(fields.last_mut()?, value_of(part)?),
        }
    }
    Some(Structure(fields))
}

/// A text, a structure `{A=b}` or a list `[a,b]`.
fn value_of(text: &str) -> Option<Json> {
    let inside = |open: char, close: char| text.strip_prefix(open)?.strip_suffix(close);
    if let Some(inside) = inside('{', '}') {
        return Some(Json::Object(of_shorthand(inside)?.0.into_iter().collect()));
    }
    match inside('[', ']') {
        Some("") => Some(Json::Array(Vec::new())),
        Some(items) => parts(items)?.into_iter().map(value_of).collect::<Option<_>>().map(Json::Array),
        None => Some(Json::String(unquoted(text))),
    }
}

/// `A=b,c`: the value was a list.
fn continue_list((_, value): &mut (String, Json), item: Json) {
    match value {
        Json::Array(items) => items.push(item),
        one => *one = Json::Array(vec![one.take(), item]),
    }
}

/// How deep brackets stand in each other, at most.
const DEPTH: usize = 16;

/// What stands between commas; nothing where brackets do not close each other.
fn parts(text: &str) -> Option<Vec<&str>> {
    let (mut quote, mut open, mut from, mut found) = (None, Vec::new(), 0, Vec::new());
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(opened), c) if opened == c => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, '{' | '[') if open.len() < DEPTH => open.push(if c == '{' { '}' } else { ']' }),
            (None, '{' | '[') => return None,
            (None, '}' | ']') => open.pop().filter(|wanted| *wanted == c).map(drop)?,
            (None, ',') if open.is_empty() => {
                found.push(&text[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    found.push(&text[from..]);
    open.is_empty().then_some(found)
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
        let nested = of_shorthand("ResourceType=volume,Tags=[{Key=a,Value=b},{Key=c,Value=d}]").unwrap();
        assert_eq!(
            nested.field("Tags"),
            Some(&serde_json::json!([{"Key": "a", "Value": "b"}, {"Key": "c", "Value": "d"}]))
        );
        assert_eq!(of_shorthand("Ebs={Encrypted=true}").unwrap().at("Ebs.Encrypted"), ["true"]);
        assert_eq!((of_shorthand("A={b"), of_shorthand("A=b}"), of_shorthand("A=[}]")), (None, None, None));
        assert_eq!(of_shorthand("=b"), None);
        assert_eq!(of_shorthand("b"), None);
    }
}
