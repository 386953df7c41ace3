//! A statement that matched a usage: its keywords, and what stands in its slots.

use super::program::Event;
use super::slot::SlotKind;
use super::usage::Usage;
use super::value::{Clause, ContextAt, EntityWords, JsonAt, Pair, ReasonWords, TargetWords, Value, Word};
use crate::source::Span;

/// A statement that matched a row of the table.
#[derive(Clone, Debug)]
pub struct Words<'t> {
    row: usize,
    usage: &'t Usage,
    span: Span,
    keywords: Vec<Word<'t>>,
    values: Vec<(&'t str, Value<'t>)>,
}

impl<'t> Words<'t> {
    /// The number of the row, from 0.
    pub fn row(&self) -> usize {
        self.row
    }

    /// The usage that matched.
    pub fn usage(&self) -> &'t Usage {
        self.usage
    }

    /// Where the statement stands.
    pub fn span(&self) -> Span {
        self.span
    }

    /// Whether a keyword of the usage was given.
    pub fn has(&self, keyword: &str) -> bool {
        self.keyword(keyword).is_some()
    }

    /// Where a keyword stands, if it was given.
    pub fn keyword(&self, keyword: &str) -> Option<Span> {
        self.keywords.iter().find(|word| word.text == keyword).map(|word| word.span)
    }

    /// The keywords that were given, in order.
    pub fn keywords(&self) -> &[Word<'t>] {
        &self.keywords
    }

    /// The word in the first slot of this label, if it was given and is a single word.
    pub fn get(&self, label: &str) -> Option<&Word<'t>> {
        self.all(label).next()
    }

    /// The words in all slots of this label, in order.
    pub fn all(&self, label: &str) -> impl Iterator<Item = &Word<'t>> {
        self.values(label).filter_map(|value| if let Value::Word(word) = value { Some(word) } else { None })
    }

    /// What stands in all slots of this label, in order.
    pub fn values(&self, label: &str) -> impl Iterator<Item = &Value<'t>> {
        self.values.iter().filter(move |(own, _)| *own == label).map(|(_, value)| value)
    }

    /// The labels of all slots with what stands in them, in order.
    pub fn slots(&self) -> impl Iterator<Item = (&'t str, &Value<'t>)> {
        self.values.iter().map(|(label, value)| (*label, value))
    }

    /// The pairs of this label, in order.
    pub fn pairs(&self, label: &str) -> impl Iterator<Item = &Pair<'t>> {
        self.values(label).filter_map(|value| if let Value::Pair(pair) = value { Some(pair) } else { None })
    }

    /// The clauses of this label, in order.
    pub fn clauses(&self, label: &str) -> impl Iterator<Item = &Clause<'t>> {
        self.values(label)
            .filter_map(|value| if let Value::Clause(clause) = value { Some(clause) } else { None })
    }

    /// The document of this label.
    pub fn document(&self, label: &str) -> Option<&JsonAt<'t>> {
        self.values(label).find_map(|value| if let Value::Document(it) = value { Some(it) } else { None })
    }

    /// The context of this label.
    pub fn context(&self, label: &str) -> Option<&ContextAt<'t>> {
        self.values(label).find_map(|value| if let Value::Context(it) = value { Some(it) } else { None })
    }

    /// The entity of this label.
    pub fn entity(&self, label: &str) -> Option<&EntityWords<'t>> {
        self.values(label).find_map(|value| if let Value::Entity(it) = value { Some(it) } else { None })
    }

    /// The target of this label.
    pub fn target(&self, label: &str) -> Option<&TargetWords<'t>> {
        self.values(label).find_map(|value| if let Value::Target(it) = value { Some(it) } else { None })
    }

    /// The reason of this label.
    pub fn reason(&self, label: &str) -> Option<&ReasonWords<'t>> {
        self.values(label).find_map(|value| if let Value::Reason(it) = value { Some(it) } else { None })
    }

    /// The range between the braces of a block or table.
    pub fn block(&self, label: &str) -> Option<Span> {
        self.values(label).find_map(|value| if let Value::Block(span) = value { Some(*span) } else { None })
    }
}

/// Puts the words of a statement into the slots that a program found for them.
pub(super) fn assemble<'t>(
    row: usize,
    usage: &'t Usage,
    events: &[Event],
    words: &[Word<'t>],
) -> Option<Words<'t>> {
    let span = words.first()?.span.to(words.last()?.span);
    let mut all = Words { row, usage, span, keywords: Vec::new(), values: Vec::new() };
    let mut slot = None;
    let mut depth = 0;
    let mut parts: Vec<InSlot<'t>> = Vec::new();
    for event in events {
        match *event {
            Event::Open(index) => {
                slot = slot.or(usage.program().slot(index));
                depth += 1;
            }
            Event::Close => {
                depth -= 1;
                if let Some(slot) = slot.take_if(|_| depth == 0) {
                    all.values.push((&slot.label, value(slot.kind, std::mem::take(&mut parts))?));
                }
            }
            Event::Keyword(number) if depth == 0 => all.keywords.push(words.get(number)?.clone()),
            Event::Keyword(number) => parts.push(InSlot { keyword: true, word: words.get(number)?.clone() }),
            Event::Take(number) => parts.push(InSlot { keyword: false, word: words.get(number)?.clone() }),
        }
    }
    Some(all)
}

/// A word in a slot, and whether it was a keyword there.
struct InSlot<'t> {
    keyword: bool,
    word: Word<'t>,
}

fn value(kind: SlotKind, mut parts: Vec<InSlot<'_>>) -> Option<Value<'_>> {
    Some(match kind {
        SlotKind::Document => Value::Document(document(parts)?),
        SlotKind::Context => Value::Context(context(parts)?),
        SlotKind::Clause => Value::Clause(clause(parts)?),
        SlotKind::Entity => Value::Entity(entity(parts)?),
        SlotKind::Target => Value::Target(target(parts)?),
        SlotKind::Reason => Value::Reason(reason(parts)?),
        SlotKind::Pair => Value::Pair(Pair::read(&parts.pop()?.word)?),
        SlotKind::Block | SlotKind::Table => Value::Block(parts.pop()?.word.span.inside()),
        _ => Value::Word(parts.pop()?.word),
    })
}

fn document(mut parts: Vec<InSlot<'_>>) -> Option<JsonAt<'_>> {
    let word = parts.pop()?.word;
    Some(if parts.is_empty() { JsonAt::Json(word.span) } else { JsonAt::From(word) })
}

fn context(mut parts: Vec<InSlot<'_>>) -> Option<ContextAt<'_>> {
    if parts.first()?.keyword {
        return Some(ContextAt::From(parts.pop()?.word));
    }
    let first = &parts.first()?.word;
    if let Some(json) = SlotKind::Json.takes(first).then_some(first.span) {
        return Some(ContextAt::Json(json));
    }
    parts.iter().map(|part| Pair::read(&part.word)).collect::<Option<_>>().map(ContextAt::Pairs)
}

fn clause(mut parts: Vec<InSlot<'_>>) -> Option<Clause<'_>> {
    let rest = parts.split_off(1.min(parts.len()));
    let keyword = parts.pop()?.word;
    if keyword.is("with") {
        return context(rest).map(Clause::With);
    }
    if keyword.is("using") {
        return Some(Clause::Using(rest.into_iter().map(|part| part.word).collect()));
    }
    if keyword.is("as") {
        return rest.into_iter().next_back().map(|part| Clause::As(part.word));
    }
    let word = rest.into_iter().next()?.word;
    Some(if keyword.is("without") { Clause::Without(word) } else { Clause::AsOf(word) })
}

fn entity(parts: Vec<InSlot<'_>>) -> Option<EntityWords<'_>> {
    let mut words = parts.into_iter().map(|part| part.word);
    Some(EntityWords { kind: words.next()?, name: words.next()? })
}

fn target(parts: Vec<InSlot<'_>>) -> Option<TargetWords<'_>> {
    let mut words = parts.into_iter().map(|part| part.word);
    Some(TargetWords { kind: words.next()?, name: words.next() })
}

fn reason(parts: Vec<InSlot<'_>>) -> Option<ReasonWords<'_>> {
    let mut parts = parts.into_iter().peekable();
    let word = parts.next()?.word;
    let policy = parts.next_if(|part| !part.keyword).map(|part| part.word);
    let statement = parts.nth(1).map(|part| part.word);
    Some(ReasonWords { word, policy, statement })
}
