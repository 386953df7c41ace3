//! What something is called that is no policy.

use crate::source::{Diagnostic, Source};

/// What something is, and what to do with it.
pub(super) struct NoPolicy {
    what: String,
    instead: String,
}

impl NoPolicy {
    pub(super) fn new(what: impl Into<String>, instead: impl Into<String>) -> Self {
        Self { what: what.into(), instead: instead.into() }
    }

    pub(super) fn told(self, file: &Source) -> Diagnostic {
        let what = format!("`{}` is {}, and no policy", file.name(), self.what);
        Diagnostic::error("no-policy", what).help(self.instead)
    }
}
