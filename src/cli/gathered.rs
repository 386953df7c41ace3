//! A stream that is read ahead, so that what comes in small pieces can be worked on in large ones.

use std::io::{self, ErrorKind, Read};
use std::sync::mpsc::{Receiver, SendError, SyncSender, sync_channel};
use std::thread::Builder;

/// How much is read at a time: as much as a pipe holds.
const PIECE: usize = 64 << 10;

/// How many pieces are read ahead.
const AHEAD: usize = 64;

/// A stream whose reads give all that has come, and wait only where nothing has; where no thread can be had it is read as
/// it is.
pub(super) fn gathered(input: impl Read + Send + 'static) -> Box<dyn Read> {
    let (sender, pieces) = sync_channel(AHEAD);
    // The thread is given the input once there is one: it would take it along where there is none.
    let (hand_over, taken) = sync_channel(1);
    // Not waited for: it may be reading from somebody who never says any more.
    let begun = Builder::new().spawn(move || taken.recv().map(|input| read_ahead(input, &sender)));
    if begun.is_err() {
        return Box::new(input);
    }
    match hand_over.send(input) {
        Ok(()) => Box::new(Gathered { pieces, rest: Vec::new(), taken: 0, wrong: None }),
        Err(SendError(input)) => Box::new(input),
    }
}

/// What a thread has read ahead.
struct Gathered {
    pieces: Receiver<io::Result<Vec<u8>>>,
    /// What was received and not taken yet.
    rest: Vec<u8>,
    taken: usize,
    /// What went wrong behind the rest.
    wrong: Option<io::Error>,
}

impl Gathered {
    fn take(&mut self, buffer: &mut [u8]) -> usize {
        let left = &self.rest[self.taken..];
        let count = left.len().min(buffer.len());
        buffer[..count].copy_from_slice(&left[..count]);
        self.taken += count;
        count
    }
}

impl Read for Gathered {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut filled = self.take(buffer);
        while filled < buffer.len() && self.wrong.is_none() {
            let piece = match filled {
                0 => self.pieces.recv().ok(),
                _ => self.pieces.try_recv().ok(),
            };
            match piece {
                Some(Ok(piece)) => (self.rest, self.taken) = (piece, 0),
                Some(Err(wrong)) => self.wrong = Some(wrong),
                None => break,
            }
            filled += self.take(&mut buffer[filled..]);
        }
        if let Some(wrong) = self.wrong.take_if(|_| filled == 0) { Err(wrong) } else { Ok(filled) }
    }
}

/// Reads until the end, an error, or nobody receives any more.
fn read_ahead(mut input: impl Read, sender: &SyncSender<io::Result<Vec<u8>>>) {
    loop {
        let mut piece = vec![0; PIECE];
        let read = match input.read(&mut piece) {
            Ok(0) => return,
            Err(wrong) if wrong.kind() == ErrorKind::Interrupted => continue,
            read => read,
        };
        let ends = read.is_err();
        let piece = read.map(|count| {
            piece.truncate(count);
            piece
        });
        if sender.send(piece).is_err() || ends {
            return;
        }
    }
}
