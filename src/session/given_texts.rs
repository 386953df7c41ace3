//! Texts that a call from outside brings along, read like files.

use super::outside::{Outside, Unreadable};

/// The outside of a call: the texts that it brings along, and what may be read besides. Nothing is written.
pub struct GivenTexts<'o> {
    /// The texts, each under the name by which a statement calls it.
    pub texts: Vec<(&'static str, String)>,
    /// What may be read besides.
    pub outside: &'o mut dyn Outside,
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
