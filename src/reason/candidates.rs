//! The actions for which two versions say something else, and those for which they say the same.

use std::collections::BTreeMap;

use super::actions::{NumberedActions, divide};
use super::bits::Bits;
use super::content::StatementContent;
use crate::compile::{CompiledPolicy, Element};
use crate::policy::{Effect, Layer};
use crate::world::Level;

/// A statement with the actions that it covers.
pub(super) struct Covered<'p> {
    version: usize,
    /// The number of its level.
    level: usize,
    effect: Effect,
    content: StatementContent<'p>,
    /// Whether nothing else is asked of a request than its action.
    is_plain: bool,
    actions: Bits,
}

/// Where a level stands: its layer, what its policies are attached to, and how many of that name come before it.
type LevelPlace<'l> = (Layer, &'l str, usize);

/// All statements with the actions that they cover.
pub(super) fn covered<'l>(
    levels: &'l [Vec<(Layer, Level)>; 2],
    actions: &NumberedActions<'_>,
) -> Vec<Covered<'l>> {
    let mut all = Vec::new();
    for (version, levels) in levels.iter().enumerate() {
        for (number, (_, level)) in levels.iter().enumerate() {
            for policy in level.set.policies() {
                for (at, statement) in policy.statements().iter().enumerate() {
                    all.push(Covered {
                        version,
                        level: number,
                        effect: statement.effect,
                        content: StatementContent::of(policy, at),
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
pub(super) fn candidates(covered: &[Covered<'_>], levels: &[Vec<(Layer, Level)>; 2], count: usize) -> Bits {
    let places = levels.each_ref().map(|levels| places(levels));
    let mut by_content: BTreeMap<(Option<LevelPlace<'_>>, &StatementContent<'_>), [Bits; 2]> =
        BTreeMap::new();
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
    let all = Bits::all(count);
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

/// Actions under which the same statements stand, together; what comes first in order stands first.
pub(super) fn groups(covered: &[Covered<'_>], candidates: Bits) -> Vec<Vec<usize>> {
    let mut groups = vec![candidates];
    for one in covered {
        divide(&mut groups, &one.actions);
    }
    groups.sort_unstable_by_key(Bits::first);
    groups.iter().map(|group| group.iter().collect()).filter(|group: &Vec<usize>| !group.is_empty()).collect()
}
