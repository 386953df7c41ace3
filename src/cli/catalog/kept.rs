//! The documents of an update that is not finished, each in a file: whoever begins again goes on where it ended.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use crate::catalog::FeedEntry;
use crate::disk::reason;
use crate::session::Unreadable;

/// How long a document counts as that of the feed.
const KEPT_FOR: Duration = Duration::from_secs(24 * 60 * 60);

/// The folder of the documents.
pub(super) struct KeptDocuments(PathBuf);

impl KeptDocuments {
    /// The folder beside the catalog.
    pub(super) fn beside(catalog: &Path) -> Result<KeptDocuments, Unreadable> {
        let folder = catalog.with_extension("part");
        let made = fs::create_dir_all(&folder);
        made.map_err(|wrong| unwritten(&folder, &wrong)).map(|()| KeptDocuments(folder.clone()))
    }

    /// The document of a service, where it was fetched within a day and the index says that it is the same.
    pub(super) fn read(&self, entry: &FeedEntry) -> Option<String> {
        let file = self.file(entry);
        let written = fs::metadata(&file).and_then(|about| about.modified()).ok()?;
        let age = SystemTime::now().duration_since(written).unwrap_or_default();
        if age < KEPT_FOR { fs::read_to_string(&file).ok() } else { None }
    }

    /// Keeps a document. What a machine that fails leaves half-written is found to be malformed and fetched again.
    pub(super) fn write(&self, entry: &FeedEntry, document: &str) -> Result<(), Unreadable> {
        let (path, beside) = (self.file(entry), self.0.join(format!("{}.tmp", entry.service)));
        let written = fs::write(&beside, document).and_then(|()| fs::rename(&beside, &path));
        written.map_err(|wrong| unwritten(&path, &wrong))
    }

    /// Takes the folder away; what stays behind changes nothing.
    pub(super) fn clear(&self) {
        let _ = fs::remove_dir_all(&self.0);
    }

    /// The name of a service holds small letters, digits and `-` alone; what the index says is in the name, too.
    fn file(&self, entry: &FeedEntry) -> PathBuf {
        let modified = entry.modified.as_ref().map(ToString::to_string).unwrap_or_default();
        self.0.join(format!("{}@{modified}.json", entry.service))
    }
}

fn unwritten(path: &Path, wrong: &std::io::Error) -> Unreadable {
    let what = format!("`{}` cannot be written: {}", path.display(), reason(wrong));
    Unreadable::new("cannot-write", what)
}
