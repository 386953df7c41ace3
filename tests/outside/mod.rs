//! The outside of a session as tests give it: files in memory, a clock that stands still, and who sits at the prompt.
#![allow(dead_code, reason = "each test binary uses a part of it")]

use std::collections::BTreeMap;

use iamwhy::session::{
    EditedText, Existing, Held, Mode, Outcome, Outside, Run, Session, Unreadable, Wrote, run_script,
};
use iamwhy::source::Source;

/// What the clock says: 2026-11-23T12:00:00Z.
pub(crate) const NOW: i64 = 1_795_435_200;

/// What somebody who edits makes of a text.
type Editor = Box<dyn Fn(&str) -> String>;

/// Files in memory. Nobody edits here unless it is said how.
#[derive(Default)]
pub(crate) struct Memory {
    pub(crate) files: BTreeMap<String, String>,
    edits: Option<Editor>,
    /// The texts that were given to be edited, each with its name before it.
    pub(crate) edited: Vec<String>,
    /// The expectations of a session that hands them out.
    pub(crate) held: Vec<Held>,
}

impl Memory {
    pub(crate) fn with(files: &[(&str, &str)]) -> Self {
        let files = files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
        Self { files: files.collect(), ..Self::default() }
    }

    /// Somebody sits here who edits a text like this.
    pub(crate) fn who_edits(edits: impl Fn(&str) -> String + 'static) -> Self {
        Self { edits: Some(Box::new(edits)), ..Self::default() }
    }
}

impl Outside for Memory {
    fn read(&mut self, path: &str) -> Result<String, Unreadable> {
        let missing = || Unreadable::new("no-such-file", format!("there is no file `{path}`"));
        self.files.get(path).cloned().ok_or_else(missing)
    }

    fn write(&mut self, path: &str, text: &str, existing: Existing) -> Result<Wrote, Unreadable> {
        let old = self.files.get(path).map(String::as_str).unwrap_or_default();
        let replaced = match existing {
            Existing::Replaced => true,
            Existing::ReplacedIfItOpens(opening) => old.is_empty() || old.starts_with(opening),
            Existing::Kept => old.is_empty(),
        };
        let written = if old.is_empty() { Wrote::New } else { Wrote::Replaced };
        if !replaced {
            return Err(Unreadable::new("file-exists", path));
        }
        self.files.insert(path.to_owned(), text.to_owned());
        Ok(written)
    }

    fn now(&self) -> i64 {
        NOW
    }

    fn edit(&mut self, name: &str, text: &str) -> Result<EditedText, Unreadable> {
        let edits = self.edits.as_ref().ok_or_else(|| Unreadable::new("no-editor", name))?;
        self.edited.push(format!("{name}: {text}"));
        let file = format!("draft-{}", self.edited.len());
        let text = edits(text);
        self.files.insert(file.clone(), text.clone());
        Ok(EditedText { text, kept_in: Some(file) })
    }

    fn take_held(&mut self, held: Held) {
        self.held.push(held);
    }

    fn forget_draft(&mut self, file: &str) {
        self.files.remove(file);
    }
}

/// Runs lines as they are typed at the prompt.
pub(crate) fn typed(session: &mut Session, outside: &mut Memory, text: &str) -> Vec<Outcome> {
    ran(session, outside, text, Run { mode: Mode::Prompt, keep_going: true })
}

/// Runs lines as a script.
pub(crate) fn scripted(session: &mut Session, outside: &mut Memory, text: &str) -> Vec<Outcome> {
    ran(session, outside, text, Run { mode: Mode::Script, keep_going: true })
}

fn ran(session: &mut Session, outside: &mut Memory, text: &str, run: Run) -> Vec<Outcome> {
    run_script(session, &Source::new("<test>", text), outside, run).map(|ran| ran.outcome).collect()
}
