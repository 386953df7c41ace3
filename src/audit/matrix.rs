//! Who may do what on which resource: one decision for each principal and each request.

use std::collections::HashMap;
use std::sync::Arc;

use super::in_shares::of_each;
use super::principals::{name, principals};
use crate::explain::{Verdict, plain_verdict};
use crate::names::{ActionName, glob_fold};
use crate::policy::Layer;
use crate::question::{Question, ask};
use crate::reason::ListedActions;
use crate::world::{Caller, KindOfAction, Principal, World, WorldError};

/// From how many requests on it is worth while to look which are alike.
const MANY: usize = 100;

/// Decisions for some principals and some requests.
#[derive(Clone, Debug)]
pub struct Matrix {
    /// Who was asked about.
    pub columns: Vec<MatrixColumn>,
    /// What was asked of each.
    pub requests: Vec<MatrixRequest>,
}

/// One principal with the answers that it gets.
#[derive(Clone, Debug)]
pub struct MatrixColumn {
    /// Who; a session stands for its role.
    pub principal: Principal,
    /// What people call it, within its account: `user bob`.
    pub name: String,
    /// The account: its id, and its name where it has one.
    pub account: Option<String>,
    /// What is decided of each request, in their order.
    pub verdicts: Vec<Verdict>,
}

/// An action on a resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatrixRequest {
    /// The action.
    pub action: Box<str>,
    /// The ARN of the resource, or `*`; `None` where nobody named one.
    pub resource: Option<Box<str>>,
}

impl Matrix {
    /// Asks a question of all principals that a list of patterns names, in place of its own, about each request.
    ///
    /// # Errors
    /// If the patterns name nobody, or a request cannot be asked.
    pub fn ask(
        world: &World,
        question: &Question,
        who: &str,
        requests: Vec<MatrixRequest>,
    ) -> Result<Self, WorldError> {
        let asked: Vec<Principal> = principals(world).filter(|one| is_meant(world, who, one)).collect();
        if asked.is_empty() {
            let what = format!("no root user, user or role of this world is called `{who}`");
            return Err(WorldError::new("no-principal", who, what)
                .help("for example `*`, `user/*`, `role/Deploy*`, `alice,bob`"));
        }
        let alike = AlikeRequests::of(world, question, &requests);
        let columns = of_each(&asked, |one| column(world, question, one, (&requests, &alike)).map(Some))?;
        Ok(Self { columns, requests })
    }
}

/// Whether one of the patterns, with commas between them, names a principal: by its ARN, its name, or its kind and name.
fn is_meant(world: &World, patterns: &str, principal: &Principal) -> bool {
    let kind_and_name = match name(principal).split_once(' ') {
        Some((kind, name)) => vec![format!("{kind}/{name}"), name.to_owned()],
        None => vec![name(principal)],
    };
    let account = principal.account().and_then(|id| world.account(id));
    let alias = account.and_then(|account| account.alias.as_deref().map(str::to_owned));
    let accounts: Vec<String> =
        account.map(|account| account.id.to_string()).into_iter().chain(alias).collect();
    patterns.split(',').any(|pattern| {
        let is_it = |called: &str| glob_fold(pattern, called);
        is_it(&principal.lasting_arn())
            || kind_and_name.iter().any(|called| {
                is_it(called) || accounts.iter().any(|account| is_it(&format!("{account}/{called}")))
            })
    })
}

fn column(
    world: &World,
    question: &Question,
    principal: &Principal,
    (requests, alike): (&[MatrixRequest], &AlikeRequests),
) -> Result<MatrixColumn, WorldError> {
    let mut question = Question { principal: Arc::new(principal.clone()), ..question.clone() };
    let mut caller = question.caller(world);
    caller.index();
    let told_apart = alike.told_apart(&caller);
    let mut decided_before: Vec<Vec<(usize, Verdict)>> = vec![Vec::new(); alike.how_many_kinds];
    let mut verdicts = Vec::with_capacity(requests.len());
    for (request, kind) in requests.iter().zip(&alike.kinds) {
        let group = kind.map(|(action, kind)| (told_apart[action], kind));
        let known = group.and_then(|(group, kind)| {
            decided_before[kind].iter().find(|(decided, _)| *decided == group).map(|(_, verdict)| *verdict)
        });
        if let Some(verdict) = known {
            verdicts.push(verdict);
            continue;
        }
        question.action.clone_from(&request.action);
        question.resource.clone_from(&request.resource);
        let (verdict, is_of_all_alike) = decided(&question, &caller, world)?;
        if let Some((group, kind)) = group.filter(|_| is_of_all_alike) {
            decided_before[kind].push((group, verdict));
        }
        verdicts.push(verdict);
    }
    let account = principal.account().and_then(|id| Some(world.account(id)?.label()));
    Ok(MatrixColumn { principal: principal.clone(), name: name(principal), account, verdicts })
}

/// The requests that nothing but the statements of a caller may tell apart.
struct AlikeRequests {
    /// The actions that they are for.
    actions: ListedActions,
    /// For each request the numbers of its action and of its kind; `None` for those that are decided one by one.
    kinds: Vec<Option<(usize, usize)>>,
    how_many_kinds: usize,
}

impl AlikeRequests {
    fn of(world: &World, question: &Question, requests: &[MatrixRequest]) -> Self {
        let assumptions = &question.assumptions;
        let says_more = !assumptions.context.is_empty() || !assumptions.using.is_empty();
        let is_alone = says_more || !assumptions.without.is_empty() || requests.len() < MANY;
        let names_none = |request: &&MatrixRequest| request.resource.as_deref().is_none_or(|on| on == "*");
        let named = requests.iter().filter(names_none).filter(|_| !is_alone);
        let actions = ListedActions::named(named.map(|request| request.action.to_string()));
        let mut numbers: HashMap<(KindOfAction, bool), usize> = HashMap::new();
        let mut kind_of = |request: &MatrixRequest| {
            let request = Some(request).filter(names_none)?;
            let action = actions.number(&request.action)?;
            let kind = KindOfAction::of(&ActionName::parse(&request.action)?, world.catalog())?;
            let next = numbers.len();
            Some((action, *numbers.entry((kind, request.resource.is_some())).or_insert(next)))
        };
        let kinds = requests.iter().map(&mut kind_of).collect();
        Self { actions, kinds, how_many_kinds: numbers.len() }
    }

    /// For each action the number of a group that no policy of a caller tells apart.
    fn told_apart(&self, caller: &Caller) -> Vec<usize> {
        let policies = caller.levels().flat_map(|level| level.set.policies());
        self.actions.told_apart(policies.map(Arc::as_ref))
    }
}

/// The verdict of a question, and whether it is that of all requests that are alike.
fn decided(question: &Question, caller: &Caller, world: &World) -> Result<(Verdict, bool), WorldError> {
    let prepared = match question.assumptions.without.is_empty() {
        true => question.prepare_by(caller, world)?,
        false => question.prepare(world)?,
    };
    match plain_verdict(&prepared) {
        Some(verdict) => Ok((verdict, prepared.layers().all(is_of_caller))),
        None => Ok((ask(prepared).verdict(), false)),
    }
}

/// Whether the policies of a layer are the caller's, whatever is asked.
fn is_of_caller(layer: Layer) -> bool {
    matches!(
        layer,
        Layer::IdentityBased | Layer::PermissionsBoundary | Layer::Session | Layer::ServiceControl
    )
}
