//! Every action on every kind of resource: each class of requests is looked at once, and each request that is shown
//! is asked of the engine.

use std::collections::BTreeMap;

use super::answer::{PatternAnswer, PatternOutcome};
use super::asked::AskedPattern;
use super::found::{ExpectedOutcome, PatternFindings, is_granting, outcome};
use super::piece::{CoveredKind, ResourcePiece, by_fields};
use crate::eval::{self, sufficient_at_best};
use crate::facts;
use crate::names::{FoundText, TextSet, find_text, fold_hash, has_wildcard};
use crate::question::{Question, ask};
use crate::reason::asked_resource::AskedResource;
use crate::reason::class::{Class, StatementCube, VersionCubes};
use crate::reason::cube::Region;
use crate::reason::difference::Caveat;
use crate::reason::goal::{Way, allowed, denied, denies, lacking, with};
use crate::reason::lead::pairs;
use crate::reason::solver::{CubesWanted, Resources, Solved, solve};
use crate::reason::universe::Owner;
use crate::trace::StatementAt;
use crate::world::{Caller, Prepared, Presence, World, WorldError};

/// How many beginnings of a name are looked at, at most.
const STEPS: usize = 20_000;

const REGION: &str = "aws:RequestedRegion";

/// The Region that an example names where it may.
const USUAL: &str = "arn:*:*:us-east-1:*:*";

/// A question about patterns, asked in a world.
pub(super) struct Survey<'a> {
    asked: &'a AskedPattern,
    world: &'a World,
    caller: Caller,
    found: PatternFindings,
}

/// What tells classes of requests apart: the statements that cover the action, and whether their conditions hold.
type Signature = (Vec<(StatementAt, bool)>, Option<usize>);

impl<'a> Survey<'a> {
    pub(super) fn new(asked: &'a AskedPattern, world: &'a World) -> Self {
        let caller = asked.question.caller(world);
        Self { asked, world, caller, found: PatternFindings::default() }
    }

    pub(super) fn run(mut self) -> Result<PatternAnswer, WorldError> {
        let actions = self.actions()?;
        let pattern = &self.asked.resources;
        let mut kinds: BTreeMap<(AskedResource<'_>, String), Vec<&str>> = BTreeMap::new();
        for action in &actions {
            let asked_for = AskedResource::of(action, self.world.catalog());
            let has_none = asked_for.iter().all(|kind| AskedResource::is_none(*kind));
            match self.asked.resource() {
                None => self.one(action, self.asked.question.resource.as_deref(), None)?,
                Some(_) if has_none && !self.asked.names_actions() => self.one(action, None, None)?,
                Some(named) => {
                    for kind in asked_for.into_iter().filter(|kind| !kind.is_none()) {
                        for account in self.accounts(kind, named) {
                            kinds.entry((kind, account)).or_default().push(action);
                        }
                    }
                }
            }
        }
        for ((kind, account), members) in kinds {
            self.kind(kind, &account, &members, pattern)?;
        }
        if self.found.is_empty() {
            return Err(self.nothing_asked());
        }
        Ok(self.found.into_answer(self.world.catalog()))
    }

    /// The actions that are asked about.
    fn actions(&self) -> Result<Vec<Box<str>>, WorldError> {
        let named = &self.asked.question.action;
        if !self.asked.names_actions() {
            return Ok(vec![named.clone()]);
        }
        let found: Vec<Box<str>> =
            self.world.catalog().matching_actions(named).map(|action| action.to_string().into()).collect();
        match found.is_empty() {
            false => Ok(found),
            true => Err(WorldError::new(
                "unknown-action",
                &**named,
                format!("the catalog lists no action `{named}`"),
            )),
        }
    }

    fn question(&self, action: &str, resource: Option<&str>) -> Question {
        Question { action: action.into(), resource: resource.map(Into::into), ..self.asked.question.clone() }
    }

    /// The accounts whose resources are looked at.
    fn accounts(&self, kind: AskedResource<'_>, pattern: &str) -> Vec<String> {
        let own = self.caller.account.map_or_else(|| "123456789012".to_owned(), |id| id.to_string());
        let is_of_no_account =
            matches!(kind, AskedResource::Format(format) if !field(format, 4).contains(['$', '*']));
        let named = field(pattern, 4);
        if is_of_no_account {
            return vec![own];
        }
        if !has_wildcard(named) && !named.contains('$') && !named.is_empty() {
            return vec![named.to_owned()];
        }
        let declared = self.world.accounts().map(|account| account.id.to_string());
        let mut all: Vec<String> = declared.chain([own]).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Looks at the requests of some actions for a kind of resource of an account.
    fn kind(
        &mut self,
        kind: AskedResource<'_>,
        account: &str,
        actions: &[&str],
        pattern: &TextSet,
    ) -> Result<(), WorldError> {
        let text = self.asked.resource().unwrap_or_default();
        let partition = match field(text, 1) {
            named if has_wildcard(named) || named.is_empty() => &*self.caller.principal.partition,
            named => named,
        };
        let Some(base) = kind.words(Owner { partition, account }) else { return Ok(()) };
        if matches!(find_text(&[&base, pattern], &[], STEPS), FoundText::None) {
            return Ok(());
        }
        if matches!(kind, AskedResource::Format(format) if field(format, 4).contains(['$', '*']))
            && has_wildcard(field(text, 4))
        {
            self.found.assume("of accounts only those are looked at that are declared");
        }
        let start = text.split(['*', '?', '$']).next().unwrap_or_default();
        let covered = CoveredKind { kind: &base, pattern, start };
        let (pieces, is_all) = covered.pieces(self.world, &self.caller);
        if !is_all {
            self.found.caveat(Caveat::new("there are more resources than are looked at"));
        }
        for piece in pieces {
            self.piece(&piece, &base, actions)?;
        }
        Ok(())
    }

    fn piece(&mut self, piece: &ResourcePiece, kind: &TextSet, actions: &[&str]) -> Result<(), WorldError> {
        if piece.is_one {
            return actions.iter().try_for_each(|action| self.one(action, Some(&piece.example), None));
        }
        if !piece.is_known {
            let owner = match field(&piece.example, 4) {
                "" => ", and to belong to the account of who asks",
                _ => "",
            };
            self.found.assume(format!("what is not declared is taken to have no policy and no tags{owner}"));
        }
        let mut alike: BTreeMap<Signature, Vec<&str>> = BTreeMap::new();
        let mut by_region: Vec<&str> = Vec::new();
        for (number, action) in actions.iter().enumerate() {
            let question = self.question(action, Some(&piece.example));
            let request = question.prepare_by(&self.caller, self.world)?;
            if !piece.is_regional && self.leaves_region_open() && self.hangs_on_region(&request) {
                by_region.push(action);
                continue;
            }
            alike.entry(signature(&request, number)).or_default().push(action);
        }
        for members in alike.into_values() {
            self.class(piece, kind, &members)?;
        }
        if !by_region.is_empty() {
            self.found.assume("of Regions only those are looked at that are known");
            for region in facts::regions() {
                let Some(regional) = piece.of_region(region, kind) else { continue };
                self.piece(&regional, kind, &by_region)?;
            }
        }
        Ok(())
    }

    fn leaves_region_open(&self) -> bool {
        has_wildcard(field(self.asked.resource().unwrap_or_default(), 3))
    }

    /// Whether the Region of the resource makes a difference: some policy reads it, or some Regions are off (D48).
    fn hangs_on_region(&self, request: &Prepared<'_>) -> bool {
        let accounts = [request.caller.account, request.owner].into_iter().flatten();
        let mut accounts = accounts.filter_map(|id| self.world.account(id));
        request.reads(fold_hash(REGION.as_bytes())) || accounts.any(|account| !account.regions_off.is_empty())
    }

    /// Looks at a class of requests: some actions, on resources that nothing but the patterns of statements tells apart.
    fn class(&mut self, piece: &ResourcePiece, kind: &TextSet, actions: &[&str]) -> Result<(), WorldError> {
        let question = self.question(actions[0], Some(&piece.example));
        let request = question.prepare_by(&self.caller, self.world)?;
        if is_asked_otherwise(&request, &piece.example) {
            actions.iter().for_each(|action| self.found.other(None, action));
            return actions.iter().try_for_each(|action| self.one(action, Some(&piece.example), None));
        }
        if hangs_strictly(&request) {
            self.found.caveat(Caveat::new("it hangs on context keys that nobody gave"));
        }
        let mut class = Class::new([&request, &request], Some(kind.clone()), |_, _| false);
        if request.unknown_policy().is_some() {
            class.versions[1].sufficient = sufficient_at_best(&request);
        }
        let mut sets = |list: &[TextSet]| {
            let mut numbers: Vec<usize> = list.iter().map(|set| class.resources.add(set.clone())).collect();
            numbers.sort_unstable();
            numbers.dedup();
            numbers
        };
        let all = Region { inside: sets(&piece.inside), outside: sets(&piece.outside), keys: Vec::new() };
        let Class { mut resources, versions: [now, best], .. } = class;
        let usual = (!field(&piece.example, 3).is_empty()).then(|| resources.add(by_fields(USUAL)));
        let mut looking = Looking { survey: self, resources, all, actions, usual };
        looking.allowed(&now)?;
        looking.denied(&now, &best)?;
        if looking.resources.gave_up {
            self.found.caveat(Caveat::new("a class of requests has more parts than are looked at"));
        }
        Ok(())
    }

    /// Asks one request of the engine.
    fn one(
        &mut self,
        action: &str,
        resource: Option<&str>,
        expected: Option<ExpectedOutcome<'_>>,
    ) -> Result<(), WorldError> {
        let question = self.question(action, resource);
        let asked = ask(question.prepare_by(&self.caller, self.world)?);
        if let Some(expected) = expected
            && expected.outcome != outcome(&asked)
            && asked.trace.gate.is_none()
        {
            self.found.other(None, action);
        }
        self.found.add(&question, &asked, expected);
        Ok(())
    }

    fn nothing_asked(&self) -> WorldError {
        let (action, resource) = (&self.asked.question.action, self.asked.resource().unwrap_or("*"));
        let what = format!("{action} is asked for no resource that `{resource}` covers");
        WorldError::new("no-such-request", resource, what)
            .help("see `info` of the action for what it acts on")
    }
}

/// A class that is looked at.
struct Looking<'s, 'a> {
    survey: &'s mut Survey<'a>,
    resources: Resources,
    all: Region,
    actions: &'s [&'s str],
    /// The set of what lies in the usual Region, where there are others.
    usual: Option<usize>,
}

impl Looking<'_, '_> {
    /// What is allowed, by which statement.
    fn allowed(&mut self, now: &VersionCubes) -> Result<(), WorldError> {
        let mut is_found = false;
        for allow in
            now.levels.iter().filter(|level| is_granting(level.layer)).flat_map(|level| &level.allows)
        {
            let ways = allowed(now, Some(allow));
            let Some(name) = self.first(&ways) else { continue };
            let except = self.meeting(now, allow);
            let expected =
                ExpectedOutcome { outcome: PatternOutcome::Allowed, by: Some(allow.at), except: &except };
            self.ask(&name, expected)?;
            is_found = true;
        }
        if !is_found {
            self.first_of(&allowed(now, None), PatternOutcome::Allowed)?;
        }
        Ok(())
    }

    /// What is denied, by which statement or for lack of which Allow; and what hangs on a policy that is not known.
    fn denied(&mut self, now: &VersionCubes, best: &VersionCubes) -> Result<(), WorldError> {
        for deny in now.levels.iter().flat_map(|level| &level.denies) {
            if let Some(name) = self.first(&[denied(deny)]) {
                let expected =
                    ExpectedOutcome { outcome: PatternOutcome::Denied, by: Some(deny.at), except: &[] };
                self.ask(&name, expected)?;
            }
        }
        let (Some(lacks), Some(lacks_at_best)) = (lacking(now), lacking(best)) else {
            self.survey.found.caveat(Caveat::new("there are too many ways of not being allowed"));
            return Ok(());
        };
        let denies = denies(now);
        for way in lacks_at_best.iter().map(|way| with(way, &denies)) {
            self.first_of(&[way], PatternOutcome::Denied)?;
        }
        if now.sufficient != best.sufficient {
            self.first_of(&pairs(&allowed(best, None), &lacks), PatternOutcome::Depends)?;
        }
        Ok(())
    }

    fn first_of(&mut self, ways: &[Way<'_>], outcome: PatternOutcome) -> Result<(), WorldError> {
        match self.first(ways) {
            Some(name) => self.ask(&name, ExpectedOutcome { outcome, by: None, except: &[] }),
            None => Ok(()),
        }
    }

    /// The name of a resource of the first way on which there is one.
    fn first(&mut self, ways: &[Way<'_>]) -> Option<String> {
        let region = ways.iter().find_map(|way| match solve(&mut self.resources, &self.all, way) {
            Solved::Found(region) => Some(region),
            Solved::None => None,
            Solved::GaveUp => {
                let why = "a class of requests took more steps than it may";
                self.survey.found.caveat(Caveat::new(why));
                None
            }
        })?;
        let usual = self.usual.map(|usual| region.with_resource((usual, true)));
        let usual = usual.and_then(|region| self.resources.example(&region.inside, &region.outside));
        usual.or_else(|| self.resources.example(&region.inside, &region.outside))
    }

    /// The Denies that meet what a statement allows.
    fn meeting(&mut self, now: &VersionCubes, allow: &StatementCube) -> Vec<StatementAt> {
        let mut found = Vec::new();
        for deny in now.levels.iter().flat_map(|level| &level.denies) {
            let both = CubesWanted { one_of: vec![vec![&allow.cube], vec![&deny.cube]], none_of: Vec::new() };
            if self.first(&[both]).is_some() {
                found.push(deny.at);
            }
        }
        found
    }

    fn ask(&mut self, name: &str, expected: ExpectedOutcome<'_>) -> Result<(), WorldError> {
        self.actions.iter().try_for_each(|action| self.survey.one(action, Some(name), Some(expected)))
    }
}

fn field(arn: &str, number: usize) -> &str {
    arn.splitn(6, ':').nth(number).unwrap_or_default()
}

/// Actions are alike under which the same statements stand; one that a gate may concern stands alone.
fn signature(request: &Prepared<'_>, number: usize) -> Signature {
    let holds = |view: &crate::trace::StatementView<'_>| {
        let presence = |test: &crate::compile::Test| request.presence(test.hash, test.key(view.policy));
        let mut tests = view.policy.tests(view.statement).iter();
        tests.all(|test| eval::holds_for(request, view.policy, test, presence(test).values()))
    };
    let statements = request.covering().map(|view| (view.at, holds(&view))).collect();
    let is_alone = request.may_be_gated || request.unknown_policy().is_some();
    (statements, is_alone.then_some(number))
}

/// Whether the name that is asked for is not the one that the question has: of the key behind an alias, of the bucket
/// behind an access point (D45).
fn is_asked_otherwise(request: &Prepared<'_>, name: &str) -> bool {
    let mut levels = request.layers().flat_map(|layer| request.levels(layer));
    request.arn().is_none_or(|arn| arn.text() != name) || levels.any(|level| level.resource.is_some())
}

/// Whether strict modes would say that it depends on a key that nobody gave.
fn hangs_strictly(request: &Prepared<'_>) -> bool {
    let settings = request.settings();
    let is_open = |view: crate::trace::StatementView<'_>| {
        let mut tests = view.policy.tests(view.statement).iter();
        tests
            .any(|test| request.presence_or_not_given(test.hash, test.key(view.policy)) == Presence::NotGiven)
    };
    (settings.strict || settings.strict_context) && request.covering().any(is_open)
}
