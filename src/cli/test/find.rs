//! The scripts to be run.

use std::path::{Path, PathBuf};

use crate::disk::{Confined, Disk, entries};
use crate::session::{Outside, Unreadable};
use crate::source::{Diagnostic, Source};
use crate::syntax::script::split_statements;

/// The scripts named, and those with expectations in the folders named, in order, each once.
pub(super) fn scripts(
    paths: &[String],
    allow_outside: bool,
    allow_empty: bool,
) -> Result<Vec<PathBuf>, Diagnostic> {
    let mut found: Vec<PathBuf> = Vec::new();
    for path in paths {
        let mut here = Vec::new();
        let reached = Confined::below(Path::new(path), allow_outside);
        collect(Path::new(path), true, &reached, &mut here)?;
        if here.is_empty() && !allow_empty {
            let what = format!("there are no scripts with expectations in `{path}`");
            return Err(Diagnostic::error("no-scripts", what)
                .help("scripts end in `.iam`; `iamwhy test --init` writes one to start with, `--allow-empty` takes it as it is"));
        }
        here.retain(|script| !found.contains(script));
        found.extend(here);
    }
    Ok(found)
}

/// What is named is run. What a folder holds is run if it has expectations; it may be a stranger's, so it has to be an
/// ordinary file of that folder.
fn collect(path: &Path, named: bool, reached: &Confined, found: &mut Vec<PathBuf>) -> Result<(), Unreadable> {
    if !path.is_dir() {
        if !named {
            reached.check(path)?;
        }
        if named || has_expectations(path) {
            found.push(path.to_owned());
        }
        return Ok(());
    }
    for entry in entries(path)? {
        let is_script = entry.extension().is_some_and(|it| it == "iam");
        // A link could lead in a circle: folders behind links are not entered.
        if (entry.is_dir() && !entry.is_symlink()) || (is_script && !entry.is_dir()) {
            collect(&entry, false, reached, found)?;
        }
    }
    Ok(())
}

/// Whether a script states decisions, or is to be refused; others are setup that scripts read. One that cannot be
/// read is run, so that what is wrong is said.
fn has_expectations(path: &Path) -> bool {
    let Ok(text) = Disk.read(&path.to_string_lossy()) else { return true };
    if refusal(&text).is_some() {
        return true;
    }
    let source = Source::new("", text);
    let statements = split_statements(&source);
    statements.iter().any(|statement| {
        let word = source.slice(statement.span).split_whitespace().next();
        matches!(word, Some("expect" | "todo"))
    })
}

/// The code with which the last statement of a script is to be refused: `# refused: CODE` among the comments at
/// its head; `*` is any.
pub(super) fn refusal(text: &str) -> Option<&str> {
    let head = text.trim_start_matches('\u{feff}').lines().map(str::trim_end);
    let mut head = head.take_while(|line| line.is_empty() || line.starts_with('#'));
    head.find_map(|line| line.strip_prefix("# refused:")).map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_is_announced_at_the_head_of_a_script() {
        assert_eq!(refusal("# F101\n# refused: invalid-principal\nuser a\n"), Some("invalid-principal"));
        assert_eq!(refusal("user a\n# refused: unknown-user\n"), None);
    }
}
