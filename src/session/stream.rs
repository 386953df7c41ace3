//! Commands that come line by line: each is executed as soon as it is complete.

use std::io::{self, BufRead, Read};

use super::outcome::Outcome;
use super::outside::{Outside, Unreadable};
use super::run::Mode;
use super::script::{Run, run_script};
use super::state::Session;
use crate::recognise::recognise;
use crate::source::{MAX_TEXT, Source, Span};
use crate::syntax::script::unfinished;

/// From how many lines on an entry is only looked at where a line probably ends it, so that a bracket that is never
/// closed does not make every line cost as much as all before it.
const LONG: usize = 64;

/// How many lines a message of AWS has, at most.
const MESSAGE: usize = 8;

/// How messages of AWS begin.
const BEGINS: [&str; 2] = ["An error occurred (", "User: arn:"];

/// Executes what a stream says, statement by statement; goes on after errors.
pub fn run_stream(
    session: &mut Session,
    mut stream: impl BufRead,
    outside: &mut dyn Outside,
    show: &mut dyn FnMut(&Outcome),
) {
    let (mut entry, mut lines, mut first) = (String::new(), 0, 1);
    let mut bytes = Vec::new();
    loop {
        bytes.clear();
        let room = MAX_TEXT - entry.len();
        // What is there of a statement that cannot be read whole is not executed: it would be another one.
        let ended = match (&mut stream).take(room as u64 + 1).read_until(b'\n', &mut bytes) {
            Ok(read) => read == 0,
            Err(wrong) => return show(&unreadable(&wrong)),
        };
        lines += usize::from(!ended);
        match text_of(&bytes, room, first as usize + lines - 1) {
            Ok(text) => entry.push_str(text),
            Err(refused) => {
                show(&refused);
                let _ended = if bytes.ends_with(b"\n") { Ok(0) } else { stream.skip_until(b'\n') };
                (entry, bytes) = (String::new(), Vec::new());
                (first, lines) = (first + lines as u32, 0);
                continue;
            }
        }
        let is_open = !ended && lines <= MESSAGE && is_half_a_message(session, &entry);
        if ended || (!is_open && is_complete(&entry, lines, &bytes, first)) {
            execute(session, &std::mem::take(&mut entry), first, outside, show);
            (first, lines) = (first + lines as u32, 0);
        }
        if ended {
            return;
        }
    }
}

/// The text of a line, for which there is so much room.
fn text_of(bytes: &[u8], room: usize, line: usize) -> Result<&str, Outcome> {
    if bytes.len() > room {
        return Err(too_long(line));
    }
    std::str::from_utf8(bytes).map_err(|_| not_text(line))
}

/// Whether an entry is complete; one that is open is closed by a bracket or a quote only.
fn is_complete(entry: &str, lines: usize, line: &[u8], first: u32) -> bool {
    let closes = match lines {
        1 => true,
        2..LONG => line.iter().any(|byte| b"}]\"'".contains(byte)) || entry_goes_on(entry, line),
        _ => line.first().is_some_and(|byte| b"}]".contains(byte)) || lines.is_power_of_two(),
    };
    let text = entry.trim_end_matches(['\n', '\r']);
    closes && unfinished(&Source::at_line("<stdin>", text, first)).is_none()
}

/// Whether an entry is the beginning of a message of AWS whose other lines are yet to come; an empty line ends it.
fn is_half_a_message(session: &Session, entry: &str) -> bool {
    is_message(entry) && !entry.ends_with("\n\n") && !is_whole_message(session, entry)
}

fn is_message(entry: &str) -> bool {
    BEGINS.iter().any(|begin| entry.trim_start().starts_with(begin))
}

fn is_whole_message(session: &Session, entry: &str) -> bool {
    is_message(entry) && recognise(entry.trim(), session.world.catalog()).is_some()
}

/// Whether the line stands behind one that ended with `\`.
fn entry_goes_on(entry: &str, line: &[u8]) -> bool {
    let before = &entry[..entry.len().saturating_sub(line.len())];
    before.trim_end_matches(['\n', '\r']).ends_with('\\')
}

fn execute(
    session: &mut Session,
    entry: &str,
    first: u32,
    outside: &mut dyn Outside,
    show: &mut dyn FnMut(&Outcome),
) {
    let source = Source::at_line("<stdin>", entry, first);
    if is_whole_message(session, entry) {
        let start = entry.len() - entry.trim_start().len();
        let span = Span::new(start as u32, entry.trim_end().len() as u32);
        return show(&session.run(&source, span, outside, Mode::Prompt));
    }
    let run = Run { mode: Mode::Prompt, keep_going: true };
    for ran in run_script(session, &source, outside, run) {
        show(&ran.outcome);
    }
}

fn too_long(line: usize) -> Outcome {
    let what = format!(
        "with line {line} of `<stdin>` a statement is longer than {MAX_TEXT} bytes, so it was passed over"
    );
    let wrong = Unreadable::new("text-too-long", what);
    Outcome::refused(vec![wrong.into()])
}

fn unreadable(wrong: &io::Error) -> Outcome {
    let what = format!("`<stdin>` cannot be read: {}", wrong.to_string().to_lowercase());
    Outcome::refused(vec![Unreadable::new("cannot-read", what).into()])
}

fn not_text(line: usize) -> Outcome {
    let wrong = Unreadable::new("not-utf-8", format!("line {line} of `<stdin>` is not UTF-8 text"));
    Outcome::refused(vec![wrong.into()])
}
