//! A connection whose patience ends: a request has to come whole within a time, and so has its answer to be taken.

use std::cell::Cell;
use std::io::{self, ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// How long a connection may stay silent between requests.
const SILENCE: Duration = Duration::from_secs(120);

/// How long a request may take to come, and its answer to be taken.
const REQUEST: Duration = Duration::from_secs(20);

/// A connection and when the request must be here that has begun.
pub(super) struct Patient<'s> {
    stream: &'s TcpStream,
    until: Cell<Option<Instant>>,
}

impl<'s> Patient<'s> {
    pub(super) fn new(stream: &'s TcpStream) -> io::Result<Self> {
        stream.set_nodelay(true)?;
        stream.set_write_timeout(Some(REQUEST))?;
        Ok(Self { stream, until: Cell::new(None) })
    }
}

impl Read for &Patient<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = match self.until.get() {
            None => SILENCE,
            Some(until) => until.saturating_duration_since(Instant::now()),
        };
        if left.is_zero() {
            return Err(ErrorKind::TimedOut.into());
        }
        self.stream.set_read_timeout(Some(left))?;
        let mut stream = self.stream;
        let count = stream.read(buffer)?;
        if self.until.get().is_none() {
            self.until.set(Some(Instant::now() + REQUEST));
        }
        Ok(count)
    }
}

impl Write for &Patient<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut stream = self.stream;
        stream.write(bytes)
    }

    /// What was asked is answered: the next request may take its time to begin.
    fn flush(&mut self) -> io::Result<()> {
        self.until.set(None);
        Ok(())
    }
}
