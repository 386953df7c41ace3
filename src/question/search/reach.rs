//! The search for a request that reaches one statement.

use std::sync::Arc;

use super::budget::Budget;
use super::descent::{Descent, Seen};
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
    pub fn by(&self, caller: &Caller, question: Question) -> Result<(Question, Vec<StatementId>), Obstacle> {
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
        let choices = (0..keys.len()).map(|key| (0..keys.values(key)).map(Some).collect()).collect();
        let descent = Descent { keys, choices, left: Budget::new(TRIES) };
        let mut tries = Tries { reach: self, caller, question, descent, nearest: Obstacle::default() };
        for action in actions {
            tries.question.action = action.into();
            for resource in &resources {
                match tries.of_target(resource) {
                    Ok(reached) => return Ok((tries.question, reached)),
                    Err(true) => {}
                    Err(false) => return Err(tries.nearest),
                }
            }
        }
        Err(tries.nearest)
    }

    /// The statements that a request reaches, if the one that is looked for is among them.
    fn decide(&self, caller: &Caller, question: &Question) -> Result<Vec<StatementId>, Obstacle> {
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

    fn key_of(&self, test: usize, keys: &Keys<'_>) -> Option<usize> {
        let test = KeyTest::of(self.policy(), self.statement()).nth(test)?;
        keys.position(&test.key())
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
fn own_value(caller: &Caller, key: &str) -> Option<String> {
    let found = caller.keys.iter().find(|own| own.name.eq_ignore_ascii_case(key))?;
    if let ContextValue::One(text) = &found.value { Some(text.to_string()) } else { None }
}

/// The requests of one principal.
struct Tries<'a> {
    reach: &'a Reach<'a>,
    caller: &'a Caller,
    question: Question,
    descent: Descent<'a>,
    nearest: Obstacle,
}

impl Tries<'_> {
    /// Tries the values of the keys with an action and a resource, the first ones first.
    ///
    /// # Errors
    /// Whether another action or resource may do.
    fn of_target(&mut self, resource: &str) -> Result<Vec<StatementId>, bool> {
        let Self { reach, caller, question, descent, nearest } = self;
        let (mut reached, mut may_another) = (Vec::new(), false);
        descent.keys.choose_all(Some(0));
        let end = descent.find(|keys| {
            let (filled, context) = keys.fill(resource);
            question.resource = Some(filled.into());
            question.assumptions.context = context;
            let obstacle = match reach.decide(caller, question) {
                Ok(all) => {
                    reached = all;
                    return Seen::Found;
                }
                Err(obstacle) => obstacle,
            };
            let key = obstacle.test().and_then(|test| reach.key_of(test, keys));
            // Where no value does, another action or resource does neither, if it does not carry other keys (D44).
            may_another |= match key {
                Some(key) => obstacle.is_absent() && keys.is_given(key),
                None => !obstacle.is_of_the_principal(),
            };
            nearest.yields_to(obstacle);
            let needs = key.map_or_else(|| keys.named_in(resource), |key| keys.with_named(key));
            if needs.is_empty() { Seen::Stuck } else { Seen::Lacks(needs) }
        });
        match end {
            Seen::Found => Ok(reached),
            _ => Err(may_another && descent.left.left() > 0),
        }
    }
}

fn id_of(prepared: &Prepared<'_>, at: StatementAt) -> Option<StatementId> {
    Some((std::ptr::from_ref(prepared.statement(at)?.policy), at.statement.statement))
}
