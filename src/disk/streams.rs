//! The standard streams as they are. Those of the standard library take a stream that is not open, or not for this, for
//! one that is empty, or that took everything: an error would be lost.

use std::io;
#[cfg(unix)]
use std::{fs::File, io::Write, os::fd::AsFd, os::unix::fs::FileTypeExt, os::unix::fs::MetadataExt};

/// Standard input.
#[cfg(unix)]
pub fn stdin() -> io::Result<File> {
    let file = File::from(io::stdin().as_fd().try_clone_to_owned()?);
    if is_closed(&file) { Err(io::Error::other("it is closed")) } else { Ok(file) }
}

/// Standard input.
#[cfg(not(unix))]
pub fn stdin() -> io::Result<io::Stdin> {
    Ok(io::stdin())
}

/// Standard output.
#[cfg(unix)]
pub fn stdout() -> io::Result<File> {
    io::stdout().as_fd().try_clone_to_owned().map(File::from)
}

/// Standard output.
#[cfg(not(unix))]
pub fn stdout() -> io::Result<io::Stdout> {
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
