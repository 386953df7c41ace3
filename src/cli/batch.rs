//! `batch`: requests in, decisions out.

use std::io::{Cursor, ErrorKind, Read};
use std::sync::Arc;

use super::arguments::BatchTask;
use super::exit::Exit;
use super::gathered::gathered;
use super::heard::{Answers, Heard};
use super::output::{Output, unwritten};
use super::world::Start;
use crate::batch::{REQUESTS, SCHEMA, StreamError, stream};
use crate::disk::{Disk, STDIN, stdin, unreadable};
use crate::recognise::file_form;
use crate::session::Outside;
use crate::source::{Diagnostic, Source};
use crate::syntax::json::parse_json;

/// How much of an input tells what it is.
const START: usize = 1 << 20;

/// Answers requests line by line, or prints the schema.
pub(super) fn batch(start: &Start, task: &BatchTask, output: &Output) -> Result<Exit, Exit> {
    if task.schema {
        output.print(SCHEMA);
        return Ok(Exit::Done);
    }
    let session = start.or_empty(output)?;
    let (name, input) = open(&task.file, output)?;
    let input = of_requests(&name, input).map_err(|wrong| output.invalid(&[wrong]))?;
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
    match crate::disk::open(path) {
        Ok(file) if file.metadata().is_ok_and(|about| about.is_file()) => {
            Ok((path.to_owned(), Box::new(file)))
        }
        Ok(pipe) => Ok((path.to_owned(), gathered(pipe))),
        Err(wrong) => Err(output.invalid(&[wrong.into()])),
    }
}

/// An input as it is, unless its start tells that it is something else than lines of requests.
fn of_requests(name: &str, mut input: Box<dyn Read>) -> Result<Box<dyn Read>, Diagnostic> {
    let mut start = vec![0; START];
    let count = loop {
        match input.read(&mut start) {
            Ok(count) => break count,
            Err(wrong) if wrong.kind() == ErrorKind::Interrupted => {}
            Err(wrong) => return Err(unreadable(name, &wrong).into()),
        }
    };
    start.truncate(count);
    if let Some(other) = std::str::from_utf8(&start).ok().and_then(|text| no_requests(name, text)) {
        return Err(other);
    }
    Ok(Box::new(Cursor::new(start).chain(input)))
}

/// What a text is whose first line is no JSON, where that can be told: of other lines each has an answer of its own.
fn no_requests(name: &str, text: &str) -> Option<Diagnostic> {
    let first = text.lines().find(|line| !line.trim().is_empty())?;
    if !parse_json(&Source::new(name, first)).has_errors() {
        return None;
    }
    let file = Source::new(name, text);
    if let Some(spread) = spread(&file) {
        return Some(spread);
    }
    let form = file_form(&file)?;
    let what = form.and_no(&file, "list of requests");
    Some(Diagnostic::error("no-requests", what).help(form.instead_of(REQUESTS)))
}

/// Requests that stand in several lines.
fn spread(file: &Arc<Source>) -> Option<Diagnostic> {
    let (tree, _) = parse_json(file).accept().ok()?;
    let root = tree.root();
    let (what, filter) = match root.items().next() {
        Some(_) => ("a list of requests", "'.[]'"),
        None => ("a request in several lines", "."),
    };
    root.items().next().unwrap_or(root).member("principal")?;
    let what = format!("`{}` is {what}, and each request takes a line of its own", file.name());
    let help = format!("`jq -c {filter} FILE | iamwhy batch` writes one a line and answers them");
    Some(Diagnostic::error("no-requests", what).help(help))
}
