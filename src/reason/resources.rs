//! The resources of a class, as far as statements tell them apart.

use std::collections::HashMap;

use crate::names::{FoundText, TextSet, find_text};

/// How many beginnings of a resource's name are looked at, at most.
const STEPS: usize = 20_000;

/// How many resources are kept that were found, at most.
const KEPT: usize = 8;

/// The number of a set of resources, and whether those inside of it are meant.
pub(super) type ResourceSide = (usize, bool);

/// The resources that lie inside of some sets and outside of others.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct ResourceSides {
    inside: Vec<usize>,
    outside: Vec<usize>,
}

impl ResourceSides {
    /// Inside of some sets and outside of others.
    pub(super) fn new(mut inside: Vec<usize>, mut outside: Vec<usize>) -> Self {
        for list in [&mut inside, &mut outside] {
            list.sort_unstable();
            list.dedup();
        }
        Self { inside, outside }
    }

    /// Those of them that lie on a side of a set, too.
    pub(super) fn with(&self, (set, is_inside): ResourceSide) -> Self {
        let mut next = self.clone();
        let list = if is_inside { &mut next.inside } else { &mut next.outside };
        if let Err(at) = list.binary_search(&set) {
            list.insert(at, set);
        }
        next
    }

    fn names(&self, (set, is_inside): ResourceSide) -> bool {
        let list = if is_inside { &self.inside } else { &self.outside };
        list.binary_search(&set).is_ok()
    }
}

/// A resource, with the sets that it lies in, as far as it was asked.
struct FoundResource {
    name: String,
    lies_in: Vec<Option<bool>>,
}

impl FoundResource {
    fn is_of(&mut self, sides: &ResourceSides, sets: &[TextSet]) -> bool {
        sides.inside.iter().all(|set| self.lies_in(*set, sets))
            && !sides.outside.iter().any(|set| self.lies_in(*set, sets))
    }

    fn lies_in(&mut self, set: usize, sets: &[TextSet]) -> bool {
        self.lies_in.resize(sets.len(), None);
        *self.lies_in[set].get_or_insert_with(|| sets[set].has(&self.name))
    }
}

/// The resources of a class: what they are at all, and the sets that statements speak of.
pub(super) struct Resources {
    all: TextSet,
    sets: Vec<TextSet>,
    numbers: HashMap<TextSet, usize>,
    known: HashMap<ResourceSides, FoundText>,
    /// The sets that were asked for as policies write them, with whether some lie inside and some outside of each.
    written: HashMap<String, (usize, bool, bool)>,
    /// Some that were found: most questions whether there are any are answered by one of these.
    found: Vec<FoundResource>,
    /// Whether a search took more steps than it may.
    pub(super) gave_up: bool,
}

impl Resources {
    pub(super) fn new(all: TextSet) -> Self {
        let (numbers, known, written) = Default::default();
        Self { all, sets: Vec::new(), numbers, known, written, found: Vec::new(), gave_up: false }
    }

    /// All of them.
    pub(super) fn all(&self) -> &TextSet {
        &self.all
    }

    /// How much is known of them.
    pub(super) fn size(&self) -> usize {
        self.sets.len() + self.known.len()
    }

    /// For another class: no search for it has given up yet.
    pub(super) fn at_rest(self) -> Self {
        Self { gave_up: false, ..self }
    }

    /// The number of the set that patterns cover, and whether some resources lie inside and some outside of it. `set` makes
    /// it where it is new; what hangs on variables is made each time.
    pub(super) fn covered<'p>(
        &mut self,
        patterns: impl Iterator<Item = &'p str>,
        set: impl FnOnce() -> TextSet,
    ) -> (usize, bool, bool) {
        let written = patterns.collect::<Vec<_>>().join("\n");
        if let Some(known) = self.written.get(&written) {
            return *known;
        }
        let (number, all) = (self.add(set()), ResourceSides::default());
        let found = (number, self.meets(&all, (number, true)), self.meets(&all, (number, false)));
        if !written.contains("${") && !self.gave_up {
            self.written.insert(written, found);
        }
        found
    }

    /// The number of a set.
    pub(super) fn add(&mut self, words: TextSet) -> usize {
        let next = self.sets.len();
        *self.numbers.entry(words).or_insert_with_key(|words| {
            self.sets.push(words.clone());
            next
        })
    }

    /// One of some resources, if there is any.
    pub(super) fn example(&mut self, sides: &ResourceSides) -> Option<String> {
        if let Some(known) = self.known.get(sides) {
            self.gave_up |= *known == FoundText::GaveUp;
            return known.word().map(str::to_owned);
        }
        let found = self.find(sides);
        if let Some(name) = found.word().filter(|_| self.found.len() < KEPT) {
            self.found.push(FoundResource { name: name.to_owned(), lies_in: Vec::new() });
        }
        self.gave_up |= found == FoundText::GaveUp;
        let word = found.word().map(str::to_owned);
        self.known.insert(sides.clone(), found);
        word
    }

    /// Whether there are such resources.
    pub(super) fn has_any(&mut self, sides: &ResourceSides) -> bool {
        match self.known.get(sides) {
            Some(known) => {
                self.gave_up |= *known == FoundText::GaveUp;
                known.word().is_some()
            }
            None => {
                self.found.iter_mut().any(|one| one.is_of(sides, &self.sets)) || self.example(sides).is_some()
            }
        }
    }

    /// Whether some of these resources, of which there are some, lie on a side of a set.
    pub(super) fn meets(&mut self, sides: &ResourceSides, side: ResourceSide) -> bool {
        let (set, is_inside) = side;
        if sides.names(side) {
            return true;
        }
        if sides.names((set, !is_inside)) {
            return false;
        }
        let own = &self.sets[set];
        let mut within = sides.inside.iter().map(|other| &self.sets[*other]);
        if within.clone().any(|other| own.is_plainly_apart(other)) {
            return !is_inside;
        }
        if within.any(|other| own.plainly_holds(other)) {
            return is_inside;
        }
        self.has_any(&sides.with(side))
    }

    fn find(&self, sides: &ResourceSides) -> FoundText {
        let sets = |numbers: &[usize]| numbers.iter().map(|at| &self.sets[*at]).collect::<Vec<_>>();
        let inside = [&[&self.all], &sets(&sides.inside)[..]].concat();
        find_text(&inside, &sets(&sides.outside), STEPS)
    }
}
