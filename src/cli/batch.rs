//! `batch`: requests in, decisions out.

use std::io::Read;

use super::arguments::BatchTask;
use super::disk::{Disk, STDIN, unreadable};
use super::exit::Exit;
use super::gathered::gathered;
use super::heard::{Answers, Heard};
use super::output::{Output, unwritten};
use super::streams::stdin;
use super::world::Start;
use crate::batch::{SCHEMA, StreamError, stream};
use crate::session::Outside;

/// Answers requests line by line, or prints the schema.
pub(super) fn batch(start: &Start, task: &BatchTask, output: &Output) -> Result<Exit, Exit> {
    if task.schema {
        output.print(SCHEMA);
        return Ok(Exit::Done);
    }
    let session = start.or_empty(output)?;
    let (name, input) = open(&task.file, output)?;
    let mut input = Heard::new(input, output);
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    match stream(session.world(), Disk.now(), &name, threads, &mut input, &mut Answers(output)) {
        Ok(summary) if summary.failed > 0 || input.is_cut() => Ok(Exit::Invalid),
        Ok(_) => Ok(Exit::Done),
        Err(StreamError::Reading(wrong)) => Err(output.invalid(&[unreadable(&name, &wrong).into()])),
        Err(StreamError::Writing(wrong)) => Ok(unwritten(&wrong)),
    }
}

fn open(path: &str, output: &Output) -> Result<(String, Box<dyn Read>), Exit> {
    if path == "-" {
        let input = stdin().map_err(|wrong| output.invalid(&[unreadable(STDIN, &wrong).into()]))?;
        return Ok((STDIN.to_owned(), gathered(input)));
    }
    match super::disk::open(path) {
        Ok(file) if file.metadata().is_ok_and(|about| about.is_file()) => {
            Ok((path.to_owned(), Box::new(file)))
        }
        Ok(pipe) => Ok((path.to_owned(), gathered(pipe))),
        Err(wrong) => Err(output.invalid(&[wrong.into()])),
    }
}
