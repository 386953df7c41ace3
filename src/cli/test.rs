//! `test`: the expectations of scripts.

use std::path::{Path, PathBuf};

use super::arguments::{Cli, TestTask};
use super::disk::Disk;
use super::exit::Exit;
use super::output::Output;
use super::world::{Start, session, source};
use crate::session::{Mode, Run, Status, Tally, run_script};
use crate::source::Diagnostic;

/// Runs every script in a world of its own.
pub(super) fn test(cli: &Cli, task: &TestTask, output: &Output) -> Result<Exit, Exit> {
    let mut worst = Exit::Done;
    let mut tally = Tally::default();
    for script in scripts(&task.paths, output)? {
        let (exit, own) = one(cli, &script, output).unwrap_or_else(|exit| (exit, Tally::default()));
        worst = worst.max(exit);
        tally.add(own);
    }
    let todo = if tally.todo > 0 { format!(", {} todo", tally.todo) } else { String::new() };
    output.print(&format!("{} passed, {} failed{todo}\n", tally.passed, tally.failed));
    Ok(worst)
}

/// Runs one script; it ends at the first invalid statement.
fn one(cli: &Cli, path: &Path, output: &Output) -> Result<(Exit, Tally), Exit> {
    let mut session = session(cli, output, Start::Empty)?;
    let source = source(&path.to_string_lossy(), output)?;
    let run = Run { mode: Mode::Script, keep_going: false };
    let (mut worst, mut tally) = (Exit::Done, Tally::default());
    for ran in run_script(&mut session, &source, &mut Disk, run) {
        if matches!(ran.outcome.status, Status::Missed | Status::Refused) {
            output.show(&ran.outcome);
        }
        worst = worst.max(Exit::of(&ran.outcome, false));
        tally.add(ran.outcome.tally);
    }
    Ok((worst, tally))
}

/// The scripts named, and those in the folders named, in order.
fn scripts(paths: &[String], output: &Output) -> Result<Vec<PathBuf>, Exit> {
    let mut found = Vec::new();
    for path in paths {
        let before = found.len();
        collect(Path::new(path), &mut found);
        if found.len() == before {
            let what = format!("there are no scripts in `{path}`");
            output.complain(&[Diagnostic::error("no-scripts", what).help("scripts end in `.iam`")]);
            return Err(Exit::Invalid);
        }
    }
    Ok(found)
}

fn collect(path: &Path, found: &mut Vec<PathBuf>) {
    if !path.is_dir() {
        return found.push(path.to_owned());
    }
    let entries = std::fs::read_dir(path).into_iter().flatten().flatten();
    let mut inside: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    inside.sort();
    for entry in inside {
        let is_script = entry.extension().is_some_and(|it| it == "iam");
        // A link could lead in a circle: folders behind links are not entered.
        if (entry.is_dir() && !entry.is_symlink()) || is_script {
            collect(&entry, found);
        }
    }
}
