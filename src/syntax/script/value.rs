//! What stands in slots: words, pairs, documents, clauses.

use std::borrow::Cow;

use super::shape::{blank, item, unescape};
use super::token::{ScriptToken, TokenKind, quoted, span_in};
use crate::source::Span;

/// A word of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word<'t> {
    /// What it says, escapes undone; of JSON, blocks and pairs the text as it stands.
    pub text: Cow<'t, str>,
    /// Where it stands, with its quotes.
    pub span: Span,
    /// What kind of token it is.
    pub kind: TokenKind,
    /// Whether it was quoted, and so is never a keyword.
    pub quoted: bool,
}

impl<'t> Word<'t> {
    /// The word that a token stands for; `text` is the text of the token.
    pub(super) fn of(token: ScriptToken, text: &'t str) -> Self {
        let said = match token.kind {
            TokenKind::Quoted => unescape(inside(text)).unwrap_or(Cow::Borrowed(text)),
            TokenKind::Raw => Cow::Borrowed(inside(text)),
            _ => Cow::Borrowed(text),
        };
        Self { text: said, span: token.span, kind: token.kind, quoted: token.kind.is_quoted() }
    }

    fn part(text: &'t str, start: u32) -> Self {
        let kind = match text.as_bytes().first() {
            Some(b'"') => TokenKind::Quoted,
            Some(b'\'') => TokenKind::Raw,
            _ => TokenKind::Bare,
        };
        Self::of(ScriptToken { kind, span: Span::new(start, start + text.len() as u32) }, text)
    }

    /// Whether this is a bare word that says `text`.
    pub fn is(&self, text: &str) -> bool {
        self.kind == TokenKind::Bare && self.text == text
    }
}

/// A text without its first and last byte.
fn inside(text: &str) -> &str {
    text.get(1..text.len().saturating_sub(1)).unwrap_or_default()
}

/// `KEY=VALUE`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair<'t> {
    /// The key.
    pub key: Word<'t>,
    /// The value.
    pub value: PairValue<'t>,
    /// Where the pair stands.
    pub span: Span,
}

/// The value of a pair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PairValue<'t> {
    /// `KEY=null`: the key is absent.
    Null(Span),
    /// `KEY=x`, `KEY="a b"`
    One(Word<'t>),
    /// `KEY=[a, b]`, also of one or none.
    List(Vec<Word<'t>>, Span),
}

impl<'t> Pair<'t> {
    /// The pair that a word is, if it is one: the first `=` outside quotes divides.
    pub(super) fn read(word: &Word<'t>) -> Option<Self> {
        let Cow::Borrowed(text) = word.text else { return None };
        let (key, value) = match word.kind {
            TokenKind::Pair if text.starts_with(['"', '\'']) => {
                let (rest, _) = quoted(text).ok()?;
                (&text[..text.len() - rest.len()], rest.strip_prefix('=')?)
            }
            TokenKind::Pair => text.split_once('=')?,
            TokenKind::Bare if !text.starts_with("arn:") => text.split_once('=')?,
            _ => return None,
        };
        if key.is_empty() || value.is_empty() {
            return None;
        }
        let start = word.span.start;
        let value = PairValue::read(value, start + (text.len() - value.len()) as u32)?;
        Some(Self { key: Word::part(key, start), value, span: word.span })
    }
}

impl<'t> PairValue<'t> {
    fn read(text: &'t str, start: u32) -> Option<Self> {
        let span = Span::new(start, start + text.len() as u32);
        match text.as_bytes().first() {
            Some(b'[') => Some(Self::List(items(text, start)?, span)),
            _ if text == "null" => Some(Self::Null(span)),
            _ => Some(Self::One(Word::part(text, start))),
        }
    }

    /// The values; none for `null`.
    pub fn words(&self) -> &[Word<'t>] {
        match self {
            Self::Null(_) => &[],
            Self::One(word) => std::slice::from_ref(word),
            Self::List(words, _) => words,
        }
    }

    /// Where the value stands.
    pub fn span(&self) -> Span {
        match self {
            Self::Null(span) | Self::List(_, span) => *span,
            Self::One(word) => word.span,
        }
    }
}

fn items(text: &str, start: u32) -> Option<Vec<Word<'_>>> {
    let mut words = Vec::new();
    let mut rest = blank(text.get(1..)?);
    while !rest.starts_with(']') {
        let behind = item(rest, text).ok()?;
        let part = rest.get(..rest.len() - behind.len())?;
        words.push(Word::part(part, start + span_in(text, part).start));
        rest = blank(behind);
        rest = rest.strip_prefix(',').map_or(rest, blank);
    }
    Some(words)
}

/// A JSON document, or where it is to be read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JsonAt<'t> {
    /// `{"Version": …}`: the range of the JSON, braces included.
    Json(Span),
    /// `from "path"`
    From(Word<'t>),
}

/// What a question assumes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Clause<'t> {
    /// `with KEY=VALUE …`
    With(ContextAt<'t>),
    /// `without scp`, `without NoDelete`
    Without(Word<'t>),
    /// `as-of 2026-01-31`
    AsOf(Word<'t>),
    /// `using arn:aws:iam::111122223333:role/Worker …`
    Using(Vec<Word<'t>>),
    /// `as role Deploy`
    As(Word<'t>),
}

/// Values of context keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ContextAt<'t> {
    /// `{"aws:SourceIp": …}`, in the shape of batch.
    Json(Span),
    /// `from "context.json"`
    From(Word<'t>),
    /// `KEY=VALUE …`
    Pairs(Vec<Pair<'t>>),
}

/// A user, group or role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntityWords<'t> {
    /// `user`, `group` or `role`.
    pub kind: Word<'t>,
    /// Its name.
    pub name: Word<'t>,
}

/// What policies and tags can be attached to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TargetWords<'t> {
    /// `user`, `group`, `role`, `ou`, `account`, `policy`, `resource` or `organization-root`.
    pub kind: Word<'t>,
    /// Its name; `organization-root` has none.
    pub name: Option<Word<'t>>,
}

/// What decided, as an expectation states it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReasonWords<'t> {
    /// A gate or a layer.
    pub word: Word<'t>,
    /// The policy.
    pub policy: Option<Word<'t>>,
    /// The `Sid` or the number of the statement, from 1.
    pub statement: Option<Word<'t>>,
}

/// What stands in a slot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value<'t> {
    /// A single word.
    Word(Word<'t>),
    /// `KEY=VALUE`
    Pair(Pair<'t>),
    /// JSON, or `from` a file.
    Document(JsonAt<'t>),
    /// Values of context keys.
    Context(ContextAt<'t>),
    /// What a question assumes.
    Clause(Clause<'t>),
    /// A user, group or role.
    Entity(EntityWords<'t>),
    /// What policies and tags can be attached to.
    Target(TargetWords<'t>),
    /// What decided.
    Reason(ReasonWords<'t>),
    /// A block or table: the range between the braces, to be given to `split_within`.
    Block(Span),
}
