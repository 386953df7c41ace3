//! A question that would have noticed a mutant.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use super::ToMutate;
use super::weighed::{is_same, looked_at};
use crate::analysis::Mutant;
use crate::catalog::Catalog;
use crate::compile::CompiledPolicy;
use crate::explain::{Answer, Verdict};
use crate::policy::Policy;
use crate::question::search::{Budget, ContextSearch, Goal, places};
use crate::question::space::{Filler, Sample, inhabitants, named, samples};
use crate::question::{Asked, Question};
use crate::session::{Held, Precision, Session};
use crate::trace::{Matched, Mismatch, StatementTrace};
use crate::world::{
    Account, Caller, ContextEntry, Credentials, GivenPolicies, Prepared, Principal, PrincipalKind, World,
};

/// How many questions are tried for a mutant.
const QUESTIONS: usize = 6_000;

/// How many statements are looked at in the time in which a question is found to be answered alike.
const ALIKE: usize = 10;

/// How many times a question is asked that tells a mutant from its original, in both worlds and to write it down.
const ASKED: usize = 4;

/// How many statements a question of ordinary size consults.
const ORDINARY: usize = 100;

/// How many questions are looked at for contexts that tell the mutant from the original.
const LOOKED_AT: usize = 12;

/// How many requests are tried for such a context.
const TRIED: usize = 200;

/// How many principals are tried.
const PRINCIPALS: usize = 24;

/// How many expectations and resources give hints.
const HINTS: usize = 20;

/// Where a witness is looked for.
pub(super) struct WitnessSearch {
    world: Arc<World>,
    now: i64,
    /// The principal that asked last.
    asked: Option<Arc<Principal>>,
    /// The callers that were prepared.
    callers: RefCell<HashMap<PrincipalKind, Rc<Caller>>>,
    /// Where expectations are written.
    session: Session,
}

impl WitnessSearch {
    /// In the world of the last expectation that consulted the policy, or at the end of the script.
    pub(super) fn new(last: Option<&Held>, end: &Session, end_world: &Arc<World>, now: i64) -> Self {
        let kept = last.and_then(|held| Some((held, held.world.as_ref()?)));
        let (world, selected, now) = match kept {
            Some((held, world)) => (Arc::clone(world), held.selected, held.now),
            None => (Arc::clone(end_world), end.selected(), now),
        };
        Self {
            session: Session::in_world(end.table(), World::clone(&world), selected),
            world,
            now,
            asked: kept.map(|(held, _)| Arc::clone(&held.expectation.question.principal)),
            callers: RefCell::default(),
        }
    }

    pub(super) fn catalog(&self) -> &Catalog {
        self.world.catalog()
    }

    /// An expectation that holds, and fails for the mutant, if one is found. One about access is better than one about
    /// the kind of a deny. `None` if there is no work left.
    pub(super) fn witness(
        &self,
        old: &Arc<CompiledPolicy>,
        mutant: &Mutant,
        target: &ToMutate<'_>,
        work: &Budget,
    ) -> Option<Option<String>> {
        work.take_all(target.cost()).then_some(())?;
        let principals = self.principals(mutant.versions(old));
        let Some(first) = principals.first() else { return Some(None) };
        let callers: Vec<Rc<Caller>> = principals.iter().map(|who| self.caller(who)).collect();
        let filler = Filler::new(&self.caller(first), self.world.catalog());
        let samples = samples(mutant.versions(old), &filler, &self.asked_about(target));
        let asked = |sample| {
            principals
                .iter()
                .zip(&callers)
                .map(move |(who, caller)| (question(sample, who, self.now), caller))
        };
        let (new, fallback, left) = (OnceCell::new(), None, LOOKED_AT);
        let tests = old.statements().get(mutant.statement).map(|own| old.tests(own));
        let reads_keys = old.has_variables() || tests.is_some_and(|tests| !tests.is_empty());
        let mut told_apart =
            ToldApart { search: self, old, mutant, target, work, new, fallback, reads_keys, left };
        let most = QUESTIONS * ORDINARY / target.statements.max(ORDINARY);
        for (question, caller) in samples.iter().flat_map(asked).take(most) {
            if let Some(line) = told_apart.by(&question, caller)? {
                return Some(Some(line));
            }
        }
        Some(told_apart.fallback)
    }

    pub(super) fn world(&self) -> &World {
        &self.world
    }

    pub(super) fn now(&self) -> i64 {
        self.now
    }

    pub(super) fn stated(&self, question: &Question, precision: Precision) -> Option<String> {
        let answer = question.ask(&self.world).map(|asked| Answer::from(&asked)).ok()?;
        self.session.expectation(&question.clone().into(), &answer, precision, self.now)
    }

    /// The caller of a principal, prepared once.
    fn caller(&self, principal: &Principal) -> Rc<Caller> {
        let mut callers = self.callers.borrow_mut();
        let prepared = || Rc::new(self.world.caller(principal, &GivenPolicies::default()));
        Rc::clone(callers.entry(principal.kind.clone()).or_insert_with(prepared))
    }

    /// What the expectations ask about, and what there is.
    fn asked_about(&self, target: &ToMutate<'_>) -> Vec<Sample> {
        let held = target.consulting.iter().take(HINTS).map(|own| own.weighed.held);
        let questions = held.map(|held| &held.expectation.question);
        let asked = questions.map(|question| {
            let resource = question.resource.as_deref().filter(|arn| *arn != "*");
            (question.action.to_string(), resource.map(str::to_owned))
        });
        let resources = self.world.resources().take(HINTS);
        asked.chain(resources.map(|resource| (String::new(), Some(resource.arn.to_string())))).collect()
    }

    /// Who may ask: who did, whom the policy names, and who there is.
    fn principals(&self, versions: [(&CompiledPolicy, usize); 2]) -> Vec<Arc<Principal>> {
        let plain = self.asked.iter().filter(|principal| principal.session.is_none());
        let written = versions.into_iter().filter_map(|(compiled, number)| {
            let policy: &Policy = compiled.policy();
            Some((policy, policy.statements().get(number)?))
        });
        let everybody = written.clone().any(|(_, statement)| statement.principal.is_some());
        let named = written.flat_map(|(policy, statement)| named(policy, statement));
        let root = |own: &Account| Principal::new(PrincipalKind::Root(own.id));
        let inside = self.world.accounts().flat_map(|own| inhabitants(own).chain([root(own)]));
        let stranger = Principal::parse("arn:aws:iam::999999999999:user/stranger");
        let outside = stranger.into_iter().chain([Principal::new(PrincipalKind::Anonymous)]);
        let all = plain.map(|own| Principal::clone(own)).chain(named);
        let all = all.chain(inside).chain(outside.filter(|_| everybody));
        let mut found: Vec<Principal> = Vec::new();
        for principal in all {
            if found.len() == PRINCIPALS {
                break;
            }
            if !found.iter().any(|own| own.kind == principal.kind) {
                found.push(Principal { credentials: Credentials::LongTerm, ..principal });
            }
        }
        found.into_iter().map(Arc::new).collect()
    }
}

fn question((action, resource): &Sample, who: &Arc<Principal>, now: i64) -> Question {
    let mut question = Question::new(Arc::clone(who), &**action).at(now);
    question.resource = resource.as_deref().map(Into::into);
    question
}

/// The search for a question that tells a mutant from its original.
struct ToldApart<'s> {
    search: &'s WitnessSearch,
    old: &'s Arc<CompiledPolicy>,
    mutant: &'s Mutant,
    target: &'s ToMutate<'s>,
    work: &'s Budget,
    /// The changed policy and its world, made where a question may tell it from the original.
    new: OnceCell<(Arc<CompiledPolicy>, World)>,
    /// What tells them apart by the kind of a deny alone.
    fallback: Option<String>,
    /// Whether keys make a difference to the statement.
    reads_keys: bool,
    /// For how many questions contexts are still looked for.
    left: usize,
}

impl ToldApart<'_> {
    /// The expectation that a question makes, be it with keys, if that tells them apart by access. `None` if there is no
    /// work left.
    fn by(&mut self, question: &Question, caller: &Caller) -> Option<Option<String>> {
        self.work.take_all(ALIKE).then_some(())?;
        let world = &*self.search.world;
        if question.prepare_by(caller, world).is_ok_and(|own| self.is_alike(&own)) {
            return Some(None);
        }
        self.work.take_all(ASKED * self.target.cost()).then_some(())?;
        let (_, changed) = self.new.get_or_init(|| {
            let new = self.mutant.policy(self.old);
            let changed = self.target.changed(world, &new);
            (new, changed)
        });
        let (Ok(one), Ok(other)) = (question.ask(world), question.ask(changed)) else { return Some(None) };
        let stated = told(self.search, question, [one.verdict(), other.verdict()], self.fallback.is_some());
        let (contexts, tried) = match &stated {
            Some((_, true)) => (Vec::new(), 0),
            _ if self.left == 0 => (Vec::new(), 0),
            _ => self.contexts([one, other]),
        };
        if let Some(line) = self.take(stated) {
            return Some(Some(line));
        }
        self.left -= usize::from(tried > 0);
        self.work.take_all(2 * tried * self.target.cost()).then_some(())?;
        Some(contexts.into_iter().find_map(|context| self.with(question, context)))
    }

    /// The same with keys.
    fn with(&mut self, question: &Question, context: Vec<ContextEntry<'static>>) -> Option<String> {
        let mut question = question.clone();
        question.assumptions.context = context;
        let (_, changed) = self.new.get()?;
        let verdict = |world| question.ask(world).map(|asked| asked.verdict()).ok();
        let verdicts = [verdict(&self.search.world)?, verdict(changed)?];
        let stated = told(self.search, &question, verdicts, self.fallback.is_some());
        self.take(stated)
    }

    /// What tells them apart by access; the first that does by the kind of a deny is kept.
    fn take(&mut self, stated: Option<(String, bool)>) -> Option<String> {
        match stated? {
            (line, true) => Some(line),
            (line, false) => {
                self.fallback.get_or_insert(line);
                None
            }
        }
    }

    /// Whether the answer to a question is the same, where the statement alone can tell, and whatever keys are given,
    /// where those are looked at.
    fn is_alike(&self, request: &Prepared<'_>) -> bool {
        let with_keys = self.reads_keys && self.left > 0;
        let is_open = |own: &StatementTrace| own.truth.could_hold || is_open(own.found);
        places(request, self.old, self.mutant.statement as u32).all(|at| {
            let both = looked_at(request, at, self.mutant);
            both.is_some_and(|both| is_same(&both[0], &both[1]) && !(with_keys && both.iter().any(is_open)))
        })
    }

    /// Contexts with which the answers are others, where the tests of the statement are looked at; and how many requests
    /// were tried for them.
    fn contexts(&self, versions: [Asked<'_>; 2]) -> (Vec<Vec<ContextEntry<'static>>>, usize) {
        let Some((new, _)) = self.new.get() else { return (Vec::new(), 0) };
        let looked_at = |(asked, policy): (&Asked<'_>, &Arc<CompiledPolicy>)| {
            places(&asked.request, policy, self.mutant.statement as u32)
                .any(|at| asked.trace.statement(at).is_some_and(|trace| is_open(trace.found)))
        };
        if !versions.iter().zip([self.old, new]).any(looked_at) {
            return (Vec::new(), 0);
        }
        let mut search = ContextSearch::new(&versions, |_| true, |_, _| true, TRIED);
        let goals = [false, true].map(|in_kind| Goal::Differs { in_kind });
        let found = goals.into_iter().filter_map(|goal| search.find(goal)).collect();
        (found, 1 + search.tried())
    }
}

/// The expectation that holds and would fail, where the verdicts are others, and whether it is about access.
fn told(
    search: &WitnessSearch,
    question: &Question,
    [old, new]: [Verdict; 2],
    has_fallback: bool,
) -> Option<(String, bool)> {
    let in_kind = old.word() == new.word();
    if old == new || (in_kind && has_fallback) {
        return None;
    }
    let precision = if in_kind { Precision::Kind } else { Precision::Access };
    let line = search.stated(question, precision)?;
    Some((line, !in_kind && old != Verdict::Depends))
}

/// Whether keys could make a statement apply, or keep it from it.
fn is_open(found: Result<Matched, Mismatch>) -> bool {
    matches!(found, Ok(_) | Err(Mismatch::Condition { .. }))
}
