//! Changes that could turn a denial: proposals, each yet to be tried by the engine.
//!
//! INVARIANT: the narrowest change comes first: the request before the policies, an exception for one principal
//! before anything that concerns others, and what gives up a restriction only where nothing else helps.

mod allow;
mod elsewhere;
mod gate;
mod given;
mod so;
mod spare;
mod tags;
mod whereabouts;
mod who;
mod widened;

use std::ops::Range;

use super::Because;
use super::changed::changed;
use super::headline::alternatives;
use crate::policy::{Layer, Policy, StatementEdit, Token};
use crate::question::{Asked, OtherCall, Variation};
use crate::source::Place;
use crate::syntax::json::one_line;
use crate::trace::{Decision, StatementAt};
use crate::world::{self, ContextEntry, Document, LevelEdit, Origin};

use whereabouts::Whereabouts;
pub(super) use who::By;

/// A change that is proposed.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// The same in words.
    pub(super) words: String,
    pub(super) change: Change,
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
    call: Option<Call>,
    /// Whether it is worth a word only if nothing else helps.
    pub(super) last_resort: bool,
}

/// How a call is to be made: what is said before its values, and after.
#[derive(Clone, Debug)]
struct Call {
    before: &'static str,
    values: Vec<String>,
    after: String,
}

impl Call {
    fn words(&self) -> String {
        format!("{}{}{}", self.before, alternatives(&self.values), self.after)
    }
}

/// What is changed.
#[derive(Clone, Debug)]
pub(super) enum Change {
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

impl Candidate {
    fn new(words: String, change: Change) -> Self {
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
    fn of_key(words: String, entry: ContextEntry<'static>, command: Option<String>) -> Self {
        let commands = command.iter().cloned().collect();
        Self { commands, ..Self::new(words, Change::Keys(vec![KeyChange { entry, command }])) }
    }

    /// A change of the world.
    fn of_world(words: String, changes: Vec<world::Change>, commands: Vec<String>) -> Self {
        Self { commands, ..Self::new(words, Change::World(changes)) }
    }

    /// Several changes of the request, and of tags, at once.
    fn together(steps: Vec<Self>) -> Self {
        // `make the request with A and with B`
        let shorter = |(i, step): (usize, &'_ Self)| match step.words.strip_prefix("make the request ") {
            Some(rest) if i > 0 => rest.to_owned(),
            _ => step.words.clone(),
        };
        let words: Vec<String> = steps.iter().enumerate().map(shorter).collect();
        let words = words.join(" and ");
        let commands = steps.iter().flat_map(|step| step.commands.clone()).collect();
        let keys = steps.into_iter().flat_map(|step| match step.change {
            Change::Keys(keys) => keys,
            Change::Policy(_) | Change::World(_) | Change::Call(_) => Vec::new(),
        });
        Self { commands, ..Self::new(words, Change::Keys(keys.collect())) }
    }

    /// A question with this change, too.
    pub(super) fn changing(&self, variation: &Variation) -> Variation {
        match &self.change {
            Change::Policy(edit) => variation.clone().with_edit(edit.clone()),
            Change::World(changes) => variation.clone().with_switches(changes),
            Change::Call(call) => variation.clone().with_call(call),
            Change::Keys(keys) => keys.iter().fold(variation.clone(), |variation, key| {
                let (name, value) = &key.entry;
                variation.with_key(name, value.clone())
            }),
        }
    }

    /// The keys that the request is to give, as commands take them.
    pub(super) fn context(&self) -> Option<String> {
        let Change::Keys(keys) = &self.change else { return None };
        let given = keys.iter().filter(|key| key.command.is_none());
        let pairs: Vec<String> = given.map(|key| key.entry.1.pair(&key.entry.0)).collect();
        (!pairs.is_empty()).then(|| pairs.join(" "))
    }

    /// Whether it is the call that is made otherwise, and nothing else.
    pub(super) fn is_call(&self) -> bool {
        matches!(self.change, Change::Keys(_) | Change::Call(_)) && self.commands.is_empty()
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

    fn only_at_last(self) -> Self {
        Self { last_resort: true, ..self }
    }

    fn so(self, so: String) -> Self {
        Self { so: Some(so), ..self }
    }

    fn at(self, found: Whereabouts) -> Self {
        Self { whereabouts: found.place, by: found.by, commands: found.commands, ..self }
    }
}

impl Asked<'_> {
    /// What could remove the first of the things that stand against the request, the smallest change first.
    pub(super) fn changes(&self) -> Vec<Candidate> {
        let first = || self.because().iter().find_map(|because: &Because| because.at);
        match self.decision {
            Decision::Allowed => Vec::new(),
            _ if self.trace.gate.is_some() => self.gate_changes(),
            Decision::ExplicitDeny if self.is_restricted() => {
                first().map(|at| self.unpublic_changes(at)).unwrap_or_default()
            }
            Decision::ExplicitDeny => first().map(|at| self.sparing_changes(at)).unwrap_or_default(),
            Decision::ImplicitDeny => {
                let missing = self.missing_levels().into_iter().next();
                missing.map(|(layer, level)| self.allowing_changes(layer, level)).unwrap_or_default()
            }
        }
    }

    /// The action as AWS writes it.
    fn action_name(&self) -> String {
        self.request.facts.map_or_else(|| self.request.action.text().to_owned(), |facts| facts.to_string())
    }

    /// AWS's own policies cannot be changed, and nobody changes the policy of a root task.
    fn is_editable(&self, at: StatementAt) -> bool {
        let task = at.layer == Layer::Session && self.request.caller.principal.is_root();
        !task && self.origin(at).is_some_and(|origin| !is_of_aws(origin))
    }

    fn detached(&self, at: StatementAt) -> Option<Candidate> {
        let origin = self.origin(at).filter(|_| at.layer != Layer::Session)?;
        let edit =
            LevelEdit { layer: at.layer, level: at.level, policy: Some(at.statement.policy), document: None };
        let place = self.place(at, Token::Statement);
        let found = Candidate::new(format!("detach {}", origin.name), Change::Policy(edit.clone()));
        let found = found.at(self.whereabouts(&edit, Some(origin), None));
        let so = format!("takes away all that {} says", origin.name);
        Some(Candidate { policy: Some(origin.name.to_string()), place, ..found.so(so) })
    }

    /// One statement in other words; `None` = without it.
    fn rewritten(
        &self,
        at: StatementAt,
        token: Token,
        words: String,
        says: Option<StatementEdit<'_>>,
    ) -> Option<Candidate> {
        let policy = self.request.statement(at)?.policy.policy();
        let says = says.map(|edit| edit.statement());
        if says.is_none() && policy.statements().len() == 1 {
            return self.detached(at).map(|candidate| Candidate { words, ..candidate });
        }
        let text = policy.with_statement(at.statement.statement as usize, says.as_deref());
        let statement = says.map(|says| one_line(&says));
        let own = policy.place(at.statement.statement as usize, Token::Statement);
        let changed = statement.as_ref().map(|statement| changed(own.text(), statement)).unwrap_or_default();
        let edited = self.edited(at, token, words, text, policy)?;
        Some(Candidate { statement, changed, ..edited })
    }

    fn edited(
        &self,
        at: StatementAt,
        token: Token,
        words: String,
        text: String,
        policy: &Policy,
    ) -> Option<Candidate> {
        let document = Some(Document::compile(policy.source().name(), &text, policy.kind())?);
        let edit =
            LevelEdit { layer: at.layer, level: at.level, policy: Some(at.statement.policy), document };
        let origin = self.origin(at);
        let whereabouts = self.whereabouts(&edit, origin, Some(&text));
        let found = Candidate::new(words, Change::Policy(edit)).at(whereabouts);
        let policy = origin.map(|origin| origin.name.to_string());
        let place = self.place(at, token);
        Some(Candidate { policy, place, document: Some(text), ..found })
    }

    fn named(&self, at: StatementAt) -> String {
        self.name_statement(&self.statement(at))
    }
}

fn is_of_aws(origin: &Origin) -> bool {
    origin.arn.as_deref().is_some_and(|arn| arn.contains("::aws:policy/"))
}
