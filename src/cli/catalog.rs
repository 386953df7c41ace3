//! `catalog`: makes the catalog of actions.

use super::arguments::CatalogTask;
use super::disk::Disk;
use super::exit::Exit;
use super::output::Output;
use super::replace;
use crate::catalog::encode;
use crate::session::{Existing, Outside, Unreadable, Wrote};
use crate::source::Diagnostic;

pub(super) fn catalog(task: &CatalogTask, output: &Output) -> Result<Exit, Exit> {
    let CatalogTask::Build { catalog, global, date, output: path } = task;
    let built = read(catalog, global)
        .map_err(Diagnostic::from)
        .and_then(|(catalog, global)| {
            encode(&catalog, &global, date).map_err(|wrong| Diagnostic::error("bad-catalog", wrong))
        })
        .and_then(|blob| write(path, &blob).map_err(Diagnostic::from));
    let (length, written) = built.map_err(|wrong| output.invalid(&[wrong]))?;
    output.wrote(path, written);
    output.say(&format!("wrote {path}, {length} bytes"));
    Ok(Exit::Done)
}

fn read(catalog: &str, global: &str) -> Result<(String, String), Unreadable> {
    Ok((Disk.read(catalog)?, Disk.read(global)?))
}

fn write(path: &str, blob: &[u8]) -> Result<(usize, Wrote), Unreadable> {
    replace::write(path, blob, Existing::Replaced).map(|written| (blob.len(), written))
}
