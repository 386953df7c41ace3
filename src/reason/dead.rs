//! The parts of a policy that change nothing.
//!
//! They are found one after the other, each in what is left without those before, so that all of them can be taken away
//! at once. A Deny denies nothing where nothing is allowed, so it is looked at beside a policy that allows everything.

use std::sync::Arc;

use super::anybody::{Anybody, made};
use super::check::CheckVerdict;
use super::difference::{Caveat, DiffVerdict};
use crate::policy::{Effect, Policy, StatementEdit, Token, policy_of};
use crate::source::Place;
use crate::world::{Document, NamedDocument};

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

/// All that changes nothing in a policy.
#[derive(Clone, Debug)]
pub struct DeadParts {
    /// The policy.
    pub policy: Arc<Policy>,
    /// The parts, in the order of the text.
    pub parts: Vec<DeadPart>,
    /// The text of the policy without them.
    pub without: String,
    /// Why there may be more.
    pub caveats: Vec<Caveat>,
    /// What was taken to be so.
    pub assumed: Vec<&'static str>,
}

impl DeadParts {
    /// Whether every part has a use: a caveat turns `holds` into `unknown`, never the other way.
    pub fn verdict(&self) -> CheckVerdict {
        match (self.parts.is_empty(), self.caveats.is_empty()) {
            (false, _) => CheckVerdict::Fails,
            (true, true) => CheckVerdict::Holds,
            (true, false) => CheckVerdict::Unknown,
        }
    }

    /// Where a part stands.
    pub fn place(&self, part: &DeadPart) -> Place {
        self.policy.place(part.statement, part.token)
    }
}

impl Anybody<'_> {
    /// The parts of a policy that change nothing; `None` of one that cannot be read.
    pub fn dead(&self, policy: &NamedDocument) -> Option<DeadParts> {
        let original = Arc::clone(policy.document.compiled()?.policy());
        let mut pruning = Pruning {
            anybody: self,
            left: (0..original.statements().len()).collect(),
            current: Arc::clone(&original),
            parts: Vec::new(),
            caveats: Vec::new(),
            assumed: vec![ASSUMED],
        };
        pruning.statements();
        pruning.entries(&original);
        pruning
            .parts
            .sort_by_key(|part| (part.statement, original.place(part.statement, part.token).span.start));
        pruning.caveats.sort();
        pruning.caveats.dedup();
        let without = pruning.current.source().slice(pruning.current.document()).to_owned();
        let Pruning { parts, caveats, assumed, .. } = pruning;
        Some(DeadParts { policy: original, parts, without, caveats, assumed })
    }
}

/// A policy that loses one part after the other.
struct Pruning<'a> {
    anybody: &'a Anybody<'a>,
    /// What is left of it.
    current: Arc<Policy>,
    /// The numbers that the statements which are left had at first.
    left: Vec<usize>,
    parts: Vec<DeadPart>,
    caveats: Vec<Caveat>,
    assumed: Vec<&'static str>,
}

impl Pruning<'_> {
    /// The last first: what stands twice is wanted where it stands first, and those before keep their numbers.
    fn statements(&mut self) {
        for at in (0..self.current.statements().len()).rev() {
            let shorter = self.current.with_statement(at, None);
            if self.changes_nothing(at, shorter) {
                self.parts.push(DeadPart { statement: self.left.remove(at), token: Token::Statement });
            }
        }
    }

    fn entries(&mut self, original: &Policy) {
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
                if self.changes_nothing(at, shorter) {
                    self.parts.push(DeadPart { statement, token });
                }
            }
        }
    }

    /// Goes on with what is left of the policy, if that is decided alike.
    fn changes_nothing(&mut self, at: usize, shorter: String) -> bool {
        let effect = self.current.statements()[at].effect;
        let beside = (effect == Effect::Deny)
            .then(|| made("everything", policy_of(r#"{"Effect": "Allow", "Action": "*", "Resource": "*"}"#)));
        let versions = [self.current.source().slice(self.current.document()).to_owned(), shorter];
        let versions = versions.map(|text| made("part", text));
        let Document::Good(next) = &versions[1].document else { return false };
        let next = Arc::clone(next.policy());
        let versions = versions.map(|version| beside.iter().cloned().chain([version]).collect());
        let difference = self.anybody.difference(versions);
        self.assumed.extend(&difference.assumed);
        self.assumed.dedup();
        match difference.verdict() {
            DiffVerdict::Equal => self.current = next,
            DiffVerdict::Unknown => self.caveats.extend(difference.caveats.clone()),
            _ => {}
        }
        difference.verdict() == DiffVerdict::Equal
    }
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
