//! How tables are decided.

use std::sync::Arc;

use crate::session::Session;
use crate::world::GivenPolicies;

/// How tables are decided.
pub(crate) struct DecideTask {
    /// Whose world is asked.
    pub(crate) session: Arc<Session>,
    /// Policies in place of the world's, for every request.
    pub(crate) given: GivenPolicies,
    /// What the clock says, in epoch seconds.
    pub(crate) now: i64,
    /// Whether the answers say what decided.
    pub(crate) because: bool,
    /// How many threads decide at most; 0 for as many as there are cores.
    pub(crate) threads: usize,
}
