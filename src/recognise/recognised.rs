//! What a text of AWS was found to be.

use super::{Malformed, Pasted, REFUSED, body, frame, malformed, parse_message, structure};
use crate::catalog::Catalog;
use crate::facts::{CredentialError, credential_error};

/// What a text was found to be.
#[derive(Clone, Debug, PartialEq)]
pub enum Recognised {
    /// AWS's answer to one request.
    Answer(Box<Pasted>),
    /// AWS's answers to several requests.
    Answers(Vec<Pasted>),
    /// What AWS says of a policy document that it did not take.
    Malformed(Malformed),
    /// A refusal of the credentials, before any policy was asked.
    Unsigned(&'static CredentialError),
    /// Something that is known and holds no answer: what it is, and why.
    Nothing(String),
}

/// Tells what a text is, whatever was printed around it; `None` if it is nothing that is known.
pub fn recognise(text: &str, catalog: &Catalog) -> Option<Recognised> {
    let text = frame::unframed(text);
    let text = text.trim();
    if let Some(found) = structure::structured(text, catalog) {
        return Some(found);
    }
    let text = match body::message_in(text) {
        Some(message) => message,
        // Other JSON, a policy for one, is no message, whatever words it holds.
        None if text.starts_with(['{', '[']) && !text.contains(REFUSED) => return None,
        None => text.replace("\\\"", "\""),
    };
    malformed::malformed(&text)
        .map(Recognised::Malformed)
        .or_else(|| credential_error(&text).filter(|_| !text.contains(REFUSED)).map(Recognised::Unsigned))
        .or_else(|| parse_message(&text, catalog).map(|pasted| Recognised::Answer(Box::new(pasted))))
}
