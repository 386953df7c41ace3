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
    errors: Style,
}

impl Output {
    /// The output that the arguments ask for.
    pub(super) fn new(cli: &Cli) -> Self {
        let terminal = std::io::stdout().is_terminal();
        let format =
            cli.format.map(Format::from).unwrap_or(if terminal { Format::Text } else { Format::Plain });
        let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let colour = terminal && format == Format::Text && !plain;
        let style = Style { format, colour, width: width() };
        let errors = if format == Format::Json {
            Style { format: Format::Plain, colour: false, ..style }
        } else {
            style
        };
        Self { style, errors }
    }

    /// Shows what came of a command.
    pub(super) fn show(&self, outcome: &Outcome) {
        for part in &outcome.parts {
            match part {
                Part::Diagnostics(list) => self.complain(list),
                part => self.print(&Outcome::of(part.clone()).render(&self.style)),
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

    /// Shows messages on standard error.
    pub(super) fn complain(&self, list: &[Diagnostic]) {
        ended(std::io::stderr().write_all(report::diagnostics(list, &self.errors).as_bytes()));
    }

    /// Writes text to standard output.
    pub(super) fn print(&self, text: &str) {
        let mut out = std::io::stdout().lock();
        ended(out.write_all(text.as_bytes()).and_then(|()| out.flush()));
    }
}

fn width() -> usize {
    std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).filter(|w| *w >= 40).unwrap_or(100)
}

/// A closed pipe ends the program quietly.
fn ended(written: std::io::Result<()>) {
    if written.is_err() {
        std::process::exit(0);
    }
}
