//! Who a statement names (D.1, D.8).

use crate::compile::{
    CompiledPolicy, CompiledStatement, Element, PrincipalPattern, PrincipalPatternKind as Kind,
};
use crate::names::AccountId;
use crate::policy::{Effect, Layer};
use crate::trace::{Matched, Mismatch, Strengths};
use crate::world::{Caller, Level, Prepared, PrincipalKind};

/// A policy of a level, by its number there.
pub(super) type PolicyAt<'r> = (&'r Level, u32);

/// Whether a statement names the principal, with which value, and how strongly.
pub(super) fn named(
    request: &Prepared<'_>,
    layer: Layer,
    at: PolicyAt<'_>,
    policy: &CompiledPolicy,
    statement: &CompiledStatement,
) -> Result<Matched, Mismatch> {
    let patterns = policy.principals(statement);
    let strength = |pattern: &PrincipalPattern| strength(request, layer, at, policy, pattern);
    match statement.principal_element {
        Element::Absent => Err(Mismatch::NoPrincipal), // A18
        Element::Plain => plain(patterns, strength),
        Element::Negated => {
            let listed = patterns.iter().map(strength).fold(Strengths::NONE, Strengths::or);
            match spares(request, statement.effect, listed) {
                true => Err(Mismatch::NotPrincipal),
                false => Ok(Matched { strengths: Strengths::ANY, ..Matched::default() }),
            }
        }
    }
}

fn plain(
    patterns: &[PrincipalPattern],
    strength: impl Fn(&PrincipalPattern) -> Strengths,
) -> Result<Matched, Mismatch> {
    let mut found = Matched::default();
    for (i, pattern) in patterns.iter().enumerate() {
        let strength = strength(pattern);
        if !strength.is_empty() && found.principal.is_none() {
            found.principal = Some(i as u32);
        }
        found.strengths = found.strengths.or(strength);
    }
    if found.principal.is_some() { Ok(found) } else { Err(Mismatch::Principal) }
}

/// Whether `NotPrincipal` leaves the principal out, given how it is listed.
fn spares(request: &Prepared<'_>, effect: Effect, listed: Strengths) -> bool {
    if listed.has(Strengths::ANY) {
        return true; // A34
    }
    let kind = &request.caller.principal.kind;
    if effect == Effect::Allow || !request.settings().not_principal_strict {
        return !listed.is_empty();
    }
    let bounded = request.caller.has_boundary
        && matches!(kind, PrincipalKind::User { .. } | PrincipalKind::RoleSession { .. });
    // D28; D26: every member of the chain has to be listed; D27: the account alone spares root alone.
    !bounded && chain(kind).is_some_and(|chain| chain.iter().all(|member| listed.has(*member)))
}

/// The members of a principal's chain (D26).
fn chain(kind: &PrincipalKind) -> Option<&'static [Strengths]> {
    match kind {
        PrincipalKind::Root(_) | PrincipalKind::AssumedRoot { .. } => Some(&[Strengths::ROOT]),
        PrincipalKind::User { .. } => Some(&[Strengths::ACCOUNT, Strengths::USER]),
        PrincipalKind::RoleSession { .. } => {
            Some(&[Strengths::ACCOUNT, Strengths::PARENT, Strengths::SESSION])
        }
        PrincipalKind::FederatedUser { .. } => Some(&[Strengths::ACCOUNT, Strengths::SESSION]),
        PrincipalKind::Service(_) | PrincipalKind::OriginAccessIdentity(_) => Some(&[Strengths::SERVICE]),
        PrincipalKind::IdentityProvider(_) => Some(&[Strengths::PROVIDER]),
        PrincipalKind::Anonymous => None,
    }
}

/// How one value names the principal (D.1).
fn strength(
    request: &Prepared<'_>,
    layer: Layer,
    at: PolicyAt<'_>,
    policy: &CompiledPolicy,
    pattern: &PrincipalPattern,
) -> Strengths {
    let caller = &request.caller;
    let text = pattern.text(policy);
    let principal = &caller.principal.kind;
    let when = |holds: bool, strength| if holds { strength } else { Strengths::NONE };
    match pattern.kind {
        Kind::Everyone => Strengths::ANY, // D3: services included
        Kind::Account(account) => by_account(request, layer, account),
        Kind::User => match principal {
            PrincipalKind::User { .. } => {
                when(*caller.arn == *text && same_id(at, caller, text), Strengths::USER)
            }
            PrincipalKind::FederatedUser { .. } => when(is_parent(caller, text), Strengths::PARENT),
            _ => Strengths::NONE,
        },
        Kind::Role => when(is_parent(caller, text) && same_id(at, caller, text), Strengths::PARENT),
        Kind::RoleSession | Kind::FederatedUser => when(*caller.arn == *text, Strengths::SESSION),
        Kind::UniqueId => match principal {
            PrincipalKind::User { .. } => when(has_id(caller, text), Strengths::USER),
            _ => when(has_id(caller, text), Strengths::PARENT),
        },
        Kind::OriginAccessIdentity => when(
            matches!(principal, PrincipalKind::OriginAccessIdentity(arn) if **arn == *text),
            Strengths::SERVICE,
        ),
        Kind::Service => {
            when(matches!(principal, PrincipalKind::Service(name) if **name == *text), Strengths::SERVICE)
        }
        Kind::Federated => when(
            matches!(principal, PrincipalKind::IdentityProvider(name) if **name == *text),
            Strengths::PROVIDER,
        ),
        Kind::CanonicalUser | Kind::Nobody => Strengths::NONE,
    }
}

/// A22; A56: at a gateway endpoint an account means its root user alone.
fn by_account(request: &Prepared<'_>, layer: Layer, account: AccountId) -> Strengths {
    let gateway =
        layer == Layer::VpcEndpoint && (request.action.is_of("s3") || request.action.is_of("dynamodb"));
    match request.caller.account {
        Some(own) if own != account => Strengths::NONE,
        None => Strengths::NONE,
        Some(_) if request.caller.principal.is_root() => Strengths::ROOT,
        Some(_) if gateway => Strengths::NONE,
        Some(_) => Strengths::ACCOUNT,
    }
}

fn is_parent(caller: &Caller, text: &str) -> bool {
    caller.parent_arn.as_deref() == Some(text)
}

fn has_id(caller: &Caller, text: &str) -> bool {
    caller.unique_id.as_deref() == Some(text)
}

/// A31: an ARN means the user or role that had it when the policy was saved.
fn same_id((level, policy): PolicyAt<'_>, caller: &Caller, arn: &str) -> bool {
    let saved = level.ids(policy).iter().find(|(saved, _)| **saved == *arn);
    saved.is_none_or(|(_, id)| caller.unique_id.as_deref() == Some(id))
}
