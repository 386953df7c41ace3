//! A text of which some parts are open.

/// A part of a text.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum OpenText {
    Known(String),
    /// What only a deployment knows, by the name that the template has for it.
    Open(String),
}
