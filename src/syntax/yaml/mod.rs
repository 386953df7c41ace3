//! YAML, read as the JSON that it stands for; what points into that points into the YAML.
//!
//! INVARIANT: anchors are bounded. What is named again and again makes no more text than [`MAX_YAML`] allows.

mod events;
mod scalar;
mod written;

pub use events::MAX_YAML;

use std::sync::Arc;

use crate::source::{Diagnostic, Source};

/// The JSON that a text in YAML stands for; several documents are a list. The short functions of CloudFormation are
/// written out: `!Sub x` is `{"Fn::Sub": "x"}`.
///
/// ```
/// use iamwhy::{source::{Place, Source, Span}, syntax::yaml::yaml_as_json};
/// let yaml = Source::new("p.yaml", "Effect: Allow\nResource: !Sub 'arn:aws:s3:::${B}'\n");
/// let json = yaml_as_json(&yaml).unwrap();
/// assert_eq!(json.text(), r#"{"Effect":"Allow","Resource":{"Fn::Sub":"arn:aws:s3:::${B}"}}"#);
/// assert_eq!(Place::new(&json, Span::new(10, 17)).text(), "Allow");
/// ```
///
/// # Errors
/// If it is no YAML, or says something that JSON cannot, or is larger or deeper than is read.
pub fn yaml_as_json(yaml: &Arc<Source>) -> Result<Arc<Source>, Diagnostic> {
    written::written(yaml, &events::events(yaml)?)
}

/// Whether a text that is no JSON begins as YAML does: with a key, an item or the mark of a document.
pub fn looks_like_yaml(text: &str) -> bool {
    let mut lines = text.trim_start_matches('\u{feff}').lines().map(str::trim);
    let first = lines.find(|line| !line.is_empty() && !line.starts_with('#')).unwrap_or_default();
    let is_key = first.split_once(':').is_some_and(|(key, behind)| {
        let is_word = !key.contains(['{', '<', '(', '=']) && key.len() < 200;
        is_word && (behind.is_empty() || behind.starts_with([' ', '\t']))
    });
    let is_marked = first.starts_with("---") || first.starts_with("%YAML") || first.starts_with("- ");
    (is_key || is_marked) && !first.starts_with(['{', '[', '<', '@'])
}
