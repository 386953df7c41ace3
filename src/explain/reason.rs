//! One line in plain words, and AWS's advice.

use super::headline::list;
use super::{NearMiss, Verdict};
use crate::facts::container_kind;
use crate::names::Arn;
use crate::policy::{Effect, Layer, PolicyType};
use crate::question::Asked;
use crate::trace::{Decision, GateName, StatementAt};
use crate::world::PrincipalKind;

/// What is so of every Deny.
const FINAL: &str = "a Deny that applies is final";

impl Asked<'_> {
    /// The reason in plain words.
    pub fn plain_reason(&self, near: &[NearMiss]) -> String {
        if let Some(unknown) = self.unknown() {
            return self.unknown_reason(unknown).to_owned();
        }
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

    /// The reason, where it says more than which statement denies, or which Allow is missing.
    pub(super) fn further_reason(&self) -> Option<String> {
        let blocked = self.blocked();
        let own_side = matches!(blocked.as_slice(), [Layer::IdentityBased]) || blocked.len() > 1;
        let across = self.across_reason(&blocked).is_some();
        let said_already = match (&self.trace.gate, self.decision) {
            (Some(_), _) => false,
            (None, Decision::ImplicitDeny) => (own_side || self.is_of_a_plain_resource(&blocked)) && !across,
            (None, Decision::ExplicitDeny) => self.deny_reason() == FINAL,
            (None, Decision::Allowed) => !self.spares(),
        };
        let reason = (!said_already || self.verdict() == Verdict::Depends).then(|| self.plain_reason(&[]))?;
        // What a cause says in its title it need not say again.
        Some(reason.strip_suffix(NOT_THIS).map(str::to_owned).unwrap_or(reason))
    }

    /// Whether only a resource's own policy is missing, of which there is nothing special to say.
    fn is_of_a_plain_resource(&self, blocked: &[Layer]) -> bool {
        let special = matches!(self.request.side.kind, Some(PolicyType::Trust | PolicyType::Key));
        blocked == [Layer::ResourceBased] && !special
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
            let levels = self.where_blocked("restrict-public-buckets");
            let on = levels.map(|levels| format!(", on for {levels},")).unwrap_or_default();
            return format!(
                "RestrictPublicBuckets{on} lets only the account itself and AWS services into a bucket with a public statement"
            );
        }
        let allowing = self.trace.statements.iter().filter(|statement| {
            statement.effect == Effect::Allow
                && statement.found.is_ok()
                && matches!(statement.at.layer, Layer::IdentityBased | Layer::ResourceBased)
        });
        let mut names: Vec<String> =
            allowing.filter_map(|statement| self.policy_name(statement.at)).collect();
        names.dedup();
        let scp = self.because().first().is_some_and(|b| b.policy_type == Layer::ServiceControl.key());
        if let Some(bounded) = self.bounded_exception() {
            return bounded;
        }
        match names.as_slice() {
            [] if scp && self.request.caller.principal.is_root() => {
                "SCPs bind the root user of a member account, too, and a Deny that applies is final"
                    .to_owned()
            }
            [] => FINAL.to_owned(),
            [one] => format!("a Deny is final: the Allow of {one} does not help"),
            several => {
                format!("a Deny is final: the Allows of {} do not help", list(several))
            }
        }
    }

    /// D28: an exception that counts for nothing, because the one that it names has a boundary.
    fn bounded_exception(&self) -> Option<String> {
        let at = self.because().first()?.at.filter(|at| self.ignores_exception(*at))?;
        let policy = self.origin(at).map_or("the policy", |origin| &*origin.name);
        let boundary = self.request.caller.boundary.as_ref()?.origins.first()?;
        Some(format!(
            "{} has the permissions boundary {}, so the exception that the NotPrincipal of {policy} makes does not count",
            self.holder_name(),
            boundary.name
        ))
    }

    /// What people call a policy: of a resource, whose it is.
    fn policy_name(&self, at: StatementAt) -> Option<String> {
        match at.layer {
            Layer::ResourceBased => self.container_policy(at).or_else(|| Some(self.resource_policy())),
            _ => self.origin(at).map(|origin| origin.name.to_string()),
        }
    }

    /// I1: `the policy of domain d`, of what holds the resource.
    fn container_policy(&self, at: StatementAt) -> Option<String> {
        let policy =
            self.request.level(at.layer, at.level)?.set.policies().get(at.statement.policy as usize)?;
        let on = Arn::parse(&self.request.stands_on(policy)?.arn)?;
        let below = self.request.arn().is_some_and(|arn| arn.text() != on.text() && arn.service() != "s3");
        let kind = container_kind(&on).filter(|_| below)?;
        let name = on.resource().rsplit(['/', ':']).next().unwrap_or_default();
        Some(format!("the policy of {} {name}", kind.noun))
    }

    /// `the bucket policy of reports`
    pub(super) fn resource_policy(&self) -> String {
        let names = self.request.side.policies.first().and_then(|level| level.origins.first());
        let name = names.map_or_else(|| self.request.resource().text().to_owned(), |o| o.name.to_string());
        let kind = match self.request.side.kind {
            Some(PolicyType::Trust) => "trust",
            Some(PolicyType::Key) => return format!("the key policy of {name}"),
            _ if self.request.action.is_of("s3") => "bucket",
            _ => "resource",
        };
        format!("the {kind} policy of {name}")
    }

    fn missing_reason(&self, near: &[NearMiss]) -> String {
        let blocked = self.blocked();
        let nothing = if near.is_empty() { ", none comes near" } else { "" };
        if let Some(reason) = self.across_reason(&blocked) {
            return reason;
        }
        match (blocked.as_slice(), self.request.side.kind) {
            ([Layer::PermissionsBoundary], _) => limit("the permissions boundary"),
            ([Layer::Session], _) if self.request.levels(Layer::Session).is_empty() => {
                "a federated user may do only what the session policy allows, and none was given".to_owned()
            }
            ([Layer::Session], _) => limit("the session policy"),
            ([Layer::ServiceControl], _) => limit("an SCP"),
            ([Layer::VpcEndpoint], _) => limit("the endpoint policy"),
            ([Layer::ResourceBased], Some(PolicyType::Trust)) => {
                "the trust policy of a role must allow it, whatever else allows it".to_owned()
            }
            ([Layer::ResourceBased], Some(PolicyType::Key)) => self.key_reason(),
            ([_, _, ..], _) => self.several_reason(),
            ([Layer::IdentityBased], _) if self.request.caller.identity.is_some() => {
                let who = self.holder_name();
                format!("no policy of {who} allows it{nothing}, and what is not allowed is denied")
            }
            _ => format!("no statement that is needed allows it{nothing}, and what is not allowed is denied"),
        }
    }

    /// D.6.
    fn across_reason(&self, blocked: &[Layer]) -> Option<String> {
        let has = |layer| blocked.contains(&layer);
        if !self.request.is_cross_account() || has(Layer::ResourceBased) == has(Layer::IdentityBased) {
            return None;
        }
        if has(Layer::ResourceBased) && blocked.len() > 1 {
            return Some("across accounts both sides must allow it, and neither does".to_owned());
        }
        let (resource, own) = (self.resource_policy(), self.holder_name());
        let side = match (has(Layer::ResourceBased), self.request.side.policies.is_empty()) {
            (true, true) => format!("the side of {own} does, and the resource has no policy that could"),
            (true, false) => format!("the side of {own} does"),
            (false, _) if self.request.unknown_policy().is_some() => {
                format!("what {resource} says is not known")
            }
            (false, _) => "the side of the resource does".to_owned(),
        };
        Some(format!("across accounts both sides must allow it: {side}"))
    }

    fn several_reason(&self) -> String {
        let mut lacking = self.lacking();
        let said = match (lacking.len(), lacking.pop()) {
            (2, Some(last)) => format!("neither {} nor {last} allow it", list(&lacking)),
            (_, Some(last)) => format!("none of {} and {last} allow it", lacking.join(", ")),
            (_, None) => "nothing allows it".to_owned(),
        };
        match self.message().filter(|_| self.hides_details().is_none()) {
            Some(_) => format!("{said}; AWS's message names only the first"),
            None => said,
        }
    }

    /// D22: what IAM policies say counts only where the key policy hands the account over to them.
    fn key_reason(&self) -> String {
        let who = self.holder_name();
        let own = self.layer(Layer::IdentityBased) == Some(Decision::Allowed);
        let same = !self.request.is_cross_account();
        match self.request.caller.account.filter(|_| own && same) {
            Some(account) => format!(
                "a KMS key obeys its key policy alone, which neither names {who} nor leaves it to the IAM policies of account {account}"
            ),
            None => {
                "a KMS key obeys its key policy, and that does not allow this, whatever else does".to_owned()
            }
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
        let day = self.request.settings().as_of.unwrap_or(crate::facts::FACTS_DATE);
        crate::facts::by_real_action(self.request.action.text())
            .any(|task| task.decides && task.status_on(day) != crate::facts::TaskStatus::NotRootOnly)
    }
}

const NOT_THIS: &str = ", and it does not";

fn limit(what: &str) -> String {
    format!("whatever other policies allow, {what} must allow it, too{NOT_THIS}")
}
