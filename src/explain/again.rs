//! Asking again: the same question with other policies or another context, by the same engine.

use std::borrow::Cow;
use std::sync::Arc;

use crate::question::{Asked, ask};
use crate::world::{
    Caller, Change, ContextEntry, ContextValue, LevelEdit, Prepared, Principal, Request, World,
};

/// What is different from the question as it was put.
#[derive(Clone, Debug, Default)]
pub(super) struct Difference {
    /// Edits of policies, each made on what the ones before have left.
    pub(super) edits: Vec<LevelEdit>,
    /// Context keys that are given, in place of those of the question.
    pub(super) given: Vec<ContextEntry<'static>>,
    /// Switches of the world that are turned.
    pub(super) turned: Vec<Change>,
    /// Another principal, or another resource: then the policies are looked for anew, and no edit counts.
    pub(super) elsewhere: Option<Elsewhere>,
}

/// The question of another principal, or about another resource.
#[derive(Clone, Debug, Default)]
pub(super) struct Elsewhere {
    pub(super) principal: Option<Principal>,
    pub(super) resource: Option<String>,
}

impl Difference {
    pub(super) fn with_edit(&self, edit: LevelEdit) -> Self {
        let mut other = self.clone();
        other.edits.push(edit);
        other
    }

    pub(super) fn with_turned(&self, changes: &[Change]) -> Self {
        let mut other = self.clone();
        other.turned.extend_from_slice(changes);
        other
    }

    pub(super) fn elsewhere(&self, elsewhere: &Elsewhere) -> Self {
        Self { elsewhere: Some(elsewhere.clone()), ..self.clone() }
    }

    pub(super) fn with_key(&self, key: &str, value: ContextValue<'static>) -> Self {
        let mut other = self.clone();
        other.given.retain(|(known, _)| !known.eq_ignore_ascii_case(key));
        other.given.push((key.to_owned().into(), value));
        other
    }
}

/// Asks a question again, with a difference, and lets the answer be looked at.
pub(super) fn ask_again<T>(
    question: &Prepared<'_>,
    difference: &Difference,
    look: impl FnOnce(&Asked<'_>) -> T,
) -> T {
    if let Some(elsewhere) = &difference.elsewhere {
        return ask_elsewhere(question, elsewhere, look);
    }
    let mut caller: Caller = Caller::clone(&question.caller);
    difference.edits.iter().for_each(|edit| caller.edit(edit));
    let context = context(question, difference);
    let request = Request { context: &context, ..question.request };
    let world = turned(question.world, &difference.turned);
    look(&ask(question.asked_by(Arc::new(caller), request, &world, &difference.edits)))
}

fn ask_elsewhere<T>(question: &Prepared<'_>, elsewhere: &Elsewhere, look: impl FnOnce(&Asked<'_>) -> T) -> T {
    let caller = match &elsewhere.principal {
        Some(principal) => Arc::new(question.world.caller(principal, question.request.policies)),
        None => Arc::clone(&question.caller),
    };
    let resource = elsewhere.resource.as_deref().or(question.request.resource);
    let request = Request { resource, ..question.request };
    match question.world.prepare(caller, request) {
        Ok(made) => look(&ask(made)),
        Err(_) => look(&ask(question.clone())), // not a question: all stays as it is
    }
}

/// The world with its switches turned; a change that it refuses turns nothing.
fn turned<'w>(world: &'w World, changes: &[Change]) -> Cow<'w, World> {
    let mut world = Cow::Borrowed(world);
    for change in changes {
        let _refused = world.to_mut().apply(change.clone());
    }
    world
}

/// What the question gives, but for the keys that the difference gives.
fn context<'c>(question: &Prepared<'c>, difference: &Difference) -> Vec<ContextEntry<'c>> {
    let given = |key: &str| difference.given.iter().any(|(known, _)| known.eq_ignore_ascii_case(key));
    let own = question.request.context.iter().filter(|(key, _)| !given(key)).cloned();
    own.chain(difference.given.iter().map(|(key, value)| (key.clone(), shorter(value)))).collect()
}

fn shorter<'c>(value: &ContextValue<'static>) -> ContextValue<'c> {
    value.clone()
}
