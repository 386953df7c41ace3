//! The files that commands write.

use crate::session::{Existing, Failure, Outside, Unreadable, Wrote};
use crate::source::{Diagnostic, Place};

/// A file that a command writes.
pub(super) struct NewFile<'f> {
    pub(super) path: &'f str,
    pub(super) text: &'f str,
    /// What every file of the command begins with: another one that does is replaced.
    pub(super) opening: &'static str,
    /// Whether it was said that any file is replaced.
    pub(super) over: bool,
}

impl NewFile<'_> {
    /// Writes it; gives what there is to say of the file that it replaced.
    pub(super) fn write(self, place: &Place, outside: &mut dyn Outside) -> Result<&'static str, Failure> {
        let existing = if self.over { Existing::Replaced } else { Existing::ReplacedIfItOpens(self.opening) };
        let over = |wrong: Unreadable| match wrong.code {
            "file-exists" => {
                let help = Some(format!("`{} over` replaces it", place.text()));
                Unreadable { help, ..wrong }
            }
            _ => wrong,
        };
        let wrong = |wrong| Failure::from(Diagnostic::from(over(wrong)).at(place.clone(), ""));
        Ok(match outside.write(self.path, self.text, existing).map_err(wrong)? {
            Wrote::New => "",
            Wrote::Replaced => " and replaced what was there",
        })
    }
}
