//! A question that would have noticed a mutant.

use std::sync::Arc;

use super::ToMutate;
use crate::analysis::{Hints, Mutant, Sample, samples};
use crate::compile::{CompiledPolicy, PrincipalPattern};
use crate::explain::{Answer, Verdict};
use crate::names::AccountId;
use crate::question::Question;
use crate::question::search::{Version, contexts_apart};
use crate::session::{Held, Precision, Session, Table};
use crate::world::{Account, ContextEntry, Principal, PrincipalKind, World};

/// How many questions are tried for a mutant.
const QUESTIONS: usize = 6_000;

/// How many questions are looked at for contexts that tell the mutant from the original.
const LOOKED_AT: usize = 12;

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

    /// An expectation that holds, and fails for the mutant. One about access is better than one about the kind of
    /// a deny.
    pub(super) fn witness(
        &self,
        old: &Arc<CompiledPolicy>,
        mutant: &Mutant,
        target: &ToMutate<'_>,
    ) -> Option<String> {
        let changed = target.changed(&self.world, mutant);
        let session = Session::in_world(self.table, World::clone(&self.world), self.selected);
        let account = self.selected.or(self.world.accounts().next().map(|account| account.id))?;
        let samples = samples(old, &mutant.policy, mutant.statement, account, &self.hints(target));
        let principals = self.principals(old, mutant);
        let versions = [
            Version { world: &self.world, policy: old },
            Version { world: &changed, policy: &mutant.policy },
        ];
        let bare = samples
            .iter()
            .flat_map(|sample| principals.iter().map(move |who| question(sample, who, self.now)));
        let contexts = telling_contexts(bare, versions, mutant.statement);
        let mut fallback = None;
        let first = principals.first()?;
        let with = |sample, context: &Vec<ContextEntry<'static>>| {
            let mut question = question(sample, first, self.now);
            question.assumptions.context.clone_from(context);
            principals.iter().map(move |who| Question { principal: Arc::clone(who), ..question.clone() })
        };
        let questions =
            samples.iter().flat_map(|sample| contexts.iter().flat_map(move |context| with(sample, context)));
        for question in questions.take(QUESTIONS) {
            let verdict = |world| question.ask(world).map(|asked| asked.verdict()).ok();
            let (Some(old), Some(new)) = (verdict(&*self.world), verdict(&changed)) else { continue };
            if old == new || (old.word() == new.word() && fallback.is_some()) {
                continue;
            }
            let precision = if old.word() == new.word() { Precision::Kind } else { Precision::Access };
            let Some(line) = self.stated(&session, &question, precision) else { continue };
            if precision == Precision::Access && old != Verdict::Depends {
                return Some(line);
            }
            fallback = fallback.or(Some(line));
        }
        fallback
    }

    fn stated(&self, session: &Session, question: &Question, precision: Precision) -> Option<String> {
        let answer = question.ask(&self.world).map(|asked| Answer::from(&asked)).ok()?;
        session.expectation(question, &answer, precision, self.now)
    }

    /// What the expectations ask about, and what there is.
    fn hints(&self, target: &ToMutate<'_>) -> Hints {
        let mut hints = Hints::default();
        for held in target.held.iter().take(HINTS) {
            let question = &held.expectation.question;
            hints.actions.push(question.action.to_string());
            hints
                .resources
                .extend(question.resource.iter().filter(|arn| &***arn != "*").map(|arn| arn.to_string()));
        }
        hints.resources.extend(self.world.resources().take(HINTS).map(|resource| resource.arn.to_string()));
        hints
    }

    /// Who may ask: who did, whom the policy names, and who there is.
    fn principals(&self, old: &CompiledPolicy, mutant: &Mutant) -> Vec<Arc<Principal>> {
        let mut found: Vec<Principal> = Vec::new();
        let plain = self
            .asked
            .iter()
            .filter(|principal| principal.session.is_none())
            .map(|own| Principal::clone(own));
        let versions = [old, &mutant.policy];
        let named = versions.iter().flat_map(|policy| named(policy, mutant.statement));
        let stranger = Principal::parse("arn:aws:iam::999999999999:user/stranger");
        let everybody = versions.iter().any(|policy| names_principals(policy, mutant.statement));
        let outside = stranger.into_iter().chain([Principal::new(PrincipalKind::Anonymous)]);
        let outside = outside.filter(|_| everybody);
        let all =
            plain.chain(named).chain(self.world.accounts().flat_map(|own| of_account(own))).chain(outside);
        for principal in all {
            if found.len() < PRINCIPALS && !found.iter().any(|own| own.kind == principal.kind) {
                found.push(Principal { credentials: crate::world::Credentials::LongTerm, ..principal });
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

/// The contexts of the first question of these for which they tell the versions apart.
fn telling_contexts(
    questions: impl Iterator<Item = Question>,
    versions: [Version<'_>; 2],
    statement: usize,
) -> Vec<Vec<ContextEntry<'static>>> {
    let mut found = vec![Vec::new()];
    let each = questions.filter_map(|question| contexts_apart(&question, versions, statement as u32));
    for contexts in each.take(LOOKED_AT) {
        found = contexts;
        if found.len() > 2 {
            break;
        }
    }
    found
}

fn of_account(account: &Account) -> impl Iterator<Item = Principal> + use<> {
    let id = account.id;
    let users = account.users.values().map(|user| PrincipalKind::User {
        account: id,
        path: user.path.clone(),
        name: user.name.clone(),
    });
    let roles = account.roles.values().map(|role| PrincipalKind::RoleSession {
        account: id,
        path: role.path.clone(),
        role: role.name.clone(),
        session: "iamwhy".into(),
    });
    let all: Vec<PrincipalKind> = users.chain(roles).chain([PrincipalKind::Root(id)]).collect();
    all.into_iter().map(Principal::new)
}

/// The principals that a statement names.
fn named(policy: &CompiledPolicy, statement: usize) -> Vec<Principal> {
    let Some(own) = policy.statements().get(statement) else { return Vec::new() };
    let texts = policy.principals(own).iter().map(|pattern: &PrincipalPattern| pattern.text(policy));
    let read = |text: &str| {
        let service = text.ends_with(".amazonaws.com").then(|| Principal::parse(&format!("service:{text}")));
        service.flatten().or_else(|| Principal::parse(text))
    };
    texts.filter_map(read).collect()
}

fn names_principals(policy: &CompiledPolicy, statement: usize) -> bool {
    policy.statements().get(statement).is_some_and(|own| !policy.principals(own).is_empty())
}
