//! Changes that could turn a denial: proposals, each yet to be tried by the engine.
//!
//! INVARIANT: the narrowest change comes first: the request before the policies, an exception for one principal
//! before anything that concerns others, and what gives up a restriction only where nothing else helps.

use std::ops::Range;

use super::super::headline::alternatives;
use super::authority::By;
use super::location::Whereabouts;
use crate::question::{OtherCall, Variation};
use crate::source::Place;
use crate::world::{self, ContextEntry, LevelEdit};

/// A change that is proposed.
#[derive(Clone, Debug)]
pub(super) struct Proposal {
    /// What to do, in words.
    pub(super) words: String,
    pub(super) change: Patch,
    /// The policy that is edited; absent where it is a new one.
    pub(super) policy: Option<String>,
    /// The text that is to be changed.
    pub(super) place: Option<Place>,
    /// The text of the whole policy as it would be.
    pub(super) document: Option<String>,
    /// The statement as it would be, on one line.
    pub(super) statement: Option<String>,
    /// What is new in that.
    pub(super) changed: Vec<Range<usize>>,
    /// Which document of whom it is.
    pub(super) whereabouts: Option<String>,
    /// Who can do it.
    pub(super) by: Option<By>,
    /// What it means for others, one line.
    pub(super) so: Option<String>,
    /// The commands that do it here.
    pub(super) commands: Vec<String>,
    /// The words of a call, by the values that would do.
    pub(super) call: Option<CallWords>,
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
        Self {
            words,
            change,
            policy: None,
            place: None,
            document: None,
            statement: None,
            changed: Vec::new(),
            whereabouts: None,
            by: None,
            so: None,
            commands: Vec::new(),
            call: None,
            last_resort: false,
        }
    }

    /// Another value of a context key.
    pub(super) fn of_key(words: String, entry: ContextEntry<'static>, command: Option<String>) -> Self {
        let commands = command.iter().cloned().collect();
        Self { commands, ..Self::new(words, Patch::Keys(vec![KeyChange { entry, command }])) }
    }

    /// A change of the world.
    pub(super) fn of_world(words: String, changes: Vec<world::Change>, commands: Vec<String>) -> Self {
        Self { commands, ..Self::new(words, Patch::World(changes)) }
    }

    /// Several changes of the request, and of tags, at once.
    pub(super) fn together(mut steps: Vec<Self>) -> Self {
        if steps.len() == 1 {
            return steps.remove(0);
        }
        // `make the request with A and with B`
        let shorter = |(i, step): (usize, &'_ Self)| match step.words.strip_prefix("make the request ") {
            Some(rest) if i > 0 => rest.to_owned(),
            _ => step.words.clone(),
        };
        let words: Vec<String> = steps.iter().enumerate().map(shorter).collect();
        let words = words.join(" and ");
        let commands = steps.iter().flat_map(|step| step.commands.clone()).collect();
        let keys = steps.into_iter().flat_map(|step| match step.change {
            Patch::Keys(keys) => keys,
            Patch::Policy(_) | Patch::World(_) | Patch::Call(_) => Vec::new(),
        });
        Self { commands, ..Self::new(words, Patch::Keys(keys.collect())) }
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

    /// Whether several keys are changed at once.
    pub(super) fn is_of_several(&self) -> bool {
        matches!(&self.change, Patch::Keys(keys) if keys.len() > 1)
    }

    /// The keys that the request is to give, as commands take them.
    pub(super) fn context(&self) -> Option<String> {
        let Patch::Keys(keys) = &self.change else { return None };
        let given = keys.iter().filter(|key| key.command.is_none());
        let pairs: Vec<String> = given.map(|key| key.entry.1.pair(&key.entry.0)).collect();
        (!pairs.is_empty()).then(|| pairs.join(" "))
    }

    /// Whether it is the call that is made otherwise, and nothing else.
    pub(super) fn is_call(&self) -> bool {
        matches!(self.change, Patch::Keys(_) | Patch::Call(_)) && self.commands.is_empty()
    }

    /// One value of a key in the words of the call, where others would do as well.
    pub(super) fn or_with(&mut self, other: &Self) {
        if let (Some(call), Some(more)) = (&mut self.call, &other.call)
            && call.before == more.before
        {
            call.values.extend(more.values.iter().cloned());
            self.words = call.words();
        }
    }

    pub(super) fn only_at_last(self) -> Self {
        Self { last_resort: true, ..self }
    }

    pub(super) fn so(self, so: String) -> Self {
        Self { so: Some(so), ..self }
    }

    pub(super) fn at(self, found: Whereabouts) -> Self {
        Self { whereabouts: found.place, by: found.by, commands: found.commands, ..self }
    }
}
