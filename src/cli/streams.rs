//! The standard streams as they are. Those of the standard library take a stream that is not open, or not for this, for
//! one that is empty, or that took everything: an error would be lost.

use std::fs::File;
use std::io::{self, BufReader, Read, Write};
#[cfg(unix)]
use std::os::{fd::AsFd, unix::fs::FileTypeExt, unix::fs::MetadataExt};

use super::disk::{STDIN, unreadable};
use super::output::Output;
use crate::session::Unreadable;

/// Standard input; what is wrong with it where there is none.
#[cfg(unix)]
pub(super) fn stdin() -> Result<File, Unreadable> {
    let file = io::stdin().as_fd().try_clone_to_owned().map(File::from);
    match file {
        Ok(file) if is_closed(&file) => {
            let what = "standard input is closed: there is nothing to read";
            let help = Some("`</dev/null` gives an empty one".to_owned());
            Err(Unreadable { help, ..Unreadable::new("cannot-read", what) })
        }
        file => file.map_err(|wrong| unreadable(STDIN, &wrong)),
    }
}

/// Standard input.
#[cfg(not(unix))]
pub(super) fn stdin() -> Result<io::Stdin, Unreadable> {
    Ok(io::stdin())
}

/// Standard output.
#[cfg(unix)]
pub(super) fn stdout() -> io::Result<File> {
    io::stdout().as_fd().try_clone_to_owned().map(File::from)
}

/// Standard output.
#[cfg(not(unix))]
pub(super) fn stdout() -> io::Result<io::Stdout> {
    Ok(io::stdout())
}

/// Whether a stream was closed when the program began: before anything else Rust opens the null device in its place, for
/// reading and writing, as nobody does who redirects.
#[cfg(unix)]
fn is_closed(mut file: &File) -> bool {
    let is_null = || {
        let (about, null) = (file.metadata().ok()?, std::fs::metadata("/dev/null").ok()?);
        Some(about.file_type().is_char_device() && about.rdev() == null.rdev())
    };
    is_null() == Some(true) && file.write(b"\n").is_ok()
}

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
