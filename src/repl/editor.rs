//! The line editor.

use std::io::ErrorKind;

use rustyline::config::Configurer;
use rustyline::error::{ReadlineError, Signal};
use rustyline::history::MemHistory;
use rustyline::{ColorMode, CompletionType, Config, EditMode, Editor};

use super::dropped::{self, Dropped};
use super::helper::Helper;
use super::history::MOST;
use super::indent;
use super::known::KnownNames;
use super::paste;
use super::prompt::Prompt;
use super::screen::{Screen, TAB_STOP};
use crate::report::Style;

pub(super) enum Entered {
    /// A line, or several that belong together.
    Line(String),
    /// Nothing: Ctrl-C, or bytes that are no text.
    Cleared,
    /// Ctrl-D.
    Left,
}

pub(super) struct LineEditor {
    editor: Editor<Helper, MemHistory>,
    width: usize,
    colour: bool,
    /// Whether the terminal shows ASCII only.
    is_ascii: bool,
    dropped: Dropped,
}

impl LineEditor {
    /// An editor with the entries that were kept.
    pub(super) fn new(style: Style, is_ascii: bool, history: &[String]) -> rustyline::Result<Self> {
        let config = Config::builder()
            .max_history_size(MOST)?
            .completion_type(CompletionType::List)
            .completion_show_all_if_ambiguous(true)
            // A list fits on the screen, so nothing is asked before it is shown.
            .completion_prompt_limit(usize::MAX)
            // The helper has the say: without it what is typed would be drawn as it is, whatever it holds.
            .color_mode(ColorMode::Forced)
            .tab_stop(TAB_STOP as u8)
            .build();
        let kept = MemHistory::with_config(&config);
        let mut editor = Editor::with_history(config, kept)?;
        let helper = Helper::new(style.colour);
        let (key, completes) = paste::tab(helper.pace.clone());
        editor.bind_sequence(key, completes);
        editor.set_helper(Some(helper));
        let (key, indents) = indent::key();
        editor.bind_sequence(key, indents);
        let dropped = Dropped::default();
        let (key, drops) = dropped::key(dropped.clone());
        editor.bind_sequence(key, drops);
        let mut editor = Self { editor, width: style.width, colour: style.colour, is_ascii, dropped };
        history.iter().for_each(|entry| editor.remember(entry));
        Ok(editor)
    }

    /// Makes ready for the next entry.
    pub(super) fn prepare(&mut self, known: KnownNames, vi: bool) {
        self.editor.set_edit_mode(if vi { EditMode::Vi } else { EditMode::Emacs });
        if let Some(helper) = self.editor.helper_mut() {
            helper.learn(known);
        }
    }

    pub(super) fn read(&mut self, prompt: &Prompt) -> rustyline::Result<Entered> {
        let mut begun = (String::new(), String::new());
        loop {
            let (columns, rows) = self.size();
            let (prompt_wide, is_ascii) = (prompt.plain.chars().count(), self.is_ascii);
            if let Some(helper) = self.editor.helper_mut() {
                helper.screen = Screen { columns, rows, prompt: prompt_wide, is_ascii };
            }
            let drawn = if self.colour { &prompt.painted } else { &prompt.plain };
            let prompt = (prompt.plain.as_str(), drawn.as_str());
            match self.editor.readline_with_initial(&prompt, (&begun.0, &begun.1)) {
                Ok(_) if self.dropped.take() => return Ok(Entered::Cleared),
                Ok(line) => return Ok(Entered::Line(line)),
                // The window changed between a key and the one that it waits for (rustyline 19): the line goes on.
                Err(ReadlineError::Signal(Signal::Resize)) => begun = self.typed(),
                // Bytes that are no text: the line is dropped, as one sees.
                Err(ReadlineError::Io(wrong)) if wrong.kind() == ErrorKind::InvalidData => {
                    return Ok(Entered::Cleared);
                }
                Err(ReadlineError::Interrupted | ReadlineError::Signal(_)) => return Ok(Entered::Cleared),
                Err(ReadlineError::Eof) => return Ok(Entered::Left),
                Err(wrong) => return Err(wrong),
            }
        }
    }

    fn typed(&self) -> (String, String) {
        self.editor.helper().map(Helper::typed).unwrap_or_default()
    }

    /// Has an entry at hand from now on.
    pub(super) fn remember(&mut self, entry: &str) {
        // One that repeats the last is no other.
        let _ = self.editor.add_history_entry(entry);
    }

    /// How many columns the terminal has now.
    pub(super) fn width(&mut self) -> usize {
        self.size().0
    }

    fn size(&mut self) -> (usize, usize) {
        let size = self.editor.dimensions();
        size.map_or((self.width, usize::MAX), |(columns, rows)| (columns.into(), rows.into()))
    }
}
