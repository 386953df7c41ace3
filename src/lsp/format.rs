//! A text in the one form.

use serde_json::{Value, json};

use super::documents::EditorText;
use super::positions::whole;
use crate::policy::PolicyForm;
use crate::recognise::format_file;

/// The text written anew, if it is written otherwise and can be read.
pub(super) fn formatted(document: &EditorText) -> Vec<Value> {
    let written = format_file(&document.source, PolicyForm::AsWritten).ok().map(|file| file.text);
    let other = written.filter(|written| written != document.text());
    other.map(|written| edit(document, &written)).into_iter().collect()
}

/// The edit that puts another text in place of all of it.
pub(super) fn edit(document: &EditorText, text: &str) -> Value {
    json!({"range": whole(document.text()), "newText": text})
}
