//! The prompt: a line editor around the session.
//!
//! INVARIANT: nothing here prints or decides; what can stand at the cursor, what is unfinished and what a line does
//! are asked of `assist`, `syntax` and `session`. The loop (`prompt_loop`) knows no language at all. The helpers of the
//! editor hold an immutable vocabulary, which is replaced after every entry.
//!
//! Read first: [`run`].

mod complete;
mod desk;
mod dot;
mod drawn;
mod dropped;
mod editor;
#[cfg(unix)]
mod ending;
mod folder;
mod helper;
mod hint;
mod history;
mod indent;
mod interrupt;
mod known;
mod paint;
mod paste;
mod places;
mod prompt;
mod prompt_loop;
mod screen;
mod validate;

pub use desk::run;
pub use helper::Helper;
pub use known::KnownNames;
pub use places::Places;

use crate::report::Style;
use crate::session::{Outcome, Outside};

/// What the prompt reaches of the outside.
pub struct Surface<'o> {
    /// Files and the clock.
    pub outside: &'o mut dyn Outside,
    /// Shows what came of an entry, by pages if that is wanted and it is longer than the screen; says whether it was so.
    pub show: &'o mut dyn FnMut(&Outcome, &Style, bool) -> bool,
    /// How things look; the width follows the terminal.
    pub style: Style,
    /// Whether the terminal shows ASCII only.
    pub is_ascii: bool,
    /// Whether the terminal has more keys than letters: without, lines come as they are.
    pub has_keys: bool,
    /// Where history and settings are kept.
    pub places: Places,
}
