//! `mcp`: questions as tools of an assistant, over standard input and output.

use std::io::{BufReader, Write};
use std::path::Path;

use super::arguments::McpTask;
use super::exit::Exit;
use super::output::{Output, unwritten};
use super::world::Start;
use crate::disk::{Confined, STDIN, stdin, stdout, unreadable};
use crate::mcp::{self, Workplace};
use crate::source::Diagnostic;

/// Answers until standard input ends. Nothing but answers is written on standard output.
pub(super) fn serve(start: &Start, task: &McpTask, output: &Output) -> Result<Exit, Exit> {
    if !Path::new(&task.root).is_dir() {
        let what = format!("`{}` is no folder, so no file could be read below it", task.root);
        return Err(output.invalid(&[Diagnostic::error("no-folder", what)]));
    }
    let session = start.or_empty(output)?;
    let input = stdin().map_err(|wrong| output.invalid(&[unreadable(STDIN, &wrong).into()]))?;
    // The files that a call names are those of the root, wherever the program was begun.
    let moved = std::env::set_current_dir(&task.root);
    moved.map_err(|wrong| output.invalid(&[unreadable(&task.root, &wrong).into()]))?;
    let outside = &mut Confined::below(Path::new("."), start.allow_outside);
    let mut place = Workplace { start: &session, outside };
    let mut answers = stdout().map_err(|wrong| unwritten(&wrong))?;
    match mcp::serve(&mut place, &mut BufReader::new(input), &mut answers as &mut dyn Write) {
        Ok(()) => Ok(Exit::Done),
        Err(wrong) => Ok(unwritten(&wrong)),
    }
}
