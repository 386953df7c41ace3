//! What a call gives: a text, or the name of a file.

/// Whether what a call gives is JSON itself, and not the name of a file.
pub(super) fn is_text(given: &str) -> bool {
    given.trim_start().starts_with(['{', '['])
}
