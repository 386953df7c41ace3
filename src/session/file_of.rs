//! Whether a file is what a statement takes it for. Where a stranger names files, messages would else show what is in
//! those that were not meant for anybody's eyes.

use std::sync::Arc;

use super::outside::Unreadable;
use crate::import::LISTS;
use crate::recognise::policies_inside;
use crate::source::{Diagnostic, Source};
use crate::syntax::json::{Cursor, Kind, parse_json};
use crate::syntax::yaml::{looks_like_yaml, yaml_as_json};

/// What a statement takes a file for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FileOf {
    /// A script: it is named as scripts are.
    Script,
    /// A policy document.
    Policy,
    /// The output of `aws iam get-account-authorization-details`.
    Dump,
    /// Condition keys with their values.
    Keys,
    /// Requests, one a line.
    Requests,
}

impl FileOf {
    /// A dump or keys in YAML, as JSON; nothing for what is read as it stands. Policies are found inside of YAML.
    pub(super) fn as_json(self, file: &Arc<Source>) -> Option<Result<Arc<Source>, Diagnostic>> {
        // Names of condition keys hold a colon.
        let is_key = |line: &str| line.contains(": ") && !line.trim_start().starts_with('{');
        let may_be = match self {
            Self::Keys => looks_like_yaml(file.text()) || file.text().lines().next().is_some_and(is_key),
            Self::Dump => looks_like_yaml(file.text()),
            _ => false,
        };
        may_be.then(|| yaml_as_json(file))
    }

    /// Refuses a file that is nothing of the kind, without a word of what it holds.
    pub(super) fn check(self, file: &Arc<Source>) -> Result<(), Unreadable> {
        if self.fits(file) {
            return Ok(());
        }
        let (kind, mark) = match self {
            Self::Script => ("script", "the names of scripts end in `.iam`"),
            Self::Policy => ("policy", "a policy is a JSON object with a `Statement`"),
            Self::Dump => {
                ("dump of an account", "a dump is a JSON object with a `UserDetailList` and others")
            }
            Self::Keys => {
                ("object of condition keys", "it is a JSON object with keys such as `aws:SourceIp`")
            }
            Self::Requests => ("list of requests", "a request is a line of JSON with a `principal`"),
        };
        let help = format!("{mark}; nothing of the file is shown, for a stranger may have named it");
        let what = format!("`{}` is no {kind}", file.name());
        Err(Unreadable { help: Some(help), ..Unreadable::new("other-file", what) })
    }

    fn fits(self, file: &Arc<Source>) -> bool {
        match self {
            Self::Script => file.name().ends_with(".iam"),
            Self::Policy => holds(file, &["Statement"]) || matches!(policies_inside(file), Ok(Some(_))),
            Self::Dump => holds(file, &LISTS),
            Self::Requests => {
                file.text().lines().all(|line| line.trim().is_empty() || line.contains("\"principal\""))
            }
            Self::Keys => is_object(file, |root| {
                root.members().all(|(key, _)| key.string().is_some_and(|key| key.contains(':')))
            }),
        }
    }
}

/// Whether a text is a JSON object with one of these members; or would be one but for a slip, and speaks of them.
fn holds(file: &Arc<Source>, members: &[&str]) -> bool {
    let parsed = parse_json(file);
    if parsed.has_errors() {
        let text = file.text().trim_start_matches('\u{feff}').trim_start();
        return text.starts_with('{') && members.iter().any(|name| text.contains(&format!("\"{name}\"")));
    }
    parsed.value.is_some_and(|tree| members.iter().any(|name| tree.root().member(name).is_some()))
}

fn is_object(file: &Arc<Source>, fits: impl Fn(Cursor<'_>) -> bool) -> bool {
    let tree = parse_json(file).accept().ok().map(|(tree, _)| tree);
    tree.is_some_and(|tree| tree.root().kind() == Kind::Object && fits(tree.root()))
}
