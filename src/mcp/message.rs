//! Messages as JSON-RPC 2.0 has them.

use serde_json::{Map, Value, json};

/// A request, or a notification where it has no id.
pub(super) struct RpcMessage {
    pub(super) id: Option<Value>,
    pub(super) method: String,
    pub(super) params: Map<String, Value>,
}

/// Why a message gets no result.
pub(super) enum MessageFault {
    /// The line is longer than a message may be.
    TooLong,
    /// The line is no JSON.
    NoJson(String),
    /// The JSON is no request.
    NoRequest(&'static str),
    /// Nobody answers this method here.
    UnknownMethod(String),
    /// What the method is given is not what it takes.
    WrongParams(String),
}

impl MessageFault {
    /// The codes of JSON-RPC.
    fn code(&self) -> i32 {
        match self {
            Self::TooLong | Self::NoJson(_) => -32700,
            Self::NoRequest(_) => -32600,
            Self::UnknownMethod(_) => -32601,
            Self::WrongParams(_) => -32602,
        }
    }

    fn said(&self) -> String {
        match self {
            Self::TooLong => "the message is too long: 16 MiB is the most".to_owned(),
            Self::NoJson(wrong) => format!("the line is no JSON: {wrong}"),
            Self::NoRequest(wrong) => (*wrong).to_owned(),
            Self::UnknownMethod(method) => format!("there is no method `{method}` here"),
            Self::WrongParams(wrong) => wrong.clone(),
        }
    }
}

/// Reads a message. An error comes with the id of what it answers, as far as there is one.
pub(super) fn read(line: &[u8]) -> Result<RpcMessage, (Option<Value>, MessageFault)> {
    let value: Value =
        serde_json::from_slice(line).map_err(|wrong| (None, MessageFault::NoJson(wrong.to_string())))?;
    let Value::Object(mut parts) = value else {
        return Err((None, MessageFault::NoRequest("a message is one JSON object")));
    };
    let id = parts.remove("id");
    let Some(Value::String(method)) = parts.remove("method") else {
        return Err((id, MessageFault::NoRequest("a message names its `method`")));
    };
    match parts.remove("params") {
        None => Ok(RpcMessage { id, method, params: Map::new() }),
        Some(Value::Object(params)) => Ok(RpcMessage { id, method, params }),
        Some(_) => Err((id, MessageFault::WrongParams("`params` is an object".to_owned()))),
    }
}

/// The answer with a result.
pub(super) fn result(id: &Value, result: &Value) -> Value {
    json!({"jsonrpc": "2.0", "id": id, "result": result})
}

/// The answer with an error; what cannot be told apart has no id.
pub(super) fn fault(id: &Option<Value>, fault: &MessageFault) -> Value {
    json!({"jsonrpc": "2.0", "id": id, "error": {"code": fault.code(), "message": fault.said()}})
}
