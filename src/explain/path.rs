//! The way of a request through the layers.

use super::NearMiss;
use super::headline::list;
use crate::facts::{RuleId, rule};
use crate::policy::{Effect, Layer};
use crate::question::Asked;
use crate::trace::{Decision, LevelTrace, Mismatch};
use crate::world::{LeftOut, Level, PrincipalKind};

/// What one level of a layer said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The layer.
    pub layer: Layer,
    /// Its word, or the narrower one.
    pub word: &'static str,
    /// The level, for layers of several: `ou Prod`.
    pub level: Option<String>,
    /// What it said.
    pub said: Said,
    /// By what, or why not.
    pub by: String,
}

/// What a layer can say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// An Allow applies, or none is needed.
    Allowed,
    /// A Deny applies.
    Denied,
    /// No Allow applies, and one is needed.
    NotAllowed,
    /// What it says is not known, and its Allow is needed.
    Unknown,
    /// No Allow applies, and none is needed.
    NotNeeded,
    /// The layer takes no part.
    NotInvolved,
}

impl Said {
    /// The words for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Allowed => "allowed",
            Self::Denied => "denied",
            Self::NotAllowed => "not allowed",
            Self::Unknown => "not known",
            Self::NotNeeded => "not needed",
            Self::NotInvolved => "not involved",
        }
    }
}

impl Asked<'_> {
    /// The way through the layers: those that took part, and of the others those that a person expects.
    pub fn path(&self) -> Vec<Step> {
        if self.trace.gate.is_some() && self.trace.levels.is_empty() {
            return Vec::new(); // a gate before any policy
        }
        Layer::ALL.into_iter().flat_map(|layer| self.steps(layer)).collect()
    }

    /// The rules that are worth showing, because they say more than the reason does: that one grant suffices within
    /// an account (D.4) only where another layer allowed nothing; that both sides must allow (D14) only where a
    /// policy of the principal is missing, or no statement names it.
    pub(super) fn rules(&self, near: &[NearMiss]) -> Vec<RuleId> {
        let named = near.iter().any(|miss| matches!(miss.mismatch, Mismatch::Condition { .. }));
        let needless = |one: &RuleId| {
            (*one == const { rule("D.4") } && !self.spares()) || (*one == const { rule("D14") } && named)
        };
        let mut rules: Vec<RuleId> =
            self.trace.rules.iter().filter(|rule| !needless(rule)).copied().collect();
        if self.bounds_exception() {
            rules.push(const { rule("D28") });
        }
        rules
    }

    /// D28: whether a boundary, be it one that allows, is why a Deny applies.
    fn bounds_exception(&self) -> bool {
        let mut denies = self.because().into_iter().filter_map(|because| because.at);
        self.decision == Decision::ExplicitDeny && denies.any(|at| self.ignores_exception(at))
    }

    /// Whether a layer that allowed nothing did not have to.
    pub(super) fn spares(&self) -> bool {
        self.path().iter().any(|step| step.said == Said::NotNeeded)
    }

    fn steps(&self, layer: Layer) -> Vec<Step> {
        let levels: Vec<&LevelTrace> = self.trace.levels.iter().filter(|l| l.layer == layer).collect();
        if levels.is_empty() {
            return self.absent(layer).into_iter().collect();
        }
        levels.into_iter().filter_map(|level| self.step(level)).collect()
    }

    fn step(&self, trace: &LevelTrace) -> Option<Step> {
        let level = self.request.level(trace.layer, trace.level)?;
        let (said, by) = self.said(trace, level);
        let name = Some(level.name.to_string()).filter(|name| !name.is_empty());
        Some(Step { layer: trace.layer, word: self.layer_word(trace.layer), level: name, said, by })
    }

    fn said(&self, trace: &LevelTrace, level: &Level) -> (Said, String) {
        let by = |effect| list(&self.names(trace, effect));
        let blocks = self.trace.blocked_by.contains(&trace.layer);
        if trace.outcome.denies.is_some() {
            return match by(Effect::Deny) {
                by if by.is_empty() => (Said::Denied, "S3 Block Public Access".to_owned()),
                by => (Said::Denied, by),
            };
        }
        match trace.outcome.allows {
            Some(_) if trace.layer == Layer::PermissionsBoundary && self.bounds_exception() => {
                (Said::Allowed, format!("{}; but with a boundary no NotPrincipal spares", by(Effect::Allow)))
            }
            Some(_) => (Said::Allowed, by(Effect::Allow)),
            None if trace.layer == Layer::ResourceControl => (Said::Allowed, "nothing denies it".to_owned()),
            None if self.only_denies(trace.layer) => (Said::Allowed, "the task covers it".to_owned()),
            None if blocks && !level.incomplete.is_empty() => {
                (Said::Unknown, format!("{} could not be consulted", list_of(&level.incomplete)))
            }
            None if blocks && level.set.is_empty() => (Said::NotAllowed, "there is no policy".to_owned()),
            None if blocks || self.trace.gate.is_some() || self.decision == Decision::ExplicitDeny => {
                (Said::NotAllowed, "no Allow applies".to_owned())
            }
            None if trace.layer == Layer::ResourceBased && !self.decision.is_allowed() => {
                (Said::NotNeeded, "no Allow applies; one that names the principal would do".to_owned())
            }
            None => (Said::NotNeeded, "no Allow applies, and none is needed".to_owned()),
        }
    }

    /// D11: the policy of a task only denies.
    fn only_denies(&self, layer: Layer) -> bool {
        layer == Layer::Session && self.request.caller.principal.is_root()
    }

    /// The statements of an effect that apply at a level, each with the group that it comes through.
    fn names(&self, level: &LevelTrace, effect: Effect) -> Vec<String> {
        let here = self.applying(level.layer, level.level, effect).into_iter();
        here.filter_map(|at| {
            let group = self.origin(at)?.group.as_ref().map(|group| format!(" through group {group}"));
            Some(format!("{}{}", self.statement(at).name()?, group.unwrap_or_default()))
        })
        .collect()
    }

    /// A layer that took no part, where a person would look for it.
    fn absent(&self, layer: Layer) -> Option<Step> {
        let step = |said, by: &str| Step {
            layer,
            word: self.layer_word(layer),
            level: None,
            said,
            by: by.to_owned(),
        };
        if self.trace.blocked_by.contains(&layer) {
            return Some(match self.is_unknown(layer) {
                true => step(Said::Unknown, "nobody gave it"),
                false => step(Said::NotAllowed, "there is no policy"),
            });
        }
        self.why_absent(layer).map(|why| step(Said::NotInvolved, &why))
    }

    fn why_absent(&self, layer: Layer) -> Option<String> {
        let caller = &self.request.caller;
        let is_root = caller.principal.is_root();
        if self.request.left_out.contains(&LeftOut::Layer(layer)) {
            return Some("the question leaves it out".to_owned());
        }
        let is_entity =
            matches!(caller.principal.kind, PrincipalKind::User { .. } | PrincipalKind::RoleSession { .. });
        let why = match layer {
            Layer::ServiceControl | Layer::PermissionsBoundary if caller.is_stranger => return None,
            Layer::ServiceControl => return self.why_no_scp(),
            Layer::ResourceBased if !self.request.passed_over().is_empty() => "its policy is not asked",
            Layer::ResourceBased if self.request.arn().is_some() => "the resource has no policy",
            Layer::IdentityBased if is_root => "root has no policies and needs none",
            Layer::PermissionsBoundary if is_entity => "none is set",
            _ => return None,
        };
        Some(why.to_owned())
    }

    fn why_no_scp(&self) -> Option<String> {
        let caller = &self.request.caller;
        let account = caller.account?;
        if let Some(exemption) = self.request.scp_exemption {
            return Some(format!("SCPs do not restrict {}", exemption.task));
        }
        Some(match self.request.world.organization_of(account) {
            _ if caller.service_linked.is_some() => "SCPs do not bind service-linked roles".to_owned(),
            None => format!("account {account} is in no organization"),
            Some(_) => format!("SCPs do not bind the management account {account}"),
        })
    }
}

fn list_of(names: &[Box<str>]) -> String {
    list(&names.iter().map(|name| name.to_string()).collect::<Vec<_>>())
}

/// The layers that are no problem, in one line: those that allow, with what does, and those that take no part.
pub fn fine(path: &[Step]) -> Option<String> {
    let folded = folded(path);
    let of = |said: Said| folded.iter().filter(move |step| step.said == said);
    let allows: Vec<String> = of(Said::Allowed).map(allowing).collect();
    let idle: Vec<String> = of(Said::NotInvolved).map(|step| plain_name(step.layer).to_owned()).collect();
    let idle = (!idle.is_empty()).then(|| format!("no {}", super::headline::alternatives(&idle)));
    let parts: Vec<String> = allows.into_iter().chain(idle).collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// A level that allows: `SCPs of account 111122223333 (FullAWSAccess)`; RCPs only deny.
fn allowing(step: &Step) -> String {
    let of_all = |level: &&String| !level.starts_with("both ") && !level.starts_with("all ");
    let level = step.level.as_ref().filter(of_all).map(|level| format!(" of {level}")).unwrap_or_default();
    let by = match step.layer {
        Layer::ResourceControl => String::new(),
        _ => format!(" ({})", without_number(&step.by)),
    };
    format!("{}{level}{by}", plain_name(step.layer))
}

/// The name of a policy alone: of what is no problem nobody needs to know which statement it is.
fn without_number(by: &str) -> String {
    let Some((name, behind)) = by.split_once(", statement ") else { return by.to_owned() };
    format!("{name}{}", behind.trim_start_matches(|c: char| c.is_ascii_digit()))
}

fn plain_name(layer: Layer) -> &'static str {
    match layer {
        Layer::ResourceControl => "RCPs",
        Layer::ServiceControl => "SCPs",
        layer => layer.noun(),
    }
}

/// The way with neighbouring levels of a layer that say the same told in one line.
pub fn folded(path: &[Step]) -> Vec<Step> {
    let same = |a: &Step, b: &Step| {
        (a.layer, a.said, &a.by, a.level.is_some()) == (b.layer, b.said, &b.by, b.level.is_some())
    };
    let of_layer = |layer| path.iter().filter(|step| step.layer == layer).count();
    let fold = |run: &[Step]| {
        let levels: Vec<String> = run.iter().filter_map(|step| step.level.clone()).collect();
        let all = levels.len() == of_layer(run[0].layer) && run[0].layer != Layer::ResourceBased;
        let level = match levels.len() {
            2 if all => Some("both levels".to_owned()),
            many if many > 2 && all => Some(format!("all {many} levels")),
            _ => Some(levels.join(", ")).filter(|levels| !levels.is_empty()),
        };
        Step { level, ..run[0].clone() }
    };
    path.chunk_by(same).map(fold).collect()
}
