//! Who may do something: every principal of the world is asked about, and whoever the policy of the resource names.

use super::in_shares::of_each;
use super::out_of_reach::{is_out_of_reach, within_reach};
use super::principals::{as_asked_by, holder, name, outsiders, principals};
use super::through_roles::{LastRole, RoleChain, chains};
use crate::explain::{Assumption, Because, Explanation, Verdict, Warning, When, when_briefly};
use crate::policy::Layer;
use crate::question::{Question, ask};
use crate::reason::{EVERYTHING, everything};
use crate::world::{GivenPolicies, Prepared, Principal, PrincipalKind, World, WorldError};

/// Who may do something.
#[derive(Clone, Debug)]
pub struct WhoCan {
    /// The action that was asked for.
    pub action: String,
    /// The resource that was asked for.
    pub resource: Option<String>,
    /// Those who may, and those who may under a condition.
    pub access: Vec<Access>,
    /// Those who may do it once they have assumed roles, where that was asked for.
    pub through_roles: Option<Vec<RoleChain>>,
    /// How many root users, users and roles of the world were asked about.
    pub asked: usize,
    /// What the answers rest on that is about no principal, one sentence each.
    pub assumed: Vec<String>,
    /// What is probably not meant: an action that the catalog does not have.
    pub warnings: Vec<Warning>,
}

/// One who may do it, always or under a condition.
#[derive(Clone, Debug)]
pub struct Access {
    /// Who; a session stands for its role, a user called `example-user` of another account for that account.
    pub principal: Principal,
    /// What people call it, within its account: `user bob`.
    pub name: String,
    /// The account: its id, and its name where it has one.
    pub account: Option<String>,
    /// `allowed` as it was asked, or `depends`.
    pub verdict: Verdict,
    /// By what, or under which condition.
    pub reason: String,
    /// The group through whose policy it is allowed.
    pub through_group: Option<String>,
    /// A context in which it is allowed, `KEY=VALUE` each, where it depends on one.
    pub with: Vec<String>,
    /// Whether the world does not have this principal.
    pub is_outside: bool,
}

impl WhoCan {
    /// Asks a question of everybody in place of its principal.
    ///
    /// # Errors
    /// Where the question cannot be asked at all, of whomever: an action that does not exist, a resource that is none.
    pub fn ask(world: &World, question: &Question) -> Result<Self, WorldError> {
        let anonymous = Principal::new(PrincipalKind::Anonymous);
        let first = as_asked_by(question, principals(world).next().unwrap_or(anonymous));
        let first = first.ask(world)?.explain();
        let everybody: Vec<Principal> = principals(world).collect();
        let mut access = of_everybody(world, question, &everybody)?;
        access.extend(of_outside(world, question)?);
        access.sort_by_key(|one| (one.verdict != Verdict::Allowed, one.is_outside));
        Ok(Self {
            action: question.action.to_string(),
            resource: question.resource.as_deref().map(str::to_owned),
            access,
            through_roles: None,
            asked: everybody.len(),
            assumed: first.assumptions.into_iter().filter_map(general).collect(),
            warnings: first.answer.warnings,
        })
    }

    /// The same with those who may do it once they have assumed roles.
    ///
    /// # Errors
    /// Where a role cannot be asked for.
    pub fn through_roles(mut self, world: &World, question: &Question) -> Result<Self, WorldError> {
        let is_role = |one: &&Access| matches!(one.principal.kind, PrincipalKind::RoleSession { .. });
        let roles = self.access.iter().filter(is_role).map(|one| LastRole {
            principal: one.principal.clone(),
            name: one.name.clone(),
            is_certain: one.verdict == Verdict::Allowed,
        });
        let mut chains = chains(world, &question.assumptions, &roles.collect::<Vec<_>>())?;
        let has = |one: &Access, chain: &RoleChain| {
            holder(&one.principal) == holder(&chain.principal)
                && (one.verdict == Verdict::Allowed || !chain.is_certain)
        };
        chains.retain(|chain| !self.access.iter().any(|one| has(one, chain)));
        self.through_roles = Some(chains);
        Ok(self)
    }

    /// How many may do it as it was asked.
    pub fn always(&self) -> usize {
        self.access.iter().filter(|one| one.verdict == Verdict::Allowed).count()
    }
}

/// Those of the world who may do it.
pub(super) fn of_everybody(
    world: &World,
    question: &Question,
    everybody: &[Principal],
) -> Result<Vec<Access>, WorldError> {
    let near = within_reach(world, question, everybody)?;
    of_each(&near, |one| of_principal(world, &as_asked_by(question, (*one).clone())))
}

/// Those whom the policy of the resource lets in and the world does not have.
pub(super) fn of_outside(world: &World, question: &Question) -> Result<Vec<Access>, WorldError> {
    let anonymous = as_asked_by(question, Principal::new(PrincipalKind::Anonymous));
    let others = outsiders(&anonymous.ask(world)?).into_iter();
    let of_each = others.map(|one| of_outsider(world, as_asked_by(question, one)));
    of_each.filter_map(Result::transpose).collect()
}

/// An assumption that is not about one principal.
fn general(one: Assumption) -> Option<String> {
    match &*one.about {
        "resource_account" => Some("the resource, which nobody declared, belongs to whoever asks".to_owned()),
        about => Some(one.sentence).filter(|_| !about.contains(':')),
    }
}

fn of_principal(world: &World, question: &Question) -> Result<Option<Access>, WorldError> {
    let found = access(question.prepare(world)?);
    let account = || Some(world.account(question.principal.account()?)?.label());
    Ok(found.map(|found| Access { account: account(), ..found }))
}

/// What principals of other accounts are allowed by those is not known: the answer is the one if it is everything.
fn of_outsider(world: &World, mut question: Question) -> Result<Option<Access>, WorldError> {
    let account = question.principal.account();
    if account.is_some() && !matches!(question.principal.kind, PrincipalKind::Root(_)) {
        let mut policies = GivenPolicies::clone(&question.assumptions.policies);
        policies.identity = Some(vec![everything()]);
        question.assumptions.policies = policies.into();
    }
    let found = access(question.prepare(world)?);
    Ok(found.map(|found| match account {
        Some(account) => Access {
            is_outside: true,
            account: Some(account.to_string()),
            verdict: Verdict::Depends,
            reason: format!("{}, if that account allows it, too: it is not in this world", found.reason),
            ..found
        },
        None => Access { is_outside: true, ..found },
    }))
}

/// What a request comes to; nothing where nobody could be allowed it by any key that is open.
pub(super) fn access(request: Prepared<'_>) -> Option<Access> {
    if is_out_of_reach(&request) {
        return None;
    }
    let asked = ask(request);
    let principal = asked.request.caller.principal.clone();
    let decided = asked.verdict();
    let is_open = asked.trace.hangs || asked.assumed().keys().any(|key| key.contains(':'));
    if !matches!(decided, Verdict::Allowed | Verdict::Depends) {
        (is_open && !is_out_of_reach(&asked.request)).then_some(())?;
    }
    let When { verdict, headline, allowed_with, explanation, .. } = when_briefly(asked);
    let (verdict, reason, with) = match (decided, verdict) {
        (Verdict::Allowed, Verdict::Depends) if allowed_with.is_some() => {
            (Verdict::Allowed, format!("{}; {}", granted(&explanation), condition(&headline)), Vec::new())
        }
        (Verdict::Allowed, _) => (Verdict::Allowed, granted(&explanation), Vec::new()),
        (_, Verdict::Depends) => {
            (Verdict::Depends, condition(&headline).to_owned(), allowed_with.unwrap_or_default())
        }
        _ => return None,
    };
    Some(Access {
        name: name(&principal),
        principal,
        account: None,
        verdict,
        reason,
        through_group: explanation.through_group,
        with,
        is_outside: false,
    })
}

/// By what it is allowed: of a principal of another account by the policy of the resource, for what its own allow is not
/// known.
pub(super) fn granted(explanation: &Explanation) -> String {
    let of_resource = |because: &&Because| because.at.is_some_and(|at| at.layer == Layer::ResourceBased);
    let by_taken = explanation.headline.contains(EVERYTHING);
    let by = explanation.answer.because.iter().find(of_resource).filter(|_| by_taken);
    match by.and_then(Because::name) {
        Some(name) => format!("{name} (resource-based)"),
        None => {
            explanation.headline.trim_start_matches("allowed by ").trim_start_matches("allowed: ").to_owned()
        }
    }
}

/// A condition without the word that stands before it in every row.
fn condition(headline: &str) -> &str {
    headline.strip_prefix("allowed ").unwrap_or(headline)
}
