//! Texts of AWS that stand at the prompt as they were copied: without `why`, without quotes, over several lines.

use std::sync::Arc;

use super::why_message::{AwsText, explains};
use crate::catalog::Catalog;
use crate::question::Assumptions;
use crate::recognise::{REFUSED, recognise};
use crate::report::Extent;
use crate::session::{Command, Session};
use crate::source::Place;

/// What a text of AWS begins with that no command begins with.
const BEGINS: [&str; 16] = [
    "User: ", "User is not", "An error occurred (", "botocore.", "Traceback", "Error: ", "AccessDenied",
    "Access Denied", "UnauthorizedOperation", "operation error ", "api error ", "MalformedPolicy", "│", "╷",
    "<", "Unable to locate credentials",
];

/// A text of AWS at the prompt.
pub(super) fn at_prompt(place: &Place, session: &Session) -> Option<Command> {
    let text = text_of_aws(place.text(), session.world().catalog())?;
    let assumptions = Assumptions { policies: Arc::clone(session.given()), ..Assumptions::default() };
    Some(explains(AwsText { text: text.into(), assumptions, extent: Extent::Usual }))
}

/// The text of AWS that an entry is as a whole, with or without `why` before it.
pub fn text_of_aws<'t>(entry: &'t str, catalog: &Catalog) -> Option<&'t str> {
    let entry = entry.trim();
    let behind = entry.strip_prefix("why").filter(|rest| rest.starts_with(char::is_whitespace));
    let text = behind.unwrap_or(entry).trim();
    let text = match text.strip_prefix('"') {
        // A quoted text is a statement like others, unless S3's own quotes stand in it.
        Some(rest) => {
            rest.strip_suffix('"').filter(|inner| inner.contains('"') && !inner.contains("\\\""))?
        }
        None => text,
    };
    let bare = BEGINS.iter().any(|begin| text.starts_with(begin)) || text.contains(REFUSED);
    let is_json = text.starts_with(['{', '[']);
    let is_statement = |text: &str| text.starts_with("aws ") || text.starts_with("expect ");
    ((bare && !is_statement(text)) || is_json).then_some(())?;
    recognise(text, catalog).map(|_| text)
}

/// The text of AWS that the words of a command line are: one word, or what the shell has split.
pub fn words_of_aws(words: &[String], catalog: &Catalog) -> Option<String> {
    match words {
        [one] if one.contains([' ', '{', '<', '\n']) => recognise(one, catalog).map(|_| one.clone()),
        [_] => None,
        many => {
            let joined = many.join(" ");
            let said = joined.contains(REFUSED) || joined.starts_with("An error occurred (");
            recognise(&joined, catalog).filter(|_| said).map(|_| joined)
        }
    }
}
