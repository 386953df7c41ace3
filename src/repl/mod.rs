//! The prompt.

use crate::session::{Outcome, Outside, Session};

/// Reads entries and executes them until there are no more.
pub fn run(session: &mut Session, outside: &mut dyn Outside, show: &mut dyn FnMut(&Outcome)) {
    crate::session::run_stream(session, std::io::stdin().lock(), outside, show);
}
