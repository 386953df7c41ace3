//! Texts that a call brings along, read like files.

use crate::session::{Outside, Unreadable};

/// Whether what a call gives is JSON itself, and not the name of a file.
pub(super) fn is_text(given: &str) -> bool {
    given.trim_start().starts_with(['{', '['])
}

/// The outside of a call: the texts that it brings along, and what may be read besides. Nothing is written.
pub(super) struct GivenTexts<'o> {
    pub(super) texts: Vec<(&'static str, String)>,
    pub(super) outside: &'o mut dyn Outside,
}

impl Outside for GivenTexts<'_> {
    fn read(&mut self, path: &str) -> Result<String, Unreadable> {
        match self.texts.iter().find(|(name, _)| *name == path) {
            Some((_, text)) => Ok(text.clone()),
            None => self.outside.read(path),
        }
    }

    fn confined_to(&self, file: &str) -> Option<Box<dyn Outside>> {
        self.outside.confined_to(file)
    }

    fn now(&self) -> i64 {
        self.outside.now()
    }

    fn is_read_only(&self) -> bool {
        true
    }

    fn is_strangers(&self) -> bool {
        true
    }
}
