//! What a whole file is, for those who asked for something else than a policy.

use std::sync::Arc;

use super::file_form::FileForm;
use super::{answer_of_aws, members, words};
use crate::source::Source;
use crate::syntax::json::{Tree, parse_json};
use crate::syntax::yaml::{looks_like_yaml, yaml_as_json};

/// What a file is, where that is beyond doubt: a policy, an output of AWS, a template, a file of another program.
///
/// ```
/// use iamwhy::{recognise::file_form, source::Source};
/// let policy = r#"{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}"#;
/// assert_eq!(file_form(&Source::new("p.json", policy)).unwrap().what, "a policy");
/// assert!(file_form(&Source::new("other.json", r#"{"colour": "red"}"#)).is_none());
/// ```
pub fn file_form(file: &Arc<Source>) -> Option<FileForm> {
    let text = file.text().trim_start_matches('\u{feff}').trim();
    let found = words::of_words(file.name(), text);
    let found = found.or_else(|| members::of_holder(tree(file, text)?.root()));
    found.or_else(|| answer_of_aws(text))
}

/// The text as a value, if it is one.
fn tree(file: &Arc<Source>, text: &str) -> Option<Tree> {
    let is_json = text.starts_with(['{', '[', '"']);
    let parsed = match !is_json && looks_like_yaml(text) {
        true => parse_json(&yaml_as_json(file).ok()?),
        false => parse_json(file),
    };
    let is_whole = !parsed.has_errors();
    parsed.value.filter(|_| is_whole)
}
