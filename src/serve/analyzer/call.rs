//! A call of Access Analyzer, and how it is refused.

use serde_json::{Map, Value, json};

use crate::aws::ApiRefusal;
use crate::names::Instant;
use crate::session::Session;
use crate::world::Principal;

/// A call of Access Analyzer.
pub(in super::super) struct AnalyzerCall<'a> {
    pub(in super::super) operation: &'a str,
    pub(in super::super) input: &'a Map<String, Value>,
    pub(in super::super) session: &'a Session,
    pub(in super::super) caller: &'a Principal,
    pub(in super::super) region: &'a str,
    pub(in super::super) now: i64,
}

/// What a call is answered, or why it is not.
pub(super) type Answered = Result<Map<String, Value>, ApiRefusal>;

impl AnalyzerCall<'_> {
    /// A text that the call must give.
    pub(super) fn needed(&self, name: &str) -> Result<&str, ApiRefusal> {
        let text = self.input.get(name).and_then(Value::as_str);
        text.ok_or_else(|| invalid(format!("`{name}` is missing, or is no text")))
    }

    /// One of the words that a call must give.
    pub(super) fn one_of<T: Copy>(&self, name: &str, words: &[(&str, T)]) -> Result<T, ApiRefusal> {
        let word = self.needed(name)?;
        let known = || words.iter().map(|(known, _)| *known).collect::<Vec<_>>().join(", ");
        let found = words.iter().find(|(known, _)| *known == word).map(|(_, value)| *value);
        found.ok_or_else(|| invalid(format!("`{word}` is no {name}; it is one of {}", known())))
    }

    pub(super) fn account(&self) -> String {
        self.caller.account().map(|account| account.to_string()).unwrap_or_default()
    }

    /// The one analyzer that there is.
    pub(super) fn analyzer(&self) -> Value {
        let arn = format!(
            "arn:{}:access-analyzer:{}:{}:analyzer/iamwhy",
            self.caller.partition,
            self.region,
            self.account()
        );
        json!({"arn": arn, "name": "iamwhy", "type": "ACCOUNT", "createdAt": self.time(), "status": "ACTIVE"})
    }

    pub(super) fn time(&self) -> String {
        Instant::from_epoch_seconds(self.now).to_iso()
    }
}

pub(super) fn invalid(message: impl Into<String>) -> ApiRefusal {
    refused("ValidationException", message)
}

pub(super) fn refused(code: &'static str, message: impl Into<String>) -> ApiRefusal {
    ApiRefusal { code, message: message.into() }
}

/// The fields of an object.
pub(super) fn fields(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}
