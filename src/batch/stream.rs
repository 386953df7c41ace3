//! A stream of lines, answered in order on several threads.

use std::io::{self, Read, Write};
use std::sync::{Mutex, PoisonError};
use std::thread;

use memchr::{memchr, memchr_iter, memrchr};

use super::run::{Batch, Done};
use crate::source::{Diagnostic, MAX_TEXT};
use crate::world::World;

/// How much is read at a time. What has come so far is answered at once, so that a program may wait for the answer
/// to one line before it writes the next.
const READ: usize = 4 << 20;

/// Below this many bytes another thread costs more than it saves.
const WORTH_A_THREAD: usize = 64 << 10;

/// What was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Lines answered with a decision.
    pub answered: usize,
    /// Lines answered with an error.
    pub failed: usize,
}

/// What ended a stream early.
#[derive(Debug)]
pub enum StreamError {
    /// The input cannot be read.
    Reading(io::Error),
    /// Nobody takes the answers.
    Writing(io::Error),
}

/// Answers every line of the input, in order. `name` is that of the input; blank lines are passed over.
///
/// # Errors
/// If reading or writing fails.
pub fn stream(
    world: &World,
    now: i64,
    name: &str,
    threads: usize,
    input: &mut dyn Read,
    output: &mut dyn Write,
) -> Result<Summary, StreamError> {
    let mut workers: Vec<Worker<'_>> = (0..threads.max(1)).map(|_| Worker::new(world, now, name)).collect();
    let mut summary = Summary::default();
    let (mut buffer, mut pending) = (vec![0; READ], Vec::new());
    let (mut next_line, mut skips) = (1, false);
    loop {
        let start = pending.len();
        let count = read_some(input, &mut buffer).map_err(StreamError::Reading)?;
        let mut read = &buffer[..count];
        if skips {
            let end = memchr(b'\n', read);
            read = end.map_or(&[], |end| &read[end + 1..]);
            next_line += usize::from(end.is_some());
            skips = end.is_none();
        }
        pending.extend_from_slice(read);
        let complete = match count {
            0 => pending.len(),
            _ => memrchr(b'\n', &pending[start..]).map_or(0, |at| start + at + 1),
        };
        next_line = answer_all(&mut workers, &pending[..complete], next_line, output, &mut summary)
            .map_err(StreamError::Writing)?;
        pending.drain(..complete);
        if pending.len() > MAX_TEXT {
            refuse(&mut workers[0], next_line, output, &mut summary).map_err(StreamError::Writing)?;
            (pending, skips) = (Vec::new(), true);
        }
        if count == 0 {
            return Ok(summary);
        }
    }
}

/// One `read`: what is there, without waiting for more.
fn read_some(input: &mut dyn Read, buffer: &mut [u8]) -> io::Result<usize> {
    loop {
        match input.read(buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            result => return result,
        }
    }
}

/// Answers a line that is too long to be kept until it ends.
fn refuse(
    worker: &mut Worker<'_>,
    number: usize,
    output: &mut dyn Write,
    summary: &mut Summary,
) -> io::Result<()> {
    let what = format!("the line is longer than {MAX_TEXT} bytes, so it was passed over");
    worker.batch.fail(&Diagnostic::error("text-too-long", what), number, &mut worker.out);
    output.write_all(worker.out.as_bytes())?;
    worker.out.clear();
    summary.failed += 1;
    output.flush()
}

/// Answers complete lines and returns the number of the line after them.
fn answer_all(
    workers: &mut [Worker<'_>],
    text: &[u8],
    first_line: usize,
    output: &mut dyn Write,
    summary: &mut Summary,
) -> io::Result<usize> {
    let parts = if text.len() < WORTH_A_THREAD { 1 } else { workers.len() };
    let (parts, after) = divide(text, parts, first_line);
    let others = parts.len().saturating_sub(1);
    let jobs = Mutex::new(workers.iter_mut().zip(parts));
    let take = || jobs.lock().unwrap_or_else(PoisonError::into_inner).next();
    let work = || {
        while let Some((worker, (part, line))) = take() {
            worker.answer(part, line);
        }
    };
    thread::scope(|scope| {
        for _ in 0..others {
            // Where a thread cannot be started, those that there are do its part.
            let _ = thread::Builder::new().spawn_scoped(scope, work);
        }
        work();
    });
    for worker in workers {
        output.write_all(worker.out.as_bytes())?;
        worker.out.clear();
        summary.answered += std::mem::take(&mut worker.summary.answered);
        summary.failed += std::mem::take(&mut worker.summary.failed);
    }
    output.flush()?;
    Ok(after)
}

/// Cuts a text at line ends into parts of about the same length, each with the number of its first line; and the
/// number of the line after the last.
fn divide(text: &[u8], parts: usize, first_line: usize) -> (Vec<(&[u8], usize)>, usize) {
    let mut divided = Vec::with_capacity(parts);
    let (mut rest, mut line) = (text, first_line);
    for left in (1..=parts).rev() {
        let goal = rest.len() / left;
        let end = match left {
            1 => rest.len(),
            _ => memchr(b'\n', &rest[goal..]).map_or(rest.len(), |at| goal + at + 1),
        };
        let (part, after) = rest.split_at(end);
        divided.push((part, line));
        line += memchr_iter(b'\n', part).count();
        rest = after;
    }
    (divided, line)
}

/// The lines of a text, without their ends.
fn lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let end = memchr(b'\n', rest).unwrap_or(rest.len());
        let line = (!rest.is_empty()).then(|| &rest[..end])?;
        rest = rest.get(end + 1..).unwrap_or_default();
        Some(line.strip_suffix(b"\r").unwrap_or(line))
    })
}

/// What one thread needs: prepared principals and a place for answers.
struct Worker<'w> {
    batch: Batch<'w>,
    out: String,
    summary: Summary,
}

impl<'w> Worker<'w> {
    fn new(world: &'w World, now: i64, name: &str) -> Self {
        Self { batch: Batch::new(world, now, name), out: String::new(), summary: Summary::default() }
    }

    fn answer(&mut self, text: &[u8], first_line: usize) {
        for (i, line) in lines(text).enumerate() {
            if line.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            let done = match std::str::from_utf8(line) {
                Ok(line) => self.batch.answer(line, first_line + i, &mut self.out),
                Err(_) => {
                    let error = Diagnostic::error("not-utf-8", "the line is not UTF-8");
                    self.batch.fail(&error, first_line + i, &mut self.out)
                }
            };
            match done {
                Done::Answered => self.summary.answered += 1,
                Done::Failed => self.summary.failed += 1,
            }
        }
    }
}
