//! What tools take: names, kinds, and what an assistant is told of each.

use serde_json::{Value, json};

/// Something that a tool takes.
pub(super) struct ToolInput {
    pub(super) name: &'static str,
    pub(super) about: &'static str,
    pub(super) kind: InputKind,
    pub(super) is_needed: bool,
}

/// What may stand in an argument.
#[derive(Clone, Copy)]
pub(super) enum InputKind {
    /// A text.
    Text,
    /// A text or several.
    Texts,
    /// Context keys with their values.
    Context,
}

impl ToolInput {
    /// What an assistant is told of it.
    pub(super) fn schema(&self) -> Value {
        let mut schema = match self.kind {
            InputKind::Text => json!({"type": "string"}),
            InputKind::Texts => json!({"type": ["string", "array"], "items": {"type": "string"}}),
            InputKind::Context => json!({"type": "object"}),
        };
        schema["description"] = self.about.into();
        schema
    }
}

impl InputKind {
    /// Whether a value may stand there.
    pub(super) fn takes(self, value: &Value) -> bool {
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

    /// What may stand there, in words.
    pub(super) fn said(self) -> &'static str {
        match self {
            Self::Text => "a text",
            Self::Texts => "a text or a list of texts",
            Self::Context => {
                "an object: the value of each key is a text, a number, a truth value, null or a list of texts"
            }
        }
    }
}
