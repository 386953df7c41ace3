//! The methods of the protocol, in both of its eras: a client of the older one begins by `initialize`, one of the newer
//! names its version in each message and may ask `server/discover` first.

use serde_json::{Map, Value, json};

use super::call::{Workplace, call};
use super::message::{MessageFault, RpcMessage, fault, read, result};
use crate::tools::{TOOLS, Tool};

/// The versions in which a client may begin by `initialize`, the latest first.
const SESSION_VERSIONS: [&str; 4] = ["2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"];

/// The version that has no beginning: every message names it.
const STATELESS_VERSION: &str = "2026-07-28";

const META: &str = "_meta";
const META_VERSION: &str = "io.modelcontextprotocol/protocolVersion";
const META_SERVER: &str = "io.modelcontextprotocol/serverInfo";

/// The answer to a line, if it asks for one: blank lines and notifications do not.
pub(super) fn answer(place: &mut Workplace<'_>, line: &[u8]) -> Option<Value> {
    if line.iter().all(u8::is_ascii_whitespace) {
        return None;
    }
    let message = match read(line) {
        Ok(message) => message,
        Err((id, wrong)) => return Some(fault(&id, &wrong)),
    };
    let id = message.id.clone()?;
    Some(match answered(place, &message) {
        Ok(found) => result(&id, &in_era(&message.params, found)),
        Err(wrong) => fault(&Some(id), &wrong),
    })
}

fn answered(place: &mut Workplace<'_>, message: &RpcMessage) -> Result<Value, MessageFault> {
    match &*message.method {
        "initialize" => Ok(begin(&message.params)),
        "server/discover" => Ok(discover()),
        "ping" => Ok(json!({})),
        "tools/list" => Ok(list()),
        "tools/call" => call(place, &message.params),
        method => Err(MessageFault::UnknownMethod(method.to_owned())),
    }
}

/// The version that the client names, or the latest that begins like this.
fn begin(params: &Map<String, Value>) -> Value {
    let named = params.get("protocolVersion").and_then(Value::as_str);
    let version = SESSION_VERSIONS.into_iter().find(|version| named == Some(version));
    json!({
        "protocolVersion": version.unwrap_or(SESSION_VERSIONS[0]),
        "capabilities": {"tools": {}},
        "serverInfo": about(),
        "instructions": INSTRUCTIONS,
    })
}

fn discover() -> Value {
    json!({
        "supportedVersions": SESSION_VERSIONS.into_iter().rev().chain([STATELESS_VERSION]).collect::<Vec<_>>(),
        "capabilities": {"tools": {}},
        "instructions": INSTRUCTIONS,
        "ttlMs": 0,
        "cacheScope": "private",
        META: {META_SERVER: about()},
    })
}

/// All tools; the newer era asks how long a list holds and for whom.
fn list() -> Value {
    let tools: Vec<Value> = TOOLS.iter().map(Tool::described).collect();
    json!({"tools": tools, "ttlMs": 0, "cacheScope": "private"})
}

fn about() -> Value {
    json!({"name": "iamwhy", "title": "iamwhy", "version": env!("CARGO_PKG_VERSION")})
}

/// What an assistant is told of the tools as a whole.
const INSTRUCTIONS: &str = "Answers what AWS IAM would decide, and why, without AWS. Verdicts are those of the engine: report \
them as they are; `depends` means that something is missing, which the answer names. Worlds are .iam scripts or outputs \
of `aws iam get-account-authorization-details`. Nothing is changed by any tool.";

/// A result in the newer era says that it is complete.
fn in_era(params: &Map<String, Value>, mut found: Value) -> Value {
    let version = params.get(META).and_then(|meta| meta.get(META_VERSION)).and_then(Value::as_str);
    if version == Some(STATELESS_VERSION) {
        found["resultType"] = "complete".into();
    }
    found
}
