//! The parts of a policy that change nothing.
//!
//! They are found one after the other, each in what is left without those before, so that all of them can be taken away
//! at once. A Deny denies nothing where nothing is allowed, so it is looked at beside a policy that allows everything.

use std::sync::Arc;

use serde_json::json;

use super::anybody::{Anybody, everything, made};
use super::check::CheckVerdict;
use super::difference::{Caveat, DiffVerdict, PolicyDifference, add_new};
use super::how_much::HowMuch;
use crate::policy::{Effect, Policy, PolicyType, StatementEdit, Token};
use crate::question::search::is_stopped;
use crate::source::Place;
use crate::world::NamedDocument;

/// That an action is not asked for other resources is all that the catalog knows.
const ASSUMED: &str = "actions are taken to be asked for the resources that the catalog lists for them";

/// A part of a policy without which every request is decided alike.
#[derive(Clone, Debug)]
pub struct DeadPart {
    /// The statement in which it stands.
    pub statement: usize,
    /// The statement itself, one of its actions or resources, or the key of one of its tests.
    pub token: Token,
}

/// A policy of which parts change nothing.
#[derive(Clone, Debug)]
pub struct DeadPolicy {
    /// What it is called.
    pub name: Box<str>,
    /// The policy.
    pub policy: Arc<Policy>,
    /// The parts, in the order of the text.
    pub parts: Vec<DeadPart>,
    /// The text of the policy without them.
    pub without: String,
}

/// All that changes nothing in some policies.
#[derive(Clone, Debug, Default)]
pub struct DeadParts {
    /// The policies that have such parts.
    pub policies: Vec<DeadPolicy>,
    /// Whether they are those of a world, with all that stands beside them.
    pub is_of_world: bool,
    /// Why there may be more.
    pub caveats: Vec<Caveat>,
    /// What was taken to be so.
    pub assumed: Vec<String>,
}

impl DeadParts {
    /// How many parts there are.
    pub fn count(&self) -> usize {
        self.policies.iter().map(|one| one.parts.len()).sum()
    }

    /// Whether every part has a use: a caveat turns `holds` into `unknown`, never the other way.
    pub fn verdict(&self) -> CheckVerdict {
        match (self.policies.is_empty(), self.caveats.is_empty()) {
            (false, _) => CheckVerdict::Fails,
            (true, true) => CheckVerdict::Holds,
            (true, false) => CheckVerdict::Unknown,
        }
    }

    /// Adds what was found in a policy.
    pub(super) fn add(&mut self, name: &str, pruning: Pruning<'_>) {
        let Pruning { original, current, mut parts, caveats, assumed, .. } = pruning;
        self.caveats.extend(caveats);
        self.caveats.sort();
        self.caveats.dedup();
        add_new(&mut self.assumed, assumed);
        if parts.is_empty() {
            return;
        }
        parts.sort_by_key(|part| (part.statement, original.place(part.statement, part.token).span.start));
        let without = current.source().slice(current.document()).to_owned();
        self.policies.push(DeadPolicy { name: name.into(), policy: original, parts, without });
    }
}

impl DeadPolicy {
    /// Where a part stands.
    pub fn place(&self, part: &DeadPart) -> Place {
        self.policy.place(part.statement, part.token)
    }
}

impl Anybody<'_> {
    /// The parts of a policy that change nothing; `None` of one that cannot be read.
    pub fn dead(&self, policy: &NamedDocument) -> Option<DeadParts> {
        self.dead_of(policy, true)
    }

    /// The statements alone of a policy that change nothing.
    pub fn dead_statements(&self, policy: &NamedDocument) -> Option<DeadParts> {
        self.dead_of(policy, false)
    }

    fn dead_of(&self, policy: &NamedDocument, with_entries: bool) -> Option<DeadParts> {
        let original = policy.document.compiled()?.policy();
        let mut current = made("part", original.source().slice(original.document()));
        let mut compare = |policy: &Policy, at: usize, shorter: &str| {
            let shorter = made("part", shorter);
            let next = Arc::clone(shorter.document.compiled()?.policy());
            let difference = self.difference_without(policy.statements()[at].effect, [&current, &shorter]);
            if difference.verdict() == DiffVerdict::Equal {
                current = shorter;
            }
            Some((difference, next))
        };
        let mut pruning = Pruning::new(original, &mut compare);
        pruning.statements();
        if with_entries {
            pruning.entries();
        }
        let mut dead = DeadParts { assumed: vec![ASSUMED.to_owned()], ..DeadParts::default() };
        dead.add(&policy.name, pruning);
        Some(dead)
    }

    /// What differs without a part of a statement of some effect.
    fn difference_without(&self, effect: Effect, versions: [&NamedDocument; 2]) -> PolicyDifference {
        let beside = (effect == Effect::Deny).then(everything);
        let versions = versions.map(|version| beside.iter().chain([version]).cloned().collect());
        self.compared(versions, HowMuch::Anything)
    }
}

/// Compares a policy with its text after a change of one of its statements; `None` where that is no policy.
type Compare<'a> = dyn FnMut(&Policy, usize, &str) -> Option<(PolicyDifference, Arc<Policy>)> + 'a;

/// A policy that loses one part after the other.
pub(super) struct Pruning<'a> {
    compare: &'a mut Compare<'a>,
    /// As it was at first.
    original: Arc<Policy>,
    /// What is left of it.
    current: Arc<Policy>,
    /// The numbers that the statements which are left had at first.
    left: Vec<usize>,
    parts: Vec<DeadPart>,
    caveats: Vec<Caveat>,
    assumed: Vec<String>,
}

impl<'a> Pruning<'a> {
    pub(super) fn new(policy: &Arc<Policy>, compare: &'a mut Compare<'a>) -> Self {
        Self {
            compare,
            original: Arc::clone(policy),
            current: Arc::clone(policy),
            left: (0..policy.statements().len()).collect(),
            parts: Vec::new(),
            caveats: Vec::new(),
            assumed: Vec::new(),
        }
    }

    /// The last first: what stands twice is wanted where it stands first, and those before keep their numbers. In the
    /// place of the only one something else has to stand.
    pub(super) fn statements(&mut self) {
        for at in (0..self.current.statements().len()).rev() {
            let says = (self.current.statements().len() == 1).then(|| nothing(self.current.kind()));
            let shorter = self.current.with_statement(at, says.as_deref());
            if self.changes_nothing(at, &shorter) {
                self.parts.push(DeadPart { statement: self.left.remove(at), token: Token::Statement });
            }
        }
    }

    /// The actions, resources and conditions of the statements that are left.
    fn entries(&mut self) {
        let original = Arc::clone(&self.original);
        for (at, statement) in self.left.clone().into_iter().enumerate() {
            let own = &original.statements()[statement];
            let count = |list| original.texts(list).len() as u32;
            let actions = (0..count(own.action.patterns)).map(Token::Action);
            let resources = own.resource.map_or(0, |resource| count(resource.patterns));
            let tests = (0..own.condition.len() as u32).map(Token::Key);
            let tokens: Vec<Token> =
                actions.chain((0..resources).map(Token::Resource)).chain(tests).collect();
            for token in tokens.into_iter().rev() {
                let current = Arc::clone(&self.current);
                let Some(shorter) = without(&current, at, token) else { continue };
                let shorter = current.with_statement(at, Some(&shorter));
                if self.changes_nothing(at, &shorter) {
                    self.parts.push(DeadPart { statement, token });
                }
            }
        }
    }

    /// Goes on with what is left of the policy, if that is decided alike.
    fn changes_nothing(&mut self, at: usize, shorter: &str) -> bool {
        if is_stopped() {
            self.caveats.push(Caveat::of_stop());
            return false;
        }
        let Some((difference, next)) = (self.compare)(&self.current, at, shorter) else { return false };
        let verdict = difference.verdict();
        add_new(&mut self.assumed, difference.assumed);
        match verdict {
            DiffVerdict::Equal => self.current = next,
            DiffVerdict::Unknown => self.caveats.extend(difference.caveats),
            _ => {}
        }
        verdict == DiffVerdict::Equal
    }
}

/// A statement that never applies, since a policy needs one.
fn nothing(kind: PolicyType) -> String {
    let mut says = json!({"Effect": "Deny", "Action": "iamwhy:Nothing", "Condition": {"StringEquals": {"aws:UserAgent": []}}});
    if kind.names_principals() {
        says["Principal"] = "*".into();
    }
    if kind != PolicyType::Trust {
        says["Resource"] = "*".into();
    }
    says.to_string()
}

/// A statement without one of its entries; `None` where it is the only one of a list.
fn without(policy: &Policy, statement: usize, token: Token) -> Option<String> {
    let edit = StatementEdit::new(policy, statement)?;
    let edit = match token {
        Token::Key(test) => edit.without_test(test as usize),
        _ => edit.shorter(token)?,
    };
    Some(edit.statement())
}
