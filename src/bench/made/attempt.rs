//! The search for a request that reaches one statement.

use std::sync::Arc;

use super::Place;
use super::keys::Keys;
use super::obstacle::Obstacle;
use super::patterns::Filler;
use super::targets::{actions, resources};
use crate::bench::question::{Asker, Named};
use crate::compile::{CompiledPolicy, StatementRef};
use crate::eval::{authorize, look_at};
use crate::policy::{Layer, Statement};
use crate::trace::{StatementAt, Trace};
use crate::world::{Caller, Prepared, World};

/// How many requests are tried for a statement.
const TRIES: usize = 2000;

/// A statement: its policy, and its number there.
pub(super) type StatementId = (*const CompiledPolicy, u32);

/// A statement that is to be reached.
pub(super) struct Attempt<'a> {
    pub(super) world: &'a World,
    pub(super) now: i64,
    pub(super) compiled: &'a Arc<CompiledPolicy>,
    pub(super) id: StatementId,
    pub(super) statement: &'a Statement,
    pub(super) place: Place<'a>,
}

impl Attempt<'_> {
    /// Tries the requests of one principal, the likeliest first. Gives the one that reaches the statement, and all
    /// statements that it reaches; or what kept that from it which came nearest.
    pub(super) fn ask(
        &self,
        asker: &Asker,
        caller: &Arc<Caller>,
        name: &str,
    ) -> Result<(Named, Vec<StatementId>), Obstacle> {
        let policy = self.compiled.policy();
        let filler = Filler::new(policy, caller);
        let keys = Keys::new(policy, self.statement, &filler, caller, self.place.endpoint);
        let resources = resources(policy, self.statement, &filler, self.place.resource);
        let actions = actions(policy, self.statement, &keys);
        let mut tries =
            Tries { attempt: self, asker, caller, keys, left: TRIES, nearest: Obstacle::default() };
        for action in actions {
            let name = format!("{name} {action}");
            for resource in &resources {
                match tries.values(&name, &action, resource) {
                    Next::Reached(question, reached) => return Ok((question, reached)),
                    Next::Target => {}
                    Next::Nothing => return Err(tries.nearest),
                }
            }
        }
        Err(tries.nearest)
    }

    /// The statements that a request reaches, if the one that is looked for is among them.
    fn decide(&self, named: &Named, caller: &Arc<Caller>) -> Result<Vec<StatementId>, Obstacle> {
        let prepared =
            named.question.prepare_by(caller, self.world).map_err(|error| Obstacle::refused(&error))?;
        // One statement is looked at as long as it does not apply: the others are looked at once.
        let own = self.places(&prepared).find_map(|at| Some((at, look_at(&prepared, at)?.found.err())));
        if let Some((_, Some(mismatch))) = own {
            return Err(Obstacle::mismatch(&prepared, self.compiled.policy(), self.statement, mismatch));
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

    /// Where the statement stands in a request.
    fn places(&self, prepared: &Prepared<'_>) -> impl Iterator<Item = StatementAt> {
        let of_layer =
            |layer| prepared.levels(layer).iter().enumerate().map(move |(i, level)| (layer, i, level));
        Layer::ALL.into_iter().flat_map(of_layer).filter_map(|(layer, i, level)| {
            let policy = level.set.policies().iter().position(|policy| Arc::ptr_eq(policy, self.compiled))?;
            let statement = StatementRef { policy: policy as u32, statement: self.id.1 };
            Some(StatementAt { layer, level: i as u8, statement })
        })
    }
}

/// What is to be tried next.
enum Next {
    /// Nothing: this one reaches the statement, and all these.
    Reached(Named, Vec<StatementId>),
    /// Another action or resource.
    Target,
    /// Nothing: no other request of this principal can reach it, or too many have been tried.
    Nothing,
}

/// The requests of one principal.
struct Tries<'a> {
    attempt: &'a Attempt<'a>,
    asker: &'a Asker,
    caller: &'a Arc<Caller>,
    keys: Keys<'a>,
    left: usize,
    nearest: Obstacle,
}

impl Tries<'_> {
    /// Tries the values of the keys: where a test does not hold, the next one of its key.
    fn values(&mut self, name: &str, action: &str, resource: &str) -> Next {
        self.keys.rewind();
        let mut dropped = false;
        loop {
            let question = self.question(name, action, resource);
            let obstacle = match self.attempt.decide(&question, self.caller) {
                Ok(reached) => return Next::Reached(question, reached),
                Err(obstacle) => obstacle,
            };
            let (test, ends) = (obstacle.test(), obstacle.is_of_the_principal());
            // D44: a resource of a type that does not carry the key.
            dropped |= obstacle.is_absent() && test.is_some_and(|test| self.keys.is_given(test));
            self.nearest.yields_to(obstacle);
            self.left -= 1;
            match test {
                _ if ends || self.left == 0 => return Next::Nothing,
                Some(test) if self.keys.next(test) => {}
                // No value does: another action or resource would change nothing, if it does not carry other keys.
                Some(_) if !dropped => return Next::Nothing,
                None if self.keys.next_in(resource) => {}
                _ => return Next::Target,
            }
        }
    }

    fn question(&self, name: &str, action: &str, resource: &str) -> Named {
        let (resource, context) = self.keys.fill(resource);
        let mut question = self.asker.question(action, self.attempt.world).on(resource).at(self.attempt.now);
        question.assumptions.context = context;
        Named { name: name.to_owned(), question }
    }
}

fn id_of(prepared: &Prepared<'_>, at: StatementAt) -> Option<StatementId> {
    let level = prepared.levels(at.layer).get(usize::from(at.level))?;
    let policy = level.set.policies().get(at.statement.policy as usize)?;
    Some((Arc::as_ptr(policy), at.statement.statement))
}
