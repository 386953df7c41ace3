//! What a tool is given, read as what it takes.

use serde_json::{Map, Value};

use super::inputs::ToolInput;

/// The arguments of a call: each is one that the tool takes, of its kind, and none is missing.
pub(super) struct CallArguments<'c>(&'c Map<String, Value>);

impl<'c> CallArguments<'c> {
    /// Holds what is given to what a tool takes.
    pub(super) fn read(given: &'c Map<String, Value>, inputs: &[&ToolInput]) -> Result<Self, String> {
        for (name, value) in given {
            let input = inputs.iter().find(|input| input.name == name);
            let input = input.ok_or_else(|| unknown(name, inputs))?;
            if !input.kind.takes(value) {
                return Err(format!("`{name}` is {}", input.kind.said()));
            }
        }
        match inputs.iter().find(|input| input.is_needed && !given.contains_key(input.name)) {
            Some(input) => Err(format!("`{}` is missing: {}", input.name, input.about)),
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

fn unknown(name: &str, inputs: &[&ToolInput]) -> String {
    let known: Vec<String> = inputs.iter().map(|input| format!("`{}`", input.name)).collect();
    format!("`{name}` is nothing that this tool takes; it takes {}", known.join(", "))
}
