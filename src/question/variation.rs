//! A question asked again with a difference, by the same engine.

use std::borrow::Cow;

use super::asked::{Asked, ask};
use crate::trace::StatementAt;
use crate::world::{
    Change, ContextEntry, ContextValue, Document, LevelEdit, Prepared, Principal, Request, World,
};

/// What is different from a question as it was put.
#[derive(Clone, Debug, Default)]
pub struct Variation {
    /// Policies that say something else, are left out or are new, each edit made on what the ones before have left.
    pub edits: Vec<LevelEdit>,
    /// Context keys that are given, in place of those of the question.
    pub keys: Vec<ContextEntry<'static>>,
    /// Switches of the world that are turned.
    pub switches: Vec<Change>,
    /// Another principal or resource: then the policies are looked for anew, and no policy or switch is different.
    pub other_call: Option<OtherCall>,
}

/// The call of another principal, or for another resource.
#[derive(Clone, Debug, Default)]
pub struct OtherCall {
    /// Who makes it, if somebody else does.
    pub principal: Option<Principal>,
    /// What it is for, if for something else.
    pub resource: Option<String>,
    /// Context keys that it gives, in place of those of the question.
    pub keys: Vec<ContextEntry<'static>>,
    /// What is done to the world before.
    pub changes: Vec<Change>,
}

impl Variation {
    /// With a policy edited.
    #[must_use]
    pub fn with_edit(mut self, edit: LevelEdit) -> Self {
        self.edits.push(edit);
        self
    }

    /// With a context key, in place of what was given for it.
    #[must_use]
    pub fn with_key(mut self, key: &str, value: ContextValue<'static>) -> Self {
        self.keys.retain(|(known, _)| !known.eq_ignore_ascii_case(key));
        self.keys.push((key.to_owned().into(), value));
        self
    }

    /// With switches of the world turned.
    #[must_use]
    pub fn with_switches(mut self, changes: &[Change]) -> Self {
        self.switches.extend_from_slice(changes);
        self
    }

    /// With another call in place of the question's.
    #[must_use]
    pub fn with_call(self, call: &OtherCall) -> Self {
        let given = |one: Self, (key, value): &ContextEntry<'static>| one.with_key(key, value.clone());
        Self { other_call: Some(call.clone()), ..call.keys.iter().fold(self, given) }
    }

    /// Asks a question again so, and lets the answer be looked at.
    pub fn ask<T>(&self, question: &Prepared<'_>, look: impl FnOnce(&Asked<'_>) -> T) -> T {
        let context = self.context(question);
        let request = Request { context: &context, ..question.request };
        if let Some(call) = &self.other_call {
            let world = changed(question.world, &call.changes);
            return look(&call.ask(question, request, &world));
        }
        let world = changed(question.world, &self.switches);
        look(&ask(question.asked_again(request, &world, &self.edits)))
    }

    /// Asks a question again in a world in which the policies and switches are as they would be, with the keys and the
    /// call that differ.
    pub fn ask_in<T>(
        &self,
        question: &Prepared<'_>,
        world: &World,
        look: impl FnOnce(&Asked<'_>) -> T,
    ) -> Option<T> {
        let context = self.context(question);
        let other = self.other_call.as_ref();
        let principal = other.and_then(|call| call.principal.as_ref());
        let caller = world.caller(principal.unwrap_or(&question.caller.principal), question.request.policies);
        let resource = other.and_then(|call| call.resource.as_deref()).or(question.request.resource);
        let request = Request { context: &context, resource, ..question.request };
        world.prepare(caller.into(), request).ok().map(|prepared| look(&ask(prepared)))
    }

    /// What the question gives, but for the keys that are given here.
    fn context<'c>(&self, question: &Prepared<'c>) -> Vec<ContextEntry<'c>> {
        let given = |key: &str| self.keys.iter().any(|(known, _)| known.eq_ignore_ascii_case(key));
        let own = question.request.context.iter().filter(|(key, _)| !given(key)).cloned();
        own.chain(self.keys.iter().cloned()).collect()
    }
}

impl OtherCall {
    /// Where it is no question, the one that was put is asked again.
    fn ask<'q>(&'q self, question: &Prepared<'q>, request: Request<'q>, world: &'q World) -> Asked<'q> {
        let own = &question.caller.principal;
        let caller = match &self.principal {
            None if self.changes.is_empty() => question.caller.clone(),
            other => world.caller(other.as_ref().unwrap_or(own), question.request.policies).into(),
        };
        let resource = self.resource.as_deref().or(request.resource);
        let request = Request { resource, ..request };
        ask(world.prepare(caller, request).unwrap_or_else(|_| question.clone()))
    }
}

/// A world with changes made; one that it refuses changes nothing.
fn changed<'w>(world: &'w World, changes: &[Change]) -> Cow<'w, World> {
    let mut world = Cow::Borrowed(world);
    for change in changes {
        let _refused = world.to_mut().apply(change.clone());
    }
    world
}

/// The edit that takes a statement away from its policy, whatever its effect: of an AWS managed policy, too.
pub fn without_statement(question: &Prepared<'_>, at: StatementAt) -> Option<LevelEdit> {
    let view = question.statement(at)?;
    let policy = view.policy.policy();
    let document = match policy.statements().len() {
        1 => None,
        _ => Some(Document::compile("", &policy.with_statement(view.number, None), policy.kind())?),
    };
    Some(LevelEdit { layer: at.layer, level: at.level, policy: Some(at.statement.policy), document })
}
