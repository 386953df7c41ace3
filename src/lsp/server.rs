//! The server: which texts are open, what was found in them, and who answers what.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::diagnostics::{found, written};
use super::documents::EditorTexts;
use super::reach::ScriptReach;
use super::requests::RequestFault;
use crate::session::Session;
use crate::source::Diagnostic;

/// What an editor talks to, without the streams: messages in, answers out.
pub struct Server<'s> {
    /// The session in which every text is looked at, in a copy of its own.
    pub(super) start: Session,
    pub(super) reach: ScriptReach<'s>,
    pub(super) documents: EditorTexts,
    found: BTreeMap<String, Vec<Diagnostic>>,
    /// The texts that changed since they were last looked at.
    stale: BTreeSet<String>,
}

impl<'s> Server<'s> {
    /// A server that knows a world, and what scripts may read.
    pub fn new(start: Session, reach: ScriptReach<'s>) -> Self {
        Self {
            start,
            reach,
            documents: EditorTexts::default(),
            found: BTreeMap::new(),
            stale: BTreeSet::new(),
        }
    }

    /// What the server can do, as `initialize` is answered.
    pub fn abilities() -> Value {
        super::requests::abilities()
    }

    /// Answers a request.
    ///
    /// # Errors
    /// If nobody answers the method, or its parameters name no text that is open.
    pub fn answer(&mut self, method: &str, params: &Value) -> Result<Value, RequestFault> {
        super::requests::answer(self, method, params)
    }

    /// Takes note of what the editor tells: texts that are opened, changed and closed. Other notifications are passed over.
    /// Gives what the editor is to know at once: that a text that is closed has no findings any more.
    pub fn notice(&mut self, method: &str, params: &Value) -> Option<Value> {
        let document = params.get("textDocument")?;
        let address = document.get("uri").and_then(Value::as_str)?;
        let version = document.get("version").cloned().unwrap_or_default();
        match method {
            "textDocument/didOpen" => {
                let text = document.get("text").and_then(Value::as_str).unwrap_or_default();
                self.documents.open(address, text, version);
            }
            "textDocument/didChange" => {
                let changes = params.get("contentChanges").and_then(Value::as_array);
                self.documents.change(address, changes.map_or(&[], Vec::as_slice), version);
            }
            "textDocument/didClose" => {
                self.documents.close(address);
                self.found.remove(address);
                self.stale.remove(address);
                return Some(json!({"uri": address, "diagnostics": []}));
            }
            _ => return None,
        }
        self.stale.insert(address.to_owned());
        None
    }

    /// Looks at the texts that changed, and gives what the editor is to show of each. It is asked when nothing waits, so that
    /// a text is not looked at between two keys.
    pub fn settle(&mut self) -> Vec<Value> {
        let stale = std::mem::take(&mut self.stale);
        stale.iter().filter_map(|address| self.published(address)).collect()
    }

    fn published(&mut self, address: &str) -> Option<Value> {
        let document = self.documents.get(address)?;
        let found = found(document, &self.start, &self.reach);
        let written = written(document, &found);
        let version = document.version.clone();
        self.found.insert(address.to_owned(), found);
        Some(json!({"uri": address, "version": version, "diagnostics": written}))
    }

    /// What was found in a text; it is looked at if it changed.
    pub(super) fn findings(&mut self, address: &str) -> &[Diagnostic] {
        let is_known = self.found.contains_key(address) && !self.stale.contains(address);
        if !is_known && let Some(document) = self.documents.get(address) {
            self.found.insert(address.to_owned(), found(document, &self.start, &self.reach));
        }
        self.found.get(address).map_or(&[], Vec::as_slice)
    }
}
