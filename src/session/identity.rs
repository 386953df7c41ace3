//! Who asks: signing in and out, assuming roles, sessions of the root user and of federated users.

use std::borrow::Cow;
use std::sync::Arc;

use super::failure::Failure;
use super::outcome::Outcome;
use super::question::{Assumptions, Question};
use super::state::Session;
use crate::explain::Verdict;
use crate::facts;
use crate::names::AccountId;
use crate::world::{
    Account, ContextEntry, ContextValue, Credentials, NamedDocument, Principal, PrincipalKind,
    SessionDetails, Tags, WorldError,
};

/// Someone who signs in.
#[derive(Clone, Debug)]
pub struct SignIn {
    /// The root user or an IAM user.
    pub who: Principal,
    /// Whether with MFA.
    pub mfa: bool,
}

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

/// Signs in to the console.
pub(super) fn sign_in(session: &mut Session, sign_in: SignIn) -> Outcome {
    let SignIn { mut who, mfa } = sign_in;
    who.credentials = Credentials::Console { mfa };
    let is_root = who.is_root();
    let outcome = enter(session, who);
    match is_root && !mfa {
        true => outcome.note(
            "the root user signed in without MFA; AWS requires MFA for root users, and advises it everywhere",
        ),
        false => outcome,
    }
}

/// Signs a principal in and selects its account.
fn enter(session: &mut Session, who: Principal) -> Outcome {
    let account = who.account();
    let label = account.and_then(|id| session.world.account(id)).map(|account| account.label());
    let at = label.map(|label| format!(" in account {label}")).unwrap_or_default();
    let outcome = Outcome::said(format!("signed in as {}{at}", who.arn()));
    session.selected = account.or(session.selected);
    session.signed_in = Some(who);
    outcome
}

/// Signs out.
pub(super) fn sign_out(session: &mut Session) -> Result<Outcome, Failure> {
    match session.signed_in.take() {
        Some(who) => Ok(Outcome::said(format!("signed out {}", who.arn()))),
        None => Err(nobody("nobody is signed in")),
    }
}

/// Says who is signed in.
pub(super) fn who_am_i(session: &Session) -> Result<Outcome, Failure> {
    let Some(who) = &session.signed_in else { return Err(nobody("nobody is signed in")) };
    let account = who.account().and_then(|id| session.world.account(id));
    let mut lines = vec![format!("arn      {}", who.arn()), format!("kind     {}", kind(who))];
    if let Some(account) = account {
        lines.push(format!("account  {}", account.label()));
        lines.extend(account.alias.as_ref().map(|alias| format!("alias    {alias}")));
    }
    lines.push(format!("mfa      {}", mfa(who)));
    if let PrincipalKind::AssumedRoot { task, .. } = &who.kind {
        lines.push(format!("task     {task}"));
    }
    Ok(Outcome::of(super::outcome::Part::Text(lines.join("\n"))))
}

/// The kind of a principal in words.
pub(super) fn kind(who: &Principal) -> &'static str {
    match &who.kind {
        PrincipalKind::Root(_) => "root user",
        PrincipalKind::AssumedRoot { .. } => "root session for one task (AssumeRoot)",
        PrincipalKind::User { .. } => "IAM user",
        PrincipalKind::RoleSession { .. } => "role session",
        PrincipalKind::FederatedUser { .. } => "federated user session",
        PrincipalKind::Service(_) => "AWS service",
        PrincipalKind::IdentityProvider(_) => "identity provider",
        PrincipalKind::OriginAccessIdentity(_) => "CloudFront origin access identity",
        PrincipalKind::Anonymous => "anonymous caller",
    }
}

fn mfa(who: &Principal) -> &'static str {
    match (&who.kind, who.credentials) {
        (PrincipalKind::RoleSession { .. } | PrincipalKind::FederatedUser { .. }, _) => {
            "no; MFA does not travel into a role or federated session"
        }
        (PrincipalKind::AssumedRoot { .. }, _) => "no",
        (_, Credentials::Console { mfa: true } | Credentials::SessionToken { mfa: true }) => "yes",
        _ => "no",
    }
}

fn nobody(what: &str) -> Failure {
    WorldError::new("nobody-signed-in", "", what)
        .help("sign in: `sign-in alice at acme` or `sign-in root owner@acme.example`")
        .into()
}

/// Opens the sign-in page of an account.
pub(super) fn open(session: &mut Session, url: &str) -> Result<Outcome, Failure> {
    let word = account_of_url(url).ok_or_else(|| {
        WorldError::new("bad-url", url, format!("`{url}` is not the sign-in page of an account"))
            .help("it is `https://ALIAS.signin.aws.amazon.com/console`, with the account id or its alias")
    })?;
    let Some(account) = session.world.find_account(word) else {
        let what = format!("404: no account has the id or alias `{word}` (E19)");
        let known = session.world.accounts().filter_map(|account| account.alias.as_deref());
        return Err(WorldError::new("not-found", word, what).suggest(known).into());
    };
    let shown = account.alias.as_deref().unwrap_or(account.id.as_str());
    let next = format!("sign-in page of account {}: the account field says `{shown}`", account.label());
    let help = format!(
        "IAM users sign in here: `sign-in NAME at {shown}`; the root user by e-mail: {}",
        by_email(account)
    );
    session.selected = Some(account.id);
    Ok(Outcome::said(next).note(help))
}

fn by_email(account: &Account) -> String {
    match account.root.email.is_empty() {
        true => "`sign-in root EMAIL`".to_owned(),
        false => format!("`sign-in root {}`", account.root.email),
    }
}

/// The account id or alias in a URL.
fn account_of_url(url: &str) -> Option<&str> {
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")).unwrap_or(url);
    let (host, path) = host.split_once('/').unwrap_or((host, ""));
    let path = path.trim_end_matches('/');
    let account = host.strip_suffix(".signin.aws.amazon.com")?;
    (!account.is_empty() && !account.contains('.') && matches!(path, "" | "console")).then_some(account)
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
