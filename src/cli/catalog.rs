//! `catalog`: makes the catalog of actions.

use super::arguments::CatalogTask;
use super::disk::Disk;
use super::exit::Exit;
use super::output::Output;
use crate::catalog::encode;
use crate::session::{Outside, Unreadable};
use crate::source::Diagnostic;

pub(super) fn catalog(task: &CatalogTask, output: &Output) -> Result<Exit, Exit> {
    let CatalogTask::Build { catalog, global, date, output: path } = task;
    let built = read(catalog, global)
        .map_err(Diagnostic::from)
        .and_then(|(catalog, global)| {
            encode(&catalog, &global, date).map_err(|wrong| Diagnostic::error("bad-catalog", wrong))
        })
        .and_then(|blob| write(path, &blob).map_err(Diagnostic::from));
    let length = built.map_err(|wrong| output.invalid(&[wrong]))?;
    output.print(&format!("wrote {path}, {length} bytes\n"));
    Ok(Exit::Done)
}

fn read(catalog: &str, global: &str) -> Result<(String, String), Unreadable> {
    Ok((Disk.read(catalog)?, Disk.read(global)?))
}

fn write(path: &str, blob: &[u8]) -> Result<usize, Unreadable> {
    super::disk::write(path, blob).map(|()| blob.len())
}
