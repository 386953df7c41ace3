//! The actions for which two versions say something else, and those for which they say the same.

use std::collections::{BTreeMap, HashMap};

use super::actions::NumberedActions;
use super::bits::Bits;
use super::content::content;
use crate::compile::{CompiledPolicy, Element};
use crate::policy::{Effect, Layer};
use crate::world::Level;

/// A statement with the actions that it covers.
pub(super) struct Covered {
    version: usize,
    /// The number of its level.
    level: usize,
    effect: Effect,
    content: String,
    /// Whether nothing else is asked of a request than its action.
    is_plain: bool,
    actions: Bits,
}

/// Where a level stands: its layer, what its policies are attached to, and how many of that name come before it.
type LevelPlace<'l> = (Layer, &'l str, usize);

/// All statements with the actions that they cover.
pub(super) fn covered(levels: &[Vec<(Layer, Level)>; 2], actions: &mut NumberedActions<'_>) -> Vec<Covered> {
    let mut all = Vec::new();
    for (version, levels) in levels.iter().enumerate() {
        for (number, (_, level)) in levels.iter().enumerate() {
            for policy in level.set.policies() {
                for (at, statement) in policy.statements().iter().enumerate() {
                    all.push(Covered {
                        version,
                        level: number,
                        effect: statement.effect,
                        content: content(policy, at),
                        is_plain: is_plain(policy, at),
                        actions: actions.of_statement(policy, statement),
                    });
                }
            }
        }
    }
    all
}

fn is_plain(policy: &CompiledPolicy, number: usize) -> bool {
    let statement = &policy.statements()[number];
    let any = |pattern: &crate::compile::ResourcePattern| pattern.text(policy) == "*";
    statement.resource_element == Element::Plain
        && statement.principal_element == Element::Absent
        && policy.tests(statement).is_empty()
        && policy.resources(statement).iter().any(any)
}

/// The actions under which other statements stand in the two versions. A Deny counts wherever it stands; a level that one
/// version has alone takes nothing from the actions that it allows without more ado.
pub(super) fn candidates(covered: &[Covered], levels: &[Vec<(Layer, Level)>; 2], count: usize) -> Bits {
    let places = levels.each_ref().map(|levels| places(levels));
    let mut by_content: BTreeMap<(Option<LevelPlace<'_>>, &str), [Bits; 2]> = BTreeMap::new();
    let mut allowed_alone: BTreeMap<(usize, usize), Bits> = BTreeMap::new();
    let is_alone = |version: usize, number: usize| {
        let place = places[version][number];
        place.0 != Layer::ResourceBased && !places[1 - version].contains(&place)
    };
    for (version, own) in places.iter().enumerate() {
        for number in (0..own.len()).filter(|number| is_alone(version, *number)) {
            allowed_alone.insert((version, number), Bits::none(count));
        }
    }
    for one in covered {
        let alone = allowed_alone.get_mut(&(one.version, one.level));
        let place = match (one.effect, alone) {
            (Effect::Allow, Some(allowed)) => {
                if one.is_plain {
                    allowed.add(&one.actions);
                }
                continue;
            }
            (Effect::Allow, None) => Some(places[one.version][one.level]),
            (Effect::Deny, _) => None,
        };
        let none = || [Bits::none(count), Bits::none(count)];
        by_content.entry((place, &one.content)).or_insert_with(none)[one.version].add(&one.actions);
    }
    let mut apart = Bits::none(count);
    by_content.values().for_each(|[old, new]| apart.add_apart(old, new));
    let all = Bits::those(count, |_| true);
    allowed_alone.values().for_each(|allowed| apart.add_apart(&all, allowed));
    apart
}

fn places(levels: &[(Layer, Level)]) -> Vec<LevelPlace<'_>> {
    let mut places: Vec<LevelPlace<'_>> = Vec::new();
    for (layer, level) in levels {
        let before = places.iter().filter(|(other, name, _)| (other, *name) == (layer, &*level.name)).count();
        places.push((*layer, &level.name, before));
    }
    places
}

/// Actions under which the same statements stand, together.
pub(super) fn groups(covered: &[Covered], candidates: Bits) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut numbers: HashMap<Vec<usize>, usize> = HashMap::new();
    for action in candidates.iter() {
        let statements = (0..covered.len()).filter(|at| covered[*at].actions.has(action)).collect();
        let next = groups.len();
        let group = *numbers.entry(statements).or_insert(next);
        if group == next {
            groups.push(Vec::new());
        }
        groups[group].push(action);
    }
    groups
}
