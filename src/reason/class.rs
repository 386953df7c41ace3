//! Requests that are alike: one action on one kind of resource, before and after a change.

use std::collections::HashMap;

use super::bits::Bits;
use super::content::{TestContent, tests_of};
use super::cube::{Cube, Region, merged};
use super::dimension::{Dimension, TestOf};
use super::kept::KeptParts;
use super::resources::{ResourceSide, ResourceSides, Resources};
use crate::compile::Element;
use crate::eval::{self, DenyReach, Sufficient, deny_reach, sufficient};
use crate::names::TextSet;
use crate::policy::{Effect, Layer};
use crate::trace::{StatementAt, StatementView, Strengths};
use crate::world::Prepared;

/// One version of the requests of a class: what its statements say.
pub(super) struct VersionCubes {
    pub(super) levels: Vec<LevelCubes>,
    pub(super) sufficient: Vec<Sufficient>,
}

/// What the statements of one level of policies say.
pub(super) struct LevelCubes {
    pub(super) layer: Layer,
    /// What its policies are attached to, where a layer has several levels; and how many of that name come before it.
    pub(super) place: (Box<str>, usize),
    /// Whether it is the first level of its layer.
    pub(super) is_first: bool,
    pub(super) allows: Vec<StatementCube>,
    pub(super) denies: Vec<StatementCube>,
    /// What the Allows cover together, and what the Denies do, in fewer cubes.
    pub(super) allowed: Vec<Cube>,
    pub(super) denied: Vec<Cube>,
}

/// When a statement applies.
pub(super) struct StatementCube {
    pub(super) at: StatementAt,
    /// How it names the principal.
    pub(super) strengths: Strengths,
    pub(super) cube: Cube,
}

/// Requests for one action and one kind of resource, in two versions.
pub(super) struct Class {
    pub(super) resources: Resources,
    pub(super) dimensions: Vec<Dimension>,
    pub(super) all: Region,
    pub(super) versions: [VersionCubes; 2],
}

/// A statement of a class, before its keys are divided into atoms.
struct Relevant<'r> {
    version: usize,
    level: usize,
    at: StatementAt,
    effect: Effect,
    strengths: Strengths,
    resource: Option<ResourceSide>,
    tests: Vec<TestOf<'r>>,
}

impl Relevant<'_> {
    /// As if a statement denied everything.
    fn denying_all(version: usize, level: usize, at: StatementAt) -> Self {
        Self {
            version,
            level,
            at,
            effect: Effect::Deny,
            strengths: Strengths::NONE,
            resource: None,
            tests: Vec::new(),
        }
    }
}

impl Class {
    /// Of two versions of a request. `resources` are those that it stands for; `None` where it names none. `is_open`
    /// tells of a key whether a request may have it as it likes.
    pub(super) fn new(
        versions: [&Prepared<'_>; 2],
        resources: Option<TextSet>,
        kept: &KeptParts,
        is_open: impl Fn(&Prepared<'_>, &str) -> bool,
    ) -> Self {
        let has_resource = resources.is_some();
        let mut gathered = ClassBuilder {
            resources: kept.resources(resources.unwrap_or_else(TextSet::any)),
            has_resource,
            found: Vec::new(),
            levels: [Vec::new(), Vec::new()],
        };
        for (number, request) in versions.into_iter().enumerate() {
            gathered.add_version(number, request, &is_open);
        }
        let mut class = gathered.into_class(versions, kept);
        for dimension in &mut class.dimensions {
            dimension.is_open = versions.map(|request| is_open(request, &dimension.key));
        }
        class
    }

    /// With those resources alone that lie in all of some sets and in none of others.
    pub(super) fn within(mut self, inside: &[TextSet], outside: &[TextSet]) -> Self {
        let mut numbers = |list: &[TextSet]| list.iter().map(|set| self.resources.add(set.clone())).collect();
        self.all.resources = ResourceSides::new(numbers(inside), numbers(outside));
        self
    }

    /// Whether some key may have values that the dimensions do not tell apart.
    pub(super) fn is_partial(&self) -> bool {
        self.dimensions.iter().any(|dimension| dimension.is_partial)
    }
}

/// A level of a version: its layer, its number there, and its place.
type LevelAt = (Layer, u8, (Box<str>, usize));

impl LevelCubes {
    fn empty((layer, level, place): LevelAt) -> Self {
        let (allows, denies) = (Vec::new(), Vec::new());
        let (allowed, denied) = (Vec::new(), Vec::new());
        Self { layer, place, is_first: level == 0, allows, denies, allowed, denied }
    }

    /// With what its statements cover together.
    fn complete(self) -> Self {
        let together = |all: &[StatementCube]| merged(all.iter().map(|one| &one.cube));
        Self { allowed: together(&self.allows), denied: together(&self.denies), ..self }
    }
}

struct ClassBuilder<'r> {
    resources: Resources,
    has_resource: bool,
    found: Vec<Relevant<'r>>,
    /// The levels of each version: the layer, the number there, the place.
    levels: [Vec<LevelAt>; 2],
}

impl<'r> ClassBuilder<'r> {
    fn add_version(
        &mut self,
        version: usize,
        request: &'r Prepared<'r>,
        is_open: &impl Fn(&Prepared<'_>, &str) -> bool,
    ) {
        for layer in Layer::ALL {
            for (number, level) in request.levels(layer).iter().enumerate() {
                let before = &request.levels(layer)[..number];
                let alike = before.iter().filter(|other| other.name == level.name).count();
                self.levels[version].push((layer, number as u8, (level.name.clone(), alike)));
                if let DenyReach::Everything(statement) = deny_reach(request, layer, level) {
                    let at = StatementAt { layer, level: number as u8, statement };
                    self.found.push(Relevant::denying_all(version, self.levels[version].len() - 1, at));
                }
            }
        }
        for view in request.covering() {
            let reach = deny_reach(request, view.at.layer, view.level);
            if view.statement.effect == Effect::Deny && reach == DenyReach::Nothing {
                continue;
            }
            let found = self.statement(version, request, view, is_open);
            self.found.extend(found);
        }
    }

    /// A statement that may apply to some request of the class.
    fn statement(
        &mut self,
        version: usize,
        request: &'r Prepared<'r>,
        view: StatementView<'r>,
        is_open: &impl Fn(&Prepared<'_>, &str) -> bool,
    ) -> Option<Relevant<'r>> {
        let StatementView { policy, statement, number, at, .. } = view;
        let strengths = eval::named(request, at)?;
        let resource = self.resource(request, view)?;
        let mut tests = Vec::new();
        for of in tests_of(policy, statement, number) {
            let key = of.test.key(policy);
            if is_open(request, key) {
                tests.push(of);
            } else if !eval::holds_for(request, policy, of.test, request.presence(of.test.hash, key).values())
            {
                return None;
            }
        }
        let level =
            self.levels[version].iter().position(|level| (level.0, level.1) == (at.layer, at.level))?;
        Some(Relevant { version, level, at, effect: statement.effect, strengths, resource, tests })
    }

    /// The resources that a statement covers: `Some(None)` for all, `None` for none.
    fn resource(
        &mut self,
        request: &Prepared<'_>,
        StatementView { level, policy, statement, .. }: StatementView<'_>,
    ) -> Option<Option<ResourceSide>> {
        let is_plain = match statement.resource_element {
            Element::Absent => return Some(None),
            element => element == Element::Plain,
        };
        let patterns = policy.resources(statement);
        if !self.has_resource || level.resource.is_some() {
            let resource = request.resource_for(level);
            let covers = patterns.iter().any(|pattern| pattern.matches(policy, &resource, request));
            return (covers == is_plain).then_some(None);
        }
        let written = patterns.iter().map(|pattern| pattern.text(policy));
        let (set, is_met, is_left) = self.resources.covered(written, || {
            patterns.iter().map(|pattern| pattern.words(policy, request)).fold(TextSet::none(), TextSet::or)
        });
        let (met, left) = if is_plain { (is_met, is_left) } else { (is_left, is_met) };
        met.then(|| left.then_some((set, is_plain)))
    }

    fn into_class(mut self, versions: [&Prepared<'_>; 2], kept: &KeptParts) -> Class {
        let (dimensions, places) = dimensions(&self.found, versions[1], kept);
        let mut places = places.into_iter();
        let mut made =
            self.levels.clone().map(|levels| levels.into_iter().map(LevelCubes::empty).collect::<Vec<_>>());
        for found in std::mem::take(&mut self.found) {
            let own = places.by_ref().take(found.tests.len());
            let Some(keys) = atoms_of(own.collect(), &dimensions) else { continue };
            let cube = Cube { resource: found.resource, keys };
            let level = &mut made[found.version][found.level];
            let list = if found.effect == Effect::Allow { &mut level.allows } else { &mut level.denies };
            list.push(StatementCube { at: found.at, strengths: found.strengths, cube });
        }
        let all = Region {
            resources: ResourceSides::default(),
            keys: dimensions.iter().map(|one| Bits::all(one.atoms.len())).collect(),
        };
        let [old, new] = made.map(|levels| levels.into_iter().map(LevelCubes::complete).collect());
        let versions = [
            VersionCubes { levels: old, sufficient: sufficient(versions[0]) },
            VersionCubes { levels: new, sufficient: sufficient(versions[1]) },
        ];
        Class { resources: self.resources, dimensions, all, versions }
    }
}

/// Where a test is: the number of its key, and its own number there.
type TestPlace = (usize, usize);

/// A dimension for each key that is tested, and where each of the tests is in them.
fn dimensions(
    found: &[Relevant<'_>],
    request: &Prepared<'_>,
    kept: &KeptParts,
) -> (Vec<Dimension>, Vec<TestPlace>) {
    let mut keys: Vec<Vec<TestOf<'_>>> = Vec::new();
    let mut numbers: HashMap<u64, usize> = HashMap::new();
    let mut known: HashMap<TestContent<'_>, TestPlace> = HashMap::new();
    let mut places = Vec::new();
    for of in found.iter().flat_map(|found| &found.tests) {
        let key = *numbers.entry(of.test.hash).or_insert(keys.len());
        keys.resize_with(keys.len().max(key + 1), Vec::new);
        let tests = &mut keys[key];
        places.push(*known.entry(of.content()).or_insert_with(|| {
            tests.push(*of);
            (key, tests.len() - 1)
        }));
    }
    (keys.iter().map(|tests| dimension(tests, request, kept)).collect(), places)
}

/// The dimension of the key that some tests read.
fn dimension(tests: &[TestOf<'_>], request: &Prepared<'_>, kept: &KeptParts) -> Dimension {
    let TestOf { policy, test, .. } = tests[0];
    let key = test.key(policy);
    let contents = tests.iter().map(TestOf::content).collect();
    let is_list = request.is_list(test.hash, key);
    let known = kept.dimension((contents, is_list), || Dimension::free(key, tests, request));
    Dimension { key: key.into(), ..known }
}

/// The atoms of each key under which all tests hold, where these are not all; `None` where there are none.
fn atoms_of(tests: Vec<TestPlace>, dimensions: &[Dimension]) -> Option<Vec<(usize, Bits)>> {
    let mut keys: Vec<(usize, Bits)> = Vec::new();
    for (key, test) in tests {
        let holds = &dimensions[key].holds[test];
        match keys.iter_mut().find(|(own, _)| *own == key) {
            Some((_, atoms)) => atoms.keep(holds),
            None => keys.push((key, holds.clone())),
        }
    }
    if keys.iter().any(|(_, atoms)| atoms.is_empty()) {
        return None;
    }
    let is_open = |(key, atoms): &(usize, Bits)| !Bits::all(dimensions[*key].atoms.len()).is_within(atoms);
    keys.retain(is_open);
    keys.sort_unstable_by_key(|(key, _)| *key);
    Some(keys)
}
