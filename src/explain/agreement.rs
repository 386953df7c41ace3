//! Whether an answer agrees with the one that AWS gave, and if not, what could explain it.

use super::{Explanation, Said, Verdict};
use crate::names::Arn;
use crate::policy::Layer;
use crate::recognise::{Pasted, PastedKind, PastedOutcome, parse_message};
use crate::world::World;

/// How an answer compares with AWS's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// Whether both say the same.
    pub agrees: bool,
    /// How AWS decided; where it does not say how it denied, an implicit deny.
    pub verdict: Verdict,
    /// What AWS says, and what differs, one line.
    pub summary: String,
    /// What could explain it, or what is worth knowing, one line each.
    pub causes: Vec<String>,
}

/// Compares AWS's message with an answer in a world.
pub fn compare_with_aws(pasted: &Pasted, explanation: &Explanation, world: &World) -> Agreement {
    let comparison = AwsComparison { pasted, explanation, world };
    let difference = comparison.difference();
    let summary = match &difference {
        None if pasted.outcome == PastedOutcome::Untold => {
            "AWS's answer does not tell whether it was allowed".to_owned()
        }
        None => format!("AWS's answer agrees: {}", comparison.theirs()),
        Some(ours) => format!("AWS's answer differs: {}; here {ours}", comparison.theirs()),
    };
    let agrees = difference.is_none();
    let causes = if agrees { comparison.remarks() } else { comparison.causes() };
    Agreement { agrees, verdict: comparison.their_verdict(), summary, causes }
}

struct AwsComparison<'c> {
    pasted: &'c Pasted,
    explanation: &'c Explanation,
    world: &'c World,
}

impl AwsComparison<'_> {
    fn their_verdict(&self) -> Verdict {
        match (self.pasted.outcome, self.pasted.kind) {
            (PastedOutcome::Allowed, _) => Verdict::Allowed,
            (PastedOutcome::Untold, _) => self.explanation.answer.decision,
            (_, PastedKind::Explicit) => Verdict::ExplicitDeny,
            (_, PastedKind::Implicit | PastedKind::None) => Verdict::ImplicitDeny,
        }
    }

    /// What AWS says, in our words.
    fn theirs(&self) -> String {
        let layer = |what: &str| match self.pasted.layer {
            Some(layer) => format!("{what} ({})", layer.word()),
            None => what.to_owned(),
        };
        match (self.pasted.outcome, self.pasted.kind) {
            (PastedOutcome::Allowed, _) => "allowed".to_owned(),
            (_, PastedKind::Explicit) => layer("explicit deny"),
            (_, PastedKind::Implicit) => layer("implicit deny"),
            (_, PastedKind::None) if self.pasted.layer.is_some() => layer("denied"),
            (_, PastedKind::None) => "denied, without a reason".to_owned(),
        }
    }

    /// What we say, where it is something else.
    fn difference(&self) -> Option<String> {
        let verdict = self.explanation.answer.decision;
        let ours = self.ours();
        match (self.pasted.outcome, verdict) {
            (PastedOutcome::Untold, _) | (PastedOutcome::Allowed, Verdict::Allowed) => return None,
            (PastedOutcome::Allowed, Verdict::Depends) => {
                return Some("the answer depends on what nobody gave".to_owned());
            }
            (PastedOutcome::Allowed, _) => return Some(ours),
            (PastedOutcome::Denied, _) => {}
        }
        match (self.pasted.kind, verdict) {
            (_, Verdict::Allowed) => Some(format!("it is {}", self.explanation.headline)),
            (_, Verdict::Depends) => Some("the answer depends on what nobody gave".to_owned()),
            (PastedKind::None, _) => (!self.names_layer()).then_some(ours),
            (PastedKind::Explicit, Verdict::ImplicitDeny) if self.is_old_scp() => None, // G8
            (PastedKind::Explicit, Verdict::ImplicitDeny) | (PastedKind::Implicit, Verdict::ExplicitDeny) => {
                Some(ours)
            }
            // G5: AWS reports one kind of policy only.
            _ => (!self.names_layer() || !self.names_policy()).then_some(ours),
        }
    }

    fn ours(&self) -> String {
        format!("it is an {}", self.explanation.headline)
    }

    /// The layers that decided here.
    fn layers(&self) -> impl Iterator<Item = Layer> {
        self.explanation.answer.because.iter().filter_map(|because| Layer::parse(because.policy_type))
    }

    fn names_layer(&self) -> bool {
        self.pasted.layer.is_none_or(|layer| self.layers().any(|own| own == layer))
    }

    /// The policy whose ARN AWS gives must be among those that decided.
    fn names_policy(&self) -> bool {
        let Some(arn) = &self.pasted.policy_arn else { return true };
        let message = self.explanation.answer.message.as_deref();
        let message = message.and_then(|text| parse_message(text, self.world.catalog()));
        let same = message.and_then(|own| own.policy_arn).is_some_and(|own| own == *arn);
        let decided = &self.explanation.answer.because;
        same || decided
            .iter()
            .any(|because| because.policy.as_deref().is_some_and(|name| is_named(arn, name)))
    }

    /// G8: an SCP that allows nothing was once reported as an explicit deny.
    fn is_old_scp(&self) -> bool {
        self.pasted.layer == Some(Layer::ServiceControl)
            && self.pasted.policy_arn.is_none()
            && self.layers().any(|layer| layer == Layer::ServiceControl)
    }

    fn remarks(&self) -> Vec<String> {
        let mut remarks = Vec::new();
        if self.pasted.kind == PastedKind::Explicit
            && self.explanation.answer.decision == Verdict::ImplicitDeny
        {
            remarks
                .push("an older wording of AWS calls a missing Allow of an SCP an explicit deny".to_owned());
        }
        let others: Vec<&str> =
            self.layers().filter(|own| Some(*own) != self.pasted.layer).map(Layer::word).collect();
        if self.pasted.layer.is_some() && !others.is_empty() {
            let mut others = others;
            others.dedup();
            remarks.push(format!(
                "AWS names one kind of policy only; here {} stand against it, too",
                others.join(" and ")
            ));
        }
        remarks
    }

    fn causes(&self) -> Vec<String> {
        let mut causes: Vec<String> = self.missing_policy().into_iter().collect();
        causes.extend(self.missing_account());
        match (self.pasted.kind, self.pasted.layer) {
            _ if self.pasted.outcome == PastedOutcome::Allowed => causes.push(
                "what is denied here may have been allowed then: a policy changed, is another version, or a \
                 condition key had another value"
                    .to_owned(),
            ),
            (PastedKind::Explicit, Some(layer)) => causes.push(self.no_deny_here(layer)),
            (PastedKind::Implicit, Some(layer)) => causes.push(self.allow_here(layer)),
            (_, layer) => causes.extend(layer.map(|layer| self.no_deny_here(layer))),
        }
        let needs = &self.explanation.answer.needs;
        if !needs.is_empty() {
            causes.push(format!("nobody gave {}; say it with `with KEY=VALUE`", needs.join(", ")));
        }
        for name in &self.explanation.answer.incomplete {
            causes.push(format!("{name} could not be consulted here"));
        }
        causes
    }

    /// The account of the caller or of the resource, where the world lacks it.
    fn missing_account(&self) -> Option<String> {
        let arns = [&self.pasted.principal, &self.pasted.resource].into_iter().flatten();
        let mut ids = arns.filter_map(|arn| Arn::parse(arn)?.account_id());
        let lacking = ids.find(|id| self.world.account(*id).is_none())?;
        Some(format!(
            "the world does not have account {lacking}: nothing is known here of its policies and SCPs"
        ))
    }

    /// The policy that AWS names and the world lacks.
    fn missing_policy(&self) -> Option<String> {
        let arn = self.pasted.policy_arn.as_deref()?;
        let own = self.world.accounts().flat_map(|account| account.policies.values());
        let aws = self.world.aws_policies();
        let of_organization =
            self.world.organizations().flat_map(|all| all.control_policies()).map(|(_, own)| own);
        let known = own.chain(aws).chain(of_organization).any(|p| *p.arn == *arn || is_named(arn, &p.name));
        Some(match known {
            true => format!("the world has {arn}, but it did not decide: its text may be another version"),
            false => format!("the world does not have {arn}, which AWS names: add it"),
        })
    }

    fn no_deny_here(&self, layer: Layer) -> String {
        match self.takes_part(layer) {
            false => format!("no {} takes part here: the world may lack it", layer.noun()),
            true => format!(
                "here no {} denies it: one may be missing or of another version, or a condition key has another value",
                layer.noun()
            ),
        }
    }

    fn allow_here(&self, layer: Layer) -> String {
        let denied = self.explanation.answer.decision == Verdict::ExplicitDeny;
        let said = self.explanation.path.iter().find(|step| step.layer == layer).map(|step| step.said);
        match (denied, said) {
            (true, _) => {
                "the Deny that decides here may be gone in AWS, or a condition key has another value"
                    .to_owned()
            }
            (_, Some(Said::Allowed)) => format!(
                "here the {} allows it: in AWS it may be detached or of another version, or a condition key has another value",
                layer.noun()
            ),
            (_, None | Some(Said::NotInvolved)) => {
                format!("no {} takes part here: the world may lack it", layer.noun())
            }
            _ => "the message may be older than the policies of the world".to_owned(),
        }
    }

    fn takes_part(&self, layer: Layer) -> bool {
        self.explanation.path.iter().any(|step| step.layer == layer && step.said != Said::NotInvolved)
    }
}

/// Whether the ARN of a policy ends in a name.
fn is_named(arn: &str, name: &str) -> bool {
    arn.rsplit('/').next() == Some(name)
}
