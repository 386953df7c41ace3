//! `--watch`: runs again what a changed file affects.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, SystemTime};

/// How often the files are looked at.
const PAUSE: Duration = Duration::from_millis(250);

/// The files that scripts were made of, and when each was changed last.
#[derive(Default)]
pub(super) struct Watch {
    seen: BTreeMap<String, Option<SystemTime>>,
}

impl Watch {
    /// Looks at these files from now on.
    pub(super) fn follow<'f>(&mut self, files: impl Iterator<Item = &'f String>) {
        let known = std::mem::take(&mut self.seen);
        self.seen = files
            .map(|file| (file.clone(), known.get(file).copied().unwrap_or_else(|| changed(file))))
            .collect();
    }

    /// Waits until a file changes, or the scripts are others than `known`; gives the files that changed.
    pub(super) fn wait(&mut self, known: &[PathBuf], find: impl Fn() -> Vec<PathBuf>) -> BTreeSet<String> {
        loop {
            sleep(PAUSE);
            let mut found = BTreeSet::new();
            for (file, time) in &mut self.seen {
                let now = changed(file);
                if now != *time {
                    *time = now;
                    found.insert(file.clone());
                }
            }
            if !found.is_empty() || find() != known {
                return found;
            }
        }
    }
}

fn changed(file: &str) -> Option<SystemTime> {
    std::fs::metadata(Path::new(file)).and_then(|data| data.modified()).ok()
}
