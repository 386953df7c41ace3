//! Sessions that are asked for: of roles, of the root user for a task, of federated users.

use std::sync::Arc;

use super::failure::Failure;
use super::identity::{enter, nobody};
use super::need::Need;
use super::outcome::Outcome;
use super::state::Session;
use crate::explain::Verdict;
use crate::facts;
use crate::names::AccountId;
use crate::question::{Assumptions, Question};
use crate::world::{NamedDocument, Principal, PrincipalKind, SessionDetails, Tags, WorldError};

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
    /// The keys of the session tags that go on into further sessions.
    pub transitive: Vec<Box<str>>,
    /// The external id.
    pub external_id: Option<Box<str>>,
    /// The source identity.
    pub source_identity: Option<Box<str>>,
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
    /// Session tags.
    pub tags: Tags,
}

/// Assumes a role, if that is allowed.
pub(super) fn assume(session: &mut Session, role: AssumeRole, now: i64) -> Result<Outcome, Failure> {
    check_session_name("role session", &role.session, 64)?;
    let caller = session.signed_in.clone();
    for need in caller.iter().flat_map(|_| role_needs(&role)) {
        authorize(session, need, now)?;
    }
    let outcome = begin_role(session, role, now)?;
    Ok(match caller {
        Some(_) => outcome,
        None => outcome.note("nobody was signed in, so nobody was asked whether the role may be assumed"),
    })
}

/// Begins a session of a role that may be assumed.
pub(super) fn begin_role(session: &mut Session, role: AssumeRole, now: i64) -> Result<Outcome, Failure> {
    check_session_name("role session", &role.session, 64)?;
    let caller = session.signed_in.as_ref();
    let is_role = |caller: &Principal| matches!(caller.kind, PrincipalKind::RoleSession { .. });
    let before = caller.and_then(|caller| caller.session.as_deref());
    let (tags, transitive) = chained_tags(before, role.tags, role.transitive);
    let details = SessionDetails {
        policies: role.policies,
        tags,
        transitive,
        source_identity: role.source_identity.or_else(|| before?.source_identity.clone()),
        mfa: role.mfa || caller.is_some_and(Principal::has_mfa),
        chained: caller.is_some_and(is_role),
    };
    Ok(enter(session, Principal { session: Some(Arc::new(details)), ..role.role }, now))
}

/// Transitive session tags survive chaining (C.1), and a further session cannot change them.
fn chained_tags(
    before: Option<&SessionDetails>,
    mut tags: Tags,
    mut transitive: Vec<Box<str>>,
) -> (Tags, Vec<Box<str>>) {
    let goes_on = |details: &SessionDetails, key: &str| {
        details.transitive.iter().any(|known| known.eq_ignore_ascii_case(key))
    };
    if let Some(details) = before {
        for (key, value) in details.tags.iter().filter(|(key, _)| goes_on(details, key)) {
            tags.retain(|known, _| !known.eq_ignore_ascii_case(key));
            tags.insert(key.clone(), value.clone());
        }
        transitive.extend(details.transitive.iter().cloned());
    }
    (tags, transitive)
}

/// E23: names of sessions are longer than one character and short, in the letters of names.
pub(super) fn check_session_name(kind: &str, name: &str, most: usize) -> Result<(), WorldError> {
    let letter = |b: u8| b.is_ascii_alphanumeric() || b"_+=,.@-".contains(&b);
    if (2..=most).contains(&name.len()) && name.bytes().all(letter) {
        return Ok(());
    }
    let what = format!("`{name}` is not the name of a {kind} (E23)");
    Err(WorldError::new("bad-session-name", name, what)
        .help(format!("it has 2 to {most} characters: letters, digits and `_+=,.@-`")))
}

/// What assuming a role needs: the role, session tags and source identity are permissions of their own (A40, D21).
pub(super) fn role_needs(role: &AssumeRole) -> Vec<Need> {
    let arn = role.role.role_arn().unwrap_or_default();
    let mfa = |value: &'static str| role.mfa.then_some(value);
    let need = |action: &str| {
        Need::new(action, &*arn)
            .with("sts:RoleSessionName", &*role.session)
            .with_some("aws:MultiFactorAuthPresent", mfa("true"))
            .with_some("aws:MultiFactorAuthAge", mfa("0"))
            .with_some("sts:ExternalId", role.external_id.as_deref())
            .with_some("sts:SourceIdentity", role.source_identity.as_deref())
            .with_tags(&role.tags)
            .with_all("sts:TransitiveTagKeys", role.transitive.iter().map(|key| key.to_string()))
    };
    let tagged = (!role.tags.is_empty()).then(|| need("sts:TagSession"));
    let named = role.source_identity.is_some().then(|| need("sts:SetSourceIdentity"));
    [need("sts:AssumeRole")].into_iter().chain(tagged).chain(named).collect()
}

/// Asks the engine whether the one who is signed in may do what the command needs.
fn authorize(session: &mut Session, need: Need, now: i64) -> Result<(), Failure> {
    let Some(caller) = session.signed_in.clone() else { return Ok(()) };
    let Need { action, resource, context, owner: resource_account } = need;
    let what = format!("{} may not call {action} on {resource}", caller.arn());
    let assumptions = Assumptions { context, resource_account, now, ..Assumptions::default() };
    let question = Question::new(caller, action).on(resource).assuming(assumptions);
    let explanation = session.answer(&question.into())?;
    match explanation.answer.decision {
        Verdict::Allowed => Ok(()),
        _ => Err(Failure::Denied { what, explanation }),
    }
}

/// Begins a root session for a task, if that is allowed (E8, E9).
pub(super) fn assume_root(session: &mut Session, root: AssumeRoot, now: i64) -> Result<Outcome, Failure> {
    let need = root_need(&root)?;
    let caller =
        session.signed_in.clone().ok_or_else(|| nobody("nobody is signed in who could call AssumeRoot"))?;
    check_organization(session, &caller, root.account)?;
    authorize(session, need, now)?;
    begin_root(session, &root, now)
}

/// What a root session for a task needs.
pub(super) fn root_need(root: &AssumeRoot) -> Result<Need, Failure> {
    let arn = format!("arn:aws:iam::{}:root", root.account);
    Ok(Need::new("sts:AssumeRoot", arn).with("sts:TaskPolicyArn", task_policy(root)?.arn))
}

fn task_policy(root: &AssumeRoot) -> Result<&'static facts::ManagedPolicyFacts, Failure> {
    facts::root_task_policy(&root.task).ok_or_else(|| {
        let known = facts::root_task_policies().iter().map(|policy| policy.name);
        let what = format!("`{}` is not a task of AssumeRoot", root.task);
        WorldError::new("unknown-task", &*root.task, what).suggest(known).into()
    })
}

/// Begins a root session that is allowed.
pub(super) fn begin_root(session: &mut Session, root: &AssumeRoot, now: i64) -> Result<Outcome, Failure> {
    if let Some(caller) = session.signed_in.clone() {
        check_organization(session, &caller, root.account)?;
    }
    let task = task_policy(root)?.arn;
    let kind = PrincipalKind::AssumedRoot { account: root.account, task: task.into() };
    let outcome = enter(session, Principal::new(kind), now);
    Ok(match session.world.organization().map(|organization| organization.root_feature(task)) {
        Some((feature, None)) => outcome.note(format!(
            "central root access was never switched on here; taken as on: `root-access {feature} on`"
        )),
        _ => outcome,
    })
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

/// Begins a federated user session of the user who is signed in, if that is allowed (D8, D10).
pub(super) fn federate(session: &mut Session, user: Federate, now: i64) -> Result<Outcome, Failure> {
    check_session_name("federated user", &user.name, 32)?;
    let caller = session.signed_in.clone().ok_or_else(|| nobody("nobody is signed in who could federate"))?;
    for need in federation_needs(&caller, &user)? {
        authorize(session, need, now)?;
    }
    begin_federation(session, user, now)
}

/// What a federated user session needs.
pub(super) fn federation_needs(caller: &Principal, user: &Federate) -> Result<Vec<Need>, Failure> {
    let account = caller.account().map_or_else(|| issuing_account(caller), Ok)?;
    let resource = format!("arn:aws:sts::{account}:federated-user/{}", user.name);
    let need = |action: &str| Need::new(action, &*resource).with_tags(&user.tags);
    let tagged = (!user.tags.is_empty()).then(|| need("sts:TagSession"));
    Ok([need("sts:GetFederationToken")].into_iter().chain(tagged).collect())
}

/// The account of the user who asks for a federated session.
fn issuing_account(issuer: &Principal) -> Result<AccountId, Failure> {
    match issuer.kind {
        PrincipalKind::User { account, .. } | PrincipalKind::Root(account) => Ok(account),
        _ => {
            let what = "only an IAM user or the root user can call GetFederationToken";
            Err(WorldError::new("not-offered", "", what).into())
        }
    }
}

/// Begins a federated user session that is allowed.
pub(super) fn begin_federation(session: &mut Session, user: Federate, now: i64) -> Result<Outcome, Failure> {
    check_session_name("federated user", &user.name, 32)?;
    let issuer = session.signed_in.clone().ok_or_else(|| nobody("nobody is signed in who could federate"))?;
    let account = issuing_account(&issuer)?;
    let none = user.policies.is_empty();
    let kind = PrincipalKind::FederatedUser { account, name: user.name, issuer: Some(issuer.arn().into()) };
    let details = SessionDetails { policies: user.policies, tags: user.tags, ..SessionDetails::default() };
    let outcome = enter(session, Principal { session: Some(Arc::new(details)), ..Principal::new(kind) }, now);
    Ok(match none {
        true => outcome.note("without a session policy a federated user has no permissions of its own (D10)"),
        false => outcome,
    })
}
