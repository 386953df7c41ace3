//! `import`: outputs of the AWS command line, made a script.

use super::arguments::ImportTask;
use super::exit::Exit;
use super::output::Output;
use super::progress::{StatusLine, of_outputs};
use super::question::run;
use super::statement::on_command_line;
use crate::commands;
use crate::disk::import_outputs;
use crate::import::HOW;
use crate::session::Status;
use crate::syntax::script::write;

/// Makes a world of outputs and writes it as a script.
pub(super) fn import(task: &ImportTask, output: &Output) -> Result<Exit, Exit> {
    if task.how {
        output.print_as_it_stands(HOW);
        return Ok(Exit::Done);
    }
    let mut session = commands::session();
    let line = StatusLine::new();
    let outcome = import_outputs(&mut session, &task.paths, &of_outputs(&line));
    line.clear();
    let outcome = outcome.unwrap_or_else(|refused| refused);
    output.show(&outcome);
    if outcome.status == Status::Refused {
        return Err(Exit::Invalid);
    }
    let Some(path) = &task.output else { return Ok(Exit::Done) };
    let saved = run(&mut session, &on_command_line(format!("save {}", write::quoted(path))));
    output.show(&saved);
    Ok(Exit::of(&saved, true))
}
