//! What a file is called that is not what was asked for.

use crate::source::{Diagnostic, Source};

/// What a file is, in plain words, and what to do with it.
#[derive(Clone, Debug)]
pub struct FileForm {
    /// What it is: `a list of roles`.
    pub what: String,
    /// What takes it, if something of the program does.
    taken_by: Option<String>,
    /// What to do where a policy is wanted.
    pub(super) instead: String,
}

impl FileForm {
    pub(super) fn new(what: impl Into<String>, instead: impl Into<String>) -> Self {
        Self { what: what.into(), taken_by: None, instead: instead.into() }
    }

    /// Something that a command takes, which is what to do with it.
    pub(super) fn taken(what: impl Into<String>, by: impl Into<String>) -> Self {
        let by = by.into();
        Self { what: what.into(), taken_by: Some(by.clone()), instead: by }
    }

    /// That a file is this, and not what was asked for.
    pub fn and_no(&self, file: &Source, wanted: &str) -> String {
        format!("`{}` is {}, and no {wanted}", file.name(), self.what)
    }

    /// What to do with it, before what is wanted in its place.
    pub fn instead_of(&self, wanted: &str) -> String {
        self.taken_by.as_ref().map_or_else(|| wanted.to_owned(), |by| format!("{by}; {wanted}"))
    }

    pub(super) fn told(self, file: &Source) -> Diagnostic {
        Diagnostic::error("no-policy", self.and_no(file, "policy")).help(self.instead)
    }
}
