//! Who is signed in: a session begins, and what it may call is asked of the one engine.

use super::failure::Failure;
use super::need::Need;
use super::outcome::Outcome;
use super::state::Session;
use crate::explain::Verdict;
use crate::world::{Principal, WorldError};

/// Begins the session of a principal, and selects its account.
pub(crate) fn enter(session: &mut Session, who: Principal, now: i64) -> Outcome {
    let who = Principal { began: Some(session.world.settings().time.unwrap_or(now)), ..who };
    let account = who.account();
    let label = account.and_then(|id| session.world.account(id)).map(|account| account.label());
    let at = label.map(|label| format!(" in account {label}")).unwrap_or_default();
    let outcome = Outcome::said(format!("signed in as {}{at}", who.arn()));
    session.selected = account.or(session.selected);
    session.signed_in = Some(who);
    outcome
}

/// Asks the engine whether the one who is signed in may do what the command needs.
pub(crate) fn authorize(session: &mut Session, need: Need, now: i64) -> Result<(), Failure> {
    let Some(caller) = session.signed_in.clone() else { return Ok(()) };
    let what = format!("{} may not call {} on {}", caller.arn(), need.action, need.resource);
    let explanation = session.answer(&need.question(caller, now).into())?;
    match explanation.answer.decision {
        Verdict::Allowed => Ok(()),
        _ => Err(Failure::Denied { what, explanation }),
    }
}

/// E23: names of sessions are longer than one character and short, in the letters of names.
pub(crate) fn check_session_name(kind: &str, name: &str, most: usize) -> Result<(), WorldError> {
    let letter = |b: u8| b.is_ascii_alphanumeric() || b"_+=,.@-".contains(&b);
    if (2..=most).contains(&name.len()) && name.bytes().all(letter) {
        return Ok(());
    }
    let what = format!("`{name}` is not the name of a {kind} (E23)");
    Err(WorldError::new("bad-session-name", name, what)
        .help(format!("it has 2 to {most} characters: letters, digits and `_+=,.@-`")))
}

/// The refusal where somebody must be signed in.
pub(crate) fn nobody(what: &str) -> Failure {
    WorldError::new("nobody-signed-in", "", what)
        .help("sign in: `sign-in alice at acme` or `sign-in root owner@acme.example`")
        .into()
}
