//! Policies that a question gives and that cannot count for it, said one line each (I28).

use crate::facts::supports_rcp;
use crate::policy::Effect;
use crate::question::Asked;
use crate::world::{Credentials, NamedDocument, PrincipalKind};

impl Asked<'_> {
    /// What is given in vain, and SCPs that only deny where AWS would have FullAWSAccess beside them (I29).
    pub(super) fn idle_policies(&self) -> Vec<String> {
        let found = [
            self.idle_identity(),
            self.idle_boundary(),
            self.idle_session(),
            self.idle_scp(),
            self.idle_rcp(),
            self.idle_resource(),
        ];
        found.into_iter().flatten().chain(self.scp_without_allow()).collect()
    }

    fn idle_identity(&self) -> Option<String> {
        let is_given = has_some(self.request.request.policies.identity.as_deref());
        let who = self.without_policies().filter(|_| is_given && self.request.caller.identity.is_none())?;
        Some(format!("the identity-based policies given do not count: {who}"))
    }

    fn idle_boundary(&self) -> Option<String> {
        let is_given = has_some(self.request.request.policies.permissions_boundary.as_deref());
        let who = self.without_policies().filter(|_| is_given)?;
        Some(format!("the permissions boundary given does not count: {who}"))
    }

    fn idle_session(&self) -> Option<String> {
        let is_given = has_some(self.request.request.policies.session.as_deref());
        if let PrincipalKind::User { .. } = &self.request.caller.principal.kind {
            return self.session_of_a_user().filter(|_| is_given);
        }
        let who = self.without_policies().filter(|_| is_given && self.request.caller.session.is_empty())?;
        Some(format!("the session policies given do not count: {who}"))
    }

    /// Credentials of GetSessionToken can be scoped down (I22), and no others of a user have a policy.
    fn session_of_a_user(&self) -> Option<String> {
        let temporary = matches!(self.request.caller.principal.credentials, Credentials::SessionToken { .. });
        (!temporary).then(|| {
            "long-term keys and console sessions of a user have no session policies: those given count as if \
             its credentials were temporary and scoped down to them"
                .to_owned()
        })
    }

    /// Why a principal has no policies of its own.
    fn without_policies(&self) -> Option<&'static str> {
        match self.request.caller.principal.kind {
            PrincipalKind::Root(_) | PrincipalKind::AssumedRoot { .. } => {
                Some("a root user has none and needs none")
            }
            PrincipalKind::FederatedUser { .. } if self.request.caller.identity.is_none() => {
                Some("a session that the root user issued has none and needs none")
            }
            PrincipalKind::Service(_) => Some("an AWS service has none"),
            PrincipalKind::Anonymous => Some("an anonymous caller has none"),
            PrincipalKind::IdentityProvider(_) | PrincipalKind::OriginAccessIdentity(_) => {
                Some("such a caller has none")
            }
            _ => None,
        }
    }

    fn idle_scp(&self) -> Option<String> {
        let levels = self.request.request.policies.scp.as_ref()?;
        let is_given = levels.iter().any(|level| !level.is_empty());
        let why = match self.request.caller.principal.kind {
            _ if self.request.scp_exemption.is_some() => {
                format!("SCPs do not restrict {}", self.request.action.text())
            }
            _ if !self.request.caller.scp.is_empty() => return None,
            PrincipalKind::Anonymous => "SCPs do not bind an anonymous caller".to_owned(),
            PrincipalKind::Service(_) => "SCPs do not bind an AWS service".to_owned(),
            _ if self.request.caller.service_linked.is_some() => {
                "SCPs do not bind a service-linked role".to_owned()
            }
            _ => "SCPs do not bind such a caller".to_owned(),
        };
        is_given.then(|| format!("the SCPs given do not count: {why}"))
    }

    fn idle_rcp(&self) -> Option<String> {
        let levels = self.request.request.policies.rcp.as_ref()?;
        let in_vain = levels.iter().any(|level| !level.is_empty()) && self.request.rcp.is_empty();
        let action = self.request.action;
        let why = match self.request.arn() {
            _ if !supports_rcp(action.service()) => format!("RCPs do not cover {}", action.service()),
            _ if self.request.caller.service_linked.is_some() => {
                "RCPs do not bind a service-linked role".to_owned()
            }
            None => format!("{} is asked for no resource", action.text()),
            Some(_) => format!("RCPs do not cover {} here", action.text()),
        };
        in_vain.then(|| format!("the RCPs given do not count: {why}"))
    }

    fn idle_resource(&self) -> Option<String> {
        let is_given = self.request.request.policies.resource.is_some();
        let in_vain = is_given && self.request.side.policies.is_empty();
        if !in_vain || self.request.unknown_policy().is_some() {
            return None;
        }
        let action = self.request.action.text();
        let has_types = self.request.facts.is_none_or(|facts| facts.has_resource_types());
        let passed_over = self.request.passed_over().pop();
        let why = match self.request.arn() {
            _ if passed_over.is_some() => passed_over?,
            None if !has_types => format!("{action} has no resource types"),
            None => "no resource was named".to_owned(),
            Some(arn) => format!("{action} asks no policy of {}", arn.text()),
        };
        Some(format!("the resource-based policy given does not count: {why}"))
    }

    fn scp_without_allow(&self) -> Vec<String> {
        let given = self.request.request.policies.scp.iter().flatten();
        let levels = given.zip(&self.request.caller.scp).enumerate();
        let bare = levels.filter(|(_, (_, level))| level.set.all(Effect::Allow).next().is_none());
        bare.map(|(number, _)| {
            format!(
                "no SCP given at level {} allows anything, so nothing is allowed; AWS attaches FullAWSAccess beside them",
                number + 1
            )
        })
        .collect()
    }
}

fn has_some(given: Option<&[NamedDocument]>) -> bool {
    given.is_some_and(|documents| !documents.is_empty())
}
