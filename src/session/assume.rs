//! Sessions that are asked for: of roles, of the root user for a task, of federated users.

use std::borrow::Cow;
use std::sync::Arc;

use super::assumptions::Assumptions;
use super::failure::Failure;
use super::identity::{enter, nobody};
use super::outcome::Outcome;
use super::question::Question;
use super::state::Session;
use crate::explain::Verdict;
use crate::facts;
use crate::names::AccountId;
use crate::world::{
    ContextEntry, ContextValue, Credentials, NamedDocument, Principal, PrincipalKind, SessionDetails, Tags,
    WorldError,
};

/// A role to be assumed.
#[derive(Clone, Debug)]
pub struct AssumeRole {
    /// The session that begins.
    pub role: Principal,
    /// Its name.
    pub session: Box<str>,
    /// Whether with MFA.
    pub mfa: bool,
    /// Session policies.
    pub policies: Vec<NamedDocument>,
    /// Session tags.
    pub tags: Tags,
}

/// A root session for a task.
#[derive(Clone, Debug)]
pub struct AssumeRoot {
    /// The member account.
    pub account: AccountId,
    /// The task, by the name or ARN of its policy.
    pub task: Box<str>,
}

/// A federated user session.
#[derive(Clone, Debug)]
pub struct Federate {
    /// The name of the session.
    pub name: Box<str>,
    /// Session policies.
    pub policies: Vec<NamedDocument>,
}

/// Assumes a role, if that is allowed.
pub(super) fn assume(session: &mut Session, role: AssumeRole, now: i64) -> Result<Outcome, Failure> {
    let caller = session.signed_in.clone();
    let arn = role.role.role_arn().unwrap_or_default();
    if let Some(caller) = &caller {
        let context = assume_context(&role);
        authorize(session, caller, "sts:AssumeRole", &arn, context.clone(), now)?;
        if !role.tags.is_empty() {
            authorize(session, caller, "sts:TagSession", &arn, context, now)?;
        }
    }
    let has_mfa = |caller: &Principal| caller.credentials == Credentials::Console { mfa: true };
    let details = SessionDetails {
        policies: role.policies,
        tags: role.tags,
        source_identity: None,
        mfa: role.mfa || caller.as_ref().is_some_and(has_mfa),
        chained: caller
            .as_ref()
            .is_some_and(|caller| matches!(caller.kind, PrincipalKind::RoleSession { .. })),
    };
    let who = Principal { session: Some(Arc::new(details)), ..role.role };
    let outcome = enter(session, who);
    Ok(match caller {
        Some(_) => outcome,
        None => outcome.note("nobody was signed in, so nobody was asked whether the role may be assumed"),
    })
}

fn assume_context(role: &AssumeRole) -> Vec<ContextEntry<'static>> {
    let one = |key: String, value: &str| (Cow::Owned(key), ContextValue::One(Cow::Owned(value.to_owned())));
    let mut context = vec![one("sts:RoleSessionName".to_owned(), &role.session)];
    if role.mfa {
        context.push(one("aws:MultiFactorAuthPresent".to_owned(), "true"));
    }
    context.extend(role.tags.iter().map(|(key, value)| one(format!("aws:RequestTag/{key}"), value)));
    if !role.tags.is_empty() {
        let keys = role.tags.keys().map(|key| Cow::Owned(key.to_string())).collect();
        context.push((Cow::Borrowed("aws:TagKeys"), ContextValue::Many(keys)));
    }
    context
}

/// Asks the engine whether the caller may do what the command needs.
fn authorize(
    session: &mut Session,
    caller: &Principal,
    action: &str,
    resource: &str,
    context: Vec<ContextEntry<'static>>,
    now: i64,
) -> Result<(), Failure> {
    // E8: STS asks the caller's own account, also where the session will be one of a member account.
    let resource_account = caller.account().filter(|_| action == "sts:AssumeRoot");
    let question = Question {
        principal: caller.clone(),
        action: action.into(),
        resource: Some(resource.into()),
        assumptions: Assumptions { context, resource_account, ..Assumptions::default() },
        signed_in: false,
    };
    let explanation = session.answer(&question, now)?;
    match explanation.answer.decision {
        Verdict::Allowed => Ok(()),
        _ => Err(Failure::Denied {
            what: format!("{} may not call {action} on {resource}", caller.arn()),
            explanation,
        }),
    }
}

/// Begins a root session for a task (E8, E9).
pub(super) fn assume_root(session: &mut Session, root: AssumeRoot, now: i64) -> Result<Outcome, Failure> {
    let policy = facts::root_task_policy(&root.task).ok_or_else(|| {
        let known = facts::root_task_policies().iter().map(|policy| policy.name);
        let error = WorldError::new(
            "unknown-task",
            &*root.task,
            format!("`{}` is not a task of AssumeRoot", root.task),
        );
        error.suggest(known)
    })?;
    let caller =
        session.signed_in.clone().ok_or_else(|| nobody("nobody is signed in who could call AssumeRoot"))?;
    check_organization(session, &caller, root.account)?;
    let arn = format!("arn:aws:iam::{}:root", root.account);
    let task = (Cow::Borrowed("sts:TaskPolicyArn"), ContextValue::One(Cow::Borrowed(policy.arn)));
    authorize(session, &caller, "sts:AssumeRoot", &arn, vec![task], now)?;
    let kind = PrincipalKind::AssumedRoot { account: root.account, task: policy.arn.into() };
    let outcome = enter(session, Principal::new(kind));
    Ok(match features(session) {
        true => outcome,
        false => outcome
            .note("central root access was never switched on here; taken as on: `root-access sessions on`"),
    })
}

fn features(session: &Session) -> bool {
    session
        .world
        .organization()
        .is_some_and(|organization| organization.root_sessions || organization.root_credentials)
}

/// E8: the caller is of the management account or of IAM's delegated administrator, the target a member account.
fn check_organization(session: &Session, caller: &Principal, target: AccountId) -> Result<(), Failure> {
    let refuse = |about: &str, what: String| Err(Failure::from(WorldError::new("not-offered", about, what)));
    let Some(organization) = session.world.organization() else {
        return refuse("", "there is no organization, so there are no root sessions (E8)".to_owned());
    };
    if !organization.has(target) || target == organization.management {
        let what = format!("account `{target}` is not a member account of the organization (E8)");
        return refuse(target.as_str(), what);
    }
    let delegated = organization.delegated.iter().filter(|(service, _)| &**service == "iam.amazonaws.com");
    let from = caller.account();
    if from != Some(organization.management) && !delegated.map(|(_, id)| Some(*id)).any(|id| id == from) {
        let what = "AssumeRoot is called from the management account or IAM's delegated administrator (E8)";
        return refuse("", what.to_owned());
    }
    Ok(())
}

/// Begins a federated user session of the user who is signed in (D8, D10).
pub(super) fn federate(session: &mut Session, user: Federate, now: i64) -> Result<Outcome, Failure> {
    let issuer = session.signed_in.clone().ok_or_else(|| nobody("nobody is signed in who could federate"))?;
    let (PrincipalKind::User { account, .. } | PrincipalKind::Root(account)) = issuer.kind else {
        let what = "only an IAM user or the root user can call GetFederationToken";
        return Err(WorldError::new("not-offered", "", what).into());
    };
    let resource = format!("arn:aws:sts::{account}:federated-user/{}", user.name);
    authorize(session, &issuer, "sts:GetFederationToken", &resource, Vec::new(), now)?;
    let none = user.policies.is_empty();
    let kind = PrincipalKind::FederatedUser { account, name: user.name, issuer: Some(issuer.arn().into()) };
    let details = SessionDetails { policies: user.policies, ..SessionDetails::default() };
    let outcome = enter(session, Principal { session: Some(Arc::new(details)), ..Principal::new(kind) });
    Ok(match none {
        true => outcome.note("without a session policy a federated user has no permissions of its own (D10)"),
        false => outcome,
    })
}
