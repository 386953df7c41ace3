//! Fetches documents by the program `curl`, so that this one opens no connection and holds no code for it: certificates and
//! proxies are those that the machine is set up with.

use std::io::{ErrorKind, Read};
use std::process::{Child, Command, Stdio};

/// The most bytes that a document may have; the largest of AWS has less than a tenth.
const MOST_BYTES: u64 = 32 << 20;

/// How often a document is asked for that did not come whole.
const TRIES: usize = 2;

/// Why a document could not be fetched.
#[derive(Debug)]
pub(super) enum NotFetched {
    /// The program is not there.
    NoProgram,
    /// What went wrong, in words; it may go well the next time.
    Broken(String),
    /// What the server said that is not accepted.
    Refused(String),
}

/// Fetches a document, in so many seconds at most. Redirections are not followed, whatever the user's own settings of
/// `curl` say.
pub(super) fn fetch(address: &str, seconds: u32) -> Result<String, NotFetched> {
    let mut fetched = once(address, seconds);
    for _ in 1..TRIES {
        if !matches!(fetched, Err(NotFetched::Broken(_))) {
            break;
        }
        fetched = once(address, seconds);
    }
    fetched
}

fn once(address: &str, seconds: u32) -> Result<String, NotFetched> {
    let mut child = start(address, seconds)?;
    let answer = read(&mut child);
    // A program that is still sending is of no use any more.
    let _ = child.kill();
    let ended = child.wait_with_output().map_err(|wrong| NotFetched::Broken(wrong.to_string()))?;
    let answer = answer?;
    match ended.status.success() {
        true => accepted(answer),
        false => Err(NotFetched::Broken(in_words(&String::from_utf8_lossy(&ended.stderr)))),
    }
}

fn start(address: &str, seconds: u32) -> Result<Child, NotFetched> {
    let scheme = address.split(':').next().unwrap_or_default();
    let mut command = Command::new("curl");
    command.args(["--disable", "--silent", "--show-error", "--globoff", "--max-redirs", "0"]);
    command.args(["--proto", &format!("={scheme}"), "--max-time", &seconds.to_string()]);
    command.args(["--user-agent", concat!("iamwhy/", env!("CARGO_PKG_VERSION"))]);
    command.args(["--write-out", "\n%{http_code} %{redirect_url}", "--url", address]);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().map_err(|wrong| match wrong.kind() {
        ErrorKind::NotFound => NotFetched::NoProgram,
        _ => NotFetched::Broken(format!("`curl` cannot be started: {wrong}")),
    })
}

/// All that the program prints.
fn read(child: &mut Child) -> Result<Vec<u8>, NotFetched> {
    let mut bytes = Vec::new();
    let stream = child.stdout.take().into_iter();
    for stream in stream {
        let read = stream.take(MOST_BYTES + 1).read_to_end(&mut bytes);
        read.map_err(|wrong| NotFetched::Broken(wrong.to_string()))?;
    }
    match bytes.len() as u64 > MOST_BYTES {
        true => Err(NotFetched::Refused(format!("it has more than {} MB", MOST_BYTES >> 20))),
        false => Ok(bytes),
    }
}

/// The document, where the server said that it is there; behind it stands the status.
fn accepted(answer: Vec<u8>) -> Result<String, NotFetched> {
    let text = String::from_utf8(answer).map_err(|_| NotFetched::Refused("it is no text".to_owned()))?;
    let (document, end) = text.rsplit_once('\n').unwrap_or_default();
    let (status, elsewhere) = end.split_once(' ').unwrap_or((end, ""));
    match status.as_bytes().first() {
        Some(b'2') => Ok(document.to_owned()),
        Some(b'3') => {
            let to = if elsewhere.is_empty() { "elsewhere" } else { elsewhere };
            Err(NotFetched::Refused(format!("the server redirects to {to}, which is not followed")))
        }
        Some(b'5') => Err(NotFetched::Broken(format!("the server answered with status {status}"))),
        _ => Err(NotFetched::Refused(format!("the server answered with status {status}"))),
    }
}

/// What `curl` says on its last line, without its name.
fn in_words(said: &str) -> String {
    let line = said.lines().last().unwrap_or_default();
    line.strip_prefix("curl: ").unwrap_or(line).to_owned()
}
