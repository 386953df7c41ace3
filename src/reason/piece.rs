//! Resources for which nothing but the patterns of statements tells requests apart.
//!
//! A resource that is declared has a policy, tags and an owner of its own, and so has what lies in it; AWS's own roles
//! and policies are protected (D33, D34). All others of a kind are alike.

use std::collections::{BTreeMap, BTreeSet};

use super::said::said_of_all;
use crate::facts::held_by;
use crate::names::{Arn, FoundText, LetterSet, TextSet, find_text, letters_of};
use crate::world::{Caller, PrincipalKind, World};

/// How many beginnings of a name are looked at, at most.
const STEPS: usize = 20_000;

/// How many resources are told apart, at most.
const MOST: usize = 300;

/// Some resources.
#[derive(Clone, Debug)]
pub(super) struct ResourcePiece {
    pub(super) inside: Vec<TextSet>,
    pub(super) outside: Vec<TextSet>,
    /// One of them.
    pub(super) example: String,
    /// Whether it is the only one.
    pub(super) is_one: bool,
    /// Whether it is known to be there, or to lie in what is there.
    pub(super) is_known: bool,
    /// Whether all of them lie in one Region.
    pub(super) is_regional: bool,
}

/// Resources that differ from others of their kind.
struct Special {
    /// How their ARNs begin.
    start: String,
    set: TextSet,
    is_one: bool,
    is_known: bool,
}

/// The resources of a kind that a pattern covers.
pub(super) struct CoveredKind<'c> {
    pub(super) kind: &'c TextSet,
    pub(super) pattern: &'c TextSet,
    /// How the pattern begins, up to its first wildcard.
    pub(super) start: &'c str,
}

impl CoveredKind<'_> {
    /// One of them in some sets and outside of others.
    fn example(&self, inside: &[&TextSet], outside: &[&TextSet]) -> FoundText {
        find_text(&[&[self.kind, self.pattern], inside].concat(), outside, STEPS)
    }

    fn could_begin(&self, start: &str) -> bool {
        start.starts_with(self.start) || self.start.starts_with(start)
    }

    /// They in pieces, and whether these are all.
    pub(super) fn pieces(&self, world: &World, caller: &Caller) -> (Vec<ResourcePiece>, bool) {
        self.divided(self.specials(world, caller))
    }

    /// They in pieces that two worlds tell apart, and whether these are all.
    pub(super) fn pieces_of_both(&self, worlds: [&World; 2]) -> (Vec<ResourcePiece>, bool) {
        let all = alike_in(worlds).into_iter().chain(protected());
        self.divided(all.filter(|one| self.has(one)).collect())
    }

    fn divided(&self, mut specials: Vec<Special>) -> (Vec<ResourcePiece>, bool) {
        let mut is_all = specials.len() <= MOST;
        specials.truncate(MOST);
        let mut pieces = Vec::new();
        let known: Vec<&TextSet> = specials.iter().map(|one| &one.set).collect();
        match self.example(&[], &known) {
            FoundText::Word(example) => pieces.push(ResourcePiece {
                inside: vec![self.pattern.clone()],
                outside: known.into_iter().cloned().collect(),
                example,
                is_one: self.pattern.only().is_some(),
                is_known: false,
                is_regional: false,
            }),
            FoundText::None => {}
            FoundText::GaveUp => is_all = false,
        }
        for (at, special) in specials.iter().enumerate() {
            let before: Vec<&TextSet> =
                specials[..at].iter().filter(|other| special.may_meet(other)).map(|one| &one.set).collect();
            match self.example(&[&special.set], &before) {
                FoundText::Word(example) => pieces.push(ResourcePiece {
                    inside: vec![self.pattern.clone(), special.set.clone()],
                    outside: before.into_iter().cloned().collect(),
                    example,
                    is_one: special.is_one,
                    is_known: special.is_known,
                    is_regional: false,
                }),
                FoundText::None => {}
                FoundText::GaveUp => is_all = false,
            }
        }
        (pieces, is_all)
    }

    /// Those that are told apart, what is one resource first, then what lies deepest.
    fn specials(&self, world: &World, caller: &Caller) -> Vec<Special> {
        let mut single: BTreeSet<String> = BTreeSet::new();
        let mut held: Vec<Special> = Vec::new();
        for resource in world.resources().filter(|one| self.could_begin(&one.arn)) {
            single.insert(resource.arn.to_string());
            let set = Arn::parse(&resource.arn).map(|arn| held_by(&arn)).unwrap_or_default();
            held.push(Special { start: resource.arn.to_string(), set, is_one: false, is_known: true });
        }
        single.extend(identities(world).filter(|arn| self.could_begin(arn)));
        single.insert(caller.arn.to_string());
        held.sort_by_key(|one| std::cmp::Reverse(one.start.len()));
        let single = single.into_iter().map(|arn| Special {
            set: TextSet::text(&arn),
            start: arn,
            is_one: true,
            is_known: true,
        });
        let all = single.chain(held).chain(protected());
        all.filter(|one| self.has(one)).collect()
    }

    fn has(&self, one: &Special) -> bool {
        self.has_some_of(&one.set)
    }

    fn has_some_of(&self, set: &TextSet) -> bool {
        !matches!(self.example(&[set], &[]), FoundText::None)
    }

    /// Whether who asks is such a resource, and none of those that every other caller tells apart, too.
    pub(super) fn is_a_resource(&self, caller: &Caller) -> bool {
        let is_declared = caller.is_known && matches!(caller.principal.kind, PrincipalKind::User { .. });
        !is_declared && self.has_some_of(&TextSet::text(&caller.arn))
    }
}

impl Special {
    fn may_meet(&self, other: &Self) -> bool {
        let both_known = self.is_known && other.is_known;
        !both_known || self.start.starts_with(&other.start) || other.start.starts_with(&self.start)
    }
}

impl ResourcePiece {
    /// Its resources in a Region.
    pub(super) fn of_region(&self, region: &str, kind: &TextSet) -> Option<Self> {
        let set = by_fields(&format!("arn:*:*:{region}:*:*"));
        let inner: Vec<&TextSet> = [kind, &set].into_iter().chain(&self.inside).collect();
        let outer: Vec<&TextSet> = self.outside.iter().collect();
        let FoundText::Word(example) = find_text(&inner, &outer, STEPS) else { return None };
        let inside = self.inside.iter().cloned().chain([set]).collect();
        Some(Self { inside, example, is_regional: true, ..self.clone() })
    }
}

/// What is declared in either of two worlds, together where both say the same of it but for the name.
fn alike_in(worlds: [&World; 2]) -> Vec<Special> {
    let mut sets: BTreeMap<[Option<String>; 2], [TextSet; 2]> = BTreeMap::new();
    for (arn, said) in said_of_all(worlds) {
        let held = Arn::parse(&arn).map(|arn| held_by(&arn)).unwrap_or_default();
        let [own, within] = sets.entry(said).or_default();
        *own = std::mem::take(own).or(TextSet::text(&arn));
        *within = std::mem::take(within).or(held);
    }
    let special = |set, is_one| Special { start: String::new(), set, is_one, is_known: true };
    let (own, held): (Vec<TextSet>, Vec<TextSet>) = sets.into_values().map(|[own, held]| (own, held)).unzip();
    own.into_iter()
        .map(|set| special(set, true))
        .chain(held.into_iter().map(|set| special(set, false)))
        .collect()
}

/// Users and roles: they have tags, and roles a trust policy.
fn identities(world: &World) -> impl Iterator<Item = String> {
    world.accounts().flat_map(|account| account.identities().map(|one| one.arn(account.id)))
}

/// What AWS keeps for itself (D33, D34, D22), and the root user (R1).
fn protected() -> impl Iterator<Item = Special> {
    let patterns = [
        "arn:*:iam::*:role/aws-reserved/*", "arn:*:iam::*:role/aws-service-role/*",
        "arn:*:iam::aws:policy/*", "arn:*:iam::*:root", "arn:*:kms:*:*:alias/aws/*",
    ];
    patterns.into_iter().map(|pattern| Special {
        start: String::new(),
        set: by_fields(pattern),
        is_one: false,
        is_known: false,
    })
}

/// The ARNs of a pattern whose wildcards stay in their fields.
pub(super) fn by_fields(pattern: &str) -> TextSet {
    let (front, resource) = pattern.split_at(pattern.rfind(':').map_or(0, |at| at + 1));
    let front = letters_of(front, LetterSet::ANY.but(':'));
    TextSet::of(front.chain(letters_of(resource, LetterSet::ANY)).collect())
}
