//! `--watch`: runs again what a changed file affects.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, SystemTime};

use super::finish::exit;
use super::runner::Runner;
use super::script::RanScript;
use crate::cli::exit::Exit;
use crate::report::TestRun;

/// How often the files are looked at.
const PAUSE: Duration = Duration::from_millis(250);

impl Runner<'_> {
    /// Runs the scripts, and again what a changed file affects, until the program is ended or nobody reads any more.
    pub(super) fn watch(&self, mut scripts: Vec<PathBuf>) -> Exit {
        let mut watch = Watch::default();
        let mut ran = self.run(&scripts);
        loop {
            let run = TestRun { scripts: ran.iter().map(|script| script.tested.clone()).collect() };
            watch.follow(ran.iter().flat_map(|script| &script.files));
            self.output.say(&format!("{}; watching", run.summary()));
            if self.output.is_unheard() {
                return exit(&run);
            }
            let find = || self.scripts().unwrap_or_default();
            let changed = watch.wait(&scripts, find);
            let old: Vec<(PathBuf, RanScript)> = scripts.into_iter().zip(ran).collect();
            scripts = find();
            ran = self.again(&scripts, old, |script| script.files.is_disjoint(&changed));
        }
    }

    /// Runs the scripts whose last run is not good any more.
    fn again(
        &self,
        scripts: &[PathBuf],
        old: Vec<(PathBuf, RanScript)>,
        stays: impl Fn(&RanScript) -> bool,
    ) -> Vec<RanScript> {
        let mut kept: Vec<(PathBuf, RanScript)> = old.into_iter().filter(|(_, ran)| stays(ran)).collect();
        let is_kept = |path: &PathBuf| kept.iter().any(|(own, _)| own == path);
        let fresh: Vec<PathBuf> = scripts.iter().filter(|path| !is_kept(path)).cloned().collect();
        kept.extend(fresh.iter().cloned().zip(self.run(&fresh)));
        kept.retain(|(path, _)| scripts.contains(path));
        kept.sort_by_key(|(path, _)| scripts.iter().position(|script| script == path));
        kept.into_iter().map(|(_, ran)| ran).collect()
    }
}

/// The files that scripts were made of, and when each was changed last.
#[derive(Default)]
struct Watch {
    seen: BTreeMap<String, Option<SystemTime>>,
}

impl Watch {
    /// Looks at these files from now on.
    fn follow<'f>(&mut self, files: impl Iterator<Item = &'f String>) {
        let known = std::mem::take(&mut self.seen);
        self.seen = files
            .map(|file| (file.clone(), known.get(file).copied().unwrap_or_else(|| changed(file))))
            .collect();
    }

    /// Waits until a file changes, or the scripts are others than `known`; gives the files that changed.
    fn wait(&mut self, known: &[PathBuf], find: impl Fn() -> Vec<PathBuf>) -> BTreeSet<String> {
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
