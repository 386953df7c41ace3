//! Changes that could turn a denial: proposals, each yet to be tried by the engine.
//!
//! INVARIANT: the narrowest change comes first: the request before the policies, an exception for one principal
//! before anything that concerns others, and what gives up a restriction only where nothing else helps. Of the remedies
//! those come last that take something which somebody else has set up: a name, a guard.

use std::sync::Arc;

use super::super::headline::alternatives;
use super::authority::By;
use super::edit::{Edit, Takes};
use super::location::Whereabouts;
use super::slip::Slip;
use crate::compile::CompiledPolicy;
use crate::facts;
use crate::names::AccountId;
use crate::policy::Layer;
use crate::question::{OtherCall, Variation};
use crate::world::{self, ContextEntry, LevelEdit, Principal, PrincipalKind};

/// A change that is proposed.
#[derive(Clone, Debug)]
pub(super) struct Proposal {
    /// What is to be said of it.
    pub(super) edit: Edit,
    pub(super) change: Patch,
    /// Who can do it.
    pub(super) by: Option<By>,
    /// The words of a call, by the values that would do.
    pub(super) call: Option<CallWords>,
    /// The document that it puts another in place of.
    pub(super) replaces: Option<Arc<CompiledPolicy>>,
    /// What it comes to in the world, where no document is put in place of another.
    pub(super) made: Vec<world::Change>,
    /// What it moves that somebody has set as a limit, where no policy says so by its kind: an end, a tag.
    pub(super) limit: Option<String>,
    /// The tag that it puts another in place of.
    pub(super) old_tag: Option<String>,
    /// What it consists of, where several people do it, each a part.
    pub(super) steps: Vec<Proposal>,
    /// The side that it takes, where request and policy differ by a slip.
    pub(super) slip: Option<Slip>,
    /// Whether the policy clearly means it already, and says it wrongly.
    pub(super) is_meant: bool,
    /// Whether it is worth a word only if nothing else helps.
    pub(super) last_resort: bool,
}

/// How a call is to be made: what is said before its values, and after.
#[derive(Clone, Debug)]
pub(super) struct CallWords {
    pub(super) before: &'static str,
    pub(super) values: Vec<String>,
    pub(super) after: String,
}

impl CallWords {
    pub(super) fn words(&self) -> String {
        format!("{}{}{}", self.before, alternatives(&self.values), self.after)
    }
}

/// What a proposal changes.
#[derive(Clone, Debug)]
pub(super) enum Patch {
    Policy(LevelEdit),
    Keys(Vec<KeyChange>),
    World(Vec<world::Change>),
    /// Another principal, or another resource.
    Call(OtherCall),
}

/// Another value of a context key: the request gives it, or a command brings it about, as one does with tags.
#[derive(Clone, Debug)]
pub(super) struct KeyChange {
    entry: ContextEntry<'static>,
    command: Option<String>,
}

impl Proposal {
    pub(super) fn new(words: String, change: Patch) -> Self {
        let edit = Edit { words, ..change.said() };
        Self {
            edit,
            change,
            by: None,
            call: None,
            replaces: None,
            made: Vec::new(),
            limit: None,
            old_tag: None,
            steps: Vec::new(),
            slip: None,
            is_meant: false,
            last_resort: false,
        }
    }

    /// Another value of a context key.
    pub(super) fn of_key(words: String, entry: ContextEntry<'static>, command: Option<String>) -> Self {
        let commands = command.iter().cloned().collect();
        Self::new(words, Patch::Keys(vec![KeyChange { entry, command }])).done_by(None, commands)
    }

    /// The same call with another value of one more key, or without it.
    pub(super) fn giving_too(mut self, entry: ContextEntry<'static>) -> Self {
        if let Patch::Keys(keys) = &mut self.change {
            keys.push(KeyChange { entry, command: None });
        }
        let Edit { context, keys, .. } = self.change.said();
        Self { edit: Edit { context, keys, ..self.edit }, ..self }
    }

    /// A change of the world.
    pub(super) fn of_world(
        words: String,
        change: world::Change,
        by: Option<By>,
        command: impl Into<String>,
    ) -> Self {
        Self::new(words, Patch::World(vec![change])).done_by(by, vec![command.into()])
    }

    /// Changes of the world of which each is a step of its own.
    pub(super) fn in_steps(mut steps: Vec<Self>) -> Option<Self> {
        if steps.len() < 2 {
            return steps.pop();
        }
        let of_world = |step: &Self| match &step.change {
            Patch::World(changes) => changes.clone(),
            Patch::Policy(_) | Patch::Keys(_) | Patch::Call(_) => Vec::new(),
        };
        let changes = steps.iter().flat_map(of_world).collect();
        let words: Vec<&str> = steps.iter().map(|step| &*step.edit.words).collect();
        let whole = Self::new(words.join(" and "), Patch::World(changes));
        Some(Self { steps, ..whole })
    }

    /// The steps that it consists of; what it means for others is said of the last.
    pub(super) fn each_step(mut self) -> Vec<Self> {
        match self.steps.pop() {
            None => vec![self],
            Some(last) => {
                let last = Self { edit: Edit { so: self.edit.so, ..last.edit }, ..last };
                self.steps.into_iter().chain([last]).collect()
            }
        }
    }

    /// Whether a call puts the whole of a policy in the place of one that says more than what is changed. Of the policies of
    /// users and roles nobody is told: each is a document of its own.
    pub(super) fn replaces_whole(&self, action: &str) -> bool {
        let Patch::Policy(edit) = &self.change else { return false };
        let is_shared =
            !matches!(edit.layer, Layer::IdentityBased | Layer::PermissionsBoundary | Layer::Session);
        let says_more = edit.document.as_ref().is_some_and(|new| new.statements().len() > 1);
        is_shared && says_more && self.replaces.is_some() && !facts::adds_to_policy(action)
    }

    /// Several changes of the request, and of tags, at once.
    pub(super) fn together(mut steps: Vec<Self>) -> Self {
        if steps.len() == 1 {
            return steps.remove(0);
        }
        // `make the request with A and with B`, `call with A and with B`
        let shorter = |(i, step): (usize, &'_ Self)| {
            let words = &step.edit.words;
            let rest = ["make the request ", "call "].into_iter().find_map(|start| words.strip_prefix(start));
            rest.filter(|rest| i > 0 && rest.starts_with("with")).unwrap_or(words).to_owned()
        };
        let words: Vec<String> = steps.iter().enumerate().map(shorter).collect();
        let words = words.join(" and ");
        let commands = steps.iter().flat_map(|step| step.edit.commands.clone()).collect();
        let account = steps.iter().find_map(|step| step.edit.account);
        let is_call = |by: &&By| matches!(by, By::Caller { .. });
        let by = steps.iter().filter_map(|step| step.by.as_ref());
        let by = by.clone().find(is_call).or_else(|| by.clone().next()).cloned();
        let made = steps.iter().flat_map(|step| step.made.clone()).collect();
        let keys = steps.into_iter().flat_map(|step| match step.change {
            Patch::Keys(keys) => keys,
            Patch::Policy(_) | Patch::World(_) | Patch::Call(_) => Vec::new(),
        });
        let found = Self::new(words, Patch::Keys(keys.collect())).done_by(by, commands).within(account);
        Self { made, ..found }
    }

    /// A question with this change, too.
    pub(super) fn changing(&self, variation: &Variation) -> Variation {
        match &self.change {
            Patch::Policy(edit) => variation.clone().with_edit(edit.clone()),
            Patch::World(changes) => variation.clone().with_switches(changes),
            Patch::Call(call) => variation.clone().with_call(call),
            Patch::Keys(keys) => keys.iter().fold(variation.clone(), |variation, key| {
                let (name, value) = &key.entry;
                variation.with_key(name, value.clone())
            }),
        }
    }

    /// The level of the layer that it changes, where it changes a policy.
    pub(super) fn level(&self) -> Option<(Layer, u8)> {
        match &self.change {
            Patch::Policy(edit) => Some((edit.layer, edit.level)),
            _ => None,
        }
    }

    /// Whether it changes the call alone, and nothing of the world.
    pub(super) fn is_of_the_call(&self) -> bool {
        match &self.change {
            Patch::Keys(_) => self.made.is_empty(),
            Patch::Call(call) => call.changes.is_empty(),
            Patch::Policy(_) | Patch::World(_) => false,
        }
    }

    /// The context keys of which it gives another value.
    pub(super) fn keys(&self) -> impl Iterator<Item = &str> {
        let keys: &[KeyChange] = if let Patch::Keys(keys) = &self.change { keys } else { &[] };
        keys.iter().map(|key| &*key.entry.0)
    }

    /// Whether it turns switches of the world.
    pub(super) fn is_of_switches(&self) -> bool {
        matches!(self.change, Patch::World(_))
    }

    /// Whether several keys are changed at once.
    pub(super) fn is_of_several(&self) -> bool {
        matches!(&self.change, Patch::Keys(keys) if keys.len() > 1)
    }

    /// One value of a key in the words of the call, where others would do as well.
    pub(super) fn or_with(&mut self, other: &Self) {
        if let (Some(call), Some(more)) = (&mut self.call, &other.call)
            && call.before == more.before
        {
            call.values.extend(more.values.iter().cloned());
            self.edit.words = call.words();
        } else if let Some(more) = other.call.as_ref().filter(|_| self.is_of_another_key(other)) {
            self.edit.words = format!("{}, or {}", self.edit.words, more.words());
        }
    }

    /// Whether another call gives another key a value, and has not been said yet.
    fn is_of_another_key(&self, other: &Self) -> bool {
        let same = |key: &str| other.keys().any(|own| own.eq_ignore_ascii_case(key));
        !self.keys().any(same) && !self.edit.words.contains(", or ")
    }

    pub(super) fn only_at_last(self) -> Self {
        Self { last_resort: true, ..self }
    }

    /// That it makes the call as a Deny asks.
    pub(super) fn meeting_the_deny(mut self) -> Self {
        self.edit.meets_deny = true;
        self
    }

    pub(super) fn by(self, by: Option<By>) -> Self {
        Self { by, ..self }
    }

    /// The account in which the commands are given.
    pub(super) fn within(mut self, account: Option<AccountId>) -> Self {
        self.edit.account = account;
        self
    }

    pub(super) fn so(mut self, so: String) -> Self {
        self.edit.so = Some(so);
        self
    }

    /// What it takes away from others, where that is known without asking.
    pub(super) fn taking(mut self, from: String) -> Self {
        self.edit.loses = Some(from);
        self
    }

    /// On what it hangs whether it is right.
    pub(super) fn provided(mut self, fact: impl Into<String>) -> Self {
        self.edit.provided = Some(fact.into());
        self
    }

    /// Why what denies may be right to.
    pub(super) fn since(mut self, since: Option<String>) -> Self {
        self.edit.since = since;
        self
    }

    /// What it takes of what others have set up.
    pub(super) fn taking_of(mut self, takes: Takes) -> Self {
        self.edit.takes = takes;
        self
    }

    /// That it makes an exception to a guard, or takes it away.
    pub(super) fn lifting(mut self, guard: Option<String>, since: Option<String>) -> Self {
        self.edit.takes = if guard.is_some() { Takes::Guard } else { self.edit.takes };
        self.edit.since = since.filter(|_| guard.is_some());
        self.edit.guard = guard;
        self
    }

    pub(super) fn at(mut self, found: Whereabouts) -> Self {
        self.edit.whereabouts = found.place;
        self.edit.account = found.account;
        self.edit.changes = found.changes;
        self.done_by(found.by, found.commands)
    }

    /// Who can do it, and by which commands.
    pub(super) fn done_by(mut self, by: Option<By>, commands: Vec<String>) -> Self {
        self.edit.commands = commands;
        Self { by, ..self }
    }
}

impl Patch {
    /// What is to be said of the change itself.
    fn said(&self) -> Edit {
        match self {
            Self::Policy(edit) => Edit { layer: Some(edit.layer), level: edit.level, ..Edit::default() },
            Self::Call(OtherCall { principal, resource, keys, .. }) => {
                let principal = principal.as_ref().map(written);
                Edit { principal, resource: resource.clone(), ..giving(keys.clone()) }
            }
            Self::Keys(keys) => {
                let given = keys.iter().filter(|key| key.command.is_none());
                giving(given.map(|key| key.entry.clone()).collect())
            }
            Self::World(_) => Edit::default(),
        }
    }
}

/// A call that gives other values of keys.
fn giving(keys: Vec<ContextEntry<'static>>) -> Edit {
    let pairs: Vec<String> = keys.iter().map(|(key, value)| value.pair(key)).collect();
    let context = Some(pairs.join(" ")).filter(|pairs| !pairs.is_empty());
    Edit { context, keys, ..Edit::default() }
}

/// A principal as a question names it: of a session of AssumeRoot the account and the task.
fn written(principal: &Principal) -> String {
    match &principal.kind {
        PrincipalKind::AssumedRoot { account, task } => {
            format!("{account}/root:{}", task.rsplit('/').next().unwrap_or_default())
        }
        PrincipalKind::Service(name) => format!("service:{name}"),
        _ => principal.arn(),
    }
}
