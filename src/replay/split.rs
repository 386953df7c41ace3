//! The events of a log, cut out of its text as it comes in: no more of it is kept than a piece.

use memchr::memchr2;

/// How much is gathered before it is handed on, in bytes.
const FULL: usize = 256 << 10;

/// The longest event, in bytes; CloudTrail's own limit is 256 KiB.
const LONGEST: usize = 4 << 20;

/// Several events.
#[derive(Debug, Default)]
pub struct Chunk {
    bytes: Vec<u8>,
    /// Where each event ends.
    ends: Vec<usize>,
}

impl Chunk {
    /// The text of each event.
    pub fn events(&self) -> impl Iterator<Item = &[u8]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| &self.bytes[start..*end])
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }
}

/// Cuts events out of a text: one JSON document each, a list of them, or the list `Records` or `Events` of an object.
/// What is no JSON is handed on line by line, for it is to be counted.
#[derive(Debug, Default)]
pub struct EventSplitter {
    chunk: Chunk,
    /// In how many brackets the place is.
    depth: usize,
    /// In how many brackets events stand.
    base: usize,
    within: Within,
    /// Whether this is what stands behind the list of an object.
    skips: bool,
}

/// What the place is part of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Within {
    /// Of nothing: between events.
    #[default]
    Between,
    /// Of an event, outside of its strings.
    Event,
    /// Of a string.
    Text,
    /// Of a string, behind a backslash.
    Escape,
    /// Of something that is no JSON.
    Noise,
}

impl EventSplitter {
    /// Takes the next part of the text.
    pub fn push(&mut self, mut text: &[u8]) {
        while let Some(first) = text.first() {
            let taken = match self.within {
                Within::Text => self.take_text(text),
                _ => {
                    self.take(*first);
                    1
                }
            };
            text = &text[taken..];
        }
    }

    /// What has been gathered, once it is worth handing on.
    pub fn full(&mut self) -> Option<Chunk> {
        let end = self.end();
        (end >= FULL).then(|| {
            let rest = self.chunk.bytes.split_off(end);
            std::mem::replace(&mut self.chunk, Chunk { bytes: rest, ends: Vec::new() })
        })
    }

    /// The end of a text; what was begun is an event that breaks off.
    pub fn end_text(&mut self) {
        if self.chunk.bytes.len() > self.end() {
            self.ends_here();
        }
        *self = Self { chunk: std::mem::take(&mut self.chunk), ..Self::default() };
    }

    /// All that is left.
    pub fn rest(&mut self) -> Chunk {
        std::mem::take(&mut self.chunk)
    }

    fn end(&self) -> usize {
        self.chunk.ends.last().copied().unwrap_or_default()
    }

    fn ends_here(&mut self) {
        if !self.skips {
            self.chunk.ends.push(self.chunk.bytes.len());
        }
        (self.within, self.skips) = (Within::Between, false);
    }

    /// Of an event that is longer than any the rest is not kept; so it will be read as broken.
    fn keep(&mut self, bytes: &[u8]) {
        let room = match self.skips {
            true => 0,
            false => LONGEST.saturating_sub(self.chunk.bytes.len() - self.end()),
        };
        self.chunk.bytes.extend_from_slice(&bytes[..bytes.len().min(room)]);
    }

    /// As much of a string as has no sign of its end.
    fn take_text(&mut self, text: &[u8]) -> usize {
        let Some(at) = memchr2(b'"', b'\\', text) else {
            self.keep(text);
            return text.len();
        };
        self.keep(&text[..=at]);
        self.within = if text[at] == b'"' { Within::Event } else { Within::Escape };
        at + 1
    }

    fn take(&mut self, byte: u8) {
        match self.within {
            Within::Between => self.between(byte),
            Within::Event => self.event(byte),
            Within::Noise => self.noise(byte),
            Within::Text | Within::Escape => {
                self.keep(&[byte]);
                self.within = Within::Text;
            }
        }
    }

    fn between(&mut self, byte: u8) {
        match byte {
            b',' => {}
            byte if byte.is_ascii_whitespace() => {}
            b'[' if self.depth == 0 => (self.depth, self.base) = (1, 1),
            b']' if self.base == 1 => (self.depth, self.base) = (0, 0),
            b']' if self.base == 2 => {
                (self.depth, self.base, self.within, self.skips) = (1, 0, Within::Event, true);
            }
            b'{' => {
                self.depth += 1;
                self.keep(b"{");
                self.within = Within::Event;
            }
            byte => {
                self.keep(&[byte]);
                self.within = Within::Noise;
            }
        }
    }

    fn event(&mut self, byte: u8) {
        if byte == b'[' && self.base == 0 && self.depth == 1 && self.is_list() {
            self.chunk.bytes.truncate(self.end());
            (self.depth, self.base, self.within) = (2, 2, Within::Between);
            return;
        }
        self.keep(&[byte]);
        match byte {
            b'"' => self.within = Within::Text,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => {
                self.depth -= 1;
                if self.depth == self.base {
                    self.ends_here();
                }
            }
            _ => {}
        }
    }

    /// Whether all that has come of an object is the name of a list of events.
    fn is_list(&self) -> bool {
        let written = self.chunk.bytes[self.end()..].iter().filter(|byte| !byte.is_ascii_whitespace());
        let written: Vec<u8> = written.copied().collect();
        matches!(&written[..], b"{\"Records\":" | b"{\"Events\":")
    }

    fn noise(&mut self, byte: u8) {
        match byte {
            b'\n' => self.ends_here(),
            b',' if self.base > 0 => self.ends_here(),
            byte => self.keep(&[byte]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str, step: usize) -> Vec<String> {
        let mut splitter = EventSplitter::default();
        text.as_bytes().chunks(step).for_each(|part| splitter.push(part));
        splitter.end_text();
        let chunk = splitter.rest();
        chunk.events().map(|event| String::from_utf8_lossy(event).into_owned()).collect()
    }

    #[test]
    fn every_form_of_a_log_gives_its_events() {
        let two = [r#"{"a":"}]\"{","b":[1]}"#, r#"{"c":{}}"#];
        let logs = [
            format!(r#"{{"Records": [{}, {}]}}"#, two[0], two[1]),
            format!(r#"{{ "Events" :[{},{}], "NextToken": "]}}t"}}"#, two[0], two[1]),
            format!("[{},\n{}]", two[0], two[1]),
            format!("{}\n{}\n", two[0], two[1]),
        ];
        for log in logs {
            for step in [1, 2, 7, 1000] {
                assert_eq!(split(&log, step), two, "{log}");
            }
        }
    }

    #[test]
    fn what_is_no_event_is_not_lost() {
        assert_eq!(split("time who\n{\"a\":1}\n{\"b\"", 3), ["time who", "{\"a\":1}", "{\"b\""]);
        assert_eq!(split(r#"{"Records":7}"#, 3), [r#"{"Records":7}"#]);
        assert!(split("", 1).is_empty());
    }

    #[test]
    fn no_more_is_kept_of_an_event_than_the_longest() {
        let mut splitter = EventSplitter::default();
        splitter.push(b"{\"a\":\"");
        (0..9).for_each(|_| splitter.push(&vec![b'x'; 1 << 20]));
        assert!(splitter.chunk.bytes.len() <= LONGEST);
    }
}
