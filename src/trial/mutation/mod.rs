//! Whether the expectations of a script notice small changes to the policies that they are about.

mod witness;
mod work;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::analysis::{Mutant, Mutated, PolicyKey, TriedMutants, TriedStatements, mutants};
use crate::compile::CompiledPolicy;
use crate::explain::Answer;
use crate::policy::Layer;
use crate::question::Asked;
use crate::question::search::Budget;
use crate::session::{Held, Session};
use crate::world::{World, is_of_aws};
use witness::WitnessSearch;
pub use work::WORK;
use work::{cost_of_question, cost_of_reading};

/// Changes the policies of a script one by one and holds its expectations to each mutant. `end` is the session at
/// the end of the script; the worlds of the expectations must have been kept. It ends where the work is used up, and
/// says how far it came.
pub fn mutate(held: &[Held], end: &Session, now: i64, work: &Budget) -> TriedMutants {
    let end_world = Arc::new(end.world().clone());
    let mut targets: BTreeMap<PolicyKey, ToMutate<'_>> = BTreeMap::new();
    for (name, compiled) in end_world.documents() {
        targets.entry(PolicyKey::of(compiled.policy())).or_insert_with(|| ToMutate::new(&name)).add(compiled);
    }
    // An expectation that does not hold notices nothing.
    for held in held.iter().filter(|held| held.wrong.is_none()) {
        let consulted = consulted(held);
        let statements = consulted.iter().map(|(_, compiled)| compiled.statements().len()).sum();
        for (name, compiled) in consulted {
            let target =
                targets.entry(PolicyKey::of(compiled.policy())).or_insert_with(|| ToMutate::new(&name));
            target.add(&compiled);
            target.statements = target.statements.max(statements);
            if target.held.last().is_none_or(|last| !std::ptr::eq(*last, held)) {
                target.held.push(held);
            }
        }
    }
    let mut tried = TriedMutants::default();
    for (key, target) in &targets {
        let search = WitnessSearch::new(target.held.last().copied(), end, &end_world, now);
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
    held: Vec<&'h Held>,
    /// How many statements a question about it consults, at most.
    statements: usize,
}

impl<'h> ToMutate<'h> {
    fn new(name: &str) -> Self {
        Self { name: name.to_owned(), forms: Vec::new(), held: Vec::new(), statements: 0 }
    }

    fn add(&mut self, compiled: &Arc<CompiledPolicy>) {
        if !self.forms.iter().any(|form| Arc::ptr_eq(form, compiled)) {
            self.forms.push(Arc::clone(compiled));
            self.statements = self.statements.max(compiled.statements().len());
        }
    }

    /// Tries the mutants as long as there is work left.
    fn tried(
        &self,
        key: &PolicyKey,
        search: &WitnessSearch,
        work: &Budget,
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
        work: &Budget,
    ) -> Option<Mutated> {
        work.take_all(cost_of_reading(&mutant)).then_some(())?;
        let noticed = self.notices(original, &mutant, work)?;
        let witness = if noticed { None } else { search.witness(original, &mutant, self, work)? };
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

    /// What it costs to ask once.
    fn cost(&self) -> usize {
        cost_of_question(self.statements)
    }

    /// Whether an expectation fails in the changed world; `None` if there is no work left.
    fn notices(&self, original: &CompiledPolicy, mutant: &Mutant, work: &Budget) -> Option<bool> {
        let mut last: Option<(&Arc<World>, World)> = None;
        for held in
            self.held.iter().filter(|held| mutant.concerns(original, &held.expectation.question.action))
        {
            let Some(world) = &held.world else { continue };
            work.take_all(self.cost()).then_some(())?;
            if last.as_ref().is_none_or(|(own, _)| !Arc::ptr_eq(own, world)) {
                last = Some((world, self.changed(world, mutant)));
            }
            if last.as_ref().is_some_and(|(_, changed)| fails(held, changed)) {
                return Some(true);
            }
        }
        Some(false)
    }

    /// The world in which the policy reads as the mutant does.
    fn changed(&self, world: &World, mutant: &Mutant) -> World {
        let mut forms = self.forms.iter();
        let first = forms.next().map(|form| world.with_document(form, &mutant.policy));
        forms.fold(first.unwrap_or_else(|| world.clone()), |world, form| {
            world.with_document(form, &mutant.policy)
        })
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

/// The policies that the decision of an expectation consulted, but for AWS's own.
fn consulted(held: &Held) -> Vec<(String, Arc<CompiledPolicy>)> {
    let Some(world) = &held.world else { return Vec::new() };
    let collect = |asked: Asked<'_>| {
        let levels = Layer::ALL.into_iter().flat_map(|layer| asked.request.levels(layer));
        let each = levels.flat_map(|level| level.set.policies().iter().zip(level.origins.iter()));
        let own = each.filter(|(compiled, _)| !is_of_aws(compiled));
        own.map(|(compiled, origin)| (origin.name.to_string(), Arc::clone(compiled))).collect()
    };
    held.expectation.question.ask(world).map(collect).unwrap_or_default()
}
