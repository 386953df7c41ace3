//! Ctrl-C while a long answer is looked for.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use signal_hook::consts::SIGINT;
use signal_hook::flag;

/// The exit code of a program that Ctrl-C ended.
const INTERRUPTED: i32 = 130;

/// A flag that the first Ctrl-C raises, so that what was found so far is told; the second ends the program. Where no handler
/// can be set, the first ends the program, and there is no flag.
pub(super) fn first_interrupt() -> Option<Arc<AtomicBool>> {
    let pressed: Arc<AtomicBool> = Arc::default();
    flag::register_conditional_shutdown(SIGINT, INTERRUPTED, Arc::clone(&pressed)).ok()?;
    flag::register(SIGINT, Arc::clone(&pressed)).ok()?;
    Some(pressed)
}
