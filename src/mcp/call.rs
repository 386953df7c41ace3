//! A tool that is called: what came of it is the answer, and what it refuses is one for the assistant to read.

use serde_json::{Map, Value, json};

use super::message::MessageFault;
use crate::report::{Format, Style};
use crate::session::{Outside, Session};
use crate::tools::{Tool, ToolRefusal};

/// Where an assistant asks.
pub struct Workplace<'p> {
    /// The session in which each call begins, in a copy of its own.
    pub start: &'p Session,
    /// What a call may read.
    pub outside: &'p mut dyn Outside,
}

/// Calls the tool that the parameters name. What the tool refuses is a result, for the assistant to read.
pub(super) fn call(place: &mut Workplace<'_>, params: &Map<String, Value>) -> Result<Value, MessageFault> {
    let name = params.get("name").and_then(Value::as_str);
    let name =
        name.ok_or_else(|| MessageFault::WrongParams("`name` says which tool is called".to_owned()))?;
    let tool =
        Tool::named(name).ok_or_else(|| MessageFault::WrongParams(format!("there is no tool `{name}`")))?;
    let none = Map::new();
    let given = match params.get("arguments") {
        None | Some(Value::Null) => &none,
        Some(Value::Object(given)) => given,
        Some(_) => return Err(MessageFault::WrongParams("`arguments` is an object".to_owned())),
    };
    match tool.call(given, place.start, place.outside) {
        Ok(answer) => Ok(content(&answer.text, Some(answer.data))),
        Err(ToolRefusal::Argument(wrong)) => Err(MessageFault::WrongParams(wrong)),
        Err(ToolRefusal::Statement(refused)) => Ok(content(&refused.render(&Style::of(Format::Plain)), None)),
    }
}

/// A result of a tool; without data it is an error.
fn content(text: &str, found: Option<Value>) -> Value {
    let mut result =
        json!({"content": [{"type": "text", "text": text.trim_end()}], "isError": found.is_none()});
    if let Some(found) = found {
        result["structuredContent"] = found;
    }
    result
}
