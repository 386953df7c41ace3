//! One line in plain words, and AWS's advice.

use super::headline::list;
use super::{Asked, NearMiss, Verdict};
use crate::policy::{Effect, Layer, PolicyType};
use crate::trace::{Decision, GateName};
use crate::world::PrincipalKind;

impl Asked<'_> {
    /// The reason in plain words.
    pub fn plain_reason(&self, near: &[NearMiss]) -> String {
        if self.verdict() == Verdict::Depends {
            return "what is known allows either answer".to_owned();
        }
        if let Some(gate) = &self.trace.gate {
            return self.gate_reason(gate.name, &gate.reason);
        }
        match self.decision {
            Decision::Allowed => self.allowed_reason(),
            Decision::ExplicitDeny => self.deny_reason(),
            Decision::ImplicitDeny => self.missing_reason(near),
        }
    }

    fn gate_reason(&self, name: GateName, reason: &str) -> String {
        let policies = self.would_allow().first().map(|excerpt| self.statement(excerpt.at).policy);
        match (name, policies.flatten()) {
            (GateName::RootOnly, Some(policy)) => {
                format!("{reason}: no policy can give that away, {policy} included")
            }
            (GateName::RootOnly, None) => format!("{reason}: no policy can give that away"),
            (GateName::BillingAccess, _) => {
                "while IAM access to Billing is off, no policy opens the billing pages; root has the switch"
                    .to_owned()
            }
            (GateName::NoPermissionNeeded, _) => format!("{reason}, so no policy is asked"),
            (_, Some(policy)) => format!("{reason}; {policy} does not change that"),
            (_, None) => reason.to_owned(),
        }
    }

    fn allowed_reason(&self) -> String {
        let root = matches!(self.request.caller.principal.kind, PrincipalKind::Root(_));
        let direct = self.trace.allowed_by.contains(&Layer::ResourceBased) && self.spares();
        match (root, self.trace.allowed_by.is_empty()) {
            _ if direct => {
                "within one account a resource-based policy that names the principal suffices, and nothing denies it"
            }
            (true, true) => "root needs no policy in its own account, and nothing that binds it denies this",
            _ => "everything that is needed allows it, and nothing denies it",
        }
        .to_owned()
    }

    fn deny_reason(&self) -> String {
        if self.is_restricted() {
            return "RestrictPublicBuckets of S3 Block Public Access keeps all but the account itself and AWS services out of a bucket with a public statement"
                .to_owned();
        }
        let allowing = self.trace.statements.iter().filter(|statement| {
            statement.effect == Effect::Allow
                && statement.found.is_ok()
                && matches!(statement.at.layer, Layer::IdentityBased | Layer::ResourceBased)
        });
        let mut names: Vec<String> =
            allowing.filter_map(|statement| Some(self.origin(statement.at)?.name.to_string())).collect();
        names.dedup();
        let scp = self.because().first().is_some_and(|b| b.policy_type == Layer::ServiceControl.key());
        match names.is_empty() {
            true if scp && self.request.caller.principal.is_root() => {
                "SCPs bind the root user of a member account, too, and a Deny that applies is final"
                    .to_owned()
            }
            true => "a Deny that applies is final".to_owned(),
            false if names.len() == 1 => {
                format!("a Deny that applies is final; the Allow of {} does not help", names[0])
            }
            false => format!("a Deny that applies is final; the Allows of {} do not help", list(&names)),
        }
    }

    fn missing_reason(&self, near: &[NearMiss]) -> String {
        let blocked = self.blocked();
        let has = |layer| blocked.contains(&layer);
        let nothing = if near.is_empty() { ", none comes near" } else { "" };
        if self.request.is_cross_account() && has(Layer::ResourceBased) != has(Layer::IdentityBased) {
            let resource = match self.request.side.kind {
                Some(PolicyType::Trust) => "the trust policy of the role",
                Some(PolicyType::Key) => "the key policy",
                _ => "the resource's policy",
            };
            let (yes, no) = match has(Layer::ResourceBased) {
                true => ("the principal's side allows it".to_owned(), format!("{resource} does not")),
                false => (format!("{resource} allows it"), "the principal's own policies do not".to_owned()),
            };
            return format!("across accounts both sides must allow it: {yes}, {no}");
        }
        match (blocked.as_slice(), self.request.side.kind) {
            ([Layer::PermissionsBoundary], _) => limit("the permissions boundary"),
            ([Layer::Session], _) if self.request.levels(Layer::Session).is_empty() => {
                "a federated user may do only what the session policy allows, and none was given".to_owned()
            }
            ([Layer::Session], _) => limit("the session policy"),
            ([Layer::ServiceControl], _) => limit("an SCP"),
            ([Layer::VpcEndpoint], _) => limit("the policy of the VPC endpoint"),
            ([Layer::ResourceBased], Some(PolicyType::Trust)) => {
                "whoever assumes a role must be allowed by its trust policy, whatever else allows it"
                    .to_owned()
            }
            ([Layer::ResourceBased], Some(PolicyType::Key)) => {
                "a KMS key obeys its key policy, and that does not allow this, whatever else does".to_owned()
            }
            _ => format!("no statement allows it{nothing}, and what is not allowed is denied"),
        }
    }

    /// AWS's advice about the use of the root user, one line each.
    pub fn advice(&self) -> Vec<String> {
        let PrincipalKind::Root(account) = self.request.caller.principal.kind else { return Vec::new() };
        let mut advice = Vec::new();
        if self.decision.is_allowed() && self.request.task.is_none() && !self.is_root_task() {
            advice.push(
                "an IAM user or role with the right policy can do this; keep root for what only root can"
                    .to_owned(),
            );
        }
        if self.request.world.account(account).is_some_and(|account| !account.root.mfa) {
            advice.push(format!("the root user of account {account} has no MFA; AWS asks for it"));
        }
        advice
    }

    /// Whether a root-only task of today has this action.
    fn is_root_task(&self) -> bool {
        let day = self.request.settings.as_of.unwrap_or(crate::facts::FACTS_DATE);
        crate::facts::by_real_action(self.request.action.text())
            .any(|task| task.decides && task.status_on(day) != crate::facts::Status::NotRootOnly)
    }
}

fn limit(what: &str) -> String {
    format!("{what} sets the limit of what policies can allow, and it does not allow this")
}
