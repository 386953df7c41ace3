//! A request that stands for a region, and what the engine says of it.

use super::bits::Bits;
use super::cube::Region;
use super::difference::{Turn, Witness};
use super::dimension::Dimension;
use super::piece::by_fields;
use super::resources::Resources;
use super::two_versions::VersionPair;
use crate::eval::authorize;
use crate::facts::RuleId;
use crate::names::Arn;
use crate::question::{Asked, Question, ask};
use crate::trace::Decision;
use crate::world::{ContextEntry, ContextValue, Prepared};

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

/// The Region that an example names where it may.
const USUAL: &str = "us-east-1";

/// The request for a region: the shortest name of a resource, and under each key the first atom that there may be.
pub(super) fn questions(
    asked: &[Question; 2],
    resources: &mut Resources,
    dimensions: &[Dimension],
    region: &Region,
) -> [Question; 2] {
    let context = context_of(region, dimensions);
    let name = name(asked[1].resource.as_deref(), resources, region, &context);
    [0, 1].map(|version| {
        let mut made = asked[version].clone();
        if made.resource.is_some() {
            made.resource = name.as_deref().map(Into::into);
        }
        let given = context.iter().zip(dimensions).filter(|(_, dimension)| dimension.is_open[version]);
        made.assumptions.context.extend(given.map(|(entry, _)| entry.clone()));
        made
    })
}

/// The shortest name of a resource, in the Region of the context or in the usual one where that is possible.
fn name(
    sample: Option<&str>,
    resources: &mut Resources,
    region: &Region,
    context: &[ContextEntry<'static>],
) -> Option<String> {
    let has_region = sample.and_then(Arn::parse).is_some_and(|arn| !arn.region().is_empty());
    let asked = context.iter().find(|(key, _)| key.eq_ignore_ascii_case("aws:RequestedRegion"));
    let asked = asked.and_then(|(_, value)| value.only());
    let tried = asked.into_iter().chain([USUAL]).filter(|_| has_region).find_map(|name| {
        let set = resources.add(by_fields(&format!("arn:*:*:{name}:*:*")));
        resources.example(&region.resources.with((set, true)))
    });
    tried.or_else(|| resources.example(&region.resources))
}

/// Under each key the first value that a region leaves.
pub(super) fn context_of(region: &Region, dimensions: &[Dimension]) -> Vec<ContextEntry<'static>> {
    let value = |(dimension, atoms): (&Dimension, &Bits)| {
        let value = atoms.first().map_or(ContextValue::Absent, |atom| dimension.atoms[atom].clone());
        (dimension.key.to_string().into(), value)
    };
    dimensions.iter().zip(&region.keys).map(value).collect()
}

/// Asks both versions for each of the actions of a class.
pub(super) fn confirm(
    made: &[Question; 2],
    actions: &[&str],
    turn: Turn,
    comparison: &VersionPair<'_>,
) -> Confirmed {
    let expected = match turn {
        Turn::NewlyAllowed => [false, true],
        Turn::NewlyDenied => [true, false],
    };
    let mut confirmed = Confirmed::default();
    for action in actions {
        let questions =
            made.each_ref().map(|question| Question { action: (*action).into(), ..question.clone() });
        let prepared = [0, 1].map(|version| comparison.prepare(version, &questions[version]));
        let [Ok(old), Ok(new)] = prepared else {
            confirmed.others.push((None, (*action).into()));
            continue;
        };
        let decisions = [decided(&old), decided(&new)];
        if decisions.map(Decision::is_allowed) == expected {
            confirmed.actions.push((*action).into());
            drop((old, new));
            let [old, new] = decisions;
            confirmed.witness.get_or_insert(Witness { questions, old, new });
        } else {
            let other = unexpected([ask(old), ask(new)]);
            confirmed.others.extend(other.map(|rule| (rule, (*action).into())));
        }
    }
    confirmed
}

/// The decision alone: most requests lie in nothing that they are authorized on, too (D44).
fn decided(request: &Prepared<'_>) -> Decision {
    match request.ancestors().is_empty() {
        true => authorize(request, &mut ()),
        false => ask(request.clone()).decision,
    }
}

/// Why the engine says otherwise. What a gate decides before any policy is decided so on both sides.
fn unexpected(asked: [Asked<'_>; 2]) -> Option<Option<RuleId>> {
    let gates = asked.each_ref().map(|asked| asked.trace.gate.as_ref());
    if let [Some(old), Some(new)] = gates
        && old.rule == new.rule
    {
        return None;
    }
    Some(gates.into_iter().flatten().map(|gate| gate.rule).next())
}
