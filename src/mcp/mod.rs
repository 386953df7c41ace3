//! Questions as tools of an assistant, by the Model Context Protocol over standard input and output.
//!
//! INVARIANT: a tool decides nothing: it is one statement of the prompt, asked in a session of its own that nothing
//! outlives, and it reads no file that the place does not let it read.
//!
//! Read first: [`serve`], then [`tools`](crate::tools).

mod call;
mod message;
mod server;

use std::io::{self, BufRead, Read, Write};

pub use call::Workplace;

use message::{MessageFault, fault};
use server::answer;

/// The longest message, in bytes: a policy is at most some hundred thousand.
const MAX_MESSAGE: u64 = 16 << 20;

/// Answers messages, one a line, until the input ends.
///
/// ```
/// use iamwhy::{commands, mcp};
///
/// let session = commands::session();
/// let mut place = mcp::Workplace { start: &session, outside: &mut () };
/// let mut answers = Vec::new();
/// mcp::serve(&mut place, &mut &br#"{"jsonrpc": "2.0", "id": 1, "method": "ping"}"#[..], &mut answers).unwrap();
/// assert_eq!(answers, b"{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}\n");
/// ```
///
/// # Errors
/// If reading or writing fails.
pub fn serve(place: &mut Workplace<'_>, input: &mut dyn BufRead, output: &mut dyn Write) -> io::Result<()> {
    while let Some(line) = next_line(input)? {
        let answer = match line {
            Some(line) => answer(place, &line),
            None => Some(fault(&None, &MessageFault::TooLong)),
        };
        if let Some(answer) = answer {
            writeln!(output, "{answer}")?;
            output.flush()?;
        }
    }
    Ok(())
}

/// The next line; nothing in place of one that is too long to be kept. Nothing at all where the input ends.
fn next_line(input: &mut dyn BufRead) -> io::Result<Option<Option<Vec<u8>>>> {
    let mut line = Vec::new();
    let count = input.take(MAX_MESSAGE).read_until(b'\n', &mut line)?;
    if count == 0 {
        return Ok(None);
    }
    if line.len() as u64 == MAX_MESSAGE && !line.ends_with(b"\n") {
        input.skip_until(b'\n')?;
        return Ok(Some(None));
    }
    Ok(Some(Some(line)))
}
