//! The loop: an entry is read, something is done with it, and the next prompt is made of what came of it.

use super::editor::{Entered, LineEditor};
use super::known::KnownNames;
use super::prompt::Prompt;

/// What is known once an entry has been answered.
pub(super) struct Next {
    pub(super) leave: bool,
    pub(super) prompt: Prompt,
    pub(super) known: KnownNames,
    /// Whether the keys are those of vi.
    pub(super) vi: bool,
}

/// Reads entries and answers each, until an answer says to leave or the input ends; the history gets the `parts` of
/// an entry.
pub(super) fn prompt_loop(
    editor: &mut LineEditor,
    first: Next,
    parts: fn(&str) -> Vec<String>,
    mut answer: impl FnMut(&str, usize) -> Next,
) -> rustyline::Result<()> {
    let mut next = first;
    while !next.leave {
        editor.prepare(next.known, next.vi);
        let Some(line) = entry(editor, &next.prompt)? else { break };
        parts(&line).iter().for_each(|part| editor.remember(part));
        next = answer(&line, editor.width());
    }
    Ok(())
}

/// The next entry that says something; nothing where the input ends.
fn entry(editor: &mut LineEditor, prompt: &Prompt) -> rustyline::Result<Option<String>> {
    loop {
        match editor.read(prompt)? {
            Entered::Left => return Ok(None),
            Entered::Line(line) if !line.trim().is_empty() => return Ok(Some(line)),
            Entered::Cleared | Entered::Line(_) => {}
        }
    }
}
