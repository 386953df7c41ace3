//! Where the platform keeps what a person typed, chose and fetched.

use std::ffi::OsString;
use std::path::PathBuf;

/// Where the history, the settings and the catalog are kept; nothing where the environment does not say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// The file of the history.
    pub history: Option<PathBuf>,
    /// The file of the settings: one setting of the prompt a line.
    pub settings: Option<PathBuf>,
    /// The file of the catalog that was made of AWS's feed.
    pub catalog: Option<PathBuf>,
}

impl Places {
    /// Finds the places by the variables of an environment. `IAMWHY_HISTORY` names another history; empty or `off`,
    /// none is kept.
    pub fn of(variable: impl Fn(&str) -> Option<OsString>) -> Self {
        let history = match variable("IAMWHY_HISTORY") {
            Some(off) if off.is_empty() || off == "off" => None,
            Some(path) => Some(path.into()),
            None => folder(&variable, &DATA).map(|folder| folder.join("history")),
        };
        let settings = folder(&variable, &CONFIG).map(|folder| folder.join("config"));
        Self { history, settings, catalog: folder(&variable, &DATA).map(|folder| folder.join("catalog.bin")) }
    }
}

/// The base directory of a kind of folder.
struct Base {
    /// The variable of the XDG base directory specification.
    xdg: &'static str,
    windows: &'static str,
    /// Under the home folder on macOS.
    mac: &'static str,
    /// Under the home folder elsewhere.
    unix: &'static str,
}

const DATA: Base = Base {
    xdg: "XDG_DATA_HOME",
    windows: "LOCALAPPDATA",
    mac: "Library/Application Support",
    unix: ".local/share",
};

const CONFIG: Base =
    Base { xdg: "XDG_CONFIG_HOME", windows: "APPDATA", mac: "Library/Application Support", unix: ".config" };

fn folder(variable: &impl Fn(&str) -> Option<OsString>, kind: &Base) -> Option<PathBuf> {
    let absolute = |path: OsString| Some(PathBuf::from(path)).filter(|path| path.is_absolute());
    let base = variable(kind.xdg).and_then(absolute).or_else(|| {
        if cfg!(windows) {
            return variable(kind.windows).and_then(absolute);
        }
        let inside = if cfg!(target_os = "macos") { kind.mac } else { kind.unix };
        variable("HOME").and_then(absolute).map(|home| home.join(inside))
    });
    base.map(|base| base.join("iamwhy"))
}
