//! The files of a folder.

use std::path::Path;

use super::candidates::Candidate;

/// Files, quoted where the line has it so or the name cannot stand bare.
pub(super) fn files(begun: &str) -> Vec<Candidate> {
    let path = begun.trim_start_matches(['"', '\'']);
    let folder = path.rfind('/').map_or("", |at| path.get(..=at).unwrap_or_default());
    let read = std::fs::read_dir(if folder.is_empty() { Path::new(".") } else { Path::new(folder) });
    let mut found: Vec<Candidate> = read
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let is_folder = entry.path().is_dir();
            let hidden = name.starts_with('.') && path.len() == folder.len();
            let quoted = path.len() < begun.len() || !is_bare(&name);
            let (quote, slash) = (if quoted { "\"" } else { "" }, if is_folder { "/" } else { "" });
            let closing = if is_folder { "" } else { quote };
            let candidate = Candidate::new(format!("{quote}{folder}{name}{slash}{closing}"));
            (!hidden).then_some(if is_folder { candidate.goes_on() } else { candidate })
        })
        .collect();
    found.sort_by(|left, right| left.text.cmp(&right.text));
    found
}

/// Whether a word can hold the name as it is.
fn is_bare(name: &str) -> bool {
    !name.contains(char::is_whitespace)
        && !name.starts_with(['"', '\'', '{', '[', '#'])
        && !name.ends_with('\\')
}
