//! From text to nodes. One loop reads arrays and objects and is the only place of recovery: an error is
//! recorded, the text skipped to the next `,` or closing bracket, and reading goes on.

use std::sync::Arc;

use nom::Offset;

use super::tokens::{self, StringFault};
use super::tree::{JsonNode, Kind};
use crate::source::{Diagnostic, Place, Source, Span};

/// How deep arrays and objects may be nested. IAM policies need 6.
pub const MAX_DEPTH: usize = 64;

/// How many errors of one text are reported.
pub const MAX_ERRORS: usize = 50;

/// The state of a reading.
pub(super) struct Parser<'s> {
    source: &'s Arc<Source>,
    /// The text up to the end of what is to be read; offsets count from its start.
    whole: &'s str,
    pub(super) nodes: Vec<JsonNode>,
    pub(super) found: Vec<Diagnostic>,
    /// Whether the text ended inside a value, which is said once.
    ended: bool,
    /// Whether any string has escapes.
    pub(super) has_escapes: bool,
}

impl<'s> Parser<'s> {
    pub(super) fn new(source: &'s Arc<Source>, whole: &'s str, nodes: usize) -> Self {
        let nodes = Vec::with_capacity(nodes);
        Self { source, whole, nodes, found: Vec::new(), ended: false, has_escapes: false }
    }

    /// Reads one value, adds its node, and returns what follows.
    pub(super) fn value(&mut self, input: &'s str, depth: usize) -> &'s str {
        match input.as_bytes().first() {
            Some(b'"') => self.string(input),
            Some(b'{') => self.container(input, depth, Kind::Object, b'}'),
            Some(b'[') => self.container(input, depth, Kind::Array, b']'),
            Some(b'-' | b'0'..=b'9') => match tokens::number(input) {
                Ok((rest, ())) => self.leaf(input, rest, Kind::Number),
                Err(_) => self.bad_value(input),
            },
            _ => self.literal(input),
        }
    }

    fn literal(&mut self, input: &'s str) -> &'s str {
        let word = tokens::word(input).map_or("", |(_, word)| word);
        match word {
            "true" | "false" => self.leaf(input, &input[word.len()..], Kind::Bool),
            "null" => self.leaf(input, &input[word.len()..], Kind::Null),
            _ => self.bad_value(input),
        }
    }

    #[inline]
    fn string(&mut self, input: &'s str) -> &'s str {
        match tokens::plain_string(input) {
            Some(rest) => self.leaf(input, rest, Kind::String),
            None => self.other_string(input),
        }
    }

    /// A string with escapes or faults.
    #[cold]
    fn other_string(&mut self, input: &'s str) -> &'s str {
        let Ok((rest, token)) = tokens::string(input) else { return input };
        self.has_escapes |= token.escaped;
        let kind = if token.escaped { Kind::EscapedString } else { Kind::String };
        if let Some((fault, at)) = token.fault {
            self.string_fault(input, rest, fault, at);
            let kind = if fault == StringFault::Unclosed { Kind::Bad } else { kind };
            return self.leaf(input, rest, kind);
        }
        self.leaf(input, rest, kind)
    }

    #[inline]
    fn leaf(&mut self, input: &'s str, rest: &'s str, kind: Kind) -> &'s str {
        let span = self.span(input, rest);
        self.nodes.push(JsonNode::new(span, self.nodes.len() + 1, kind));
        rest
    }

    /// The one loop for arrays and objects.
    fn container(&mut self, input: &'s str, depth: usize, kind: Kind, closer: u8) -> &'s str {
        if depth == MAX_DEPTH {
            return self.too_deep(input);
        }
        let open = self.nodes.len();
        self.leaf(input, &input[1..], kind);
        let mut rest = self.space(&input[1..]);
        let rest = loop {
            match rest.as_bytes().first() {
                Some(byte) if *byte == closer => break &rest[1..],
                Some(b']' | b'}') => break self.wrong_closer(input, rest, depth),
                None => break self.unclosed(input, rest),
                Some(_) => {
                    rest = if kind == Kind::Object {
                        self.member(rest, depth)
                    } else {
                        self.value(rest, depth + 1)
                    };
                    rest = self.separator(rest, closer);
                }
            }
        };
        self.nodes[open] = JsonNode::new(self.span(input, rest), self.nodes.len(), kind);
        rest
    }

    /// `"key": value`; always adds two nodes.
    fn member(&mut self, input: &'s str, depth: usize) -> &'s str {
        let rest = match input.as_bytes()[0] {
            b'"' => self.string(input),
            _ => self.bad_key(input),
        };
        let rest = self.space(rest);
        let Some(value) = rest.strip_prefix(':') else {
            self.error(rest, first_of(rest), "expected-colon", "expected `:` and a value after the key");
            return self.leaf(rest, rest, Kind::Bad);
        };
        let value = self.space(value);
        self.value(value, depth + 1)
    }

    /// What stands between two items: a comma, or what ends the container.
    #[inline]
    pub(super) fn separator(&mut self, input: &'s str, closer: u8) -> &'s str {
        let rest = self.space(input);
        match rest.as_bytes().first() {
            Some(b',') => self.after_comma(rest),
            None | Some(b']' | b'}') => rest,
            Some(_) => self.missing_comma(input, rest, closer),
        }
    }

    #[inline]
    fn after_comma(&mut self, comma: &'s str) -> &'s str {
        let rest = self.space(&comma[1..]);
        match rest.as_bytes().first() {
            Some(b']' | b'}' | b',') => self.stray_comma(comma, rest),
            _ => rest,
        }
    }

    #[cold]
    fn stray_comma(&mut self, comma: &'s str, rest: &'s str) -> &'s str {
        if rest.starts_with(',') {
            self.error(rest, &rest[..1], "expected-value", "expected a value between two commas");
            return self.after_comma_run(rest);
        }
        let what = "a comma may not stand before a closing bracket";
        self.error(comma, &comma[..1], "trailing-comma", what);
        rest
    }

    fn after_comma_run(&mut self, commas: &'s str) -> &'s str {
        let mut rest = commas;
        while let Some(after) = rest.strip_prefix(',') {
            rest = self.space(after);
        }
        rest
    }

    /// A value directly after a value is a forgotten comma; anything else is skipped.
    fn missing_comma(&mut self, end_of_value: &'s str, rest: &'s str, closer: u8) -> &'s str {
        let starts_value =
            matches!(rest.as_bytes()[0], b'"' | b'{' | b'[' | b'-' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z');
        if starts_value && !self.previous_is_bad() {
            let before = self.offset(end_of_value);
            let span = Span::new(before.saturating_sub(1), before);
            let what = format!("expected `,` or `{}` after this value", char::from(closer));
            self.report(
                Diagnostic::error("missing-comma", what)
                    .at(Place::new(self.source, span), "add a comma after this"),
            );
            return rest;
        }
        // After text that is not JSON the next line is read again.
        if starts_value && end_of_value[..end_of_value.offset(rest)].contains('\n') {
            return rest;
        }
        if !self.previous_is_bad() {
            self.error(rest, first_of(rest), "unexpected-text", format!("unexpected `{}`", first_of(rest)));
        }
        self.skip(rest)
    }

    fn previous_is_bad(&self) -> bool {
        self.nodes.last().is_some_and(|node| node.kind() == Kind::Bad)
    }

    /// Skips to the next `,` (which is taken) or closing bracket (which is not), strings and brackets whole.
    fn skip(&mut self, input: &'s str) -> &'s str {
        let rest = skip_balanced(input);
        if rest.starts_with(',') { self.after_comma(rest) } else { rest }
    }

    /// White space, and comments, which are reported. Most often there is none, which one look tells.
    #[inline]
    pub(super) fn space(&mut self, input: &'s str) -> &'s str {
        match input.as_bytes().first() {
            Some(b' ' | b'\n' | b'\r' | b'\t' | b'/') => self.some_space(input),
            _ => input,
        }
    }

    fn some_space(&mut self, input: &'s str) -> &'s str {
        let mut rest = tokens::space(input);
        while rest.starts_with('/') {
            let Ok((after, comment)) = tokens::comment(rest) else { break };
            self.error(rest, comment.trim_end(), "comment", "comments are not allowed in a policy");
            rest = tokens::space(after);
        }
        rest
    }

    pub(super) fn nothing_more(&mut self, input: &'s str) {
        let rest = self.space(input);
        if !rest.is_empty() && !self.ended {
            let found = first_of(rest);
            let what = format!("expected the end of the text after the JSON value, found `{found}`");
            self.error(rest, found, "trailing-text", what);
        }
    }

    fn bad_value(&mut self, input: &'s str) -> &'s str {
        let (rest, word) = tokens::word(input).unwrap_or((input, ""));
        let taken = if word.starts_with(&[',', ':', ']', '}'][..]) { "" } else { word };
        if self.nodes.is_empty() && !taken.is_empty() && rest.starts_with(": ") | rest.starts_with(":\n") {
            return self.other_language(input, taken);
        }
        let found = if taken.is_empty() { first_of(input) } else { taken };
        let what = match found {
            "" => "expected a value, found the end of the text".to_owned(),
            _ => format!("expected a value, found `{found}`"),
        };
        let mut diagnostic = Diagnostic::error("expected-value", what).at(self.place(input, found), "");
        if let Some(help) = help_for_word(taken) {
            diagnostic = diagnostic.help(help);
        }
        self.report(diagnostic);
        let rest = if taken.is_empty() { input } else { rest };
        self.leaf(input, rest, Kind::Bad)
    }

    /// A text that begins `Version: …`.
    fn other_language(&mut self, input: &'s str, word: &'s str) -> &'s str {
        let what = "this looks like YAML, and only JSON is read here";
        let diagnostic = Diagnostic::error("looks-like-yaml", what).at(self.place(input, word), "");
        self.report(diagnostic.help("convert it to JSON first"));
        let end = &input[input.len()..];
        self.leaf(input, end, Kind::Bad);
        end
    }

    fn bad_key(&mut self, input: &'s str) -> &'s str {
        let (rest, word) = tokens::word(input).unwrap_or((input, ""));
        let what = format!("expected a key in double quotes, found `{word}`");
        let mut diagnostic = Diagnostic::error("expected-key", what).at(self.place(input, word), "");
        if word.starts_with(|c: char| c.is_alphabetic() || c == '\'') {
            diagnostic = diagnostic.help(format!("write `\"{}\"`", word.trim_matches('\'')));
        }
        self.report(diagnostic);
        self.leaf(input, rest, Kind::Bad)
    }

    fn string_fault(&mut self, input: &'s str, rest: &'s str, fault: StringFault, at: usize) {
        let token = &input[..input.offset(rest)];
        let from = &input[at..];
        let escape = &from[..from.char_indices().nth(2).map_or(from.len(), |(i, _)| i)];
        let (code, what, text) = match fault {
            StringFault::Control => {
                ("control-character", "a control character may not stand in a string".into(), first_of(from))
            }
            StringFault::Escape => ("bad-escape", format!("`{escape}` is not an escape of JSON"), escape),
            StringFault::Surrogate => {
                ("bad-escape", "this escape is half of a character".into(), from.get(..6).unwrap_or(escape))
            }
            StringFault::Unclosed => {
                ("unclosed-string", "the string has no closing `\"` on its line".into(), token)
            }
        };
        self.error(from, text, code, what);
    }

    fn wrong_closer(&mut self, open: &'s str, rest: &'s str, depth: usize) -> &'s str {
        let what = format!("`{}` does not close `{}`", &rest[..1], &open[..1]);
        let diagnostic = Diagnostic::error("wrong-bracket", what).at(self.place(rest, &rest[..1]), "");
        self.report(diagnostic.at(self.place(open, &open[..1]), "opened here"));
        // Somebody further out may be waiting for this bracket; at the outermost level nobody is.
        if depth == 0 { &rest[1..] } else { rest }
    }

    fn unclosed(&mut self, open: &'s str, rest: &'s str) -> &'s str {
        if !self.ended {
            self.ended = true;
            let what = format!("the text ends before `{}` is closed", &open[..1]);
            self.error(open, &open[..1], "unclosed-bracket", what);
        }
        rest
    }

    fn too_deep(&mut self, input: &'s str) -> &'s str {
        self.error(input, &input[..1], "too-deep", format!("nested deeper than {MAX_DEPTH} levels"));
        let rest = skip_balanced(input);
        if rest.is_empty() {
            self.ended = true;
        }
        self.leaf(input, rest, Kind::Bad)
    }

    pub(super) fn error(&mut self, at: &'s str, text: &str, code: &'static str, what: impl Into<String>) {
        let diagnostic = Diagnostic::error(code, what).at(self.place(at, text), "");
        self.report(diagnostic);
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        if self.found.len() < MAX_ERRORS {
            self.found.push(diagnostic);
        }
    }

    fn offset(&self, at: &'s str) -> u32 {
        self.whole.offset(at) as u32
    }

    fn span(&self, from: &'s str, to: &'s str) -> Span {
        Span::new(self.offset(from), self.offset(to))
    }

    fn place(&self, at: &'s str, text: &str) -> Place {
        let start = self.offset(at);
        Place::new(self.source, Span::new(start, start + text.len() as u32))
    }
}

/// Skips to the next `,` or closing bracket at this level, without recursion.
fn skip_balanced(input: &str) -> &str {
    let mut rest = input;
    let mut open = 0_usize;
    while let Some(byte) = rest.bytes().next() {
        match byte {
            b'"' => {
                rest = tokens::string(rest).map_or("", |(after, _)| after);
                continue;
            }
            b'[' | b'{' => open += 1,
            b']' | b'}' if open == 0 => return rest,
            b']' | b'}' => open -= 1,
            b',' if open == 0 => return rest,
            _ => {}
        }
        rest = &rest[first_of(rest).len()..];
    }
    rest
}

/// The first character, as text.
fn first_of(text: &str) -> &str {
    let length = text.chars().next().map_or(0, char::len_utf8);
    &text[..length]
}

fn help_for_word(word: &str) -> Option<String> {
    match word {
        "True" | "TRUE" | "False" | "FALSE" => Some(format!("write `{}`", word.to_lowercase())),
        "None" | "nil" | "undefined" => Some("write `null`".into()),
        _ if word.starts_with('\'') => Some("strings are written in double quotes".into()),
        _ if word.starts_with(|c: char| c.is_alphabetic()) => {
            Some("strings are written in double quotes".into())
        }
        _ => None,
    }
}
