//! The options of a call that is not modelled, as texts.

use serde_json::Value as Json;

use super::given::{CallOption, Raw, RawValue, read};
use super::input::NAME;
use super::names::kebab;
use super::shorthand::text_of;
use crate::session::{Context, Failure};

/// Options that no policy can see, but where an action has a key that is called so: `--recursive` of Systems Manager.
const UNSEEN: &[&str] = &[
    "body", "no-guess-mime-type", "skip-final-snapshot", "template-url", "template-body", "runtime",
    "handler", "with-decryption", "plaintext", "ciphertext-blob", "cli-binary-format",
    "client-request-token", "client-token", "content-type", "count", "description", "dry-run", "dryrun",
    "exclude", "expected-bucket-owner", "filters", "follow-symlinks", "force", "human-readable", "include",
    "max-count", "max-results", "message", "message-body", "mfa", "min-count", "next-token", "no-dry-run",
    "no-follow-symlinks", "no-progress", "only-show-errors", "payload", "quiet", "recursive", "delete",
    "starting-token", "summarize", "user-data",
];

/// Whether no policy can see an option.
pub(super) fn is_unseen(option: &str) -> bool {
    UNSEEN.contains(&option)
}

/// An option with the texts of its values; what no policy can see is not read from files.
pub(super) fn texts(raw: &Raw<'_>, context: &mut Context<'_>) -> Result<CallOption, Failure> {
    let text = |value: &RawValue<'_>| match is_unseen(&raw.name) {
        true => Ok(value.text().to_owned()),
        false => read(value, context).map(|arg| arg.text.into_string()),
    };
    let values = raw.values.iter().map(text).collect::<Result<_, Failure>>()?;
    Ok((raw.name.clone(), values))
}

/// The options that a JSON object holds, in place of it; what the line itself gives comes first.
pub(super) fn spread(options: &mut Vec<CallOption>) {
    let Some(at) = options.iter().position(|(name, _)| name == NAME) else { return };
    let Some(Ok(Json::Object(fields))) = options[at].1.first().map(|text| serde_json::from_str(text)) else {
        return;
    };
    options.remove(at);
    let texts = |value: &Json| match value {
        Json::Array(all) if all.iter().all(Json::is_string) => all.iter().map(text_of).collect(),
        Json::Bool(true) => Vec::new(),
        other => vec![text_of(other)],
    };
    options.extend(fields.iter().map(|(name, value)| (kebab(name), texts(value))));
}
