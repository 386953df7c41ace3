//! Words as a shell cuts them: quotes, `\`, lines that go on. What a shell would run or fill in is refused by name,
//! for there is no shell here.

use std::ops::Range;
use std::sync::Arc;

use crate::source::{Diagnostic, Place, Source, Span};

/// A word of a shell's line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShellWord {
    /// What it says, without quotes and escapes.
    pub text: String,
    /// Where it stands, with its quotes.
    pub span: Span,
    /// Where in the source the parts of the text come from: an offset in the text and one in the source.
    parts: Vec<(usize, usize)>,
}

impl ShellWord {
    /// Where a part of the text stands in the source; nothing if the source says it otherwise there.
    pub fn span_of(&self, source: &Source, range: Range<usize>) -> Option<Span> {
        let (text, from) = self.parts.iter().rev().find(|(text, _)| *text <= range.start)?;
        let start = (from + range.start - text) as u32;
        let span = Span::new(start, start + range.len() as u32);
        (source.slice(span) == self.text.get(range)?).then_some(span)
    }
}

/// Cuts a part of a text into words.
///
/// # Errors
/// If a quote is never closed, or a shell would do something with a word that nobody does here.
pub fn shell_words(source: &Arc<Source>, span: Span) -> Result<Vec<ShellWord>, Diagnostic> {
    let mut reader = ShellReader { source, at: span.start as usize, end: span.end as usize };
    let mut words = Vec::new();
    while reader.skip_space() {
        words.push(reader.word()?);
    }
    Ok(words)
}

/// What `\` takes the meaning of within `"…"`.
const ESCAPED_IN_QUOTES: [char; 4] = ['"', '\\', '$', '`'];

struct ShellReader<'s> {
    source: &'s Arc<Source>,
    at: usize,
    end: usize,
}

impl<'s> ShellReader<'s> {
    fn rest(&self) -> &'s str {
        self.source.text().get(self.at..self.end).unwrap_or_default()
    }

    fn next(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Skips white space, and says whether something stands behind it.
    fn skip_space(&mut self) -> bool {
        loop {
            let rest = self.rest();
            let behind = rest.trim_start_matches([' ', '\t', '\n', '\r']);
            let behind = after_continuation(behind).unwrap_or(behind);
            if behind.len() == rest.len() {
                return !rest.is_empty();
            }
            self.at += rest.len() - behind.len();
        }
    }

    fn word(&mut self) -> Result<ShellWord, Diagnostic> {
        let start = self.at;
        let mut word = ShellWord { text: String::new(), span: Span::default(), parts: Vec::new() };
        while let Some(next) = self.next().filter(|c| !matches!(c, ' ' | '\t' | '\n' | '\r')) {
            match next {
                '\'' => self.raw(&mut word)?,
                '"' => self.quoted(&mut word)?,
                '\\' => self.escape(&mut word, |_| true),
                '|' | '&' | ';' | '<' | '>' | '(' | ')' => return Err(self.refuse_operator(next)),
                '$' | '`' => self.dollar(&mut word)?,
                _ => self.take(&mut word),
            }
        }
        word.span = Span::new(start as u32, self.at as u32);
        Ok(word)
    }

    /// Takes one character as it stands.
    fn take(&mut self, word: &mut ShellWord) {
        let Some(next) = self.next() else { return };
        let goes_on = word.parts.last().is_some_and(|(text, from)| word.text.len() - text == self.at - from);
        if !goes_on {
            word.parts.push((word.text.len(), self.at));
        }
        word.text.push(next);
        self.at += next.len_utf8();
    }

    /// `'…'`
    fn raw(&mut self, word: &mut ShellWord) -> Result<(), Diagnostic> {
        let opening = self.at;
        self.at += 1;
        word.parts.push((word.text.len(), self.at));
        while self.next().is_some_and(|c| c != '\'') {
            self.take(word);
        }
        self.close(opening)
    }

    /// `"…"`
    fn quoted(&mut self, word: &mut ShellWord) -> Result<(), Diagnostic> {
        let opening = self.at;
        self.at += 1;
        word.parts.push((word.text.len(), self.at));
        while let Some(next) = self.next().filter(|c| *c != '"') {
            match next {
                '\\' => self.escape(word, |c| ESCAPED_IN_QUOTES.contains(&c)),
                '$' | '`' => self.dollar(word)?,
                _ => self.take(word),
            }
        }
        self.close(opening)
    }

    /// `\x`: the character, if `\` takes its meaning here; at the end of a line nothing.
    fn escape(&mut self, word: &mut ShellWord, takes: impl Fn(char) -> bool) {
        let rest = self.rest();
        if let Some(behind) = after_continuation(rest) {
            self.at += rest.len() - behind.len();
            return;
        }
        if rest.chars().nth(1).is_some_and(takes) {
            self.at += 1;
        }
        self.take(word);
    }

    fn close(&mut self, opening: usize) -> Result<(), Diagnostic> {
        if self.next().is_none() {
            let span = Span::new(opening as u32, opening as u32 + 1);
            let what = format!("this {} is never closed", self.source.slice(span));
            return Err(Diagnostic::error("unclosed-quote", what).at(Place::new(self.source, span), ""));
        }
        self.at += 1;
        Ok(())
    }

    /// `$` and a backtick: what a shell would fill in is refused, a lone `$` is a character.
    fn dollar(&mut self, word: &mut ShellWord) -> Result<(), Diagnostic> {
        let Some((length, what)) = expansion(self.rest()) else {
            self.take(word);
            return Ok(());
        };
        let span = Span::new(self.at as u32, (self.at + length) as u32);
        let message =
            format!("`{}` is {what} of a shell, and there is no shell here", shown(self.source.slice(span)));
        let help = "write what it stands for; in '…' it is taken as it stands";
        Err(Diagnostic::error("shell-expansion", message).at(Place::new(self.source, span), "").help(help))
    }

    fn refuse_operator(&self, operator: char) -> Diagnostic {
        let span = Span::new(self.at as u32, (self.at + operator.len_utf8()) as u32);
        let message = format!("`{operator}` is an operator of a shell, and there is no shell here");
        let help = match operator {
            '<' => {
                "a placeholder such as `<name>` is replaced by a value; in quotes it is taken as it stands"
            }
            '>' => "end the line before it, for the answer is shown; in quotes it is taken as it stands",
            _ => "end the line before it; in quotes it is taken as it stands",
        };
        Diagnostic::error("shell-operator", message).at(Place::new(self.source, span), "").help(help)
    }
}

/// What follows a `\` at the end of a line.
fn after_continuation(rest: &str) -> Option<&str> {
    let behind = rest.strip_prefix('\\')?;
    behind.strip_prefix('\n').or_else(|| behind.strip_prefix("\r\n"))
}

/// The length and the name of what a shell would fill in at the front of a text.
fn expansion(rest: &str) -> Option<(usize, &'static str)> {
    let up_to = |closer: char| rest[1..].find(closer).map_or(rest.len(), |at| at + 1 + closer.len_utf8());
    if rest.starts_with('`') {
        return Some((up_to('`'), "a command substitution"));
    }
    let behind = rest.strip_prefix('$')?;
    let name = behind.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(behind.len());
    match behind.chars().next()? {
        '(' => Some((up_to(')'), "a command substitution")),
        '{' => Some((up_to('}'), "a variable")),
        '\'' | '"' => Some((2, "a special quote")),
        '?' | '@' | '*' | '#' | '!' | '$' | '-' => Some((2, "a variable")),
        _ if name > 0 => Some((1 + name, "a variable")),
        _ => None,
    }
}

/// The first characters of a text, on one line.
fn shown(text: &str) -> String {
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(40).collect();
    if line.len() < text.len() { line + "…" } else { line }
}
