//! What a session has read of files: each text is held once, and all that is read is bounded, so that a few small files that
//! read each other many times come to an end.

use std::collections::BTreeMap;
use std::sync::{Arc, Weak};

use crate::source::{Diagnostic, Source};

/// How often scripts are read by scripts in one session.
pub(crate) const MOST_SCRIPTS: usize = 10_000;

/// How many statements scripts run in one session that are read by others; who has run more reads no further one.
pub(crate) const MOST_STATEMENTS: usize = 1_000_000;

/// How many bytes of files statements read in one session (1 GiB).
pub(crate) const MOST_BYTES: usize = 1 << 30;

/// What was read so far.
#[derive(Clone, Debug, Default)]
pub(crate) struct Files {
    /// The texts that something still points into, by the names of their files.
    known: BTreeMap<Box<str>, Weak<Source>>,
    bytes: usize,
    scripts: usize,
    statements: usize,
}

impl Files {
    /// The text of a file; where it is the one that was read before, that. `now` is what the statement has read before.
    pub(super) fn source(
        &self,
        name: String,
        text: String,
        now: &[Arc<Source>],
    ) -> Result<Arc<Source>, Diagnostic> {
        let bytes = now.iter().map(|file| file.text().len()).sum::<usize>() + self.bytes + text.len();
        if bytes > MOST_BYTES {
            let what = format!(
                "`{name}` is not read: with it the files would come to more than {MOST_BYTES} bytes in all"
            );
            return Err(bound(what));
        }
        let known = self.known.get(&*name).and_then(Weak::upgrade);
        let known = known.filter(|known| known.text() == text);
        Ok(known.unwrap_or_else(|| Source::new(name, text)))
    }

    /// The names of the files that were read.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.known.keys().map(AsRef::as_ref)
    }

    /// Counts what a statement has read.
    pub(super) fn note(&mut self, files: &[Arc<Source>]) {
        for file in files {
            self.bytes += file.text().len();
            self.known.insert(file.name().into(), Arc::downgrade(file));
        }
    }

    /// Counts a script that is read.
    pub(crate) fn begin_script(&mut self) -> Result<(), Diagnostic> {
        if self.scripts == MOST_SCRIPTS {
            return Err(bound(format!("scripts have been read {MOST_SCRIPTS} times, which is the most")));
        }
        if self.statements >= MOST_STATEMENTS {
            let what = format!(
                "scripts that were read have run {} statements, and {MOST_STATEMENTS} are the most",
                self.statements
            );
            return Err(bound(what));
        }
        self.scripts += 1;
        Ok(())
    }

    /// Counts the statements of a script that was read.
    pub(crate) fn end_script(&mut self, statements: usize) {
        self.statements += statements;
    }
}

fn bound(what: String) -> Diagnostic {
    Diagnostic::error("too-much-read", what)
        .help("look whether files read each other many times; a session that is begun anew reads on")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_of_files_is_bounded_in_all_and_so_is_what_read_scripts_run() {
        let mut files = Files { bytes: MOST_BYTES - 3, statements: MOST_STATEMENTS - 1, ..Files::default() };
        assert!(files.source("a".to_owned(), "abc".to_owned(), &[]).is_ok());
        let refused = files.source("a".to_owned(), "abcd".to_owned(), &[]).expect_err("a byte too many");
        assert_eq!(refused.code, "too-much-read");
        assert!(files.begin_script().is_ok());
        files.end_script(1);
        assert_eq!(files.begin_script().expect_err("no further one").code, "too-much-read");
    }
}
