//! The texts that an editor has open.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;

use super::positions::span;
use crate::source::{MAX_TEXT, Source};

/// A text that is open.
#[derive(Clone, Debug)]
pub(super) struct EditorText {
    pub(super) source: Arc<Source>,
    /// The number that the editor gives each of its changes.
    pub(super) version: Value,
}

/// What a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TextKind {
    /// Statements of the script language.
    Script,
    /// A policy, or something that holds policies, in JSON or YAML.
    Policies,
}

impl EditorText {
    pub(super) fn text(&self) -> &str {
        self.source.text()
    }

    pub(super) fn written(&self) -> TextKind {
        if self.source.name().ends_with(".iam") { TextKind::Script } else { TextKind::Policies }
    }
}

/// All texts that are open, by their addresses.
#[derive(Debug, Default)]
pub(super) struct EditorTexts(BTreeMap<String, EditorText>);

impl EditorTexts {
    pub(super) fn get(&self, address: &str) -> Option<&EditorText> {
        self.0.get(address)
    }

    pub(super) fn open(&mut self, address: &str, text: &str, version: Value) {
        let text = if text.len() > MAX_TEXT { "" } else { text };
        let source = Source::new(path_of(address), text);
        self.0.insert(address.to_owned(), EditorText { source, version });
    }

    /// Carries out changes one after the other; each is of a range, or the whole text anew.
    pub(super) fn change(&mut self, address: &str, changes: &[Value], version: Value) {
        let Some(document) = self.0.get(address) else { return };
        let mut text = document.text().to_owned();
        for change in changes {
            let with = change.get("text").and_then(Value::as_str).unwrap_or_default();
            match change.get("range").and_then(|range| span(&text, range)) {
                Some((start, end)) => text.replace_range(start..end, with),
                None => with.clone_into(&mut text),
            }
        }
        self.open(address, &text, version);
    }

    pub(super) fn close(&mut self, address: &str) {
        self.0.remove(address);
    }
}

/// The path of an address that begins with `file://`; another address as it is.
pub(super) fn path_of(address: &str) -> String {
    let Some(path) = address.strip_prefix("file://") else { return address.to_owned() };
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let [first, behind @ ..] = rest {
        let escaped = (*first == b'%').then(|| behind.get(..2)).flatten().and_then(hex);
        (bytes, rest) = match escaped {
            Some(byte) => (pushed(bytes, byte), &behind[2..]),
            None => (pushed(bytes, *first), behind),
        };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn pushed(mut bytes: Vec<u8>, byte: u8) -> Vec<u8> {
    bytes.push(byte);
    bytes
}

fn hex(digits: &[u8]) -> Option<u8> {
    u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

/// The address of a file.
pub(super) fn address_of(path: &str) -> String {
    if !path.starts_with('/') {
        return path.to_owned();
    }
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"/-._~".contains(byte);
    let written = |byte: u8| if plain(&byte) { (byte as char).to_string() } else { format!("%{byte:02X}") };
    format!("file://{}", path.bytes().map(written).collect::<String>())
}
