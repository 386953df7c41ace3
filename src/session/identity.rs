//! Who asks: signing in and out of the console.

use super::failure::Failure;
use super::outcome::Outcome;
use super::state::Session;
use crate::world::{Account, Credentials, Principal, PrincipalKind, WorldError};

/// Someone who signs in.
#[derive(Clone, Debug)]
pub struct SignIn {
    /// The root user or an IAM user.
    pub who: Principal,
    /// Whether with MFA.
    pub mfa: bool,
}

/// Signs in to the console.
pub(super) fn sign_in(session: &mut Session, sign_in: SignIn, now: i64) -> Outcome {
    let SignIn { mut who, mfa } = sign_in;
    who.credentials = Credentials::Console { mfa };
    let is_root = who.is_root();
    let outcome = enter(session, who, now);
    match is_root && !mfa {
        true => outcome.note(
            "the root user signed in without MFA; AWS requires MFA for root users, and advises it everywhere",
        ),
        false => outcome,
    }
}

/// Begins the session of a principal, and selects its account.
pub(super) fn enter(session: &mut Session, who: Principal, now: i64) -> Outcome {
    let who = Principal { began: Some(session.world.settings().time.unwrap_or(now)), ..who };
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
    let mut fields = vec![("arn", who.arn()), ("kind", kind(who).to_owned())];
    if let Some(account) = account {
        fields.push(("account", account.label()));
        fields.extend(account.alias.as_ref().map(|alias| ("alias", alias.to_string())));
    }
    fields.push(("mfa", mfa(who).to_owned()));
    if let PrincipalKind::AssumedRoot { task, .. } = &who.kind {
        fields.push(("task", task.to_string()));
    }
    Ok(Outcome::of(super::outcome::Part::Fields(fields)))
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
    match who.kind {
        PrincipalKind::RoleSession { .. } | PrincipalKind::FederatedUser { .. } => {
            "no; MFA does not travel into a role or federated session"
        }
        _ if who.has_mfa() => "yes",
        _ => "no",
    }
}

/// The refusal where somebody must be signed in.
pub(super) fn nobody(what: &str) -> Failure {
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
