//! The call made by whom a policy names, or for what it covers.

use super::super::{Hint, NearMiss, ResourceHint};
use super::authority::{By, CALLER};
use super::proposal::{Patch, Proposal};
use crate::compile::PrincipalPatternKind;
use crate::names::Arn;
use crate::question::{Asked, OtherCall};
use crate::trace::{Mismatch, StatementView};
use crate::world::{Principal, PrincipalKind};

impl Asked<'_> {
    /// The call made by somebody whom a near miss names, or for the resource of another Region.
    pub(super) fn elsewhere(&self, miss: &NearMiss, view: StatementView<'_>) -> Vec<Proposal> {
        match (miss.mismatch, &miss.hint) {
            (Mismatch::Principal, _) => self.named_by(view).into_iter().collect(),
            (
                Mismatch::Resource { nearest, .. },
                Some(Hint::Resource(ResourceHint::OtherField { field: 3, .. })),
            ) => {
                let pattern = view.policy.resources(view.statement).get(nearest as usize);
                pattern.and_then(|p| self.in_region(p.text(view.policy))).into_iter().collect()
            }
            _ => Vec::new(),
        }
    }

    fn named_by(&self, view: StatementView<'_>) -> Option<Proposal> {
        let patterns = view.policy.principals(view.statement).iter();
        // A role is there to be assumed; another user is somebody else.
        let roles = patterns.filter(|pattern| pattern.kind == PrincipalPatternKind::Role);
        let mut known = roles.filter_map(|pattern| {
            let principal = Principal::parse_arn(pattern.text(view.policy))?;
            let own = principal.account() == self.request.caller.account;
            own.then_some(principal)
        });
        known.next().map(|principal| {
            let name = match &principal.kind {
                PrincipalKind::RoleSession { role, .. } => format!("a session of role {role}"),
                _ => principal.arn(),
            };
            let words = format!("make the call as {name}, whom the policy names");
            let by = principal.role_arn().zip(principal.account()).map(|(role, account)| By::Caller {
                action: "sts:AssumeRole".into(),
                resource: role,
                account,
            });
            Proposal::new(
                words,
                Patch::Call(OtherCall { principal: Some(principal), ..OtherCall::default() }),
            )
            .by(by)
        })
    }

    fn in_region(&self, pattern: &str) -> Option<Proposal> {
        let (pattern_arn, own) = (Arn::parse(pattern)?, self.request.arn()?);
        let region = pattern_arn.region();
        if own.region().is_empty() || region.is_empty() || region.contains(['*', '?', '$']) {
            return None;
        }
        let resource = own.with_field(3, region);
        let words = format!("call the service in Region `{region}`, if {resource} is what is meant");
        let call = OtherCall { resource: Some(resource), ..OtherCall::default() };
        Some(Proposal::new(words, Patch::Call(call)).by(Some(By::Said(CALLER.to_owned()))))
    }
}
