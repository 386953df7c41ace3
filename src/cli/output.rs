//! Standard output and standard error.

use std::io::{IsTerminal, Write};

use super::arguments::Cli;
use super::exit::Exit;
use crate::report::{self, Format, Style};
use crate::session::{Outcome, Part, placed};
use crate::source::{Diagnostic, Place};
use crate::world::WorldError;

/// Where answers and messages go. When nobody reads any more the program ends quietly.
pub(super) struct Output {
    style: Style,
}

impl Output {
    /// The output that the arguments ask for.
    pub(super) fn new(cli: &Cli) -> Self {
        let terminal = std::io::stdout().is_terminal();
        let format =
            cli.format.map(Format::from).unwrap_or(if terminal { Format::Text } else { Format::Plain });
        let is = |name: &str, set: fn(&std::ffi::OsStr) -> bool| {
            std::env::var_os(name).is_some_and(|value| set(&value))
        };
        let plain = is("NO_COLOR", |value| !value.is_empty()) || is("TERM", |value| value == "dumb");
        let colour = terminal && format == Format::Text && !plain;
        let style = Style { format, colour, width: width() };
        Self { style }
    }

    /// How it looks.
    pub(super) fn style(&self) -> Style {
        self.style
    }

    /// Shows what came of a command.
    pub(super) fn show(&self, outcome: &Outcome) {
        self.show_in(outcome, &self.style);
    }

    /// Shows what came of a command in another width.
    pub(super) fn show_in(&self, outcome: &Outcome, style: &Style) {
        for part in &outcome.parts {
            match part {
                Part::Diagnostics(list) => self.complain_in(list, style),
                part => self.print(&Outcome::of(part.clone()).render(style)),
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

    fn complain_in(&self, list: &[Diagnostic], style: &Style) {
        let text = report::diagnostics(list, style);
        match style.format {
            Format::Json => self.print(&text),
            _ => ended(std::io::stderr().write_all(text.as_bytes())),
        }
    }

    /// Writes text to standard error.
    pub(super) fn print_error(&self, text: &str) {
        ended(std::io::stderr().write_all(text.as_bytes()));
    }

    /// Writes text to standard output.
    pub(super) fn print(&self, text: &str) {
        let mut out = std::io::stdout().lock();
        ended(out.write_all(text.as_bytes()).and_then(|()| out.flush()));
    }
}

/// What the environment says, else the terminal.
fn width() -> usize {
    let said = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).filter(|w| *w >= 40);
    let terminal = || terminal_size::terminal_size_of(std::io::stdout()).map(|(width, _)| width.0.into());
    said.or_else(terminal).unwrap_or(100).max(40)
}

/// A closed pipe ends the program quietly.
fn ended(written: std::io::Result<()>) {
    if written.is_err() {
        std::process::exit(0);
    }
}
