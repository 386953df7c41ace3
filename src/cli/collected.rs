//! Outputs of the AWS command line in files and folders, as a world.

use std::path::{Path, PathBuf};

use super::disk::Disk;
use super::exit::Exit;
use super::folder::files_below;
use super::output::Output;
use super::progress::Progress;
use crate::commands::imports;
use crate::import::{CollectedWorld, Collecting};
use crate::session::{Outcome, Outside, Session, Unreadable};
use crate::source::{Diagnostic, Place, Source, Span};

/// Makes a world of outputs in a session.
pub(super) fn import_into(session: &mut Session, paths: &[String], output: &Output) -> Result<Outcome, Exit> {
    let files = outputs(paths).map_err(|wrong| output.invalid(&[wrong.into()]))?;
    let Some(first) = files.first().map(|path| Source::new(path.to_string_lossy(), "")) else {
        let wrong = Diagnostic::error("no-outputs", "there are no outputs of the AWS command line");
        return Err(output.invalid(&[wrong.help("`iamwhy import --how` prints the lines that collect them")]));
    };
    let collected = collected(&files).map_err(|wrong| output.invalid(&[wrong.into()]))?;
    Ok(session.execute(imports(collected), &Place::new(&first, Span::default()), &mut Disk))
}

/// What the files tell; of none is the text kept, so that there may be many.
fn collected(files: &[PathBuf]) -> Result<CollectedWorld, Unreadable> {
    let progress = Progress::new(files.len(), "outputs");
    let mut collecting = Collecting::default();
    for (done, path) in files.iter().enumerate() {
        progress.show(done);
        let name = path.to_string_lossy();
        let text = Disk.read(&name).inspect_err(|_| progress.clear())?;
        collecting.take(&Source::new(&*name, text));
    }
    progress.clear();
    Ok(collecting.finish())
}

/// The files that are named, and those in the folders that are named.
fn outputs(paths: &[String]) -> Result<Vec<PathBuf>, Unreadable> {
    let mut files: Vec<PathBuf> = Vec::new();
    for path in paths.iter().map(Path::new) {
        match path.is_dir() {
            true => files.extend(files_below(path, &["json"])?),
            false => files.push(path.to_owned()),
        }
    }
    Ok(files)
}
