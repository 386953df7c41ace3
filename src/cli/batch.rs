//! `batch`: requests in, decisions out.

use std::io::{BufRead, BufReader, BufWriter, Read, Write};

use super::arguments::{BatchTask, Cli};
use super::disk::Disk;
use super::exit::Exit;
use super::output::Output;
use super::world::{Start, session};
use crate::batch::{Batch, Done, SCHEMA};
use crate::session::Outside;
use crate::source::Diagnostic;

/// Answers requests line by line, or prints the schema.
pub(super) fn batch(cli: &Cli, task: &BatchTask, output: &Output) -> Result<Exit, Exit> {
    if task.schema {
        output.print(SCHEMA);
        return Ok(Exit::Done);
    }
    let session = session(cli, output, Start::Empty)?;
    let (name, input) = open(&task.file, output)?;
    let mut batch = Batch::new(session.world(), Disk.now(), name);
    match answer(&mut batch, BufReader::with_capacity(1 << 16, input)) {
        Ok(exit) => Ok(exit),
        Err(Trouble::Reading(wrong)) => {
            output.complain(&[Diagnostic::error(
                "cannot-read",
                format!("`{}` cannot be read: {wrong}", task.file),
            )]);
            Err(Exit::Invalid)
        }
        // Nobody reads any more.
        Err(Trouble::Writing) => Ok(Exit::Done),
    }
}

enum Trouble {
    Reading(std::io::Error),
    Writing,
}

fn open(path: &str, output: &Output) -> Result<(String, Box<dyn Read>), Exit> {
    if path == "-" {
        return Ok(("<stdin>".to_owned(), Box::new(std::io::stdin().lock())));
    }
    match super::disk::open(path) {
        Ok(file) => Ok((path.to_owned(), Box::new(file))),
        Err(wrong) => {
            output.complain(&[wrong.into()]);
            Err(Exit::Invalid)
        }
    }
}

fn answer(batch: &mut Batch<'_>, mut input: impl BufRead) -> Result<Exit, Trouble> {
    let mut out = BufWriter::with_capacity(1 << 16, std::io::stdout().lock());
    let (mut line, mut answer, mut worst) = (Vec::new(), String::new(), Exit::Done);
    for number in 1.. {
        line.clear();
        if input.read_until(b'\n', &mut line).map_err(Trouble::Reading)? == 0 {
            break;
        }
        answer.clear();
        // What is no UTF-8 becomes a character that no JSON request needs; inside a string it is compared as such.
        let text = String::from_utf8_lossy(&line);
        if batch.answer(text.trim_end_matches(['\n', '\r']), number, &mut answer) == Done::Failed {
            worst = Exit::Invalid;
        }
        out.write_all(answer.as_bytes()).map_err(|_| Trouble::Writing)?;
    }
    out.flush().map_err(|_| Trouble::Writing)?;
    Ok(worst)
}
