//! Requests made from the policies, so that every statement is reached.

use std::collections::HashSet;
use std::sync::Arc;

use super::made_context::Maker;
use super::question::{Asker, Question};
use crate::catalog;
use crate::compile::CompiledPolicy;
use crate::eval::authorize;
use crate::names::glob_fold;
use crate::policy::{Policy, Statement};
use crate::trace::Trace;
use crate::world::{Caller, World};

/// How many actions and how many resources of a statement are tried.
const TRIES: usize = 4;

/// How many principals are tried on the statements of a policy that belongs to none of them.
const TRIED_ASKERS: usize = 20;

/// The resource where a statement leaves it open.
const ANY_RESOURCE: &str = "arn:aws:s3:::bench-bucket/bench-object";

/// What could be made.
#[derive(Clone, Debug, Default)]
pub struct Made {
    /// The requests, each for the first statement that none before it reaches.
    pub questions: Vec<Question>,
    /// Statements that no request was found for.
    pub unreached: Vec<String>,
}

/// Makes requests of these principals that reach every statement of their policies, and of the policies of the
/// world's resources and organization. That a statement is reached is not guessed but seen in the trace.
pub fn make_questions(world: &World, askers: &[Arc<Asker>], now: i64) -> Made {
    let mut search = Search { world, now, reached: HashSet::new(), made: Made::default() };
    let callers: Vec<Caller> =
        askers.iter().map(|asker| world.caller(&asker.principal, &asker.policies).indexed()).collect();
    let all: Vec<(&Arc<Asker>, &Caller)> = askers.iter().zip(&callers).collect();
    for asking in &all {
        let caller = asking.1;
        let levels =
            [&caller.identity, &caller.boundary, &caller.session].into_iter().flatten().chain(&caller.scp);
        for level in levels {
            for (policy, origin) in level.set.policies().iter().zip(&*level.origins) {
                search.policy(std::slice::from_ref(asking), policy, &origin.name, None);
            }
        }
    }
    let few = &all[..all.len().min(TRIED_ASKERS)];
    for resource in world.resources() {
        if let Some(policy) = resource.policy.as_ref().and_then(|document| document.compiled()) {
            search.policy(few, policy, &resource.arn, Some(&resource.arn));
        }
    }
    let rcps = world.organization().into_iter().flat_map(|organization| organization.rcps.values());
    for rcp in rcps {
        if let Some(policy) = rcp.document().compiled() {
            search.policy(few, policy, &rcp.name, None);
        }
    }
    search.made
}

type StatementId = (*const CompiledPolicy, u32);

struct Search<'w> {
    world: &'w World,
    now: i64,
    reached: HashSet<StatementId>,
    made: Made,
}

impl Search<'_> {
    fn policy(
        &mut self,
        askers: &[(&Arc<Asker>, &Caller)],
        compiled: &Arc<CompiledPolicy>,
        name: &str,
        resource: Option<&str>,
    ) {
        let policy = compiled.policy();
        for (number, statement) in policy.statements().iter().enumerate() {
            let id = (Arc::as_ptr(compiled), number as u32);
            if self.reached.contains(&id) {
                continue;
            }
            let sid = policy.sid(number).map_or_else(|| (number + 1).to_string(), |sid| sid.into_owned());
            let name = format!("{name} [{sid}]");
            let found = askers.iter().find_map(|(asker, caller)| {
                let mut candidates = candidates(policy, statement, asker, &name, resource);
                candidates.find(|question| self.reaches(question, caller, id))
            });
            match found {
                Some(question) => self.made.questions.push(question),
                None => {
                    self.reached.insert(id); // not to be tried again
                    self.made.unreached.push(name);
                }
            }
        }
    }

    /// Whether a question reaches the statement; notes all that it reaches if so.
    fn reaches(&mut self, question: &Question, caller: &Caller, wanted: StatementId) -> bool {
        let request = question.request(self.now);
        let Ok(prepared) = self.world.prepare(caller, &request) else { return false };
        let mut trace = Trace::default();
        authorize(&prepared, &mut trace);
        let applying = trace.statements.iter().filter(|statement| statement.found.is_ok());
        let ids: Vec<StatementId> = applying
            .filter_map(|statement| {
                let level = prepared.levels(statement.at.layer).get(usize::from(statement.at.level))?;
                let policy = level.set.policies().get(statement.at.statement.policy as usize)?;
                Some((Arc::as_ptr(policy), statement.at.statement.statement))
            })
            .collect();
        let reaches = ids.contains(&wanted);
        if reaches {
            self.reached.extend(ids);
        }
        reaches
    }
}

/// Requests that should reach a statement, the likeliest first.
fn candidates<'s>(
    policy: &'s Policy,
    statement: &'s Statement,
    asker: &'s Arc<Asker>,
    name: &'s str,
    own: Option<&'s str>,
) -> impl Iterator<Item = Question> + 's {
    let actions = actions(policy, statement).into_iter();
    actions.flat_map(move |action| {
        let mut maker = Maker::new(policy, &asker.principal);
        statement.condition.iter().for_each(|test| maker.satisfy(test));
        let resources = resources(policy, statement, &mut maker, own);
        let context = maker.context;
        resources.into_iter().map(move |resource| Question {
            name: format!("{name} {action}"),
            asker: Arc::clone(asker),
            action: action.clone(),
            resource: Some(resource),
            resource_account: None,
            context: context.clone(),
            public_access_block: None,
            settings: crate::world::Settings::default(),
        })
    })
}

/// Actions that the statement covers: of the catalog where it knows any, else the pattern with its wildcards filled.
fn actions(policy: &Policy, statement: &Statement) -> Vec<String> {
    let patterns: Vec<String> =
        policy.texts(statement.action.patterns).iter().map(|text| policy.text(text).into_owned()).collect();
    if statement.action.negated {
        let spared = |name: &str| patterns.iter().any(|pattern| pattern == "*" || glob_fold(pattern, name));
        let all = catalog::matching_actions("*").map(full_name).filter(|name| !spared(name));
        return all.take(TRIES).collect();
    }
    patterns.iter().take(TRIES).flat_map(|pattern| covered(pattern)).collect()
}

/// One action with resource types and one without, as a statement may name resources or only `*`.
fn covered(pattern: &str) -> Vec<String> {
    if pattern == "*" {
        return vec!["s3:GetObject".to_owned(), "s3:ListAllMyBuckets".to_owned()];
    }
    let of_kind =
        |typed| catalog::matching_actions(pattern).find(|action| action.has_resource_types() == typed);
    let mut found: Vec<String> =
        [of_kind(true), of_kind(false)].into_iter().flatten().map(full_name).collect();
    if found.is_empty() {
        found.push(pattern.replace(['*', '?'], "x"));
    }
    found
}

fn full_name(action: catalog::ActionFacts) -> String {
    format!("{}:{}", action.service().prefix(), action.name())
}

/// Resources that the statement covers.
fn resources(
    policy: &Policy,
    statement: &Statement,
    maker: &mut Maker<'_>,
    own: Option<&str>,
) -> Vec<String> {
    let open = || own.unwrap_or(ANY_RESOURCE).to_owned();
    match &statement.resource {
        Some(element) if !element.negated => {
            let patterns = policy.texts(element.patterns).iter().take(TRIES);
            let fill = |text| match &*policy.text(text) {
                "*" => open(),
                pattern => maker.arn(pattern),
            };
            patterns.map(fill).collect()
        }
        _ => vec![open(), "arn:aws:sqs:eu-central-1:999999999999:other".to_owned()],
    }
}
