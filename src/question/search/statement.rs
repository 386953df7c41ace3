//! The search for a request that reaches one statement.

use std::sync::Arc;

use super::obstacle::Obstacle;
use crate::compile::{CompiledPolicy, StatementRef};
use crate::eval::{authorize, look_at};
use crate::policy::{Layer, Policy, Statement};
use crate::question::Question;
use crate::question::space::{Filler, KeyTest, Keys, actions, resources};
use crate::trace::{StatementAt, Trace};
use crate::world::{Caller, ContextValue, Prepared, World};

/// How many requests are tried for a statement.
const TRIES: usize = 2000;

/// A statement: its policy, and its number there.
pub type StatementId = (*const CompiledPolicy, u32);

/// Where a policy stands.
#[derive(Clone, Copy)]
pub struct Spot<'w> {
    /// What it is called.
    pub name: &'w str,
    /// The resource whose policy it is.
    pub resource: Option<&'w str>,
    /// The VPC endpoint whose policy it is.
    pub endpoint: Option<&'w str>,
}

/// A statement that is to be reached.
pub struct Reach<'a> {
    /// The world.
    pub world: &'a World,
    /// The policy.
    pub compiled: &'a Arc<CompiledPolicy>,
    /// The number of the statement in the policy.
    pub number: u32,
    /// Where the policy stands.
    pub place: Spot<'a>,
}

impl<'a> Reach<'a> {
    /// The policy as it is written.
    pub fn policy(&self) -> &'a Policy {
        self.compiled.policy()
    }

    /// The statement as it is written.
    pub fn statement(&self) -> &'a Statement {
        &self.policy().statements()[self.number as usize]
    }

    /// Which statement it is.
    pub fn id(&self) -> StatementId {
        (Arc::as_ptr(self.compiled), self.number)
    }

    /// Tries the requests of one principal, the likeliest first: a question of them is asked of other actions and
    /// resources and with other keys. Gives the one that reaches the statement, and all statements that it reaches.
    ///
    /// # Errors
    /// What kept that request from the statement that came nearest.
    pub fn by(
        &self,
        caller: &Arc<Caller>,
        question: Question,
    ) -> Result<(Question, Vec<StatementId>), Obstacle> {
        let (policy, statement) = (self.policy(), self.statement());
        let filler = Filler::new(caller, self.world.catalog());
        let own = |key: &str| own_value(caller, key);
        let mut keys = Keys::new(KeyTest::of(policy, statement), &filler, own);
        if let Some(id) = self.place.endpoint {
            keys.fix("aws:SourceVpce", id);
        }
        let resources = resources(policy, statement, &filler, self.place.resource);
        let actions =
            actions(policy, statement, self.world.catalog(), keys.names().map(str::to_owned).collect());
        let nearest = Obstacle::default();
        let mut tries = Tries { reach: self, caller, question, keys, left: TRIES, nearest };
        for action in actions {
            tries.question.action = action.into();
            for resource in &resources {
                match tries.values(resource) {
                    NextTry::Reached(reached) => return Ok((tries.question, reached)),
                    NextTry::Target => {}
                    NextTry::Nothing => return Err(tries.nearest),
                }
            }
        }
        Err(tries.nearest)
    }

    /// The statements that a request reaches, if the one that is looked for is among them.
    fn decide(&self, caller: &Arc<Caller>, question: &Question) -> Result<Vec<StatementId>, Obstacle> {
        let prepared = question.prepare_by(caller, self.world).map_err(|error| Obstacle::refused(&error))?;
        // One statement is looked at as long as it does not apply: the others are looked at once.
        let mut places = places(&prepared, self.compiled, self.number);
        let own = places.find_map(|at| Some((at, look_at(&prepared, at)?.found.err())));
        if let Some((_, Some(mismatch))) = own {
            return Err(Obstacle::mismatch(&prepared, self.policy(), self.statement(), mismatch));
        }
        let mut trace = Trace::default();
        authorize(&prepared, &mut trace);
        match own.and_then(|(at, _)| trace.statement(at)) {
            Some(statement) if statement.found.is_ok() => {
                let applying = trace.statements.iter().filter(|statement| statement.found.is_ok());
                Ok(applying.filter_map(|statement| id_of(&prepared, statement.at)).collect())
            }
            _ => Err(Obstacle::not_looked_at(&prepared, trace)),
        }
    }
}

/// Where a statement of a policy stands in a request.
pub fn places<'p>(
    prepared: &'p Prepared<'_>,
    policy: &'p Arc<CompiledPolicy>,
    number: u32,
) -> impl Iterator<Item = StatementAt> + 'p {
    let of_layer = |layer| prepared.levels(layer).iter().enumerate().map(move |(i, level)| (layer, i, level));
    Layer::ALL.into_iter().flat_map(of_layer).filter_map(move |(layer, i, level)| {
        let own = level.set.policies().iter().position(|other| Arc::ptr_eq(other, policy))?;
        let statement = StatementRef { policy: own as u32, statement: number };
        Some(StatementAt { layer, level: i as u8, statement })
    })
}

/// The single value that the caller has for a key.
pub(super) fn own_value(caller: &Caller, key: &str) -> Option<String> {
    let found = caller.keys.iter().find(|own| own.name.eq_ignore_ascii_case(key))?;
    if let ContextValue::One(text) = &found.value { Some(text.to_string()) } else { None }
}

/// What is to be tried next.
enum NextTry {
    /// Nothing: this one reaches the statement, and all these.
    Reached(Vec<StatementId>),
    /// Another action or resource.
    Target,
    /// Nothing: no other request of this principal can reach it, or too many have been tried.
    Nothing,
}

/// The requests of one principal.
struct Tries<'a> {
    reach: &'a Reach<'a>,
    caller: &'a Arc<Caller>,
    question: Question,
    keys: Keys<'a>,
    left: usize,
    nearest: Obstacle,
}

impl Tries<'_> {
    /// Tries the values of the keys: where a test does not hold, the next one of its key.
    fn values(&mut self, resource: &str) -> NextTry {
        self.keys.rewind();
        let mut dropped = false;
        loop {
            let obstacle = match self.decide(resource) {
                Ok(reached) => return NextTry::Reached(reached),
                Err(obstacle) => obstacle,
            };
            let key = obstacle.test().and_then(|test| self.key_of(test));
            let ends = obstacle.is_of_the_principal();
            // D44: a resource of a type that does not carry the key.
            dropped |= obstacle.is_absent() && key.is_some_and(|key| self.keys.is_given(key));
            self.nearest.yields_to(obstacle);
            self.left -= 1;
            match key {
                _ if ends || self.left == 0 => return NextTry::Nothing,
                Some(key) if self.keys.advance(key) => {}
                // No value does: another action or resource would change nothing, if it does not carry other keys.
                Some(_) if !dropped => return NextTry::Nothing,
                None if self.keys.advance_in(resource) => {}
                _ => return NextTry::Target,
            }
        }
    }

    fn decide(&mut self, resource: &str) -> Result<Vec<StatementId>, Obstacle> {
        let (resource, context) = self.keys.fill(resource);
        self.question.resource = Some(resource.into());
        self.question.assumptions.context = context;
        self.reach.decide(self.caller, &self.question)
    }

    fn key_of(&self, test: usize) -> Option<usize> {
        let test = KeyTest::of(self.reach.policy(), self.reach.statement()).nth(test)?;
        self.keys.position(&test.key())
    }
}

fn id_of(prepared: &Prepared<'_>, at: StatementAt) -> Option<StatementId> {
    Some((std::ptr::from_ref(prepared.statement(at)?.policy), at.statement.statement))
}
