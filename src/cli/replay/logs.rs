//! The logs of a folder, read piece by piece and handed to as many threads as there are cores.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use flate2::read::MultiGzDecoder;

use crate::cli::interrupt::first_interrupt;
use crate::cli::progress::StatusLine;
use crate::disk::{STDIN, files_below, open, stdin, unreadable};
use crate::replay::{Chunk, EventSplitter};
use crate::session::Unreadable;

/// How much is read at a time.
const PIECE: usize = 256 << 10;

/// How many pieces wait for a thread, at most.
const WAITING: usize = 8;

/// How often it is shown how far it is.
const GLANCE: Duration = Duration::from_millis(200);

/// The names of logs in folders.
const LOGS: [&str; 5] = ["json", "gz", "jsonl", "ndjson", "log"];

/// Logs that can be read, once or again. Ctrl-C ends it with what was found so far.
pub(super) struct Logs {
    files: Vec<PathBuf>,
    stopped: Arc<AtomicBool>,
}

/// What came of a reading.
pub(super) struct LogReading<T> {
    /// What each thread made of its part.
    pub(super) parts: Vec<T>,
    /// Which logs could not be read to their end.
    pub(super) unread: Vec<Unreadable>,
    /// Whether Ctrl-C ended it.
    pub(super) is_cut: bool,
}

impl Logs {
    /// The files that are named, and those in the folders that are named.
    pub(super) fn of(named: &[String]) -> Result<Self, Unreadable> {
        let mut files = Vec::new();
        for name in named {
            let path = Path::new(name);
            match path.is_dir() {
                true => files.extend(files_below(path, &LOGS)?),
                false => files.push(path.to_owned()),
            }
        }
        Ok(Self { files, stopped: first_interrupt().unwrap_or_default() })
    }

    /// Reads all of them; each thread works on the pieces that come to it.
    pub(super) fn read<T: Send>(
        &self,
        work: impl Fn(&mut dyn Iterator<Item = Chunk>) -> T + Sync,
    ) -> LogReading<T> {
        let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let (sender, chunks) = sync_channel(WAITING);
        let chunks = Mutex::new(chunks);
        let work = || work(&mut std::iter::from_fn(|| next(&chunks)));
        std::thread::scope(|scope| {
            let running: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
            let mut reader = LogReader::new(sender, self);
            let unread = self.files.iter().filter_map(|log| reader.read(log).err()).collect();
            let is_cut = reader.is_stopped();
            reader.finish();
            let parts = running.into_iter().flat_map(|thread| thread.join()).collect();
            LogReading { parts, unread, is_cut }
        })
    }
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
    fn new(sender: SyncSender<Chunk>, logs: &Logs) -> Self {
        let (stopped, progress) = (Arc::clone(&logs.stopped), LogProgress::new(logs.files.len()));
        Self { sender, splitter: EventSplitter::default(), stopped, progress }
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
