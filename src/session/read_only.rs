//! An outside through which nothing is written.

use super::outside::{Outside, Unreadable};

/// An outside that is read only: what would be, or what there is, leaves no trace.
pub struct ReadOnly<'o>(pub &'o mut dyn Outside);

impl Outside for ReadOnly<'_> {
    fn read(&mut self, path: &str) -> Result<String, Unreadable> {
        self.0.read(path)
    }

    fn confined_to(&self, file: &str) -> Option<Box<dyn Outside>> {
        self.0.confined_to(file)
    }

    fn now(&self) -> i64 {
        self.0.now()
    }

    fn is_read_only(&self) -> bool {
        true
    }

    fn is_strangers(&self) -> bool {
        self.0.is_strangers()
    }
}
