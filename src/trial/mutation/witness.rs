//! A question that would have noticed a mutant.

use std::sync::Arc;

use super::ToMutate;
use crate::analysis::Mutant;
use crate::catalog::Catalog;
use crate::compile::CompiledPolicy;
use crate::explain::{Answer, Verdict};
use crate::names::AccountId;
use crate::policy::Policy;
use crate::question::search::{Budget, ContextSearch, Goal, places};
use crate::question::space::{Filler, Sample, inhabitants, named, samples};
use crate::question::{Asked, Question};
use crate::session::{Held, Precision, Session, Table};
use crate::trace::Mismatch;
use crate::world::{Account, ContextEntry, Credentials, GivenPolicies, Principal, PrincipalKind, World};

/// How many questions are tried for a mutant.
const QUESTIONS: usize = 6_000;

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
    table: &'static Table,
    world: Arc<World>,
    selected: Option<AccountId>,
    now: i64,
    /// The principal that asked last.
    asked: Option<Arc<Principal>>,
}

impl WitnessSearch {
    /// In the world of the last expectation that consulted the policy, or at the end of the script.
    pub(super) fn new(last: Option<&Held>, end: &Session, end_world: &Arc<World>, now: i64) -> Self {
        let kept = last.and_then(|held| Some((held, held.world.as_ref()?)));
        match kept {
            Some((held, world)) => Self {
                table: end.table(),
                world: Arc::clone(world),
                selected: held.selected,
                now: held.now,
                asked: Some(Arc::clone(&held.expectation.question.principal)),
            },
            None => Self {
                table: end.table(),
                world: Arc::clone(end_world),
                selected: end.selected(),
                now,
                asked: None,
            },
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
        let changed = target.changed(&self.world, mutant);
        let worlds = [&*self.world, &changed];
        let policies = [old, &mutant.policy];
        let session = Session::in_world(self.table, World::clone(&self.world), self.selected);
        let principals = self.principals(policies, mutant.statement);
        let Some(first) = principals.first() else { return Some(None) };
        let caller = self.world.caller(first, &GivenPolicies::default());
        let filler = Filler::new(&caller, self.world.catalog());
        let versions = policies.map(|policy| &**policy);
        let samples = samples(versions, mutant.statement, &filler, &self.asked_about(target));
        let by_all = |sample| principals.iter().map(move |who| question(sample, who, self.now));
        let (mut fallback, mut left) = (None, LOOKED_AT);
        for question in samples.iter().flat_map(by_all).take(QUESTIONS / target.cost()) {
            work.take_all(2 * target.cost()).then_some(())?;
            let versions = worlds.map(|world| question.ask(world));
            let [Ok(one), Ok(other)] = versions else { continue };
            let before = left;
            let contexts = contexts([one, other], policies, mutant.statement as u32, &mut left);
            work.take_all(TRIED * (before - left)).then_some(())?;
            for context in contexts {
                let mut question = question.clone();
                question.assumptions.context = context;
                let verdict = |world| question.ask(world).map(|asked| asked.verdict()).ok();
                let [Some(old), Some(new)] = worlds.map(verdict) else { continue };
                if old == new || (old.word() == new.word() && fallback.is_some()) {
                    continue;
                }
                let precision = if old.word() == new.word() { Precision::Kind } else { Precision::Access };
                let Some(line) = self.stated(&session, &question, precision) else { continue };
                if precision == Precision::Access && old != Verdict::Depends {
                    return Some(Some(line));
                }
                fallback = fallback.or(Some(line));
            }
        }
        Some(fallback)
    }

    fn stated(&self, session: &Session, question: &Question, precision: Precision) -> Option<String> {
        let answer = question.ask(&self.world).map(|asked| Answer::from(&asked)).ok()?;
        session.expectation(question, &answer, precision, self.now)
    }

    /// What the expectations ask about, and what there is.
    fn asked_about(&self, target: &ToMutate<'_>) -> Vec<Sample> {
        let questions = target.held.iter().take(HINTS).map(|held| &held.expectation.question);
        let asked = questions.map(|question| {
            let resource = question.resource.as_deref().filter(|arn| *arn != "*");
            (question.action.to_string(), resource.map(str::to_owned))
        });
        let resources = self.world.resources().take(HINTS);
        asked.chain(resources.map(|resource| (String::new(), Some(resource.arn.to_string())))).collect()
    }

    /// Who may ask: who did, whom the policy names, and who there is.
    fn principals(&self, policies: [&Arc<CompiledPolicy>; 2], statement: usize) -> Vec<Arc<Principal>> {
        let plain = self.asked.iter().filter(|principal| principal.session.is_none());
        let written = policies.into_iter().filter_map(|compiled| {
            let policy: &Policy = compiled.policy();
            Some((policy, policy.statements().get(statement)?))
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
            if found.len() < PRINCIPALS && !found.iter().any(|own| own.kind == principal.kind) {
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

/// Contexts that may tell the versions of a statement apart: none, and where its tests are looked at, those with
/// which the answers are others.
fn contexts(
    versions: [Asked<'_>; 2],
    policies: [&Arc<CompiledPolicy>; 2],
    statement: u32,
    left: &mut usize,
) -> Vec<Vec<ContextEntry<'static>>> {
    let mut found = vec![Vec::new()];
    let is_open = |(asked, policy): (&Asked<'_>, &Arc<CompiledPolicy>)| {
        places(&asked.request, policy, statement).any(|at| {
            let found = asked.trace.statement(at).map(|trace| trace.found);
            matches!(found, Some(Ok(_) | Err(Mismatch::Condition { .. })))
        })
    };
    if *left > 0 && versions.iter().zip(policies).any(is_open) {
        *left -= 1;
        let mut search = ContextSearch::new(&versions, |_| true, |_, _| true, TRIED);
        found.extend([false, true].into_iter().filter_map(|in_kind| search.find(Goal::Differs { in_kind })));
    }
    found
}
