//! Lists that are too long to be said.

use std::borrow::Borrow;

/// The first of some words, and how many more there are: `a, b and 3 more`.
///
/// ```
/// use iamwhy::source::first_of;
/// assert_eq!(first_of(2, &["a", "b", "c"]), "a, b and 1 more");
/// assert_eq!(first_of(2, &["a", "b"]), "a, b");
/// ```
pub fn first_of<S: Borrow<str>>(most: usize, words: &[S]) -> String {
    let shown = words[..words.len().min(most)].join(", ");
    match words.len().saturating_sub(most) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}
