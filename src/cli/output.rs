//! Standard output and standard error.
//!
//! INVARIANT: what cannot be written is never lost in silence, unless nobody reads any more; then the exit code is what
//! it would have been.

use std::borrow::Cow;
use std::ffi::OsString;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::exit::Exit;
use crate::disk::stdout;
use crate::layout::ascii;
use crate::report::{self, Format, Style};
use crate::session::{Outcome, Part, Wrote, placed};
use crate::source::{Diagnostic, Place, one_line};
use crate::world::WorldError;

/// Where answers and messages go. Where they cannot be written the program ends, unless nobody reads any more.
pub(super) struct Output {
    style: Style,
    asked: Option<Format>,
    /// Whether only ASCII can be shown.
    is_ascii: bool,
    /// Messages for an answer that is to be a single JSON object.
    held: Mutex<Option<Vec<Diagnostic>>>,
    /// Whether the answers found nobody who reads them.
    unheard: AtomicBool,
}

impl Output {
    /// The output in a form, else in that which suits where it goes.
    pub(super) fn new(asked: Option<Format>) -> Self {
        let terminal = io::stdout().is_terminal();
        let format = asked.unwrap_or(if terminal { Format::Text } else { Format::Plain });
        let is = |name: &str, set: fn(&std::ffi::OsStr) -> bool| {
            std::env::var_os(name).is_some_and(|value| set(&value))
        };
        let plain = is("NO_COLOR", |value| !value.is_empty()) || is("TERM", |value| value == "dumb");
        let colour = terminal && format == Format::Text && !plain;
        let style = Style { format, colour, width: width() };
        let is_drawn = terminal || asked == Some(Format::Text);
        let is_ascii = is_drawn && lacks_unicode(|name| std::env::var_os(name));
        Self { style, asked, is_ascii, held: Mutex::new(None), unheard: AtomicBool::new(false) }
    }

    /// The form that was asked for, if one was.
    pub(super) fn asked(&self) -> Option<Format> {
        self.asked
    }

    pub(super) fn style(&self) -> Style {
        self.style
    }

    /// Whether only ASCII can be shown.
    pub(super) fn is_ascii(&self) -> bool {
        self.is_ascii
    }

    /// A text with the signs that can be shown.
    pub(super) fn spelled<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.is_ascii { ascii(text) } else { Cow::Borrowed(text) }
    }

    pub(super) fn show(&self, outcome: &Outcome) {
        self.show_in(outcome, &self.style);
    }

    /// Shows what came of a command in another width.
    pub(super) fn show_in(&self, outcome: &Outcome, style: &Style) {
        for part in &outcome.parts {
            match part {
                Part::Diagnostics(list) => self.complain_in(list, style),
                part => self.print_in(&Outcome::of(part.clone()).render(style), style),
            }
        }
    }

    /// Shows only the messages of what came of a command.
    pub(super) fn warnings(&self, outcome: &Outcome) {
        for part in &outcome.parts {
            if let Part::Diagnostics(list) = part {
                self.complain(list);
            }
        }
    }

    /// Says why a name was refused.
    pub(super) fn refuse(&self, error: WorldError, place: &Place) -> Exit {
        self.complain(&[placed(error, place)]);
        Exit::Invalid
    }

    /// Says what is wrong with the input.
    pub(super) fn invalid(&self, list: &[Diagnostic]) -> Exit {
        self.complain(list);
        Exit::Invalid
    }

    /// Shows messages on standard error; as JSON they stand among the answers.
    pub(super) fn complain(&self, list: &[Diagnostic]) {
        self.complain_in(list, &self.style);
    }

    /// From now on messages that would stand among the answers wait for the one answer that there will be.
    pub(super) fn hold(&self) {
        if self.style.format == Format::Json {
            *self.waiting() = Some(Vec::new());
        }
    }

    /// The messages that waited; those to come wait no more.
    pub(super) fn held(&self) -> Vec<Diagnostic> {
        self.waiting().take().unwrap_or_default()
    }

    fn waiting(&self) -> MutexGuard<'_, Option<Vec<Diagnostic>>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn complain_in(&self, list: &[Diagnostic], style: &Style) {
        if let Some(held) = &mut *self.waiting() {
            return held.extend_from_slice(list);
        }
        let text = report::diagnostics(list, style);
        match style.format {
            Format::Json => self.print_in(&text, style),
            _ => self.print_error(&text),
        }
    }

    /// Says on standard error that a file was replaced, if one was.
    pub(super) fn wrote(&self, path: &str, written: Wrote) {
        if written == Wrote::Replaced {
            self.say_beside(&format!("replaced {path}"));
        }
    }

    /// Says something on one line of standard error.
    pub(super) fn say_beside(&self, line: &str) {
        self.print_error(&format!("{}\n", one_line(line)));
    }

    /// Says something on one line of standard output.
    pub(super) fn say(&self, line: &str) {
        self.print(&format!("{}\n", one_line(line)));
    }

    /// Writes what was rendered, line by line, to standard error.
    pub(super) fn print_error(&self, text: &str) {
        let text = self.style.harmless(text);
        written(io::stderr().write_all(self.spelled(&text).as_bytes()));
    }

    /// Writes what was rendered, line by line, to standard output; what was forgotten to be neutral is so behind this
    /// door.
    pub(super) fn print(&self, text: &str) {
        self.print_as_it_stands(&self.spelled(&self.style.harmless(text)));
    }

    /// Writes what was rendered in a form; signs that cannot be shown stay in data.
    fn print_in(&self, text: &str, style: &Style) {
        match style.format {
            Format::Text | Format::Plain => self.print(text),
            _ => self.print_as_it_stands(&style.harmless(text)),
        }
    }

    /// Writes text to standard output that is meant for a machine as it stands, and holds nothing that is not neutral.
    pub(super) fn print_as_it_stands(&self, text: &str) {
        written(self.put(text.as_bytes()));
    }

    /// Writes to standard output, until nobody reads any more.
    pub(super) fn put(&self, bytes: &[u8]) -> io::Result<()> {
        if self.is_unheard() {
            return Ok(());
        }
        let result = stdout().and_then(|mut out| out.write_all(bytes).and_then(|()| out.flush()));
        let closed = result.as_ref().is_err_and(is_closed);
        self.unheard.store(closed, Ordering::Relaxed);
        if closed { Ok(()) } else { result }
    }

    /// Whether nobody reads the answers any more.
    pub(super) fn is_unheard(&self) -> bool {
        self.unheard.load(Ordering::Relaxed)
    }
}

/// Whether the locale has characters that are not of UTF-8: `C`, `de_DE.ISO-8859-1`. Where none is set, as in most containers,
/// terminals take UTF-8.
fn lacks_unicode(variable: impl Fn(&str) -> Option<OsString>) -> bool {
    let set = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().filter_map(variable);
    let locale = set.map(|locale| locale.to_string_lossy().to_lowercase()).find(|locale| !locale.is_empty());
    locale.is_some_and(|locale| !locale.contains("utf-8") && !locale.contains("utf8"))
}

/// What the environment says, else the terminal.
fn width() -> usize {
    let said = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).filter(|w| *w >= 40);
    let terminal = || terminal_size::terminal_size_of(std::io::stdout()).map(|(width, _)| width.0.into());
    said.or_else(terminal).unwrap_or(100).max(40)
}

/// Ends the program where something could not be written, such as on a full disk. Behind a closed pipe nobody reads any
/// more: there is nothing to say, and the exit code stays what it is.
pub(super) fn written(result: io::Result<()>) {
    if let Err(wrong) = result.or_else(|wrong| if is_closed(&wrong) { Ok(()) } else { Err(wrong) }) {
        std::process::exit(unwritten(&wrong).code().into());
    }
}

fn is_closed(wrong: &io::Error) -> bool {
    wrong.kind() == ErrorKind::BrokenPipe
}

/// Says that an answer could not be written.
pub(super) fn unwritten(wrong: &io::Error) -> Exit {
    let what = format!("the answer cannot be written: {}", crate::disk::reason(wrong));
    let style = Style { format: Format::Plain, colour: false, width: width() };
    let text = report::diagnostics(&[Diagnostic::error("cannot-write", what)], &style);
    // Where standard error cannot be written either, the exit code alone tells.
    let _ = io::stderr().write_all(text.as_bytes());
    Exit::Invalid
}
