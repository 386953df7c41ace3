//! IAM Access Analyzer: policies validated by the rules of lint, and checked by the reasoning over all requests.

mod check;
mod example;
mod issue_codes;
mod path;
mod preview;
mod statement;
mod validate;

use serde_json::{Map, Value, json};

pub use preview::Previews;

use super::Counter;
use crate::aws::ApiRefusal;
use crate::names::Instant;
use crate::session::Session;
use crate::world::Principal;

/// A call of Access Analyzer.
pub(super) struct AnalyzerCall<'a> {
    pub(super) operation: &'a str,
    pub(super) input: &'a Map<String, Value>,
    pub(super) session: &'a Session,
    pub(super) caller: &'a Principal,
    pub(super) region: &'a str,
    pub(super) now: i64,
}

/// What a call is answered, or why it is not.
type Answered = Result<Map<String, Value>, ApiRefusal>;

/// Answers a call.
pub(super) fn answer(counter: &dyn Counter, call: &AnalyzerCall<'_>) -> Answered {
    match call.operation {
        "ValidatePolicy" => validate::validate(call),
        "CheckNoNewAccess" => check::no_new_access(call),
        "CheckAccessNotGranted" => check::access_not_granted(call),
        "CheckNoPublicAccess" => check::no_public_access(call),
        "ListAnalyzers" => Ok(fields(json!({"analyzers": [call.analyzer()]}))),
        "GetAnalyzer" => Ok(fields(json!({"analyzer": call.analyzer()}))),
        "CreateAccessPreview" => preview::create(counter.previews(), call),
        "GetAccessPreview" => preview::get(counter.previews(), call),
        "ListAccessPreviewFindings" => preview::findings(counter.previews(), call),
        other => {
            Err(refused("UnknownOperationException", format!("access-analyzer:{other} is not answered here")))
        }
    }
}

impl AnalyzerCall<'_> {
    /// A text that the call must give.
    fn needed(&self, name: &str) -> Result<&str, ApiRefusal> {
        let text = self.input.get(name).and_then(Value::as_str);
        text.ok_or_else(|| invalid(format!("`{name}` is missing, or is no text")))
    }

    /// One of the words that a call must give.
    fn one_of<T: Copy>(&self, name: &str, words: &[(&str, T)]) -> Result<T, ApiRefusal> {
        let word = self.needed(name)?;
        let known = || words.iter().map(|(known, _)| *known).collect::<Vec<_>>().join(", ");
        let found = words.iter().find(|(known, _)| *known == word).map(|(_, value)| *value);
        found.ok_or_else(|| invalid(format!("`{word}` is no {name}; it is one of {}", known())))
    }

    fn account(&self) -> String {
        self.caller.account().map(|account| account.to_string()).unwrap_or_default()
    }

    /// The one analyzer that there is.
    fn analyzer(&self) -> Value {
        let arn = format!(
            "arn:{}:access-analyzer:{}:{}:analyzer/iamwhy",
            self.caller.partition,
            self.region,
            self.account()
        );
        json!({"arn": arn, "name": "iamwhy", "type": "ACCOUNT", "createdAt": self.time(), "status": "ACTIVE"})
    }

    fn time(&self) -> String {
        Instant::from_epoch_seconds(self.now).to_iso()
    }
}

fn invalid(message: impl Into<String>) -> ApiRefusal {
    refused("ValidationException", message)
}

fn refused(code: &'static str, message: impl Into<String>) -> ApiRefusal {
    ApiRefusal { code, message: message.into() }
}

/// The fields of an object.
fn fields(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}
