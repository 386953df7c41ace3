//! Requests made from the policies, so that every statement that can be reached is.
//! INVARIANT: nothing is guessed. Requests are tried, and the engine's trace says whether the statement applied, or
//! what kept it from applying: that is what the next try changes.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::question::{Asker, Named};
use crate::compile::CompiledPolicy;
use crate::question::Question;
use crate::question::search::{Obstacle, Reach, Spot, StatementId};
use crate::question::space::named;
use crate::world::{Caller, World};

/// How many principals are tried on the statements of a policy that belongs to none of them, beside those that the
/// statement names.
const TRIED_ASKERS: usize = 20;

/// What could be made.
#[derive(Clone, Debug, Default)]
pub struct Made {
    /// The requests, each for the first statement that none before it reaches.
    pub questions: Vec<Named>,
    /// Statements that no request was found for.
    pub unreached: Vec<Unreached>,
}

/// A statement that no request was found for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreached {
    /// The policy and the statement.
    pub statement: String,
    /// What kept the request from it that came nearest.
    pub why: String,
}

/// Makes requests of these principals that reach every statement of their policies, and of the policies of the
/// world's resources, VPC endpoints and organization.
pub fn make_questions(world: &World, askers: &[Asker], now: i64) -> Made {
    let caller = |asker: &Asker| world.caller(&asker.principal, &asker.policies).indexed();
    let callers: Vec<Caller> = askers.iter().map(caller).collect();
    let all: Vec<Asking<'_>> = askers.iter().zip(&callers).collect();
    let by_arn = all.iter().map(|asking| (asking.0.principal.arn(), *asking)).collect();
    let (reached, missed) = (HashSet::new(), HashMap::new());
    let mut search = Search { world, now, by_arn, reached, missed, made: Vec::new() };
    for asking in &all {
        search.own_policies(*asking);
    }
    search.other_policies(&all[..all.len().min(TRIED_ASKERS)]);
    search.into_made()
}

/// Who asks, prepared.
type Asking<'w> = (&'w Asker, &'w Caller);

struct Search<'w> {
    world: &'w World,
    now: i64,
    by_arn: HashMap<String, Asking<'w>>,
    reached: HashSet<StatementId>,
    missed: HashMap<StatementId, Missed>,
    made: Vec<Named>,
}

/// A statement that was not reached so far.
struct Missed {
    /// When it was met first.
    order: usize,
    name: String,
    nearest: Obstacle,
    /// How many have tried it.
    askers: usize,
}

impl<'w> Search<'w> {
    fn own_policies(&mut self, asking: Asking<'w>) {
        for level in asking.1.levels() {
            for (policy, origin) in level.set.policies().iter().zip(&*level.origins) {
                self.policy(&[asking], policy, Spot { name: &origin.name, resource: None, endpoint: None });
            }
        }
    }

    fn other_policies(&mut self, few: &[Asking<'w>]) {
        let world = self.world;
        for resource in world.resources() {
            if let Some(policy) = resource.policy.as_ref().and_then(|document| document.compiled()) {
                let place = Spot { name: &resource.arn, resource: Some(&resource.arn), endpoint: None };
                self.policy(few, policy, place);
            }
        }
        for endpoint in world.endpoints() {
            if let Some(policy) = endpoint.policy.as_ref().and_then(|document| document.compiled()) {
                let place = Spot { name: &endpoint.id, resource: None, endpoint: Some(&endpoint.id) };
                self.policy(few, policy, place);
            }
        }
        for rcp in world.organizations().flat_map(|organization| organization.rcps.policies.values()) {
            if let Some(policy) = rcp.document().compiled() {
                self.policy(few, policy, Spot { name: &rcp.name, resource: None, endpoint: None });
            }
        }
    }

    fn policy(&mut self, askers: &[Asking<'w>], compiled: &Arc<CompiledPolicy>, place: Spot<'_>) {
        let policy = compiled.policy();
        for number in 0..policy.statements().len() {
            let reach = Reach { world: self.world, compiled, number: number as u32, place };
            let settled =
                |missed: &Missed| missed.askers >= TRIED_ASKERS || !missed.nearest.is_of_the_asker();
            if self.reached.contains(&reach.id()) || self.missed.get(&reach.id()).is_some_and(settled) {
                continue;
            }
            let sid = policy.sid(number).map_or_else(|| (number + 1).to_string(), |sid| sid.into_owned());
            let name = format!("{} [{sid}]", place.name);
            match self.first(&reach, askers) {
                Ok(question) => {
                    self.made.push(Named { name: format!("{name} {}", question.action), question });
                }
                Err(obstacle) => self.miss(reach.id(), name, obstacle),
            }
        }
    }

    /// The first request that reaches a statement; all that it reaches needs no other.
    fn first(&mut self, reach: &Reach<'_>, askers: &[Asking<'w>]) -> Result<Question, Obstacle> {
        let mut nearest = Obstacle::default();
        for (asker, caller) in askers.iter().copied().chain(self.named(reach)) {
            match reach.by(caller, asker.question("", self.world).at(self.now)) {
                Ok((question, reached)) => {
                    self.reached.extend(reached);
                    return Ok(question);
                }
                Err(obstacle) => nearest.yields_to(obstacle),
            }
            if !nearest.is_of_the_asker() {
                break;
            }
        }
        Err(nearest)
    }

    /// Those among the askers whom a statement names.
    fn named(&self, reach: &Reach<'_>) -> Vec<Asking<'w>> {
        let named = named(reach.policy(), reach.statement());
        named.iter().filter_map(|principal| self.by_arn.get(&principal.arn()).copied()).collect()
    }

    fn miss(&mut self, id: StatementId, name: String, nearest: Obstacle) {
        let order = self.missed.len();
        match self.missed.entry(id) {
            Entry::Occupied(known) => {
                let known = known.into_mut();
                known.nearest.yields_to(nearest);
                known.askers += 1;
            }
            Entry::Vacant(free) => drop(free.insert(Missed { order, name, nearest, askers: 1 })),
        }
    }

    /// What one asker did not reach another may have.
    fn into_made(self) -> Made {
        let reached = self.reached;
        let mut missed: Vec<Missed> = self
            .missed
            .into_iter()
            .filter(|(id, _)| !reached.contains(id))
            .map(|(_, missed)| missed)
            .collect();
        missed.sort_by_key(|missed| missed.order);
        let unreached = missed.into_iter();
        let unreached =
            unreached.map(|missed| Unreached { statement: missed.name, why: missed.nearest.to_string() });
        Made { questions: self.made, unreached: unreached.collect() }
    }
}
