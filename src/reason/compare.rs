//! Two versions of the policies of a principal, compared over all requests.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::actions::NumberedActions;
use super::asked_resource::AskedResource;
use super::bits::Bits;
use super::class::Class;
use super::compared_resources::ComparedResources;
use super::content::content;
use super::delegation;
use super::difference::PolicyDifference;
use super::found::Findings;
use super::two_versions::{KnownOfCaller, TwoVersions, VersionPair};
use super::variables;
use crate::policy::Layer;
use crate::question::Question;
use crate::world::{GivenPolicies, Level, Prepared};

/// A statement with the actions that it covers.
struct Covered {
    version: usize,
    level: usize,
    content: String,
    actions: Bits,
}

impl TwoVersions<'_> {
    /// Everything that differs.
    pub fn difference(&self) -> PolicyDifference {
        let comparison = VersionPair::new(self);
        let mut findings = Findings::default();
        comparison.compare(&mut findings);
        findings.into_difference(self.listed)
    }
}

impl VersionPair<'_> {
    fn compare(&self, findings: &mut Findings) {
        let levels = [0, 1].map(|version| self.levels(version));
        let policies = levels.iter().flatten().flat_map(|level| level.set.policies()).map(Arc::as_ref);
        let mut actions = NumberedActions::new(self.asked.listed, policies);
        let covered = covered(&levels, &mut actions);
        for group in groups(&covered, candidates(&covered, &levels, actions.len())) {
            for (kind, members) in self.kinds(&group, &actions) {
                let names = members.iter().map(|number| actions.name(*number));
                let is_meant = |name: &&str| self.asked.within.is_none_or(|scope| scope.has_action(name));
                let names: Vec<&str> = names.filter(is_meant).collect();
                if !names.is_empty() {
                    self.look_at(kind, &names, findings);
                }
            }
        }
    }

    /// The levels that do not hang on the action, and the resource's policy where it is given.
    fn levels(&self, version: usize) -> Vec<Level> {
        let given = &self.asked.versions[version].question.assumptions.policies;
        let of_resource = given.resource.as_ref().map(|given| Level::of_given(std::slice::from_ref(given)));
        let endpoint = given.vpc_endpoint.as_deref().map(Level::of_given);
        let rcps = given.rcp.iter().flatten().map(|level| Level::of_given(level));
        self.callers[version].levels().cloned().chain(of_resource).chain(endpoint).chain(rcps).collect()
    }

    /// The kinds of resources that the actions of a group are asked for.
    fn kinds(
        &self,
        group: &[usize],
        actions: &NumberedActions<'_>,
    ) -> BTreeMap<AskedResource<'_>, Vec<usize>> {
        let mut kinds: BTreeMap<AskedResource<'_>, Vec<usize>> = BTreeMap::new();
        for action in group {
            let catalog = self.world(1).catalog();
            for kind in AskedResource::of(actions.name(*action), catalog) {
                kinds.entry(kind).or_default().push(*action);
            }
        }
        kinds
    }

    /// Looks for differences among the requests of some actions for a kind of resource.
    fn look_at(&self, kind: AskedResource<'_>, actions: &[&str], findings: &mut Findings) {
        for resources in self.resources(kind, actions[0]) {
            for members in self.alike(actions, resources.sample.as_deref()) {
                self.look_at_class(&members, &resources, findings);
            }
        }
    }

    /// Actions of one kind of resource whose requests are told apart by nothing but the patterns of statements.
    fn alike<'a>(&self, actions: &[&'a str], sample: Option<&str>) -> Vec<Vec<&'a str>> {
        let mut groups: BTreeMap<[Option<Shape>; 2], Vec<&'a str>> = BTreeMap::new();
        for action in actions {
            let questions = self.questions(action, sample);
            let shapes = [0, 1]
                .map(|version| self.prepare(version, &questions[version]).ok().map(|one| Shape::of(&one)));
            groups.entry(shapes).or_default().push(action);
        }
        groups.into_values().collect()
    }

    fn look_at_class(&self, actions: &[&str], resources: &ComparedResources, findings: &mut Findings) {
        let mut questions = self.questions(actions[0], resources.sample.as_deref());
        self.assume_delegation(&mut questions, findings);
        let Some(contexts) = variables::contexts(&questions, self, findings) else { return };
        for context in contexts {
            let asked = questions.each_ref().map(|question| {
                let mut question = question.clone();
                question.assumptions.context.extend(context.iter().cloned());
                question
            });
            let prepared = [0, 1].map(|version| self.prepare(version, &asked[version]));
            let [Ok(old), Ok(new)] = &prepared else { continue };
            let class =
                Class::new([old, new], resources.kind.clone(), |request, key| self.is_open(request, key));
            findings.add(class.within(&resources.inside, &[]), &asked, actions, self);
        }
    }

    /// A policy that nobody has yet says nothing of keys and roles, whose own policies decide: they are taken to leave
    /// it to the policies of their account (D21, D22).
    fn assume_delegation(&self, questions: &mut [Question; 2], findings: &mut Findings) {
        if self.asked.known != KnownOfCaller::Nothing {
            return;
        }
        let is_unknown = (0..2).any(|version| {
            let prepared = self.prepare(version, &questions[version]);
            prepared.is_ok_and(|request| request.unknown_policy().is_some())
        });
        if !is_unknown {
            return;
        }
        for question in &mut *questions {
            let account = question.principal.account().map(|id| id.to_string()).unwrap_or_default();
            let mut policies: GivenPolicies = (*question.assumptions.policies).clone();
            policies.resource = Some(delegation::policy(&account, question.resource.as_deref()));
            question.assumptions.policies = Arc::new(policies);
        }
        findings.assume(delegation::ASSUMED);
    }
}

/// What tells requests of one kind of resource apart, beside the resource and the context.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Shape {
    /// The layers that take part.
    layers: Vec<u8>,
    /// D44: which of the keys that the policies test it carries.
    carried: Vec<bool>,
    /// Whether a policy decides that is not known.
    is_unknown: bool,
}

impl Shape {
    fn of(request: &Prepared<'_>) -> Self {
        let tests = request
            .covering()
            .flat_map(|view| view.policy.tests(view.statement).iter().map(move |test| test.key(view.policy)));
        Self {
            layers: request.layers().map(Layer::bit).collect(),
            carried: tests.map(|key| request.resource_carries(key)).collect(),
            is_unknown: request.unknown_policy().is_some(),
        }
    }
}

/// All statements with the actions that they cover.
fn covered(levels: &[Vec<Level>; 2], actions: &mut NumberedActions<'_>) -> Vec<Covered> {
    let mut all = Vec::new();
    for (version, levels) in levels.iter().enumerate() {
        for (number, level) in levels.iter().enumerate() {
            for policy in level.set.policies() {
                for (at, statement) in policy.statements().iter().enumerate() {
                    let actions = actions.of_statement(policy, statement);
                    all.push(Covered { version, level: number, content: content(policy, at), actions });
                }
            }
        }
    }
    all
}

/// The actions under which other statements stand in the two versions.
fn candidates(covered: &[Covered], levels: &[Vec<Level>; 2], count: usize) -> Bits {
    if levels[0].len() != levels[1].len() {
        return Bits::those(count, |_| true);
    }
    let mut by_content: BTreeMap<(usize, &str), [Bits; 2]> = BTreeMap::new();
    for one in covered {
        let both = by_content
            .entry((one.level, &one.content))
            .or_insert_with(|| [Bits::none(count), Bits::none(count)]);
        both[one.version].add(&one.actions);
    }
    let mut apart = Bits::none(count);
    by_content.values().for_each(|[old, new]| apart.add_apart(old, new));
    apart
}

/// Actions under which the same statements stand, together.
fn groups(covered: &[Covered], candidates: Bits) -> Vec<Vec<usize>> {
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
