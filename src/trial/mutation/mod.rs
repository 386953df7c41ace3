//! Whether the expectations of a script notice small changes to the policies that they are about.

mod equivalent;
mod weighed;
mod witness;
mod work;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::analysis::{Mutant, Mutated, PolicyKey, TriedMutants, TriedStatements, WouldNotice, mutants};
use crate::compile::CompiledPolicy;
use crate::explain::Answer;
use crate::policy::Layer;
use crate::question::Asked;
use crate::session::{Held, Session};
use crate::world::{Account, World, is_of_aws};
use weighed::{PolicyAt, Weighed};
use witness::WitnessSearch;
pub use work::MutationWork;
use work::{cost_of_question, cost_of_reading};

/// Changes the policies of a script one by one and holds its expectations to each mutant. `end` is the session at
/// the end of the script; the worlds of the expectations must have been kept. It ends where the work is used up, and
/// says how far it came.
pub fn mutate(held: &[Held], end: &Session, now: i64, work: &MutationWork) -> TriedMutants {
    let end_world = Arc::new(end.world().clone());
    // An expectation that does not hold notices nothing.
    let holding = held.iter().filter(|held| held.wrong.is_none());
    let weighed: Vec<Weighed<'_>> = holding.filter_map(Weighed::new).collect();
    let mut targets: BTreeMap<PolicyKey, ToMutate<'_>> = BTreeMap::new();
    for (name, compiled) in end_world.documents() {
        targets.entry(PolicyKey::of(compiled.policy())).or_insert_with(|| ToMutate::new(&name)).add(compiled);
    }
    for weighed in &weighed {
        for (name, compiled, place) in consulted(weighed) {
            let target =
                targets.entry(PolicyKey::of(compiled.policy())).or_insert_with(|| ToMutate::new(name));
            target.add(compiled);
            target.consult(weighed, place);
        }
    }
    let size = size(&end_world);
    let mut tried = TriedMutants::default();
    for (key, target) in &mut targets {
        target.statements += size;
        let last = target.consulting.last().map(|last| last.weighed.held);
        let search = WitnessSearch::new(last, end, &end_world, now);
        let statements = target.tried(key, &search, work, &mut tried.mutants);
        tried.statements.push((key.clone(), statements));
    }
    tried
}

/// A policy to be changed.
struct ToMutate<'h> {
    name: String,
    /// Its compiled forms: a file that is read twice has two.
    forms: Vec<Arc<CompiledPolicy>>,
    /// The expectations whose decisions consulted it.
    consulting: Vec<Consulting<'h>>,
    /// How many statements a question about it consults, at most, and how much else there is in the world.
    statements: usize,
}

/// An expectation whose decision consulted a policy.
struct Consulting<'h> {
    weighed: &'h Weighed<'h>,
    /// Where the policy stands in it.
    places: Vec<PolicyAt>,
}

impl<'h> ToMutate<'h> {
    fn new(name: &str) -> Self {
        Self { name: name.to_owned(), forms: Vec::new(), consulting: Vec::new(), statements: 0 }
    }

    fn add(&mut self, compiled: &Arc<CompiledPolicy>) {
        if !self.forms.iter().any(|form| Arc::ptr_eq(form, compiled)) {
            self.forms.push(Arc::clone(compiled));
            self.statements = self.statements.max(compiled.statements().len());
        }
    }

    /// Notes that the decision of an expectation consulted it at a place.
    fn consult(&mut self, weighed: &'h Weighed<'h>, place: PolicyAt) {
        self.statements = self.statements.max(weighed.statements);
        match self.consulting.last_mut().filter(|last| std::ptr::eq(last.weighed, weighed)) {
            Some(last) => last.places.push(place),
            None => self.consulting.push(Consulting { weighed, places: vec![place] }),
        }
    }

    /// Tries the mutants as long as there is work left.
    fn tried(
        &self,
        key: &PolicyKey,
        search: &WitnessSearch,
        work: &MutationWork,
        mutants_tried: &mut Vec<Mutated>,
    ) -> TriedStatements {
        let Some(original) = self.forms.first() else { return TriedStatements { tried: 0, all: 0 } };
        let all = original.statements().len();
        for (number, mutant) in mutants(original, search.catalog()).enumerate() {
            let statement = mutant.statement;
            match self.mutated((key, number), original, mutant, search, work) {
                Some(mutated) => mutants_tried.push(mutated),
                None => return TriedStatements { tried: statement, all },
            }
        }
        TriedStatements { tried: all, all }
    }

    /// What becomes of a mutant; `None` if there is no work left.
    fn mutated(
        &self,
        (key, number): (&PolicyKey, usize),
        original: &Arc<CompiledPolicy>,
        mutant: Mutant,
        search: &WitnessSearch,
        work: &MutationWork,
    ) -> Option<Mutated> {
        work.trying.take_all(cost_of_reading(&mutant)).then_some(())?;
        let noticed = self.notices(original, &mutant, work)?;
        let sought = if noticed { None } else { search.witness(original, &mutant, self, &work.witnesses) };
        let witness = match sought {
            None => WouldNotice::NotSought,
            Some(None) => search.over_all(original, &mutant, self, work),
            Some(Some(line)) => WouldNotice::Found(line),
        };
        let effect = original.policy().statements().get(mutant.statement).map(|own| own.effect.as_str());
        let statement =
            format!("{} statement {} of {}", effect.unwrap_or_default(), mutant.statement + 1, self.name);
        Some(Mutated {
            policy: key.clone(),
            number,
            statement,
            place: mutant.place,
            change: mutant.change,
            noticed,
            witness,
        })
    }

    /// What it costs to ask once, in a world that is made for it.
    fn cost(&self) -> usize {
        cost_of_question(self.statements)
    }

    /// Whether an expectation fails in the changed world; `None` if there is no work left.
    fn notices(&self, original: &CompiledPolicy, mutant: &Mutant, work: &MutationWork) -> Option<bool> {
        let mut last: Option<(&Arc<World>, World)> = None;
        for Consulting { weighed, places } in &self.consulting {
            let held = weighed.held;
            let Some(world) = &held.world else { continue };
            work.trying.take().then_some(())?;
            if !mutant.concerns(original, &held.expectation.question.action)
                || weighed.is_unmoved_by(mutant, places)
            {
                continue;
            }
            work.trying.take_all(self.cost()).then_some(())?;
            if last.as_ref().is_none_or(|(own, _)| !Arc::ptr_eq(own, world)) {
                last = Some((world, self.changed(world, &mutant.policy(original))));
            }
            if last.as_ref().is_some_and(|(_, changed)| fails(held, changed)) {
                return Some(true);
            }
        }
        Some(false)
    }

    /// The world in which the policy reads so.
    fn changed(&self, world: &World, policy: &Arc<CompiledPolicy>) -> World {
        let mut forms = self.forms.iter();
        let first = forms.next().map(|form| world.with_document(form, policy));
        forms.fold(first.unwrap_or_else(|| world.clone()), |world, form| world.with_document(form, policy))
    }
}

/// Whether an expectation that holds fails in another world.
fn fails(held: &Held, world: &World) -> bool {
    let expectation = &held.expectation;
    let wrong = |asked: Asked<'_>| match expectation.reason {
        None => !expectation.expected.is(asked.verdict()),
        Some(_) => expectation.wrong(&Answer::from(&asked)).is_some(),
    };
    expectation.question.ask(world).map_or(true, wrong)
}

/// The policies that the decision of an expectation consulted, but for AWS's own, with where they stand in it.
fn consulted<'h>(
    weighed: &'h Weighed<'h>,
) -> impl Iterator<Item = (&'h str, &'h Arc<CompiledPolicy>, PolicyAt)> {
    weighed.request().into_iter().flat_map(|request| {
        let of_layer =
            move |layer| request.levels(layer).iter().enumerate().map(move |(at, level)| (layer, at, level));
        Layer::ALL.into_iter().flat_map(of_layer).flat_map(|(layer, at, level)| {
            let each = level.set.policies().iter().zip(level.origins.iter()).enumerate();
            let own = each.filter(|(_, (compiled, _))| !is_of_aws(compiled));
            own.map(move |(number, (compiled, origin))| {
                (&*origin.name, compiled, (layer, at as u8, number as u32))
            })
        })
    })
}

/// How much there is in a world that is looked through for a policy.
fn size(world: &World) -> usize {
    let of_account =
        |account: &Arc<Account>| account.identities().count() + account.policies.values().count();
    world.accounts().map(of_account).sum::<usize>() + world.resources().count()
}
