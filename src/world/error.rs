//! Why a change or a name was refused.

use std::fmt;

/// A refusal. Whoever knows the text of the command adds the place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorldError {
    /// A stable name for programs.
    pub code: &'static str,
    /// What is wrong: lower case, no full stop.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// The word that is to blame, as it was given.
    pub about: String,
}

impl WorldError {
    /// A refusal about a word.
    pub fn new(code: &'static str, about: impl Into<String>, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), help: None, about: about.into() }
    }

    /// With advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// With `did you mean …?` if something like the word is known.
    #[must_use]
    pub fn suggest<'a>(self, known: impl IntoIterator<Item = &'a str>) -> Self {
        match crate::source::nearest(&self.about, known) {
            Some(name) => self.help(format!("did you mean `{name}`?")),
            None => self,
        }
    }

    /// With advice, unless there is some.
    #[must_use]
    pub fn otherwise(self, help: impl Into<String>) -> Self {
        if self.help.is_some() { self } else { self.help(help) }
    }
}

impl fmt::Display for WorldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for WorldError {}
