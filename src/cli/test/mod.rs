//! `test`: the expectations of scripts, each script in a world of its own.

mod arguments;
mod empty;
mod find;
mod finish;
mod init;
mod runner;
mod script;
mod sections;
mod watch;

use super::exit::Exit;
use super::output::Output;
use super::world::Start;
pub(super) use arguments::TestTask;
use runner::Runner;

/// Runs every script in a world of its own.
pub(super) fn test(start: &Start, task: &TestTask, output: &Output) -> Result<Exit, Exit> {
    if task.init {
        return init::init(start, task, output);
    }
    let runner = Runner::new(start, task, output)?;
    let scripts = runner.find()?;
    if task.list {
        return Ok(runner.list(&scripts));
    }
    if task.watch {
        return Ok(runner.watch(scripts));
    }
    let ran = runner.run(&scripts);
    runner.finish(ran)
}
