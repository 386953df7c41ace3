//! What the line editor asks while a line is typed, each question passed on to where it is answered.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};

use rustyline::completion::{Completer, Pair};
use rustyline::highlight::{CmdKind, Highlighter};
use rustyline::hint::Hinter;
use rustyline::validate::{ValidationContext, ValidationResult, Validator};
use rustyline::{CompletionType, Context};

use super::drawn::hides;
use super::hint::Ghost;
use super::known::KnownNames;
use super::paint::LONG;
use super::paste::TypingPace;
use super::screen::Screen;
use super::{complete, hint, paint, validate};

/// What the line editor asks.
pub struct Helper {
    known: KnownNames,
    pub(super) screen: Screen,
    /// Whether there are colours; a hint that is not dim looks as if it were typed, so without there are none.
    colour: bool,
    /// Whether the line is being edited: what is left behind shows no marked bracket.
    editing: Cell<bool>,
    /// The line and where the cursor is in it, as far as it was typed.
    typed: RefCell<(String, usize)>,
    pub(super) pace: TypingPace,
}

impl Helper {
    /// A helper that knows nothing yet.
    pub fn new(colour: bool) -> Self {
        Self {
            known: KnownNames::default(),
            screen: Screen::default(),
            colour,
            editing: Cell::new(true),
            typed: RefCell::default(),
            pace: TypingPace::default(),
        }
    }

    /// Knows this from now on; it is told after every entry.
    pub fn learn(&mut self, known: KnownNames) {
        self.known = known;
    }

    /// What stands in front of the cursor and behind it, of the line that was left unfinished.
    pub(super) fn typed(&self) -> (String, String) {
        let (line, cursor) = self.typed.take();
        let (before, behind) = line.split_at_checked(cursor).unwrap_or((&line, ""));
        (before.to_owned(), behind.to_owned())
    }
}

impl rustyline::Helper for Helper {}

impl Completer for Helper {
    type Candidate = Pair;

    fn complete(&self, line: &str, pos: usize, _: &Context<'_>) -> rustyline::Result<(usize, Vec<Pair>)> {
        Ok(complete::complete(line, pos, &self.known, self.screen.now()))
    }
}

impl Hinter for Helper {
    type Hint = Ghost;

    fn hint(&self, line: &str, pos: usize, context: &Context<'_>) -> Option<Ghost> {
        self.pace.is_kept_up();
        self.typed.replace((line.to_owned(), pos));
        let asked = self.colour && pos == line.len() && line.len() <= LONG;
        if asked { hint::hint(line, context, &self.known, self.screen) } else { None }
    }
}

impl Validator for Helper {
    fn validate(&self, context: &mut ValidationContext<'_>) -> rustyline::Result<ValidationResult> {
        let open = validate::is_unfinished(context.input());
        Ok(if open { ValidationResult::Incomplete } else { ValidationResult::Valid(None) })
    }
}

impl Highlighter for Helper {
    fn highlight<'l>(&self, line: &'l str, pos: usize) -> Cow<'l, str> {
        match self.colour {
            true => paint::paint(line, self.editing.get().then_some(pos)),
            false => paint::plain(line),
        }
    }

    /// The prompt of a search holds what is looked for.
    fn highlight_prompt<'b, 's: 'b, 'p: 'b>(&'s self, prompt: &'p str, default: bool) -> Cow<'b, str> {
        if default { Cow::Borrowed(prompt) } else { paint::plain(prompt) }
    }

    fn highlight_hint<'h>(&self, hint: &'h str) -> Cow<'h, str> {
        Cow::Owned(format!("\x1b[2m{hint}\x1b[0m"))
    }

    fn highlight_candidate<'c>(&self, candidate: &'c str, _: CompletionType) -> Cow<'c, str> {
        if self.colour { complete::paint(candidate) } else { Cow::Borrowed(candidate) }
    }

    /// Whether the line is to be drawn again; else the last character goes to the terminal as it is.
    fn highlight_char(&self, line: &str, _: usize, kind: CmdKind) -> bool {
        self.editing.set(kind != CmdKind::ForcedRefresh);
        self.colour || hides(line)
    }
}
