//! Which word of a statement a refusal blames.

use crate::source::{Place, Span};
use crate::syntax::script::{Clause, ContextAt, Pair, PairValue, Value, Word, Words};
use crate::world::{Thing, WorldError};

/// Where the word that is to blame stands: among the slots that hold what it names, else among all.
pub(super) fn blamed(error: &WorldError, words: &Words<'_>, statement: &Place) -> Option<Span> {
    let all: Vec<(&str, &Word<'_>)> = words.slots().flat_map(|slot| named(words, slot)).collect();
    let fitting = all.iter().filter(|(names, _)| error.thing.is_some_and(|thing| holds(names, thing)));
    let fitting: Vec<_> = fitting.copied().collect();
    [fitting, all].iter().find_map(|words| in_words(&error.about, words, statement))
}

fn in_words(about: &str, words: &[(&str, &Word<'_>)], statement: &Place) -> Option<Span> {
    if about.is_empty() {
        return None;
    }
    let same = words.iter().find(|(_, word)| word.text == about).map(|(_, word)| word.span);
    same.or_else(|| words.iter().find_map(|(_, word)| inside(about, word.span, statement)))
}

/// A part of a word: the name behind `user/`, the ARN in a message.
fn inside(about: &str, word: Span, statement: &Place) -> Option<Span> {
    let at = statement.source.slice(word).find(about)? as u32;
    Some(Span::new(word.start + at, word.start + at + about.len() as u32))
}

/// The words of a slot, each with the word that says what it names.
fn named<'w, 't>(
    words: &'w Words<'t>,
    (label, value): (&'w str, &'w Value<'t>),
) -> Vec<(&'w str, &'w Word<'t>)> {
    match value {
        Value::Word(word) if matches!(label, "NAME" | "WORD" | "ARN") => {
            vec![(before(words, word.span).unwrap_or(label), word)]
        }
        Value::Word(word) => vec![(label, word)],
        Value::Entity(entity) => vec![(&*entity.kind.text, &entity.name)],
        Value::Target(target) => vec![(&*target.kind.text, target.name.as_ref().unwrap_or(&target.kind))],
        Value::Pair(pair) => of_pair(label, pair),
        Value::Clause(Clause::Without(word)) => vec![("policy", word)],
        Value::Clause(Clause::AsOf(word)) => vec![(label, word)],
        Value::Clause(Clause::As(word)) => vec![("role", word)],
        Value::Clause(Clause::Using(words)) => words.iter().map(|word| ("resource", word)).collect(),
        Value::Clause(Clause::With(ContextAt::Pairs(pairs))) => {
            pairs.iter().flat_map(|pair| of_pair(label, pair)).collect()
        }
        Value::Reason(reason) => [Some(&reason.word), reason.policy.as_ref(), reason.statement.as_ref()]
            .into_iter()
            .flatten()
            .map(|word| (label, word))
            .collect(),
        _ => Vec::new(),
    }
}

fn of_pair<'w, 't>(label: &'w str, pair: &'w Pair<'t>) -> Vec<(&'w str, &'w Word<'t>)> {
    let values = match &pair.value {
        PairValue::Null(_) => &[],
        PairValue::One(word) => std::slice::from_ref(word),
        PairValue::List(words, _) => words,
    };
    [&pair.key].into_iter().chain(values).map(|word| (label, word)).collect()
}

/// The last keyword in front of a place.
fn before<'w>(words: &'w Words<'_>, place: Span) -> Option<&'w str> {
    let front = words.keywords().iter().take_while(|keyword| keyword.span.start < place.start);
    front.last().map(|keyword| &*keyword.text)
}

/// Whether a slot behind such a keyword, or of such a label, names such a thing.
fn holds(names: &str, thing: Thing) -> bool {
    match thing {
        Thing::Principal => names == "PRINCIPAL",
        Thing::User => matches!(names, "user" | "members" | "sign-in" | "PRINCIPAL"),
        Thing::Group => names == "group",
        Thing::Role => matches!(names, "role" | "PRINCIPAL"),
        Thing::Policy => matches!(names, "policy" | "scp" | "rcp" | "inline" | "edit" | "POLICY"),
        Thing::Unit => matches!(names, "ou" | "under"),
        Thing::Account => matches!(names, "account" | "ACCOUNT" | "ACCOUNT-ID" | "PRINCIPAL"),
        Thing::Resource => matches!(names, "resource" | "of" | "on" | "for" | "RESOURCE" | "ARN"),
        Thing::Action => names == "ACTION",
        Thing::Setting => names == "set",
    }
}
