//! Outputs of the AWS command line in files and folders, as a world.

use std::path::{Path, PathBuf};

use super::folder::files_below;
use super::machine::Disk;
use super::world::refused;
use crate::commands::imports;
use crate::import::{CollectedWorld, Collecting};
use crate::session::{Outcome, Outside, Session, Unreadable};
use crate::source::{Diagnostic, Place, Source, Span};

/// Makes a world of outputs of the AWS command line in a session.
///
/// # Errors
/// If there are none, or one cannot be read.
pub fn import_outputs(
    session: &mut Session,
    paths: &[String],
    progress: &dyn Fn(usize, usize),
) -> Result<Outcome, Outcome> {
    let files = outputs(paths).map_err(refused)?;
    let Some(first) = files.first().map(|path| Source::new(path.to_string_lossy(), "")) else {
        let wrong = Diagnostic::error("no-outputs", "there are no outputs of the AWS command line");
        return Err(refused(wrong.help("`iamwhy import --how` prints the lines that collect them")));
    };
    let found = collected(&files, &|done| progress(done, files.len())).map_err(refused)?;
    Ok(session.execute(imports(found), &Place::new(&first, Span::default()), &mut Disk))
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

/// What the files tell; of none is the text kept, so that there may be many. `progress` hears how many are done.
fn collected(files: &[PathBuf], progress: &dyn Fn(usize)) -> Result<CollectedWorld, Unreadable> {
    let mut collecting = Collecting::default();
    for (done, path) in files.iter().enumerate() {
        progress(done);
        let name = path.to_string_lossy();
        let text = Disk.read(&name)?;
        collecting.take(&Source::new(&*name, text));
    }
    Ok(collecting.finish())
}
