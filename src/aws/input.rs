//! `--cli-input-json`: the options of a call as one JSON object, inline or in a file.

use super::given::{Arg, Given};
use super::names::kebab;
use super::signature::Parameter;
use crate::session::Failure;
use crate::source::{Diagnostic, Place, Span};
use crate::syntax::json::{Cursor, Kind, parse_json_in};

pub(super) const NAME: &str = "cli-input-json";

/// Adds the options that a JSON object holds; what the line itself gives wins.
pub(super) fn add(given: &mut Given, parameters: &[Parameter], input: &Arg) -> Result<(), Failure> {
    let parsed = parse_json_in(&input.whole.source, input.whole.span);
    let tree = parsed.value.filter(|_| parsed.diagnostics.is_empty()).ok_or(parsed.diagnostics)?;
    if tree.root().kind() != Kind::Object {
        let what = format!(
            "aws: error: argument --{NAME}: expected an object such as `{{\"UserName\": \"carol\"}}`"
        );
        return Err(Diagnostic::error("bad-structure", what).at(tree.root().place(), "").into());
    }
    for (key, value) in tree.root().members() {
        let name = kebab(&key.string().unwrap_or_default());
        let parameter =
            parameters.iter().find(|one| one.name == name).ok_or_else(|| unknown_at(key, parameters))?;
        if given.all(&name).is_none() && value.raw() != "false" {
            given.add(&name, values(parameter, value, &input.place), input.place.clone())?;
        }
    }
    Ok(())
}

/// The values of an option: a list of texts is several, a structure stays JSON, `true` is the option alone.
fn values(parameter: &Parameter, value: Cursor<'_>, place: &Place) -> Vec<Arg> {
    let texts = value.kind() == Kind::Array && value.items().all(Cursor::is_string);
    match value.raw() {
        "true" if parameter.takes.is_empty() => Vec::new(),
        _ if texts => value.items().map(|item| one(item, place)).collect(),
        _ => vec![one(value, place)],
    }
}

/// What is said of a parameter that a request lacks.
pub(super) fn missing(parameter: &Parameter) -> Diagnostic {
    let what = format!(
        "Parameter validation failed: Missing required parameter in input: \"{}\"",
        pascal(parameter.name)
    );
    Diagnostic::error("missing-option", what)
}

fn one(value: Cursor<'_>, place: &Place) -> Arg {
    let at = |span| Place::new(value.source(), span);
    let (text, whole) = match (value.plain_string(), value.string()) {
        (Some(text), _) => (text, at(Span::new(value.span().start + 1, value.span().end - 1))),
        (None, None) => (value.raw(), value.place()),
        (None, Some(text)) => {
            let name = format!("<text in {}>", value.source().name());
            return Arg { place: place.clone(), ..Arg::alone(&name, text.into_owned()) };
        }
    };
    Arg { text: text.into(), whole, place: place.clone() }
}

fn unknown_at(key: Cursor<'_>, parameters: &[Parameter]) -> Diagnostic {
    unknown(&key.string().unwrap_or_default(), parameters).at(key.place(), "")
}

/// What is said of a name that is none of the parameters.
pub(super) fn unknown(name: &str, parameters: &[Parameter]) -> Diagnostic {
    let known: Vec<String> = parameters.iter().map(|one| pascal(one.name)).collect();
    let what = format!(
        "Parameter validation failed: Unknown parameter in input: \"{name}\", must be one of: {}",
        known.join(", ")
    );
    Diagnostic::error("unknown-option", what).suggest(name, known.iter().map(String::as_str))
}

/// `user-name` as a field: `UserName`.
fn pascal(option: &str) -> String {
    option.split('-').map(crate::names::capitalised).collect()
}
