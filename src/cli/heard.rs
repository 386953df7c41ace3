//! Answers that may find nobody any more who reads them, and the input that they answer.

use std::io::{self, BufReader, Read, Write};

use super::output::Output;

/// How much of an input is still worked on where nobody reads the answers, in bytes.
const REST: usize = 1 << 20;

/// An input whose answers may find nobody any more who reads them. The rest of it still decides the exit code; as it may
/// have no end, not all of what is long.
pub(super) struct Heard<'o, R> {
    input: R,
    output: &'o Output,
    rest: usize,
    is_cut: bool,
}

impl<'o, R: Read> Heard<'o, R> {
    pub(super) fn new(input: R, output: &'o Output) -> Self {
        Self { input, output, rest: REST, is_cut: false }
    }

    /// Whether there may have been more.
    pub(super) fn is_cut(&self) -> bool {
        self.is_cut
    }

    pub(super) fn lines(&mut self) -> BufReader<&mut Self> {
        BufReader::new(self)
    }
}

impl<R: Read> Read for Heard<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let unheard = self.output.is_unheard();
        self.is_cut |= unheard && self.rest == 0;
        if self.is_cut {
            return Ok(0);
        }
        let count = self.input.read(buffer)?;
        if unheard {
            self.rest = self.rest.saturating_sub(count);
        }
        Ok(count)
    }
}

/// Answers on standard output, as long as somebody reads them.
pub(super) struct Answers<'o>(pub(super) &'o Output);

impl Write for Answers<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.put(bytes).map(|()| bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
