//! What the clauses of a statement assume: context keys, what is left out, the day of the facts.

use std::borrow::Cow;
use std::sync::Arc;

use super::context::Context;
use super::failure::Failure;
use super::file_of::FileOf;
use crate::names::DistinctNames;
use crate::question::Assumptions;
use crate::question::wire::{owned_context, read_context};
use crate::syntax::script::{self, Clause, PairValue};
use crate::world::{ContextEntry, ContextValue, LeftOut, WorldError};

impl Context<'_> {
    pub(crate) fn assumptions(&mut self, words: &script::Words<'_>) -> Result<Assumptions, Failure> {
        let policies = Arc::clone(&self.session.given);
        let mut assumptions = Assumptions { policies, now: self.now(), ..Assumptions::default() };
        let mut given = DistinctNames::new();
        for clause in words.clauses("CLAUSE") {
            match clause {
                Clause::With(context) => {
                    for (key, value) in self.context_entries(context)? {
                        let key = not_twice(key, &mut given)?;
                        assumptions.context.push((key, value));
                    }
                }
                Clause::Without(word) => assumptions.without.push(LeftOut::read(&word.text)),
                Clause::Using(words) => {
                    assumptions.using.extend(words.iter().map(|word| Box::from(&*word.text)));
                }
                Clause::As(_) => {} // for whoever asks as a role
                Clause::AsOf(date) => {
                    let mut settings = assumptions.settings.unwrap_or(*self.world().settings());
                    settings.set("as_of", &date.text)?;
                    assumptions.settings = Some(settings);
                }
            }
        }
        Ok(assumptions)
    }

    fn context_entries(
        &mut self,
        context: &script::ContextAt<'_>,
    ) -> Result<Vec<ContextEntry<'static>>, Failure> {
        match context {
            script::ContextAt::Pairs(pairs) => Ok(pairs.iter().map(entry).collect()),
            script::ContextAt::Json(span) => self.json_context(&script::JsonAt::Json(*span)),
            script::ContextAt::From(path) => self.json_context(&script::JsonAt::From(path.clone())),
        }
    }

    fn json_context(&mut self, at: &script::JsonAt<'_>) -> Result<Vec<ContextEntry<'static>>, Failure> {
        let (tree, _) = self.json(at, FileOf::Keys)?.accept()?;
        Ok(owned_context(read_context(tree.root())?))
    }
}

fn not_twice(
    key: Cow<'static, str>,
    given: &mut DistinctNames<Cow<'static, str>>,
) -> Result<Cow<'static, str>, WorldError> {
    match given.insert(key.clone()) {
        (_, true) => Ok(key),
        (_, false) => Err(WorldError::new("key-twice", &*key, format!("`{key}` is given twice"))),
    }
}

fn entry(pair: &script::Pair<'_>) -> ContextEntry<'static> {
    let text = |word: &script::Word<'_>| Cow::Owned(word.text.to_string());
    let value = match &pair.value {
        PairValue::Null(_) => ContextValue::Absent,
        PairValue::One(word) => ContextValue::One(text(word)),
        PairValue::List(words, _) => ContextValue::Many(words.iter().map(text).collect()),
    };
    (text(&pair.key), value)
}
