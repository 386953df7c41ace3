//! What a file is that is given as a policy and is none, so that it is named in place of its first word being refused.
//!
//! INVARIANT: what may be a policy with a slip in it is left to the reader of policies, which points at the slip.

mod bytes;
mod file_form;
mod members;
mod whole_file;
mod words;

pub use bytes::BinaryForm;
pub use file_form::FileForm;
pub use whole_file::file_form;

use crate::catalog::Catalog;
use crate::recognise::{Recognised, recognise};
use crate::source::{Diagnostic, Source, first_of, nearest};
use crate::syntax::json::{Cursor, Kind};

/// What a text is that is no JSON; nothing if it may be meant as some.
pub(super) fn of_text(file: &Source) -> Option<Diagnostic> {
    let text = file.text().trim_start_matches('\u{feff}').trim();
    if text.is_empty() {
        let what = format!("`{}` is empty", file.name());
        return Some(
            Diagnostic::error("empty-file", what).help("a policy is a JSON object with a `Statement`"),
        );
    }
    let is_json = text.starts_with(['{', '[', '"']);
    let found = words::of_words(file.name(), text);
    found.or_else(|| if is_json { None } else { answer_of_aws(text) }).map(|found| found.told(file))
}

/// What JSON is that holds no policy; nothing if it may be meant as one.
pub(super) fn of_json(file: &Source, root: Cursor<'_>) -> Option<Diagnostic> {
    let one = root.items().next().unwrap_or(root);
    if is_meant_as_policy(one) {
        return None;
    }
    if root.kind() == Kind::Array && root.items().next().is_none() {
        return Some(FileForm::new("an empty list", A_POLICY).told(file));
    }
    let found = members::of_members(root).or_else(|| answer_of_aws(file.text()));
    found.or_else(|| other_json(root)).map(|found| found.told(file))
}

/// JSON that cannot be read as one value may be events, a line each.
pub(super) fn of_lines(file: &Source) -> Option<Diagnostic> {
    answer_of_aws(file.text()).map(|found| found.told(file))
}

/// What AWS answered a request with: `why` explains it.
fn answer_of_aws(text: &str) -> Option<FileForm> {
    let what = match recognise(text, Catalog::in_use())? {
        Recognised::Answer(pasted) => pasted.form.of_file().to_owned(),
        Recognised::Answers(_) => "a list of events of CloudTrail".to_owned(),
        Recognised::Malformed(_) => "what AWS says of a policy that it refused".to_owned(),
        Recognised::Unsigned(_) => "an error message of AWS".to_owned(),
        Recognised::Nothing(what) => return Some(FileForm::new(what, A_POLICY)),
    };
    Some(FileForm::taken(what, "`iamwhy why - < FILE` explains it"))
}

const A_POLICY: &str = "a policy is a JSON object with a `Statement`";

/// Whether an object has an element of policies, if in other letters.
fn is_meant_as_policy(value: Cursor<'_>) -> bool {
    let names = |name: &str| {
        let is_statement = nearest(name, ["Statement", "Statements"]).is_some();
        is_statement || matches!(name, "Version" | "Id")
    };
    let keys: Vec<_> = value.members().filter_map(|(key, _)| key.string()).collect();
    value.kind() == Kind::Object && (keys.is_empty() || keys.iter().any(|key| names(key)))
}

fn other_json(root: Cursor<'_>) -> Option<FileForm> {
    let what = match root.kind() {
        Kind::Object => {
            let names: Vec<String> =
                root.members().filter_map(|(key, _)| Some(format!("`{}`", key.string()?))).collect();
            format!("a JSON object with {}", first_of(3, &names))
        }
        Kind::Array => "a list in JSON".to_owned(),
        Kind::Bad => return None,
        _ => "a single value in JSON".to_owned(),
    };
    Some(FileForm::new(what, A_POLICY))
}
