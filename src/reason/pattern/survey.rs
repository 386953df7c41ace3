//! Every action on every kind of resource: each class of requests is looked at once, and each request that is shown
//! is asked of the engine.

use std::collections::BTreeMap;

use super::alike::{RequestSignature, hangs_strictly, is_asked_otherwise, open_variable, signature};
use super::answer::PatternAnswer;
use super::asked::AskedPattern;
use super::found::{ExpectedOutcome, PatternFindings, outcome};
use super::look::ClassLook;
use crate::catalog::{ResourceTypeFacts, ServiceFacts};
use crate::eval::sufficient_at_best;
use crate::facts;
use crate::names::{FoundText, TextSet, find_text, fold_hash, has_wildcard};
use crate::question::search::is_stopped;
use crate::question::{Question, ask};
use crate::reason::asked_resource::AskedResource;
use crate::reason::class::Class;
use crate::reason::difference::Caveat;
use crate::reason::kept::KeptParts;
use crate::reason::piece::{CoveredKind, ResourcePiece, by_fields};
use crate::reason::two_versions::{KnownOfCaller, is_open};
use crate::reason::universe::Owner;
use crate::world::{Caller, Prepared, World, WorldError};

/// How many beginnings of a name are looked at, at most.
const STEPS: usize = 20_000;

const REGION: &str = "aws:RequestedRegion";

/// The Region that an example names where it may.
const USUAL: &str = "arn:*:*:us-east-1:*:*";

/// A question about patterns, asked in a world.
pub(super) struct Survey<'a> {
    pub(super) asked: &'a AskedPattern,
    world: &'a World,
    caller: Caller,
    kept: &'a KeptParts,
    pub(super) found: PatternFindings,
    /// Whether any action is asked for any such resource.
    is_asked: bool,
}

impl<'a> Survey<'a> {
    pub(super) fn new(asked: &'a AskedPattern, world: &'a World, kept: &'a KeptParts) -> Self {
        let caller = asked.question.caller(world);
        Self { asked, world, caller, kept, found: PatternFindings::default(), is_asked: false }
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
                    let could_be = |kind: &AskedResource<'_>| !kind.is_none() && may_be(*kind, named);
                    for kind in asked_for.into_iter().filter(could_be) {
                        for account in self.accounts(kind, named) {
                            kinds.entry((kind, account)).or_default().push(action);
                        }
                    }
                }
            }
        }
        for ((kind, account), members) in kinds {
            if is_stopped() {
                self.found.caveat(Caveat::of_stop());
                return Ok(self.found.into_answer(self.world.catalog()));
            }
            self.kind(kind, &account, &members, pattern)?;
        }
        if !self.is_asked {
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
        let catalog = self.world.catalog();
        if catalog.matching_actions(named).next().is_none() {
            let what = format!("the catalog lists no action `{named}`");
            return Err(WorldError::new("unknown-action", &**named, what));
        }
        let of_services = catalog.matching_actions_of(named, |service| self.may_be_asked(*service));
        Ok(of_services.map(|action| action.to_string().into()).collect())
    }

    /// Whether an action of a service may be asked for what is named.
    fn may_be_asked(&self, service: ServiceFacts<'_>) -> bool {
        let Some(named) = self.asked.resource() else { return true };
        let mut formats = service.resource_types().flat_map(ResourceTypeFacts::arn_formats);
        formats.any(|format| may_be(AskedResource::Format(format), named))
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
        let kept = self.kept.pieces(&covered, self.world, &self.caller);
        let (pieces, is_all) = &*kept;
        if !is_all {
            self.found.caveat(Caveat::new("there are more resources than are looked at"));
        }
        for piece in pieces {
            self.piece(piece, &base, actions)?;
        }
        Ok(())
    }

    fn piece(&mut self, piece: &ResourcePiece, kind: &TextSet, actions: &[&str]) -> Result<(), WorldError> {
        if piece.is_one && !self.asked.is_open {
            return actions.iter().try_for_each(|action| self.one(action, Some(&piece.example), None));
        }
        let assumptions = &self.asked.question.assumptions;
        if !piece.is_known && assumptions.policies.resource.is_none() {
            let owner = match field(&piece.example, 4) {
                "" if assumptions.resource_account.is_none() => ", and to belong to the account of who asks",
                _ => "",
            };
            self.found.assume(format!("what is not declared is taken to have no policy and no tags{owner}"));
        }
        let mut alike: BTreeMap<RequestSignature, Vec<&str>> = BTreeMap::new();
        let mut by_region: Vec<&str> = Vec::new();
        for (number, action) in actions.iter().enumerate() {
            let question = self.question(action, Some(&piece.example));
            let request = question.prepare_by(&self.caller, self.world)?;
            if !piece.is_regional && self.leaves_region_open() && self.hangs_on_region(&request) {
                by_region.push(action);
                continue;
            }
            let signature = signature(&request, number, self.asked.is_open);
            alike.entry(signature).or_default().push(action);
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
        self.is_asked = true;
        let question = self.question(actions[0], Some(&piece.example));
        let request = question.prepare_by(&self.caller, self.world)?;
        if is_asked_otherwise(&request, &piece.example) {
            actions.iter().for_each(|action| self.found.other(None, action));
            return actions.iter().try_for_each(|action| self.one(action, Some(&piece.example), None));
        }
        if self.asked.is_open {
            open_variable(&request).into_iter().for_each(|caveat| self.found.caveat(caveat));
        } else if hangs_strictly(&request) {
            self.found.caveat(Caveat::new("it hangs on context keys that nobody gave"));
        }
        let mut class = Class::new([&request, &request], Some(kind.clone()), self.kept, |request, key| {
            self.asked.is_open && is_open(request, key, KnownOfCaller::OfWorld)
        });
        if class.is_partial() {
            self.found.caveat(Caveat::new("a class of requests has more parts than are looked at"));
        }
        if request.unknown_policy().is_some() {
            class.versions[1].sufficient = sufficient_at_best(&request);
        }
        let class = class.within(&piece.inside, &piece.outside);
        let Class { mut resources, versions: [now, best], all, dimensions } = class;
        let usual = (!field(&piece.example, 3).is_empty()).then(|| resources.add(by_fields(USUAL)));
        let mut looking = ClassLook { survey: self, resources, dimensions, all, actions, usual };
        looking.allowed(&now)?;
        match looking.survey.asked.is_open {
            true => looking.depends(&now, &best)?,
            false => looking.denied(&now, &best)?,
        }
        let resources = looking.resources;
        if resources.gave_up {
            self.found.caveat(Caveat::new("a class of requests has more parts than are looked at"));
        }
        self.kept.keep(resources);
        Ok(())
    }

    /// Asks one request of the engine.
    pub(super) fn one(
        &mut self,
        action: &str,
        resource: Option<&str>,
        expected: Option<ExpectedOutcome<'_>>,
    ) -> Result<(), WorldError> {
        self.is_asked = true;
        let mut question = self.question(action, resource);
        if let Some(expected) = expected {
            question.assumptions.context.extend(expected.context.iter().cloned());
        }
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

/// Whether a kind of resource could be what a pattern names, by the service.
fn may_be(kind: AskedResource<'_>, pattern: &str) -> bool {
    let AskedResource::Format(format) = kind else { return true };
    let (own, named) = (field(format, 2), field(pattern, 2));
    own == named || own.contains(['$', '*']) || has_wildcard(named)
}

fn field(arn: &str, number: usize) -> &str {
    arn.splitn(6, ':').nth(number).unwrap_or_default()
}
