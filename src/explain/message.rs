//! AWS's own words for a refusal (G1–G10).

use super::Verdict;
use super::headline::layer_of;
use crate::policy::{Layer, PolicyType};
use crate::question::Asked;
use crate::trace::{Decision, Gate, GateName};
use crate::world::PrincipalKind;

impl Asked<'_> {
    /// The message that AWS would print; `None` if the request is allowed.
    pub fn message(&self) -> Option<String> {
        if self.decision.is_allowed() || self.verdict() == Verdict::Depends {
            return None;
        }
        if matches!(self.request.caller.principal.kind, PrincipalKind::Service(_)) {
            return None; // nobody is shown an error where a service calls
        }
        if let Some(gate) = &self.trace.gate {
            return Some(self.gate_message(gate));
        }
        if self.hides_details().is_some() {
            return Some(match self.request.action.is_of("sts") {
                true => format!("Not authorized to perform {}", self.action()),
                false => "Access Denied".to_owned(),
            });
        }
        let (before, behind) = self.around();
        Some(format!("{before}{}{}{behind}", self.refusal(), self.reason()))
    }

    /// G6: what EC2 says before and behind the reason.
    fn around(&self) -> (&'static str, &'static str) {
        let has_types = self.request.facts.is_some_and(|facts| facts.has_resource_types());
        match (self.request.action.is_of("ec2"), has_types) {
            (false, _) => ("", ""),
            (true, false) => ("You are not authorized to perform this operation. ", ""),
            (true, true) => (
                "You are not authorized to perform this operation. ",
                ". Encoded authorization failure message: …",
            ),
        }
    }

    /// G7: where AWS says that access is denied and no more, and why.
    pub(super) fn hides_details(&self) -> Option<&'static str> {
        let request = &self.request;
        let kind = &request.caller.principal.kind;
        if matches!(kind, PrincipalKind::IdentityProvider(_)) && request.action.is_of("sts") {
            return Some("STS gives users of identity providers no reasons");
        }
        if matches!(kind, PrincipalKind::Anonymous) && request.action.is_of("s3") {
            return Some("S3 gives anonymous callers no reasons");
        }
        if request.action.is_of("s3express") {
            return Some("S3 gives no reasons for directory buckets");
        }
        if !request.action.is_of("s3") || !request.is_cross_account() {
            return None;
        }
        let organization = request.caller.account.and_then(|account| request.world.organization_of(account));
        if !organization.zip(request.owner).is_some_and(|(own, owner)| own.has(owner)) {
            return Some("S3 gives reasons only inside the account and its organization");
        }
        let by_endpoint = self.because().first().and_then(layer_of) == Some(Layer::VpcEndpoint);
        by_endpoint.then_some("S3 gives no reasons across accounts where a VPC endpoint denies")
    }

    /// G1, G4.
    fn refusal(&self) -> String {
        let request = &self.request;
        let (who, action) = (&request.caller.arn, self.action());
        let resource = request.resource();
        let quote = if request.action.is_of("s3") { "\"" } else { "" };
        format!(
            "User: {who} is not authorized to perform: {action} on resource: {quote}{}{quote}",
            resource.text()
        )
    }

    /// The action as AWS spells it, whatever the letter case of the question.
    fn action(&self) -> String {
        let known = self.request.facts.filter(|_| !self.request.action.is_of("rootonly"));
        known.map_or_else(|| self.request.action.text().to_owned(), |facts| facts.to_string())
    }

    /// G2, G3, G5.
    fn reason(&self) -> String {
        let because = self.because();
        match (self.decision, because.first().and_then(layer_of), because.first()) {
            (Decision::ExplicitDeny, Some(layer), Some(because)) => {
                let arn = because.at.and_then(|at| self.origin(at)?.arn.as_deref());
                let arn = arn.map(|arn| format!(": {arn}")).unwrap_or_default();
                format!(" with an explicit deny in {}{arn}", self.phrase(layer))
            }
            (Decision::ImplicitDeny, Some(layer), _) => {
                format!(" because no {} allows the {} action", self.noun(layer), self.action())
            }
            _ => String::new(),
        }
    }

    /// AWS's noun for a layer; a trust policy has its own.
    pub fn noun(&self, layer: Layer) -> &'static str {
        match (layer, self.request.side.kind) {
            (Layer::ResourceBased, Some(PolicyType::Trust)) => "role trust policy",
            _ => layer.noun(),
        }
    }

    fn phrase(&self, layer: Layer) -> String {
        match (layer, self.request.side.kind) {
            (Layer::ResourceBased, Some(PolicyType::Trust)) => "the role trust policy".to_owned(),
            _ => layer.phrase(),
        }
    }

    fn gate_message(&self, gate: &Gate) -> String {
        match (gate.message, gate.name, gate.task) {
            (Some(message), ..) => message.to_owned(),
            (None, GateName::RootOnly, Some(task)) => root_only_message(task.task, task.pseudo_action),
            (None, GateName::PublicAccessBlock, _) => format!(
                "{} because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access",
                self.refusal()
            ), // D37
            _ => self.refusal(),
        }
    }
}

/// G10: our own words, for AWS has none.
fn root_only_message(task: &str, pseudo_action: Option<&str>) -> String {
    let note = pseudo_action
        .map(|name| format!(" (local pseudo-action {name}; AWS has no IAM action for it)"))
        .unwrap_or_default();
    format!("Only the AWS account root user can perform: {task}.{note}")
}
