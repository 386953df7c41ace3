//! The disk as world files and tests reach it: they may be a stranger's, so they write nothing and read nothing from
//! outside of their folder.

use std::path::{Path, PathBuf};

use super::machine::{Disk, STDIN};
use crate::session::{Outside, Unreadable};

/// What a file reaches that somebody at the keyboard named, and whatever it reads in turn.
pub struct Confined {
    /// The folder of that file, without links; nothing where every folder may be reached.
    below: Option<PathBuf>,
}

impl Confined {
    /// What the file of a path reaches. Standard input stands in the working folder.
    pub fn of(file: &str, allow_outside: bool) -> Self {
        let folder = Path::new(file).parent().filter(|_| file != STDIN).unwrap_or(Path::new(""));
        Self::below(folder, allow_outside)
    }

    /// What the files of a folder reach.
    pub fn below(folder: &Path, allow_outside: bool) -> Self {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        // A folder that is gone holds nothing: no path starts with the text that stands for it.
        let resolved = || folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
        Self { below: (!allow_outside).then(resolved) }
    }

    /// Refuses what is not to be read: what lies outside, is no ordinary file, or is a script by its name only.
    pub fn check(&self, path: &Path) -> Result<(), Unreadable> {
        let named = path.display();
        let nearest = path.ancestors().map(in_folder).find_map(|place| place.canonicalize().ok());
        if let Some(below) = &self.below
            && !nearest.as_ref().is_some_and(|nearest| nearest.starts_with(below))
        {
            return Err(outside(&named.to_string()));
        }
        let Ok(file) = path.canonicalize() else {
            return Err(Unreadable::new("no-such-file", format!("there is no file `{named}`")));
        };
        if file.metadata().is_ok_and(|about| !about.is_file() && !about.is_dir()) {
            return Err(Unreadable::new("special-file", format!("`{named}` is no ordinary file")));
        }
        if is_script(path) && !is_script(&file) {
            let what = format!("`{named}` leads to a file that is not named as a script");
            return Err(Unreadable::new("other-file", what));
        }
        Ok(())
    }
}

/// The folder of a relative path that names none is the working folder.
fn in_folder(path: &Path) -> &Path {
    if path.as_os_str().is_empty() { Path::new(".") } else { path }
}

fn is_script(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "iam")
}

fn outside(path: &str) -> Unreadable {
    let help = "`--allow-outside` lets world files and tests read from everywhere; do so only with files that you trust";
    let what = format!("`{path}` lies outside of the folder of the file that is being run");
    Unreadable { help: Some(help.to_owned()), ..Unreadable::new("outside-folder", what) }
}

impl Outside for Confined {
    fn read(&mut self, path: &str) -> Result<String, Unreadable> {
        self.check(Path::new(path))?;
        Disk.read(path)
    }

    fn now(&self) -> i64 {
        Disk.now()
    }

    fn is_read_only(&self) -> bool {
        true
    }

    fn is_strangers(&self) -> bool {
        true
    }
}
