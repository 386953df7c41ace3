//! What stands in the slots of a statement, as commands take it.

use super::failure::Failure;
use crate::names::AccountId;
use crate::syntax::script;
use crate::world::{Entity, Tags, WorldError};

/// The word in a slot; slots that a usage requires are there.
pub(crate) fn word(words: &script::Words<'_>, label: &str) -> Box<str> {
    words.get(label).map(|word| &*word.text).unwrap_or_default().into()
}

/// The word behind an option, if it was given.
pub(crate) fn option(words: &script::Words<'_>, keyword: &str, label: &str) -> Option<Box<str>> {
    let behind = words.keyword(keyword)?;
    words.all(label).find(|word| word.span.start > behind.end).map(|word| (&*word.text).into())
}

/// The path given, or `/`.
pub(crate) fn path(words: &script::Words<'_>) -> Box<str> {
    option(words, "path", "WORD").unwrap_or_else(|| "/".into())
}

pub(crate) fn tags(words: &script::Words<'_>) -> Result<Tags, Failure> {
    let mut tags = Tags::new();
    for pair in words.pairs("PAIR") {
        let script::PairValue::One(value) = &pair.value else {
            let about = pair.key.text.to_string();
            return Err(WorldError::new("bad-tag", about, "a tag has one value, a text").into());
        };
        tags.insert((&*pair.key.text).into(), (&*value.text).into());
    }
    Ok(tags)
}

/// The user, group or role that a statement names.
pub(crate) fn entity(entity: &script::EntityWords<'_>) -> Entity {
    let name = (&*entity.name.text).into();
    match &*entity.kind.text {
        "user" => Entity::User(name),
        "group" => Entity::Group(name),
        _ => Entity::Role(name),
    }
}

pub(crate) fn missing(what: &str) -> Failure {
    WorldError::new("missing-word", "", format!("expected {what}")).into()
}

pub(crate) fn account_id(words: &script::Words<'_>) -> Result<AccountId, Failure> {
    let text = word(words, "ACCOUNT-ID");
    AccountId::parse(&text).ok_or_else(|| WorldError::bad_account_id(&text).into())
}
