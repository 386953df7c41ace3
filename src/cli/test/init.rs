//! `test --init`: a script to start testing with.

use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::arguments::TestTask;
use crate::bench::make_questions;
use crate::cli::bench::askers;
use crate::cli::exit::Exit;
use crate::cli::output::Output;
use crate::cli::world::{DEMO, Start};
use crate::disk::{Confined, Disk};
use crate::session::{Existing, Outside, Session};
use crate::source::Diagnostic;
use crate::syntax::script::write;
use crate::trial::{ReachingQuestions, starter_script};

/// Writes the questions worth asking of a world, with today's answers.
pub(super) fn init(start: &Start, task: &TestTask, output: &Output) -> Result<Exit, Exit> {
    let target = match &task.paths[..] {
        [] => None,
        [path] => Some(Path::new(path)),
        _ => {
            let what = "`--init` writes one script";
            return Err(output.invalid(&[Diagnostic::error("two-scripts", what)]));
        }
    };
    if let Some(path) = target.filter(|path| path.exists()) {
        let what = format!("`{}` exists already", path.display());
        let help = "name a new file, or none to see the script";
        return Err(output.invalid(&[Diagnostic::error("file-exists", what).help(help)]));
    }
    let session = start.or_demo(output)?;
    let reaching = reaching(&session).map_err(|wrong| output.invalid(&[wrong]))?;
    let text = format!("{}{}", head(start, target), starter_script(&session, Disk.now(), reaching));
    match target {
        None => output.print(&text),
        Some(path) => {
            let path = path.to_string_lossy();
            Disk.write(&path, &text, Existing::Kept).map_err(|wrong| output.invalid(&[wrong.into()]))?;
            let outside = start.worlds.iter().any(|world| reads_outside(Path::new(&*path), Path::new(world)));
            let option = if outside { "--allow-outside " } else { "" };
            output.say(&format!("wrote {path}; `iamwhy test {option}{path}` runs it"));
        }
    }
    Ok(Exit::Done)
}

/// Questions that reach the statements of the world.
fn reaching(session: &Session) -> Result<ReachingQuestions, Diagnostic> {
    let askers = askers(session, None, &Arc::default())?;
    let made = make_questions(session.world(), &askers, Disk.now());
    let unreached = made.unreached.into_iter().map(|one| format!("{}: {}", one.statement, one.why));
    Ok(ReachingQuestions {
        questions: made.questions.into_iter().map(|one| (one.name, one.question)).collect(),
        unreached: unreached.collect(),
    })
}

/// How the script comes by its world: it reads the files of the world, or holds the demo world.
fn head(start: &Start, target: Option<&Path>) -> String {
    let about = "# What is decided today. Strike out what need not stay so, and add what must.\n";
    if start.is_demo() {
        return format!("{about}\n{DEMO}");
    }
    let folder = target.and_then(Path::parent).unwrap_or(Path::new(""));
    let lines = start.worlds.iter().map(|file| {
        let script = std::fs::read_to_string(file).is_ok_and(|text| !text.trim_start().starts_with('{'));
        let word = if script { "read" } else { "load" };
        let path = seen_from(folder, Path::new(file)).to_string_lossy().replace('\\', "/");
        format!("{word} {}\n", write::quoted(&path))
    });
    format!("{about}\n{}", lines.collect::<String>())
}

/// Whether a script has to reach outside of its folder to read a world.
fn reads_outside(script: &Path, world: &Path) -> bool {
    Confined::of(&script.to_string_lossy(), false).check(world).is_err()
}

/// The path of a file as a file in a folder names it.
fn seen_from(folder: &Path, file: &Path) -> PathBuf {
    if file.is_absolute() {
        return file.to_owned();
    }
    let up = folder.components().filter(|part| matches!(part, Component::Normal(_))).count();
    let simple = folder.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    match (simple, file.strip_prefix(folder)) {
        (true, Ok(inside)) => inside.to_owned(),
        (true, Err(_)) => std::iter::repeat_n("..", up).collect::<PathBuf>().join(file),
        // A folder that is named absolutely, or upwards: the file is, too.
        (false, _) => std::path::absolute(file).unwrap_or_else(|_| file.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_world_is_named_as_seen_from_the_script() {
        let seen = |folder: &str, file: &str| {
            seen_from(Path::new(folder), Path::new(file)).to_string_lossy().replace('\\', "/")
        };
        assert_eq!(seen("", "world.iam"), "world.iam");
        assert_eq!(seen("tests", "world.iam"), "../world.iam");
        assert_eq!(seen("tests", "tests/world.iam"), "world.iam");
        assert_eq!(seen("./a/b", "w/world.iam"), "../../w/world.iam");
    }
}
