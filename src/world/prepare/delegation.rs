//! Calls of Organizations: the policy that delegates them, and who is a delegated administrator (I17).

use super::Prepared;
use crate::compile::{Element, PrincipalPatternKind};
use crate::facts::{self, OrganizationsCaller};
use crate::names::Arn;
use crate::policy::Effect;
use crate::world::level::Level;
use crate::world::organization::Organization;

impl<'a> Prepared<'a> {
    /// The organization of the caller's account.
    pub fn callers_organization(&self) -> Option<&'a Organization> {
        self.world.organization_of(self.caller.account?).map(AsRef::as_ref)
    }

    /// I17: every call of Organizations meets the delegation policy of the caller's organization, whatever it is for, and
    /// no other: an account that is known to be in none meets none.
    pub(super) fn find_delegation_policy(&mut self) {
        if !self.action.is_of("organizations") {
            return;
        }
        if let Some(given) = &self.request.policies.resource {
            self.side.policies = vec![Level::of_given(std::slice::from_ref(given))];
            return;
        }
        let Some(organization) = self.callers_organization() else {
            if self.caller.account.is_some_and(|account| self.world.account(account).is_some()) {
                self.side.policies.clear();
            }
            return;
        };
        self.side.policies = self.world.delegation_policy(organization).into_iter().collect();
    }

    /// Whether the caller's account is a delegated administrator: registered for a service, or named by the delegation
    /// policy (I17).
    pub fn is_delegated_administrator(&self) -> bool {
        self.is_registered_administrator() || self.side.policies.iter().any(|level| self.is_named_by(level))
    }

    fn is_registered_administrator(&self) -> bool {
        let registered = self.callers_organization().zip(self.caller.account);
        registered.is_some_and(|(organization, account)| organization.is_delegated(account))
    }

    /// Whether an Allow of a delegation policy names the caller's account, or somebody in it. `NotPrincipal` names all whom
    /// it does not list, so whether it names this caller is left to the Allow itself.
    fn is_named_by(&self, level: &Level) -> bool {
        level.set.all(Effect::Allow).any(|at| {
            let policy = &level.set.policies()[at.policy as usize];
            let statement = &policy.statements()[at.statement as usize];
            let negated = statement.principal_element == Element::Negated;
            negated
                || policy.principals(statement).iter().any(|named| match named.kind {
                    PrincipalPatternKind::Everyone => true,
                    PrincipalPatternKind::Account(account) => self.caller.account == Some(account),
                    _ => {
                        Arn::parse(named.text(policy)).and_then(|arn| arn.account_id()) == self.caller.account
                    }
                })
        })
    }

    /// Whether a member account calls Organizations, and if so, whether it needs an Allow of the delegation policy: what
    /// it asks for belongs to the management account, and yet is not asked across accounts (I17).
    pub fn needs_delegation(&self) -> Option<bool> {
        if !self.may_be_gated || !self.action.is_of("organizations") {
            return None;
        }
        let organization = self.callers_organization()?;
        let is_for_some =
            facts::organizations_caller(self.action.name()) == OrganizationsCaller::ManagementOrDelegated;
        let is_member = self.caller.account != Some(organization.management);
        is_member.then(|| is_for_some && !self.is_registered_administrator())
    }
}
