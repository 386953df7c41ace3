//! The settings of `lint`: the file of a folder, found from what is linted upwards.

use std::collections::HashMap;
use std::path::{Path, PathBuf, absolute};
use std::sync::Arc;

use crate::disk::{Disk, STDIN};
use crate::lint::{FileSettings, LintSettings};
use crate::session::Outside;
use crate::source::{Diagnostic, Parsed, Source};

/// The name of the file.
const NAME: &str = ".iamwhy-lint.json";

/// The settings files that were read, by their paths.
#[derive(Default)]
pub(super) struct SettingsFiles {
    /// The only one, if it was named.
    named: Option<PathBuf>,
    read: HashMap<PathBuf, Arc<LintSettings>>,
}

impl SettingsFiles {
    /// Those that are found, or the one that is named.
    pub(super) fn new(named: Option<&str>) -> Self {
        Self { named: named.map(|path| absolute(path).unwrap_or_else(|_| path.into())), read: HashMap::new() }
    }

    /// The settings for a file, and where they stand.
    pub(super) fn of(&mut self, name: &str) -> Result<Option<(PathBuf, FileSettings)>, Vec<Diagnostic>> {
        let is_file = name != STDIN && Path::new(name).exists();
        let file = absolute(if is_file { name } else { "-" }).unwrap_or_default();
        let found = || file.ancestors().skip(1).map(|folder| folder.join(NAME)).find(|path| path.is_file());
        let Some(path) = self.named.clone().or_else(found) else { return Ok(None) };
        let settings = self.read(&path)?;
        let below = path.parent().and_then(|folder| file.strip_prefix(folder).ok()).unwrap_or(&file);
        let below = below.to_string_lossy().replace('\\', "/");
        Ok(Some((path, FileSettings { settings, path: below })))
    }

    fn read(&mut self, path: &Path) -> Result<Arc<LintSettings>, Vec<Diagnostic>> {
        if let Some(settings) = self.read.get(path) {
            return Ok(Arc::clone(settings));
        }
        let name = path.to_string_lossy();
        let text = Disk.read(&name).map_err(|wrong| vec![wrong.into()])?;
        let Parsed { value, diagnostics } = LintSettings::read(&Source::new(&*name, text));
        let settings = value.filter(|_| diagnostics.is_empty()).ok_or(diagnostics)?;
        Ok(Arc::clone(self.read.entry(path.to_owned()).or_insert(Arc::new(settings))))
    }
}
