//! The files of a folder.

use std::borrow::Cow;

use super::candidate::Candidate;
use super::vocabulary::Folder;
use crate::syntax::script::write;

/// The files that a path could be that was begun, quoted where the line has it so or the path cannot stand bare.
pub fn files(begun: &str, folder: Folder) -> Vec<Candidate> {
    let path = begun.trim_start_matches(['"', '\'']);
    let before = path.rfind('/').map_or("", |at| path.get(..=at).unwrap_or_default());
    let hidden = |name: &str| name.starts_with('.') && path.len() == before.len();
    let found = folder(before).into_iter().filter(|(name, _)| !hidden(name));
    let mut found: Vec<Candidate> =
        found.map(|(name, is_folder)| file(format!("{before}{name}"), is_folder, path != begun)).collect();
    found.sort_by(|left, right| left.text.cmp(&right.text));
    found
}

fn file(path: String, is_folder: bool, quoted: bool) -> Candidate {
    let path = if is_folder { path + "/" } else { path };
    let mut text = match write::word(&path) {
        Cow::Borrowed(bare) if !quoted => bare.to_owned(),
        _ => write::quoted(&path),
    };
    if !is_folder {
        return Candidate::new(text);
    }
    // What the folder holds is still to come.
    text.truncate(text.trim_end_matches('"').len());
    Candidate::new(text).goes_on()
}
