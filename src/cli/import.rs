//! `import`: outputs of the AWS command line, made a script.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::arguments::ImportTask;
use super::disk::Disk;
use super::exit::Exit;
use super::folder::files_below;
use super::output::Output;
use super::question::run;
use super::statement::on_command_line;
use crate::commands::{self, imports};
use crate::import::HOW;
use crate::session::{Outcome, Outside, Session, Status, Unreadable};
use crate::source::{Diagnostic, Place, Source, Span};
use crate::syntax::script::write;

/// Makes a world of outputs and writes it as a script.
pub(super) fn import(task: &ImportTask, output: &Output) -> Result<Exit, Exit> {
    if task.how {
        output.print_as_it_stands(HOW);
        return Ok(Exit::Done);
    }
    let mut session = commands::session();
    let outcome = import_into(&mut session, &task.paths, output)?;
    output.show(&outcome);
    if outcome.status == Status::Refused {
        return Err(Exit::Invalid);
    }
    let Some(path) = &task.output else { return Ok(Exit::Done) };
    let saved = run(&mut session, &on_command_line(format!("save {}", write::quoted(path))));
    output.show(&saved);
    Ok(Exit::of(&saved, true))
}

/// Makes a world of outputs in a session.
pub(super) fn import_into(session: &mut Session, paths: &[String], output: &Output) -> Result<Outcome, Exit> {
    let files = outputs(paths).map_err(|wrong| output.invalid(&[wrong.into()]))?;
    if files.is_empty() {
        let wrong = Diagnostic::error("no-outputs", "there are no outputs of the AWS command line");
        return Err(output.invalid(&[wrong.help("`iamwhy import --how` prints the lines that collect them")]));
    }
    let place = Place::new(&files[0], Span::default());
    Ok(session.execute(imports(files), &place, &mut Disk))
}

/// The files that are named, and those in the folders that are named.
fn outputs(paths: &[String]) -> Result<Vec<Arc<Source>>, Unreadable> {
    let mut files: Vec<PathBuf> = Vec::new();
    for path in paths.iter().map(Path::new) {
        match path.is_dir() {
            true => files.extend(files_below(path, &["json"])?),
            false => files.push(path.to_owned()),
        }
    }
    let read = |path: &PathBuf| {
        let name = path.to_string_lossy();
        Disk.read(&name).map(|text| Source::new(&*name, text))
    };
    files.iter().map(read).collect()
}
