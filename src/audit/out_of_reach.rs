//! Requests that no context makes allowed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::in_shares::of_each;
use super::principals::as_asked_by;
use crate::compile::{Element, PrincipalPattern, PrincipalPatternKind};
use crate::eval::{could_be_allowed, covers_resource, named};
use crate::facts;
use crate::names::{AccountId, Arn};
use crate::policy::Layer;
use crate::question::Question;
use crate::reason::everything;
use crate::trace::StatementView;
use crate::world::{Prepared, Principal, PrincipalKind, World, WorldError};

/// Whether policies allow a request under no context: an Allow of the action on the resource is missing where one is needed,
/// and nothing decides but policies that are known. So it is with most principals of an organization, and looking for a
/// context costs a hundred times what this does.
pub(super) fn is_out_of_reach(request: &Prepared<'_>) -> bool {
    let names =
        |view: &StatementView<'_>| view.at.layer != Layer::ResourceBased || named(request, view.at).is_some();
    !may_hang(request) && !could_be_allowed(request, |view| covers(request, &view) && names(&view))
}

/// Whether it is so of everybody of the caller's account, whomever the policy of the resource names of it.
fn is_out_of_reach_of_account(request: &Prepared<'_>) -> bool {
    let names = |view: &StatementView<'_>| {
        view.at.layer != Layer::ResourceBased || may_name(view, request.caller.account)
    };
    !may_hang(request) && !could_be_allowed(request, |view| covers(request, &view) && names(&view))
}

/// Whether a statement may name somebody of an account.
fn may_name(view: &StatementView<'_>, account: Option<AccountId>) -> bool {
    use PrincipalPatternKind as Kind;
    let is_of = |pattern: &PrincipalPattern| match pattern.kind {
        Kind::Account(named) => Some(named) == account,
        Kind::User | Kind::Role | Kind::RoleSession | Kind::FederatedUser => {
            Arn::parse(pattern.text(view.policy)).is_none_or(|arn| arn.account_id() == account)
        }
        Kind::Everyone | Kind::UniqueId => true,
        _ => false,
    };
    view.statement.principal_element != Element::Plain
        || view.policy.principals(view.statement).iter().any(is_of)
}

fn covers(request: &Prepared<'_>, view: &StatementView<'_>) -> bool {
    view.policy.has_variables() || covers_resource(request, view.at)
}

/// Whether it is so of the action on every resource that has no policy, where the request names none.
pub(super) fn is_out_of_reach_anywhere(request: &Prepared<'_>) -> bool {
    !may_hang(request) && !could_be_allowed(request, |_| true)
}

fn may_hang(request: &Prepared<'_>) -> bool {
    let settings = request.settings();
    request.caller.is_stranger
        || request.unknown_policy().is_some()
        || request.request.resource_is_unread
        || settings.strict
        || settings.strict_context
        || hangs_on_other_policies(request)
        || may_need_no_permission(request)
        || may_be_root_only(request)
}

/// Whether it hangs on keys which policy of an endpoint (D12) or of a network decides.
fn hangs_on_other_policies(request: &Prepared<'_>) -> bool {
    request.endpoint.is_some() || request.action.is_of("vpc-lattice-svcs")
}

/// Whether only root may do it, of which for some days nobody knows (E.4). All other gates refuse, or need no permission.
fn may_be_root_only(request: &Prepared<'_>) -> bool {
    let action = request.action.text();
    facts::by_real_action(action).next().is_some() || facts::alternative(action).is_some()
}

/// Whether it may be allowed without an Allow, if no policy denies it (D29, D46, E.4, I6).
fn may_need_no_permission(request: &Prepared<'_>) -> bool {
    let (service, name) = (request.action.service(), request.action.name());
    request.task.is_some()
        || facts::needs_no_permission(service, name).is_some()
        || facts::is_own_password_action(service, name)
        || facts::is_open_without_policy(service, name)
}

/// Those of many principals whom policies of their own may bring within reach of a request. Nobody is, of an account and a
/// kind, where one is not to whom all own policies allow everything: of most accounts of an organization three are asked.
pub(super) fn within_reach<'p>(
    world: &World,
    question: &Question,
    everybody: &'p [Principal],
) -> Result<Vec<&'p Principal>, WorldError> {
    let mut first: BTreeMap<KindOfAccount, &Principal> = BTreeMap::new();
    for one in everybody {
        kind_of_account(one).map(|kind| first.entry(kind).or_insert(one));
    }
    let first: Vec<_> = first.into_iter().filter(|_| question.assumptions.without.is_empty()).collect();
    let question = with_all_policies(question.clone());
    let out = of_each(&first, |(kind, one)| {
        let question = as_asked_by(&question, (*one).clone());
        Ok(is_out_of_reach_of_account(&question.prepare(world)?).then_some(*kind))
    })?;
    let out: BTreeSet<KindOfAccount> = out.into_iter().collect();
    Ok(everybody.iter().filter(|one| kind_of_account(one).is_none_or(|kind| !out.contains(&kind))).collect())
}

/// An account, and whether its root user, its users or its roles are meant.
type KindOfAccount = (AccountId, u8);

fn kind_of_account(principal: &Principal) -> Option<KindOfAccount> {
    let kind = match &principal.kind {
        PrincipalKind::Root(_) => 0,
        PrincipalKind::User { .. } => 1,
        PrincipalKind::RoleSession { .. } => 2,
        _ => return None,
    };
    Some((principal.account()?, kind))
}

/// Asked by somebody whose own policies, and all that limit them, allow everything.
fn with_all_policies(mut question: Question) -> Question {
    let given = Arc::make_mut(&mut question.assumptions.policies);
    let all = everything();
    given.identity = Some(vec![all.clone()]);
    given.permissions_boundary = Some(vec![all.clone()]);
    given.scp = Some(vec![vec![all]]);
    question
}
