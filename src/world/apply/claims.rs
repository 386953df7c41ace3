//! What AWS asks of trust policies for identity providers that everybody shares (D49).

use crate::compile::{CompiledPolicy, CompiledStatement, PrincipalPatternKind};
use crate::policy::Effect;
use crate::world::document::Document;
use crate::world::error::WorldError;

/// A shared provider and the claims of which a condition must test one.
const SHARED: [(&str, &[&str]); 2] = [
    ("token.actions.githubusercontent.com", &["sub", "job_workflow_ref"]),
    ("cognito-identity.amazonaws.com", &["aud"]),
];

/// Refuses a trust policy that would let in everybody who uses the same provider.
pub(super) fn check_claims(role: &str, trust: &Document) -> Result<(), WorldError> {
    let Some(policy) = trust.compiled() else { return Ok(()) };
    let allows = policy.statements().iter().filter(|statement| statement.effect == Effect::Allow);
    for statement in allows {
        for (provider, claims) in SHARED.iter().filter(|(provider, _)| names(policy, statement, provider)) {
            if !claims.iter().any(|claim| tests(policy, statement, &format!("{provider}:{claim}"))) {
                return Err(refusal(role, provider, claims));
            }
        }
    }
    Ok(())
}

fn refusal(role: &str, provider: &str, claims: &[&str]) -> WorldError {
    let message =
        format!("everybody who uses {provider} could assume role {role}, so AWS refuses its trust policy");
    let keys: Vec<_> = claims.iter().map(|claim| format!("`{provider}:{claim}`")).collect();
    WorldError::new("missing-claim", role, message).help(format!("test {} in a condition", keys.join(" or ")))
}

fn names(policy: &CompiledPolicy, statement: &CompiledStatement, provider: &str) -> bool {
    policy.principals(statement).iter().any(|principal| {
        let text = principal.text(policy);
        let name = text.rsplit("oidc-provider/").next().unwrap_or(text);
        principal.kind == PrincipalPatternKind::Federated && name == provider
    })
}

fn tests(policy: &CompiledPolicy, statement: &CompiledStatement, key: &str) -> bool {
    policy.tests(statement).iter().any(|test| test.key(policy).eq_ignore_ascii_case(key))
}
