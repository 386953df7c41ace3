//! The policies of a file that a question is given.

use std::path::Path;
use std::sync::Arc;

use crate::policy::{Policy, PolicyType};
use crate::recognise::{PolicyInside, of_type, policies_inside};
use crate::source::{Diagnostic, Source};
use crate::world::{Document, NamedDocument};

/// The longest file of policies, in bytes.
const MAX_FILE: usize = 10_000_000;

/// The policies of a file, one document or several, each under the name of the file; and what there is to say about them.
///
/// # Errors
/// If one of them is refused, or the file holds none and is known for something else, or is too long.
pub fn documents(
    source: &Arc<Source>,
    kind: PolicyType,
) -> Result<(Vec<NamedDocument>, Vec<Diagnostic>), Vec<Diagnostic>> {
    let (path, length) = (source.name(), source.text().len());
    if length > MAX_FILE {
        let what = format!("`{path}` has {length} bytes; no policy is longer than 10 MB");
        return Err(vec![Diagnostic::error("file-too-long", what)]);
    }
    let found = read_all(source, kind).map_err(|wrong| vec![wrong])?;
    let stem = Path::new(path).file_stem().map_or(path.into(), |stem| stem.to_string_lossy());
    let several = found.len() > 1;
    let (mut documents, mut warned) = (Vec::with_capacity(found.len()), Vec::new());
    for (i, (document, warnings)) in found.into_iter().enumerate() {
        warned.extend(warnings);
        if let Document::Refused(wrong) = &document {
            return Err([warned, wrong.to_vec()].concat());
        }
        let name = if several { format!("{stem}-{}", i + 1) } else { stem.to_string() };
        documents.push(NamedDocument { name: name.into(), document });
    }
    Ok((documents, warned))
}

fn read_all(source: &Arc<Source>, kind: PolicyType) -> Result<Vec<(Document, Vec<Diagnostic>)>, Diagnostic> {
    let Some(inside) = policies_inside(source)? else { return Ok(Document::read_all(source, kind)) };
    Ok(of_type(source, inside, kind)?.iter().map(|one| document_of(one, kind)).collect())
}

/// The document of a policy that something else holds. Where something in it is not known, nobody can consult it, and what
/// hangs on it depends.
fn document_of(one: &PolicyInside, kind: PolicyType) -> (Document, Vec<Diagnostic>) {
    match one.unresolved() {
        Some(unresolved) => (Document::Missing, vec![unresolved]),
        None => Document::from_parsed(Policy::of(one.tree(), kind)),
    }
}
