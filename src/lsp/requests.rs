//! The requests of an editor, each with who answers it.

use serde_json::{Value, json};

use super::actions::{EXPLAIN, actions, explanation};
use super::complete::candidates;
use super::documents::EditorText;
use super::format::formatted;
use super::hover::hover;
use super::lens::lenses;
use super::names::{definition, references};
use super::positions::offset;
use super::server::Server;

/// Why a request gets no result, by the codes of JSON-RPC and of the protocol.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestFault {
    /// `-32601` where nobody answers the method, `-32602` where its parameters are wrong.
    pub code: i32,
    /// What is wrong.
    pub message: String,
}

/// What the server can do.
pub(super) fn abilities() -> Value {
    json!({
        "positionEncoding": "utf-16",
        "textDocumentSync": {"openClose": true, "change": 2},
        "hoverProvider": true,
        "completionProvider": {"triggerCharacters": ["\"", ":", " ", "/", "$"]},
        "codeActionProvider": {"codeActionKinds": ["quickfix", "source.fixAll.iamwhy"]},
        "codeLensProvider": {},
        "definitionProvider": true,
        "referencesProvider": true,
        "documentFormattingProvider": true,
        "executeCommandProvider": {"commands": [EXPLAIN]},
    })
}

/// Answers a request.
pub(super) fn answer(server: &mut Server<'_>, method: &str, params: &Value) -> Result<Value, RequestFault> {
    match method {
        "textDocument/hover" => {
            let (document, at, _) = place(server, params)?;
            Ok(hover(document, at, &server.start).unwrap_or_default())
        }
        "textDocument/completion" => {
            let (document, at, _) = place(server, params)?;
            Ok(candidates(document, at, &server.start, &server.reach).unwrap_or_default())
        }
        "textDocument/definition" => {
            let (document, at, address) = place(server, params)?;
            Ok(definition(address, document, at).into())
        }
        "textDocument/references" => {
            let (document, at, address) = place(server, params)?;
            Ok(references(address, document, at).into())
        }
        "textDocument/formatting" => Ok(formatted(document(server, params)?.0).into()),
        "textDocument/codeLens" => {
            Ok(lenses(document(server, params)?.0, &server.start, &server.reach).into())
        }
        "textDocument/codeAction" => act(server, params),
        "workspace/executeCommand" => command(params),
        other => Err(RequestFault { code: -32601, message: format!("there is no method `{other}` here") }),
    }
}

fn act(server: &mut Server<'_>, params: &Value) -> Result<Value, RequestFault> {
    let asked = params.get("range").cloned().unwrap_or_default();
    let address = document(server, params)?.1.to_owned();
    let found = server.findings(&address).to_vec();
    let document = document(server, params)?.0;
    Ok(actions(&address, document, &asked, &found, server.start.world().catalog()).into())
}

/// The one command: what a code of `lint` means.
fn command(params: &Value) -> Result<Value, RequestFault> {
    let name = params.get("command").and_then(Value::as_str).unwrap_or_default();
    let code = params.get("arguments").and_then(|arguments| arguments.get(0)).and_then(Value::as_str);
    match (name, code.and_then(explanation)) {
        (EXPLAIN, Some(told)) => Ok(told.into()),
        (EXPLAIN, None) => Err(wrong("the argument is a code of `lint`")),
        _ => Err(wrong(&format!("there is no command `{name}`"))),
    }
}

/// The text that a request is about, and its address.
fn document<'a>(
    server: &'a Server<'_>,
    params: &'a Value,
) -> Result<(&'a EditorText, &'a str), RequestFault> {
    let address = params.get("textDocument").and_then(|document| document.get("uri")).and_then(Value::as_str);
    let address = address.ok_or_else(|| wrong("`textDocument.uri` says which text is meant"))?;
    let document = server.documents.get(address);
    Ok((document.ok_or_else(|| wrong(&format!("`{address}` is not open")))?, address))
}

/// The text, the offset in it, and its address.
fn place<'a>(
    server: &'a Server<'_>,
    params: &'a Value,
) -> Result<(&'a EditorText, usize, &'a str), RequestFault> {
    let (document, address) = document(server, params)?;
    let at = params.get("position").and_then(|position| offset(document.text(), position));
    Ok((document, at.ok_or_else(|| wrong("`position` has a line and a character"))?, address))
}

fn wrong(what: &str) -> RequestFault {
    RequestFault { code: -32602, message: what.to_owned() }
}
