//! Sessions whose credentials are scoped down: the caller stays who it is, and may do less (I22).

use std::sync::Arc;

use super::failure::Failure;
use super::need::Need;
use super::outcome::Outcome;
use super::signed_in::{enter, nobody};
use super::state::Session;
use crate::world::{NamedDocument, Principal, WorldError};

/// How many scope-down policies a session can have, one behind the other (the API model of STS).
const MOST: usize = 3;

/// How long a scope-down policy can be, in characters.
const MOST_CHARACTERS: usize = 2048;

/// What a scope-down policy is called in answers.
pub(crate) const SCOPE: &str = "scope-down-policy";

pub(crate) fn scope_need() -> Need {
    Need::new("sts:GetScopedCredentials", "*")
}

/// Scopes the session of who is signed in down to a policy; without one only its time is limited.
pub(crate) fn begin_scope(
    session: &mut Session,
    policy: Option<NamedDocument>,
    now: i64,
) -> Result<Outcome, Failure> {
    let caller = session.signed_in.clone();
    let caller =
        caller.ok_or_else(|| nobody("nobody is signed in whose credentials could be scoped down"))?;
    let mut details = caller.session.as_deref().cloned().unwrap_or_default();
    if let Some(policy) = policy {
        check(&policy, details.scopes.len())?;
        details.scopes.push(policy);
    }
    Ok(enter(session, Principal { session: Some(Arc::new(details)), ..caller }, now))
}

fn check(policy: &NamedDocument, others: usize) -> Result<(), WorldError> {
    if others >= MOST {
        let what = format!("a session is scoped down {MOST} times at most");
        return Err(WorldError::new("too-many-scopes", "", what));
    }
    let length = policy.document.text().map_or(0, |text| text.chars().count());
    if length > MOST_CHARACTERS {
        let what =
            format!("a scope-down policy has {MOST_CHARACTERS} characters at most, this one has {length}");
        return Err(WorldError::new("scope-too-long", "", what));
    }
    Ok(())
}
