//! What functions of a template look into.

use crate::syntax::json::Cursor;

/// The parts of a template that functions look into.
#[derive(Clone, Copy)]
pub(super) struct Template<'t> {
    pub(super) root: Cursor<'t>,
}

impl<'t> Template<'t> {
    /// A named thing of a section: of `Parameters`, `Resources`, `Conditions`, `Mappings`.
    pub(super) fn of_section(self, section: &str, name: &str) -> Option<Cursor<'t>> {
        self.root.member(section)?.member(name)
    }
}
