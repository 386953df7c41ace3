//! `replay`: past calls asked again.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use clap::Args;
use flate2::read::MultiGzDecoder;

use super::disk::{STDIN, open, unreadable};
use super::exit::Exit;
use super::folder::files_below;
use super::interrupt::first_interrupt;
use super::output::Output;
use super::progress::StatusLine;
use super::streams::stdin;
use super::world::Start;
use crate::replay::{Chunk, EventSplitter, Replay, Replayed};
use crate::report;
use crate::session::{Session, Unreadable};
use crate::source::Diagnostic;
use crate::world::World;

/// How much is read at a time.
const PIECE: usize = 256 << 10;

/// How many pieces wait for a thread, at most.
const WAITING: usize = 8;

/// How often it is shown how far it is.
const GLANCE: Duration = Duration::from_millis(200);

/// The names of logs in folders.
const LOGS: [&str; 5] = ["json", "gz", "jsonl", "ndjson", "log"];

/// `replay`
#[derive(Debug, Args)]
pub(super) struct ReplayTask {
    /// Events of CloudTrail: log files, also packed by gzip, folders of them, one event a line, the output of
    /// `lookup-events`; `-` is standard input
    #[arg(required = true, num_args = 1.., value_name = "EVENTS")]
    events: Vec<String>,
    /// The world before the change, a script or dump; without it the events tell how AWS decided
    #[arg(long, value_name = "FILE")]
    against: Option<String>,
}

/// Asks past calls again, in the world of `--world`.
pub(super) fn replay(start: &Start, task: &ReplayTask, output: &Output) -> Result<Exit, Exit> {
    let new = world_of(start.worlds.clone(), start, output)?;
    if new.accounts().next().is_none() {
        let wrong = Diagnostic::error("no-world", "there is no world in which to ask");
        return Err(output.invalid(&[wrong.help("name it: `iamwhy replay events/ --world new.iam`")]));
    }
    let against = task.against.iter().map(|file| world_of(vec![file.clone()], start, output));
    let old = against.collect::<Result<Vec<World>, Exit>>()?.pop();
    let logs = logs(&task.events).map_err(|wrong| output.invalid(&[wrong.into()]))?;
    let (found, unread) = asked_again(&new, old.as_ref(), &logs);
    let wrong: Vec<Diagnostic> = unread.into_iter().map(Into::into).collect();
    output.complain(&wrong);
    output.print(&report::replayed(&found, old.is_some(), &output.style()));
    Ok(if wrong.is_empty() { Exit::of_difference(found.verdict()) } else { Exit::Invalid })
}

fn world_of(worlds: Vec<String>, start: &Start, output: &Output) -> Result<World, Exit> {
    let own = Start { worlds, ..*start };
    own.or_empty(output).map(|session: Session| session.world().clone())
}

/// The files that are named, and those in the folders that are named.
fn logs(named: &[String]) -> Result<Vec<PathBuf>, Unreadable> {
    let mut found = Vec::new();
    for name in named {
        let path = Path::new(name);
        match path.is_dir() {
            true => found.extend(files_below(path, &LOGS)?),
            false => found.push(path.to_owned()),
        }
    }
    Ok(found)
}

/// What came of all logs, and which could not be read to their end. Ctrl-C ends it with what was found so far.
fn asked_again(new: &World, old: Option<&World>, logs: &[PathBuf]) -> (Replayed, Vec<Unreadable>) {
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let (sender, chunks) = sync_channel(WAITING);
    let chunks = Mutex::new(chunks);
    let work = || {
        let mut replay = Replay::new(new, old);
        while let Some(chunk) = next(&chunks) {
            chunk.events().for_each(|event| replay.ask(event));
        }
        replay.replayed
    };
    std::thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let mut reader = LogReader::new(sender, logs.len());
        let unread = logs.iter().filter_map(|log| reader.read(log).err()).collect();
        let mut found = Replayed { is_cut: reader.is_stopped(), ..Replayed::default() };
        reader.finish();
        running.into_iter().flat_map(|thread| thread.join()).for_each(|part| found.join(part));
        (found, unread)
    })
}

fn next(chunks: &Mutex<Receiver<Chunk>>) -> Option<Chunk> {
    chunks.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}

/// Reads logs piece by piece, and hands their events on.
struct LogReader {
    sender: SyncSender<Chunk>,
    splitter: EventSplitter,
    stopped: Arc<AtomicBool>,
    progress: LogProgress,
}

impl LogReader {
    fn new(sender: SyncSender<Chunk>, logs: usize) -> Self {
        let stopped = first_interrupt().unwrap_or_default();
        Self { sender, splitter: EventSplitter::default(), stopped, progress: LogProgress::new(logs) }
    }

    fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }

    /// Reads a log to its end, or until it is stopped.
    fn read(&mut self, path: &Path) -> Result<(), Unreadable> {
        let name = path.to_string_lossy();
        let failed = |wrong: &std::io::Error| unreadable(&name, wrong);
        let mut log = log(&name)?;
        let mut piece = vec![0; PIECE];
        while !self.is_stopped() {
            let count = log.read(&mut piece).map_err(|wrong| failed(&wrong));
            let count = count.inspect_err(|_| self.splitter.end_text())?;
            if count == 0 {
                break;
            }
            self.splitter.push(&piece[..count]);
            let full = self.splitter.full();
            self.hand_on(full);
            self.progress.show(count);
        }
        self.splitter.end_text();
        self.progress.next();
        Ok(())
    }

    fn hand_on(&self, chunk: Option<Chunk>) {
        // Where no thread takes it any more, each has ended by a panic, which is told when they are joined.
        drop(chunk.map(|chunk| self.sender.send(chunk)));
    }

    fn finish(mut self) {
        self.progress.line.clear();
        let rest = self.splitter.rest();
        self.hand_on(Some(rest));
    }
}

/// A log, unpacked where it is packed.
fn log(name: &str) -> Result<Box<dyn Read>, Unreadable> {
    let failed = |wrong: std::io::Error| unreadable(name, &wrong);
    let input: Box<dyn Read> = match name {
        "-" => Box::new(stdin().map_err(|wrong| unreadable(STDIN, &wrong))?),
        name => Box::new(open(name)?),
    };
    let mut input = BufReader::with_capacity(PIECE, input);
    let is_packed = input.fill_buf().map_err(failed)?.starts_with(&[0x1f, 0x8b]);
    Ok(if is_packed { Box::new(MultiGzDecoder::new(input)) } else { Box::new(input) })
}

/// How far it is, where a terminal shows it.
struct LogProgress {
    logs: usize,
    done: usize,
    bytes: usize,
    shown: Instant,
    line: StatusLine,
}

impl LogProgress {
    fn new(logs: usize) -> Self {
        Self { logs, done: 0, bytes: 0, shown: Instant::now(), line: StatusLine::new() }
    }

    fn next(&mut self) {
        self.done += 1;
    }

    fn show(&mut self, bytes: usize) {
        self.bytes += bytes;
        if self.shown.elapsed() >= GLANCE {
            self.shown = Instant::now();
            let megabytes = self.bytes / 1_000_000;
            self.line.show(&format!("{} of {} logs, {megabytes} MB", self.done, self.logs));
        }
    }
}
