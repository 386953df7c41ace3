//! The one answer for programs.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use super::because::Because;
use super::warning::Warning;
use crate::names::fold_hash;
use crate::policy::Layer;
use crate::question::Asked;
use crate::question::wire::Id;
use crate::trace::{Decision, Mismatch, StatementTrace};
use crate::world::{LeftOut, PrincipalKind};

/// The verdict of a question: the decision, or that it hangs on what nobody gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Verdict {
    /// Allowed.
    Allowed,
    /// Denied by a statement.
    ExplicitDeny,
    /// Denied because an Allow is missing, or by a gate.
    ImplicitDeny,
    /// Not to be said without knowing more.
    Depends,
}

impl Verdict {
    /// The word on the first line: `allowed`, `denied` or `depends`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Allowed => "allowed",
            Self::ExplicitDeny | Self::ImplicitDeny => "denied",
            Self::Depends => "depends",
        }
    }

    /// Its name in answers for programs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Allowed => "allowed",
            Self::ExplicitDeny => "explicitDeny",
            Self::ImplicitDeny => "implicitDeny",
            Self::Depends => "depends",
        }
    }
}

impl From<Decision> for Verdict {
    fn from(decision: Decision) -> Self {
        match decision {
            Decision::Allowed => Self::Allowed,
            Decision::ExplicitDeny => Self::ExplicitDeny,
            Decision::ImplicitDeny => Self::ImplicitDeny,
        }
    }
}

/// The answer to one question. Fields are absent when empty.
#[derive(Clone, Debug, Serialize)]
pub struct Answer {
    /// The id of the request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Id>,
    /// The line of the request, where it has no id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line_number: Option<usize>,
    /// The decision.
    pub decision: Verdict,
    /// The gate that decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gate: Option<GateAnswer>,
    /// What each layer that took part says by itself.
    #[serde(skip_serializing_if = "Vec::is_empty", serialize_with = "as_map")]
    pub layers: Vec<(Layer, Decision)>,
    /// What decided.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub because: Vec<Because>,
    /// AWS's message, if denied.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// Keys nobody gave whose presence could turn the verdict.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<String>,
    /// Defaults that were filled in and that some policy reads; null = taken as absent.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub assumed: BTreeMap<&'static str, Option<String>>,
    /// Policies that could not be consulted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub incomplete: Vec<String>,
    /// What is worth knowing about the answer.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// What is probably not meant.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<Warning>,
}

/// The gate that decided, in an answer.
#[derive(Clone, Debug, Serialize)]
pub struct GateAnswer {
    /// Its name.
    pub name: &'static str,
    /// The root-only task.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub task: Option<&'static str>,
    /// The rule that it follows.
    pub rule: &'static str,
}

fn as_map<S: Serializer>(layers: &[(Layer, Decision)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(layers.iter().map(|(layer, decision)| (layer.key(), decision.as_str())))
}

/// That the resource has no policy, among what is assumed.
pub(super) const NO_POLICY: &str = "resource_policy";

/// Which SCP stands beside those given, among what is assumed.
pub(super) const SCP: &str = "scp";

/// How S3 Block Public Access stands, among what is assumed.
const BLOCK: &str = "s3_block_public_access";

impl Answer {
    /// What was assumed, a sentence each with its key.
    pub fn assumptions(&self) -> impl Iterator<Item = (&'static str, String)> {
        self.assumed.iter().map(|(key, value)| {
            let sentence = match (*key, value) {
                ("resource_account", Some(account)) => format!("the resource belongs to account {account}"),
                (NO_POLICY, _) => "the resource has no policy".to_owned(),
                (SCP, Some(policy)) => format!("{policy} stands beside the SCPs that are given"),
                (BLOCK, Some(state)) => format!("Block Public Access is {state}"),
                (key, Some(value)) => format!("{key} is {value}"),
                (key, None) => format!("{key} is absent"),
            };
            (*key, sentence)
        })
    }
}

impl From<&Asked<'_>> for Answer {
    fn from(asked: &Asked<'_>) -> Self {
        let gate = asked.trace.gate.as_ref();
        Self {
            id: None,
            line_number: None,
            decision: asked.verdict(),
            gate: gate.map(|gate| GateAnswer {
                name: gate.name.as_str(),
                task: gate.task.map(|task| task.task),
                rule: gate.rule.as_str(),
            }),
            layers: asked.layers(),
            because: asked.because(),
            message: asked.message(),
            needs: asked.needs(),
            assumed: asked.assumed(),
            incomplete: asked.incomplete(),
            notes: asked.notes(),
            warnings: asked.warnings(),
        }
    }
}

impl Asked<'_> {
    /// The verdict: `depends` in strict modes, and where the facts do not say.
    pub fn verdict(&self) -> Verdict {
        let settings = self.request.settings();
        let unknown = self.trace.gate.as_ref().is_some_and(|gate| gate.unknown) || self.unknown().is_some();
        let hangs = (settings.strict_context || settings.strict) && self.trace.hangs;
        let lacks = settings.strict && self.could_turn() && !self.incomplete().is_empty();
        let unread = self.hangs_on_resource();
        if unknown || hangs || lacks || unread { Verdict::Depends } else { self.decision.into() }
    }

    /// What each layer that took part says, in the order of D.3.
    pub fn layers(&self) -> Vec<(Layer, Decision)> {
        Layer::ALL.into_iter().filter_map(|layer| Some((layer, self.layer(layer)?))).collect()
    }

    pub(super) fn layer(&self, layer: Layer) -> Option<Decision> {
        let levels: Vec<_> = self.trace.levels.iter().filter(|level| level.layer == layer).collect();
        let blocked = self.trace.blocked_by.contains(&layer);
        if levels.is_empty() {
            return blocked.then_some(Decision::ImplicitDeny);
        }
        // D.3-4, D11: RCPs and the policies of tasks only deny.
        let task = layer == Layer::Session && self.request.caller.principal.is_root();
        let only_denies = layer == Layer::ResourceControl || task;
        let explicit = levels.iter().any(|level| level.outcome.denies.is_some());
        let allowed = only_denies || levels.iter().all(|level| level.outcome.allows.is_some());
        Some(match (explicit, allowed) {
            (true, _) => Decision::ExplicitDeny,
            (false, true) => Decision::Allowed,
            (false, false) => Decision::ImplicitDeny,
        })
    }

    /// The defaults that were filled in and that some statement about the action reads.
    pub fn assumed(&self) -> BTreeMap<&'static str, Option<String>> {
        let request = &self.request;
        let all = request.caller.assumed.iter().chain(&request.assumed);
        let read = all.filter(|(name, _)| !name.starts_with("aws:") || self.reads(name));
        let given = |name: &str| request.is_given(name);
        let principal = |name: &str| request.caller.assumed.iter().any(|(own, _)| *own == name);
        let shown = read.filter(|(name, _)| !(principal(name) && given(name)));
        let mut assumed: BTreeMap<_, _> = shown.map(|(name, value)| (*name, Some(value.clone()))).collect();
        // C.5: CalledVia exists only in calls that a service forwards.
        let via = ["aws:CalledVia", "aws:CalledViaFirst", "aws:CalledViaLast"];
        let reads_via = via.iter().any(|key| self.reads(key));
        if reads_via && !given("aws:ViaAWSService") && !given("aws:CalledVia") {
            assumed.insert("aws:ViaAWSService", Some("false".to_owned()));
        }
        const MFA: &str = "aws:MultiFactorAuthPresent";
        if request.caller.principal.has_long_term_key() && self.reads(MFA) && !given(MFA) {
            assumed.insert(MFA, None);
        }
        if request.request.policies.assumes_full_access && !request.caller.scp.is_empty() {
            assumed.insert(SCP, Some("FullAWSAccess".to_owned())); // I29
        }
        if self.assumes_no_policy() {
            assumed.insert(NO_POLICY, None); // I6
        }
        if self.assumes_public_access() {
            assumed.insert(BLOCK, Some("off".to_owned())); // I26
        }
        assumed
    }

    /// Whether a statement about the action reads a key.
    pub(super) fn reads(&self, key: &str) -> bool {
        let hash = fold_hash(key.as_bytes());
        let other_action =
            |trace: &&StatementTrace| matches!(trace.found, Err(Mismatch::Action | Mismatch::NotAction(_)));
        let about = self.trace.statements.iter().filter(|trace| !other_action(trace));
        self.request.reads(hash)
            && about.filter_map(|trace| self.request.statement(trace.at)).any(|view| view.reads(hash))
    }

    /// I5: the policies of the endpoints of the VPC, where the question does not say which of them it goes through.
    fn unknown_endpoints(&self) -> Vec<String> {
        let request = &self.request;
        let passed_over = request.request.policies.vpc_endpoint.is_some()
            || request.left_out.contains(&LeftOut::Layer(Layer::VpcEndpoint))
            || request.source_endpoint().is_some();
        let possible = request.possible_endpoints().filter(|_| !passed_over);
        let with_policy = possible.filter(|endpoint| endpoint.policy.is_some());
        let said = |id: &str, vpc: &str| {
            format!(
                "the policy of endpoint {id} (which of the endpoints in {vpc} it goes through, nobody said)"
            )
        };
        with_policy.map(|endpoint| said(&endpoint.id, &endpoint.vpc)).collect()
    }

    /// The policies that would have been consulted and could not be.
    pub fn incomplete(&self) -> Vec<String> {
        let mut names: Vec<String> = self.incomplete_policies().map(str::to_owned).collect();
        let decides = self.trace.gate.is_none() && self.request.side.policies.is_empty();
        if let Some(unknown) = self.request.unknown_policy().filter(|_| decides) {
            names.push(self.unknown_name(unknown)); // I6
        }
        if let PrincipalKind::AssumedRoot { .. } = self.request.caller.principal.kind
            && self.request.caller.session.is_empty()
        {
            names.push("the policy of the AssumeRoot task".to_owned()); // E9: there is exactly one
        }
        if self.trace.gate.is_none() && self.decision != Decision::ExplicitDeny {
            names.extend_from_slice(self.unconsulted()); // I2
            names.extend(self.unknown_endpoints()); // I5
        }
        names.dedup();
        names
    }
}
