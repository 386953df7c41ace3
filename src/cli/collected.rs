//! Outputs of the AWS command line in files and folders, as a world.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::disk::Disk;
use super::exit::Exit;
use super::folder::files_below;
use super::output::Output;
use crate::commands::imports;
use crate::session::{Outcome, Outside, Session, Unreadable};
use crate::source::{Diagnostic, Place, Source, Span};

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
