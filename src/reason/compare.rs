//! Two versions of the policies of a principal, compared over all requests.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use super::actions::NumberedActions;
use super::asked_resource::AskedResource;
use super::bits::Bits;
use super::candidates::{candidates, covered, groups};
use super::class::Class;
use super::compared_resources::ComparedResources;
use super::delegation;
use super::difference::PolicyDifference;
use super::found::Findings;
use super::how_much::HowMuch;
use super::two_versions::{KnownOfCaller, TwoVersions, VersionPair};
use super::variables;
use crate::eval::could_be_allowed;
use crate::names::{Arn, fold_hash};
use crate::policy::Layer;
use crate::question::Question;
use crate::trace::{StatementAt, StatementView};
use crate::world::{Caller, GivenPolicies, Key, Level, Prepared};

/// For more actions than these, or for more statements, an index of the statements is worth its making.
const MANY_ACTIONS: usize = 16;
const MANY_STATEMENTS: usize = 200;

impl TwoVersions<'_> {
    /// Everything that differs.
    pub fn difference(&self) -> PolicyDifference {
        self.compared(HowMuch::All)
    }

    /// The first that differs, for those who ask whether anything does.
    pub fn first_difference(&self) -> PolicyDifference {
        self.compared(HowMuch::Anything)
    }

    /// What differs, as far as it is looked for.
    pub(super) fn compared(&self, how_much: HowMuch) -> PolicyDifference {
        let mut comparison = VersionPair::new(self, None);
        let mut findings = Findings::of(how_much);
        comparison.compare(&mut findings);
        findings.into_difference(self.listed).ranked(self.versions[1].world.catalog())
    }
}

impl VersionPair<'_> {
    pub(super) fn compare(&mut self, findings: &mut Findings) {
        let levels = [0, 1].map(|version| self.levels(version));
        if findings.is_done() || (!self.compares_all() && are_same(&levels)) {
            return;
        }
        let all = levels.iter().flatten();
        let policies = all.flat_map(|(_, level)| level.set.policies()).map(Arc::as_ref);
        let actions = NumberedActions::new(self.asked.listed, policies);
        let covered = covered(&levels, &actions);
        let candidates = match self.compares_all() {
            true => self.asked_for(&actions),
            false => candidates(&covered, &levels, actions.len()),
        };
        if candidates.iter().nth(MANY_ACTIONS).is_some() || covered.len() > MANY_STATEMENTS {
            self.callers.iter_mut().for_each(Caller::index);
        }
        for group in groups(&covered, candidates) {
            // Where one request is enough, one action most likely is, too.
            if findings.wants_anything() && group.len() > 1 {
                self.look_at_group(&group[..1], &actions, findings);
            }
            self.look_at_group(&group, &actions, findings);
        }
    }

    /// Looks for differences among the requests for the actions of a group.
    fn look_at_group(&self, group: &[usize], actions: &NumberedActions<'_>, findings: &mut Findings) {
        if findings.is_done() {
            return;
        }
        for (kind, members) in self.kinds(group, actions) {
            let names = members.iter().map(|number| actions.name(*number));
            let is_meant = |name: &&str| self.asked.within.is_none_or(|scope| scope.has_action(name));
            let names: Vec<&str> = names.filter(is_meant).collect();
            if findings.is_done() {
                return;
            }
            if !names.is_empty() {
                self.look_at(kind, &names, findings);
            }
        }
    }

    /// The actions that may be asked for the resource that is compared.
    fn asked_for(&self, actions: &NumberedActions<'_>) -> Bits {
        let Some(resource) = self.asked.on.as_deref().and_then(Arn::parse) else {
            return Bits::all(actions.len());
        };
        let catalog = self.world(1).catalog();
        let may_be = |kind: AskedResource<'_>| kind.may_be_of(resource.service());
        let is_asked =
            |number: &usize| AskedResource::of(actions.name(*number), catalog).into_iter().any(may_be);
        let listed = self.asked.listed.names.len();
        let of_listed = || (0..listed).filter(is_asked).collect::<Rc<[usize]>>();
        let of_listed = match self.worlds.map(|worlds| worlds.asked_for.borrow_mut()) {
            Some(mut known) => {
                Rc::clone(known.entry(resource.service().to_owned()).or_insert_with(of_listed))
            }
            None => of_listed(),
        };
        let mut asked = Bits::none(actions.len());
        let others = (listed..actions.len()).filter(is_asked);
        of_listed.iter().copied().chain(others).for_each(|number| asked.insert(number));
        asked
    }

    /// Whether something else differs than what is said of actions: who asks, or what bears on all requests.
    fn compares_all(&self) -> bool {
        let Some(worlds) = self.worlds else { return false };
        self.asked.on.is_some()
            || worlds.apart.is_in(self.callers[1].account)
            || self.is_someone_else()
            || (worlds.apart.is_moved(self.callers[1].account) && self.reads_organization())
    }

    /// Whether some policy of the caller reads the organization of the resource.
    fn reads_organization(&self) -> bool {
        let keys = ["aws:ResourceOrgID", "aws:ResourceOrgPaths"].map(|key| fold_hash(key.as_bytes()));
        let mut levels = self.callers.iter().flat_map(Caller::levels);
        levels.any(|level| keys.iter().any(|key| level.set.reads(*key)))
    }

    /// Whether a key that some policy of the caller reads follows from who asks, and is another now.
    fn is_someone_else(&self) -> bool {
        let [old, new] = &self.callers;
        let said = |caller: &Caller| {
            let is_read = |key: &&Key<'_>| {
                [old, new].into_iter().flat_map(Caller::levels).any(|level| level.set.reads(key.hash))
            };
            caller.keys.iter().filter(is_read).map(|key| format!("{key:?}")).collect::<Vec<_>>()
        };
        said(old) != said(new)
    }

    /// The levels that do not hang on the action, and the resource's policy where it is given.
    fn levels(&self, version: usize) -> Vec<(Layer, Level)> {
        let given = &self.asked.versions[version].question.assumptions.policies;
        let of_resource = given.resource.as_ref().map(|given| Level::of_given(std::slice::from_ref(given)));
        let endpoint = given.vpc_endpoint.as_deref().map(Level::of_given);
        let rcps = given.rcp.iter().flatten().map(|level| Level::of_given(level));
        let caller = &self.callers[version];
        let identity = caller.identity.iter().map(|level| (Layer::IdentityBased, level.clone()));
        let boundary = caller.boundary.iter().map(|level| (Layer::PermissionsBoundary, level.clone()));
        let session = caller.session.iter().map(|level| (Layer::Session, level.clone()));
        let scp = caller.scp.iter().map(|level| (Layer::ServiceControl, level.clone()));
        let own = identity.chain(boundary).chain(session).chain(scp);
        own.chain(of_resource.map(|level| (Layer::ResourceBased, level)))
            .chain(endpoint.map(|level| (Layer::VpcEndpoint, level)))
            .chain(rcps.map(|level| (Layer::ResourceControl, level)))
            .collect()
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
        for resources in &*self.resources(kind, actions[0], findings) {
            for (is_unknown, members) in self.alike(actions, resources) {
                if findings.is_done() {
                    return;
                }
                self.look_at_class(&members, is_unknown, resources, findings);
            }
        }
    }

    /// Actions of one kind of resource whose requests are told apart by nothing but the patterns of statements. Those that
    /// the policies of no version might allow are left aside: of them nothing differs. Each with whether a policy decides that
    /// is not known.
    fn alike<'a>(&self, actions: &[&'a str], resources: &ComparedResources) -> Vec<(bool, Vec<&'a str>)> {
        let may_differ_otherwise = self.compares_all() || resources.is_known;
        let is_possible = |request: &Prepared<'_>| {
            request.unknown_policy().is_some() || could_be_allowed(request, |_| true)
        };
        let mut groups: BTreeMap<[Option<Shape>; 2], Vec<&'a str>> = BTreeMap::new();
        for action in actions {
            let questions = self.questions(action, resources.sample.as_deref());
            let prepared = [0, 1].map(|version| self.prepare_without_keys(version, &questions[version]).ok());
            if may_differ_otherwise || prepared.iter().flatten().any(is_possible) {
                let shapes = prepared.each_ref().map(|one| one.as_ref().map(Shape::of));
                groups.entry(shapes).or_default().push(action);
            }
        }
        let is_unknown = |shapes: [Option<Shape>; 2]| shapes.into_iter().flatten().any(|one| one.is_unknown);
        groups.into_iter().map(|(shapes, actions)| (is_unknown(shapes), actions)).collect()
    }

    fn look_at_class(
        &self,
        actions: &[&str],
        is_unknown: bool,
        resources: &ComparedResources,
        findings: &mut Findings,
    ) {
        let mut questions = self.questions(actions[0], resources.sample.as_deref());
        let may_be_taken =
            self.asked.known == KnownOfCaller::Nothing || self.worlds.is_some() && !resources.is_known;
        if is_unknown && may_be_taken {
            Self::assume_delegation(&mut questions, findings);
        }
        let prepared = [0, 1].map(|version| self.prepare(version, &questions[version]));
        let [Ok(old), Ok(new)] = &prepared else { return };
        for context in variables::contexts([old, new], self, findings) {
            if context.is_empty() {
                self.look_at_requests([old, new], &questions, actions, resources, findings);
                continue;
            }
            let asked = questions.each_ref().map(|question| {
                let mut question = question.clone();
                question.assumptions.context.extend(context.iter().cloned());
                question
            });
            let prepared = [0, 1].map(|version| self.prepare(version, &asked[version]));
            if let [Ok(old), Ok(new)] = &prepared {
                self.look_at_requests([old, new], &asked, actions, resources, findings);
            }
        }
    }

    /// Looks at what two requests stand for, which differ in nothing but their version.
    fn look_at_requests(
        &self,
        [old, new]: [&Prepared<'_>; 2],
        asked: &[Question; 2],
        actions: &[&str],
        resources: &ComparedResources,
        findings: &mut Findings,
    ) {
        if is_asked_otherwise(old, resources) || is_asked_otherwise(new, resources) {
            return findings.add_examples(asked, actions, self);
        }
        let class = Class::new([old, new], resources.kind.clone(), &self.kept, |request, key| {
            self.is_open(request, key) || self.leaves_region_open(request, key, resources)
        });
        let mut class = class.within(&resources.inside, &resources.outside);
        findings.add(&mut class, asked, actions, self);
        self.kept.keep(class.resources);
        if self.compares_all() {
            findings.add_examples(asked, actions, self);
        }
    }

    /// Resources that nobody declared may lie in any Region; global services are called in their own.
    fn leaves_region_open(&self, request: &Prepared<'_>, key: &str, resources: &ComparedResources) -> bool {
        let is_region = key.eq_ignore_ascii_case("aws:RequestedRegion") && !request.is_given(key);
        is_region && !resources.is_known && self.worlds.is_some() && request.global_regions().is_none()
    }

    /// Of keys and roles that nobody declared the policies are not known, which decide: they are taken to leave it to the
    /// policies of their account (D21, D22).
    fn assume_delegation(questions: &mut [Question; 2], findings: &mut Findings) {
        for question in questions {
            let account = question.principal.account().map(|id| id.to_string()).unwrap_or_default();
            let mut policies: GivenPolicies = (*question.assumptions.policies).clone();
            policies.resource = Some(delegation::policy(&account, question.resource.as_deref()));
            question.assumptions.policies = Arc::new(policies);
        }
        findings.assume(delegation::ASSUMED);
    }
}

/// Whether both versions have the very same policies at the same places.
fn are_same([old, new]: &[Vec<(Layer, Level)>; 2]) -> bool {
    let is_same = |((layer, old), (other, new)): (&(Layer, Level), &(Layer, Level))| {
        let (olds, news) = (old.set.policies(), new.set.policies());
        layer == other
            && (&old.name, &old.resource, &old.origins) == (&new.name, &new.resource, &new.origins)
            && olds.len() == news.len()
            && olds.iter().zip(news).all(|(old, new)| Arc::ptr_eq(old, new))
    };
    old.len() == new.len() && old.iter().zip(new).all(is_same)
}

/// Whether another resource is asked for than is named: the bucket behind an access point (D45).
fn is_asked_otherwise(request: &Prepared<'_>, resources: &ComparedResources) -> bool {
    let mut levels = request.layers().flat_map(|layer| request.levels(layer));
    let is_other = request.arn().map(|arn| arn.text()) != resources.sample.as_deref();
    resources.is_known && (is_other || levels.any(|level| level.resource.is_some()))
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
    /// The statements that cover the action.
    statements: Vec<StatementAt>,
}

impl Shape {
    fn of(request: &Prepared<'_>) -> Self {
        let covering: Vec<StatementView<'_>> = request.covering().collect();
        let tests = covering
            .iter()
            .flat_map(|view| view.policy.tests(view.statement).iter().map(|test| test.key(view.policy)));
        Self {
            layers: request.layers().map(Layer::bit).collect(),
            carried: tests.map(|key| request.resource_carries(key)).collect(),
            is_unknown: request.unknown_policy().is_some(),
            statements: covering.iter().map(|view| view.at).collect(),
        }
    }
}
