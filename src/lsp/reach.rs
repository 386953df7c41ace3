//! What scripts that are open may read.

use crate::session::Outside;

/// What scripts that are open may read.
pub struct ScriptReach<'r>(pub &'r dyn Fn(&str) -> Box<dyn Outside>);

impl ScriptReach<'_> {
    /// What the script of a path may read: what lies below its folder.
    pub(super) fn below(&self, path: &str) -> Box<dyn Outside> {
        (self.0)(path)
    }
}
