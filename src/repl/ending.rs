//! An end from outside: SIGTERM, and SIGHUP where the terminal goes away, leave the terminal as it was found. What was
//! typed is kept entry by entry, so there is nothing else to be saved.

use std::io::{Write, stdin, stdout};
use std::thread::Builder;

use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};
use signal_hook::consts::{SIGHUP, SIGTERM};
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;

/// How a terminal is told that pastes need not be marked any more.
const UNMARKED_PASTES: &[u8] = b"\x1b[?2004l\r\n";

/// Restores the terminal from now on before a signal ends the program. Where no thread can be had signals do what they
/// did before.
pub(super) fn watch() {
    let Ok(found) = tcgetattr(stdin()) else { return };
    let body = move || {
        let Ok(mut signals) = Signals::new([SIGTERM, SIGHUP]) else { return };
        for signal in signals.forever() {
            restore(&found);
            // It ends the program.
            let _ = emulate_default_handler(signal);
        }
    };
    let _ = Builder::new().spawn(body);
}

/// Gives the terminal back as it was, if the line editor has it.
fn restore(found: &Termios) {
    let is_edited = tcgetattr(stdin()).is_ok_and(|now| !now.local_modes.contains(LocalModes::ICANON));
    // Where the terminal is gone there is nothing to restore.
    if is_edited && tcsetattr(stdin(), OptionalActions::Now, found).is_ok() {
        let mut out = stdout();
        let _ = out.write_all(UNMARKED_PASTES).and_then(|()| out.flush());
    }
}
