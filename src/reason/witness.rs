//! A request that stands for a region, and what the engine says of it.

use super::bits::Bits;
use super::cube::Region;
use super::difference::{Turn, Witness};
use super::dimension::Dimension;
use super::solver::Resources;
use super::two_versions::TwoVersions;
use crate::facts::RuleId;
use crate::question::{Asked, Question};
use crate::world::{ContextEntry, ContextValue};

/// What the engine confirmed of a request.
#[derive(Default)]
pub(super) struct Confirmed {
    /// The actions for which it turns as it was expected to.
    pub(super) actions: Vec<Box<str>>,
    /// The first of the requests that do.
    pub(super) witness: Option<Witness>,
    /// Others, of which something else decides than was looked at, with the rule of the gate that does.
    pub(super) others: Vec<(Option<RuleId>, Box<str>)>,
}

/// The request for a region: the shortest name of a resource, and under each key the first atom that there may be.
pub(super) fn questions(
    asked: &[Question; 2],
    resources: &mut Resources,
    dimensions: &[Dimension],
    region: &Region,
) -> [Question; 2] {
    let name = resources.example(&region.inside, &region.outside);
    asked.each_ref().map(|question| {
        let mut made = question.clone();
        if question.resource.is_some() {
            made.resource = name.as_deref().map(Into::into);
        }
        made.assumptions.context.extend(context_of(region, dimensions));
        made
    })
}

/// Under each key the first value that a region leaves.
pub(super) fn context_of(region: &Region, dimensions: &[Dimension]) -> Vec<ContextEntry<'static>> {
    let value = |(dimension, atoms): (&Dimension, &Bits)| {
        let value = atoms.first().map_or(ContextValue::Absent, |atom| dimension.atoms[atom].clone());
        (dimension.key.clone().into(), value)
    };
    dimensions.iter().zip(&region.keys).map(value).collect()
}

/// Asks both versions for each of the actions of a class.
pub(super) fn confirm(
    made: &[Question; 2],
    actions: &[&str],
    turn: Turn,
    comparison: &TwoVersions<'_>,
) -> Confirmed {
    let mut confirmed = Confirmed::default();
    for action in actions {
        let questions =
            made.each_ref().map(|question| Question { action: (*action).into(), ..question.clone() });
        let asked = [0, 1].map(|version| questions[version].ask(comparison.versions[version].world));
        let [Ok(old), Ok(new)] = &asked else {
            confirmed.others.push((None, (*action).into()));
            continue;
        };
        let expected = match turn {
            Turn::NewlyAllowed => (false, true),
            Turn::NewlyDenied => (true, false),
        };
        if (old.decision.is_allowed(), new.decision.is_allowed()) == expected {
            let decisions = (old.decision, new.decision);
            confirmed.actions.push((*action).into());
            drop(asked);
            let (old, new) = decisions;
            confirmed.witness.get_or_insert(Witness { questions, old, new });
        } else {
            confirmed.others.extend(unexpected([old, new]).map(|rule| (rule, (*action).into())));
        }
    }
    confirmed
}

/// Why the engine says otherwise. What a gate decides before any policy is decided so on both sides.
fn unexpected(asked: [&Asked<'_>; 2]) -> Option<Option<RuleId>> {
    let gates = asked.map(|asked| asked.trace.gate.as_ref());
    if let [Some(old), Some(new)] = gates
        && old.rule == new.rule
    {
        return None;
    }
    Some(gates.into_iter().flatten().map(|gate| gate.rule).next())
}
