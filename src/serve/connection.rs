//! One connection: requests are read one after the other, and each is answered before the next is looked at.

use std::io::{self, ErrorKind, Read, Write};

use super::answer::answer;
use super::counter::Counter;
use super::head::{HttpFault, head};
use super::message::{HttpAnswer, HttpRequest, RequestHead, TEXT};

/// How much is read at a time, in bytes.
const PIECE: usize = 16 << 10;

/// Answers the requests of a connection until the client ends it, asks for the end, or sends what is no request.
///
/// ```
/// # use std::{io::Cursor, sync::Arc};
/// use iamwhy::serve::{Counter, Hosts, Previews, converse};
///
/// struct Desk(Hosts, Previews);
///
/// impl Counter for Desk {
///     fn session(&self) -> Arc<iamwhy::session::Session> {
///         Arc::new(iamwhy::commands::session())
///     }
///     fn hosts(&self) -> &Hosts {
///         &self.0
///     }
///     fn previews(&self) -> &Previews {
///         &self.1
///     }
///     fn now(&self) -> i64 {
///         0
///     }
///     fn is_closing(&self) -> bool {
///         false
///     }
/// }
///
/// let mut asked = &b"GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n"[..];
/// let mut answered = Vec::new();
/// converse(&Desk(Hosts::Loopback, Previews::default()), &mut asked, &mut answered).unwrap();
/// assert!(answered.starts_with(b"HTTP/1.1 404 Not Found\r\n"));
/// ```
///
/// # Errors
/// If reading or writing fails.
pub fn converse(counter: &dyn Counter, input: &mut dyn Read, output: &mut dyn Write) -> io::Result<()> {
    let mut buffer = Vec::new();
    loop {
        let (answer, keeps, with_body) = match next(&mut buffer, input, output)? {
            Ok(None) => return Ok(()),
            Ok(Some(request)) => {
                let keeps = request.head.keeps && !counter.is_closing();
                (answer(counter, &request), keeps, request.head.method != "HEAD")
            }
            Err(fault) => (HttpAnswer::new(fault.status, TEXT, format!("{}\n", fault.what)), false, true),
        };
        output.write_all(&answer.written(keeps, with_body))?;
        output.flush()?;
        if !keeps {
            return Ok(());
        }
    }
}

/// The next request; nothing where the connection ends. What stands behind it stays in the buffer.
fn next(
    buffer: &mut Vec<u8>,
    input: &mut dyn Read,
    output: &mut dyn Write,
) -> io::Result<Result<Option<HttpRequest>, HttpFault>> {
    let head = match next_head(buffer, input)? {
        Ok(Some(head)) => head,
        Ok(None) => return Ok(Ok(None)),
        Err(fault) => return Ok(Err(fault)),
    };
    if head.expects && buffer.len() < head.length {
        output.write_all(b"HTTP/1.1 100 Continue\r\n\r\n")?;
        output.flush()?;
    }
    while buffer.len() < head.length {
        if !read_more(buffer, input)? {
            return Ok(Ok(None));
        }
    }
    let rest = buffer.split_off(head.length);
    Ok(Ok(Some(HttpRequest { head, body: std::mem::replace(buffer, rest) })))
}

fn next_head(
    buffer: &mut Vec<u8>,
    input: &mut dyn Read,
) -> io::Result<Result<Option<RequestHead>, HttpFault>> {
    loop {
        match head(buffer) {
            Ok(Some((head, length))) => {
                buffer.drain(..length);
                return Ok(Ok(Some(head)));
            }
            Err(fault) => return Ok(Err(fault)),
            Ok(None) if !read_more(buffer, input)? => return Ok(Ok(None)),
            Ok(None) => {}
        }
    }
}

/// Reads what has come; tells whether anything did.
fn read_more(buffer: &mut Vec<u8>, input: &mut dyn Read) -> io::Result<bool> {
    let end = buffer.len();
    buffer.resize(end + PIECE, 0);
    let count = loop {
        match input.read(&mut buffer[end..]) {
            Err(wrong) if wrong.kind() == ErrorKind::Interrupted => {}
            count => break count,
        }
    };
    buffer.truncate(end + count.as_ref().copied().unwrap_or_default());
    Ok(count? > 0)
}
