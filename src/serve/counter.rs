//! What is behind the port.

use std::sync::Arc;

use super::analyzer::Previews;
use super::guard::Hosts;
use crate::session::Session;

/// What is behind the port.
pub trait Counter: Sync {
    /// The session whose world is asked, as it is now.
    fn session(&self) -> Arc<Session>;

    /// The hosts under whose name it may be called.
    fn hosts(&self) -> &Hosts;

    /// The access previews that were made last: a client asks for what it made.
    fn previews(&self) -> &Previews;

    /// What the clock says, in epoch seconds.
    fn now(&self) -> i64;

    /// Whether no further call is taken.
    fn is_closing(&self) -> bool;
}
