//! `batch`: requests in, decisions out.

use std::io::Read;

use super::arguments::BatchTask;
use super::disk::Disk;
use super::exit::Exit;
use super::gathered::Gathered;
use super::output::{Output, unwritten};
use super::world::Start;
use crate::batch::{SCHEMA, StreamError, stream};
use crate::session::Outside;
use crate::source::Diagnostic;

/// Answers requests line by line, or prints the schema.
pub(super) fn batch(start: &Start, task: &BatchTask, output: &Output) -> Result<Exit, Exit> {
    if task.schema {
        output.print(SCHEMA);
        return Ok(Exit::Done);
    }
    let session = start.or_empty(output)?;
    let (name, mut input) = open(&task.file, output)?;
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let mut stdout = std::io::stdout().lock();
    match stream(session.world(), Disk.now(), &name, threads, &mut *input, &mut stdout) {
        Ok(summary) if summary.failed > 0 => Ok(Exit::Invalid),
        Ok(_) => Ok(Exit::Done),
        Err(StreamError::Reading(wrong)) => {
            let what = format!("`{}` cannot be read: {wrong}", task.file);
            Err(output.invalid(&[Diagnostic::error("cannot-read", what)]))
        }
        Err(StreamError::Writing(wrong)) => Ok(unwritten(&wrong)),
    }
}

fn open(path: &str, output: &Output) -> Result<(String, Box<dyn Read>), Exit> {
    if path == "-" {
        return Ok(("<stdin>".to_owned(), Box::new(Gathered::new(std::io::stdin()))));
    }
    match super::disk::open(path) {
        Ok(file) if file.metadata().is_ok_and(|about| about.is_file()) => {
            Ok((path.to_owned(), Box::new(file)))
        }
        Ok(pipe) => Ok((path.to_owned(), Box::new(Gathered::new(pipe)))),
        Err(wrong) => Err(output.invalid(&[wrong.into()])),
    }
}
