//! Usages: how a command is written, read once from a notation that people read, too.

use std::sync::OnceLock;

use super::program::Program;
use super::slot::SlotKind;
use crate::source::{Diagnostic, Place, Source, Span};

/// How a command is written.
///
/// Words in small letters and `_` are keywords, words in capitals slots (`LABEL:KIND`; a label alone is its own kind);
/// `[ ]` may be left out; `( | )` are alternatives, and so is `a|b` without spaces; `...` means one or more, behind
/// `[ ]` any number.
///
/// ```
/// use iamwhy::syntax::script::Usage;
/// let usage = Usage::parse("user NAME [path WORD] [tags PAIR...]").unwrap();
/// assert_eq!(usage.heads(), ["user"]);
/// ```
#[derive(Clone, Debug)]
pub struct Usage {
    text: Box<str>,
    example: Option<Box<str>>,
    // Both are made when a statement may be of this usage: most statements are of one of dozens.
    element: OnceLock<UsageElement>,
    program: OnceLock<Program>,
}

/// A part of a usage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UsageElement {
    /// A word that stands as it is.
    Keyword(Box<str>),
    /// A place for something.
    Slot(Slot),
    /// Elements one after the other.
    Sequence(Vec<UsageElement>),
    /// One of several elements.
    Choice(Vec<UsageElement>),
    /// An element that may be left out.
    Optional(Box<UsageElement>),
    /// An element that stands once or more.
    Repeat(Box<UsageElement>),
}

/// A place for something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// What it is asked for by.
    pub label: Box<str>,
    /// What may stand in it.
    pub kind: SlotKind,
}

impl UsageElement {
    fn keywords<'u>(&'u self, found: &mut Vec<&'u str>) {
        match self {
            Self::Keyword(word) => found.push(word),
            Self::Slot(_) => {}
            Self::Sequence(all) | Self::Choice(all) => all.iter().for_each(|one| one.keywords(found)),
            Self::Optional(one) | Self::Repeat(one) => one.keywords(found),
        }
    }
}

impl Usage {
    /// Reads a usage.
    pub fn parse(text: &str) -> Result<Self, Diagnostic> {
        parse_element(text).map(|element| Self { element: element.into(), ..Self::unread(text) })
    }

    /// A usage that is read when it is needed. One that cannot be read is that of no statement but the empty one.
    pub fn unread(text: &str) -> Self {
        Self { text: text.into(), example: None, element: OnceLock::new(), program: OnceLock::new() }
    }

    /// With an example, which messages about this command show.
    #[must_use]
    pub fn example(mut self, example: &str) -> Self {
        self.example = Some(example.into());
        self
    }

    /// The usage as it was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The words that stand as they are, in their order.
    pub fn keywords(&self) -> Vec<&str> {
        let mut found = Vec::new();
        self.element().keywords(&mut found);
        found
    }

    /// What the usage is made of.
    pub fn element(&self) -> &UsageElement {
        self.element.get_or_init(|| parse_element(&self.text).unwrap_or(UsageElement::Sequence(Vec::new())))
    }

    /// The keywords that a statement of this usage can start with.
    pub fn heads(&self) -> Vec<&str> {
        self.program().heads()
    }

    /// Whether a word is a keyword of this usage, or one of the words that a slot of it chooses from.
    pub fn has_keyword(&self, word: &str) -> bool {
        self.program().has_keyword(word)
    }

    pub(super) fn program(&self) -> &Program {
        self.program.get_or_init(|| Program::new(self.element()))
    }

    /// Whether a statement may begin with a bare word.
    pub(super) fn may_begin_with(&self, word: &str) -> bool {
        let first = self.text.split(' ').next().unwrap_or_default();
        let keyword = !first.is_empty() && first.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
        if keyword { first == word } else { self.element().may_begin_with(word) }
    }

    /// What to say of it in help.
    pub(super) fn shown(&self) -> String {
        plain(&self.text)
    }

    /// A line of this usage that works, where it says more than the usage.
    pub(super) fn own_example(&self) -> Option<&str> {
        self.example.as_deref().filter(|example| *example != &*self.text)
    }
}

impl UsageElement {
    /// Whether a statement may begin with a bare word; a slot may take any.
    fn may_begin_with(&self, word: &str) -> bool {
        match self {
            Self::Keyword(keyword) => **keyword == *word,
            Self::Slot(_) => true,
            Self::Sequence(parts) => {
                let first = parts.iter().position(|part| !matches!(part, Self::Optional(_)));
                let begin = first.map_or(&parts[..], |first| &parts[..=first]);
                begin.iter().any(|part| part.may_begin_with(word))
            }
            Self::Choice(parts) => parts.iter().any(|part| part.may_begin_with(word)),
            Self::Optional(part) | Self::Repeat(part) => part.may_begin_with(word),
        }
    }
}

/// A usage as people read it: without the kinds of its slots, `root EMAIL [mfa]`.
pub fn plain(usage: &str) -> String {
    let kind = |c: char| c.is_ascii_uppercase() || c == '-';
    let mut parts = usage.split(':');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |read, part| match part.starts_with(kind) {
        true => read + part.trim_start_matches(kind),
        false => read + ":" + part,
    })
}

/// Reads a usage without compiling it.
pub(super) fn parse_element(text: &str) -> Result<UsageElement, Diagnostic> {
    let words = lex(text);
    let mut reader = UsageReader { words: &words, at: 0, depth: 0 };
    let element = reader.choice().filter(|_| reader.at == words.len());
    let end = text.len() as u32;
    let span = words.get(reader.at).map_or(Span::new(0, end), |word| super::token::span_in(text, word));
    let wrong = || {
        Diagnostic::error("bad-usage", format!("the usage `{text}` cannot be read"))
            .at(Place::new(&Source::new("<usage>", text), span), "")
    };
    element.ok_or_else(wrong)
}

/// The marks and words of a usage.
fn lex(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let length = match rest.as_bytes().first() {
            _ if rest.starts_with("...") => 3,
            Some(b'[' | b']' | b'(' | b')') => 1,
            Some(b'|') if rest[1..].starts_with(' ') => 1,
            _ => rest.find([' ', '[', ']', '(', ')', '.']).unwrap_or(rest.len()).max(1),
        };
        let Some((word, behind)) = rest.split_at_checked(length) else { break };
        words.push(word);
        rest = behind.trim_start();
    }
    words
}

struct UsageReader<'u> {
    words: &'u [&'u str],
    at: usize,
    depth: usize,
}

impl UsageReader<'_> {
    fn choice(&mut self) -> Option<UsageElement> {
        self.depth += 1;
        if self.depth > super::token::MAX_DEPTH {
            return None;
        }
        let mut choices = vec![self.sequence()?];
        while self.eat("|") {
            choices.push(self.sequence()?);
        }
        self.depth -= 1;
        Some(single(choices, UsageElement::Choice))
    }

    fn sequence(&mut self) -> Option<UsageElement> {
        let mut elements = Vec::new();
        while let Some(word) = self.words.get(self.at).filter(|word| !matches!(**word, "|" | "]" | ")")) {
            self.at += 1;
            elements.push(self.element(word)?);
        }
        (!elements.is_empty()).then(|| single(elements, UsageElement::Sequence))
    }

    fn element(&mut self, word: &str) -> Option<UsageElement> {
        let element = match word {
            "[" => self.group("]")?,
            "(" => self.group(")")?,
            "..." => return None,
            word => single(word.split('|').map(term).collect::<Option<_>>()?, UsageElement::Choice),
        };
        let repeated = self.eat("...");
        Some(match (word == "[", repeated) {
            (false, false) => element,
            (false, true) => UsageElement::Repeat(element.into()),
            (true, false) => UsageElement::Optional(element.into()),
            (true, true) => UsageElement::Optional(UsageElement::Repeat(element.into()).into()),
        })
    }

    fn group(&mut self, closer: &str) -> Option<UsageElement> {
        let inside = self.choice()?;
        self.eat(closer).then_some(inside)
    }

    fn eat(&mut self, word: &str) -> bool {
        let found = self.words.get(self.at) == Some(&word);
        self.at += usize::from(found);
        found
    }
}

fn term(word: &str) -> Option<UsageElement> {
    let first = word.chars().next()?;
    if !first.is_ascii_uppercase() {
        let keyword = first.is_ascii_lowercase() || word == "_";
        return keyword.then(|| UsageElement::Keyword(word.into()));
    }
    let (label, kind) = word.split_once(':').unwrap_or((word, word));
    Some(UsageElement::Slot(Slot { label: label.into(), kind: SlotKind::named(kind)? }))
}

fn single(mut elements: Vec<UsageElement>, many: fn(Vec<UsageElement>) -> UsageElement) -> UsageElement {
    if elements.len() > 1 {
        return many(elements);
    }
    elements.pop().unwrap_or(UsageElement::Sequence(Vec::new()))
}
