//! Whether the expectations of a script notice small changes to the policies that they are about.

mod witness;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::analysis::{Mutant, Mutated, PolicyKey, mutants};
use crate::compile::CompiledPolicy;
use crate::explain::Answer;
use crate::policy::Layer;
use crate::question::Asked;
use crate::session::{Held, Session};
use crate::world::{World, is_of_aws};
use witness::WitnessSearch;

/// Changes the policies of a script one by one and holds its expectations to each mutant. `end` is the session at
/// the end of the script; the worlds of the expectations must have been kept.
pub fn mutate(held: &[Held], end: &Session, now: i64) -> Vec<Mutated> {
    let end_world = Arc::new(end.world().clone());
    let mut targets: BTreeMap<PolicyKey, ToMutate<'_>> = BTreeMap::new();
    for (name, compiled) in end_world.documents() {
        targets.entry(PolicyKey::of(compiled.policy())).or_insert_with(|| ToMutate::new(&name)).add(compiled);
    }
    // An expectation that does not hold notices nothing.
    for held in held.iter().filter(|held| held.wrong.is_none()) {
        for (name, compiled) in consulted(held) {
            let target =
                targets.entry(PolicyKey::of(compiled.policy())).or_insert_with(|| ToMutate::new(&name));
            target.add(&compiled);
            if target.held.last().is_none_or(|last| !std::ptr::eq(*last, held)) {
                target.held.push(held);
            }
        }
    }
    let all = targets.iter().flat_map(|(key, target)| target.mutated(key, end, &end_world, now));
    all.collect()
}

/// A policy to be changed.
struct ToMutate<'h> {
    name: String,
    /// Its compiled forms: a file that is read twice has two.
    forms: Vec<Arc<CompiledPolicy>>,
    /// The expectations whose decisions consulted it.
    held: Vec<&'h Held>,
}

impl<'h> ToMutate<'h> {
    fn new(name: &str) -> Self {
        Self { name: name.to_owned(), forms: Vec::new(), held: Vec::new() }
    }

    fn add(&mut self, compiled: &Arc<CompiledPolicy>) {
        if !self.forms.iter().any(|form| Arc::ptr_eq(form, compiled)) {
            self.forms.push(Arc::clone(compiled));
        }
    }

    fn mutated(&self, key: &PolicyKey, end: &Session, end_world: &Arc<World>, now: i64) -> Vec<Mutated> {
        let Some(original) = self.forms.first() else { return Vec::new() };
        let each = mutants(original, end_world.catalog()).enumerate().map(|(number, mutant)| {
            let noticed = self.notices(&mutant);
            let search = || WitnessSearch::new(self.held.last().copied(), end, end_world, now);
            let witness = if noticed { None } else { search().witness(original, &mutant, self) };
            let effect = original.policy().statements().get(mutant.statement).map(|own| own.effect.as_str());
            let statement =
                format!("{} statement {} of {}", effect.unwrap_or_default(), mutant.statement + 1, self.name);
            Mutated {
                policy: key.clone(),
                number,
                statement,
                place: mutant.place,
                change: mutant.change,
                noticed,
                witness,
            }
        });
        each.collect()
    }

    /// Whether an expectation fails in the changed world.
    fn notices(&self, mutant: &Mutant) -> bool {
        let mut last: Option<(&Arc<World>, World)> = None;
        self.held.iter().any(|held| {
            let Some(world) = &held.world else { return false };
            if last.as_ref().is_none_or(|(own, _)| !Arc::ptr_eq(own, world)) {
                last = Some((world, self.changed(world, mutant)));
            }
            last.as_ref().is_some_and(|(_, changed)| fails(held, changed))
        })
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
