//! Sessions of roles: what they need, and how they begin.

use std::sync::Arc;

use super::failure::Failure;
use super::need::Need;
use super::outcome::Outcome;
use super::signed_in::{check_session_name, enter};
use super::state::Session;
use crate::world::{NamedDocument, Principal, PrincipalKind, SessionDetails, Tags};

#[derive(Clone, Debug)]
pub(crate) struct AssumeRole {
    pub(crate) role: Principal,
    pub(crate) session: Box<str>,
    pub(crate) mfa: bool,
    pub(crate) policies: Vec<NamedDocument>,
    pub(crate) tags: Tags,
    /// The keys of the session tags that go on into further sessions.
    pub(crate) transitive: Vec<Box<str>>,
    pub(crate) external_id: Option<Box<str>>,
    pub(crate) source_identity: Option<Box<str>>,
}

pub(crate) fn begin_role(session: &mut Session, role: AssumeRole, now: i64) -> Result<Outcome, Failure> {
    check_session_name("role session", &role.session, 64)?;
    let principal = session_of(session.signed_in.as_ref(), role);
    Ok(enter(session, principal, now))
}

/// The session of a role that somebody has assumed.
pub(super) fn session_of(caller: Option<&Principal>, role: AssumeRole) -> Principal {
    let is_role = |caller: &Principal| matches!(caller.kind, PrincipalKind::RoleSession { .. });
    let before = caller.and_then(|caller| caller.session.as_deref());
    let (tags, transitive) = chained_tags(before, role.tags, role.transitive);
    let details = SessionDetails {
        policies: role.policies,
        scopes: Vec::new(),
        tags,
        transitive,
        source_identity: role.source_identity.or_else(|| before?.source_identity.clone()),
        mfa: role.mfa || caller.is_some_and(Principal::has_mfa),
        chained: caller.is_some_and(is_role),
    };
    Principal { session: Some(Arc::new(details)), ..role.role }
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

/// What assuming a role needs: the role, session tags and source identity are permissions of their own (A40, D21).
pub(crate) fn role_needs(role: &AssumeRole) -> Vec<Need> {
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
