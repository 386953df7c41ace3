//! What a tool is given, read as what it takes.

use serde_json::{Map, Value};

use super::message::Fault;
use super::tools::{Input, Kind};

/// The arguments of a call: each is one that the tool takes, of its kind, and none is missing.
pub(super) struct Arguments<'c>(&'c Map<String, Value>);

impl<'c> Arguments<'c> {
    /// Holds what is given to what a tool takes.
    pub(super) fn read(given: &'c Map<String, Value>, inputs: &[&Input]) -> Result<Self, Fault> {
        for (name, value) in given {
            let input = inputs.iter().find(|input| input.name == name);
            let input = input.ok_or_else(|| unknown(name, inputs))?;
            if !input.kind.takes(value) {
                return Err(Fault::WrongParams(format!("`{name}` is {}", input.kind.said())));
            }
        }
        match inputs.iter().find(|input| input.is_needed && !given.contains_key(input.name)) {
            Some(input) => Err(Fault::WrongParams(format!("`{}` is missing: {}", input.name, input.about))),
            None => Ok(Self(given)),
        }
    }

    /// A text, if it is given.
    pub(super) fn text(&self, name: &str) -> Option<&'c str> {
        self.0.get(name).and_then(Value::as_str)
    }

    /// A text or several.
    pub(super) fn texts(&self, name: &str) -> Vec<&'c str> {
        match self.0.get(name) {
            Some(Value::Array(texts)) => texts.iter().filter_map(Value::as_str).collect(),
            one => one.and_then(Value::as_str).into_iter().collect(),
        }
    }

    /// Values by their names.
    pub(super) fn pairs(&self, name: &str) -> impl Iterator<Item = (&'c str, &'c Value)> {
        let pairs = self.0.get(name).and_then(Value::as_object);
        pairs.into_iter().flatten().map(|(key, value)| (&**key, value))
    }
}

fn unknown(name: &str, inputs: &[&Input]) -> Fault {
    let known: Vec<String> = inputs.iter().map(|input| format!("`{}`", input.name)).collect();
    Fault::WrongParams(format!("`{name}` is nothing that this tool takes; it takes {}", known.join(", ")))
}

impl Kind {
    fn takes(self, value: &Value) -> bool {
        let is_texts = |value: &Value| value.as_array().is_some_and(|list| list.iter().all(Value::is_string));
        match self {
            Self::Text => value.is_string(),
            Self::Texts => value.is_string() || is_texts(value),
            Self::Context => value.as_object().is_some_and(|keys| {
                let is_value = |value: &Value| !(value.is_object() || value.is_array()) || is_texts(value);
                keys.values().all(is_value)
            }),
        }
    }

    fn said(self) -> &'static str {
        match self {
            Self::Text => "a text",
            Self::Texts => "a text or a list of texts",
            Self::Context => {
                "an object: the value of each key is a text, a number, a truth value, null or a list of texts"
            }
        }
    }
}
