//! What else a call needs, as the engine answers it, in words.

use serde::Serialize;

use super::Verdict;
use super::headline::{few, list};
use crate::names::Arn;
use crate::policy::Layer;
use crate::question::{AlsoNeeded, Asked, NeededOn, Variation};
use crate::world::{LevelEdit, UnknownPolicy, World};

/// Another permission that a call needs, and whether it is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Companion {
    /// The action.
    pub action: String,
    /// On what, where it was asked on one resource.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource: Option<String>,
    /// The service that needs it, where it is not the caller: the one that takes the role.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    /// Whether it is allowed; `Depends` where something must be told first.
    #[serde(rename = "decision")]
    pub verdict: Verdict,
    /// The line under the verdict.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub by: String,
    /// On what it is needed, in words: `kms:Decrypt on alias/reports`.
    pub what: String,
    /// What must be told to have it answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tell: Option<String>,
    /// Whether the call fails without it; others are needed only where the call uses what they are for.
    #[serde(rename = "certain")]
    pub is_certain: bool,
    /// Whether the call, though it works, is of little use without it.
    #[serde(skip)]
    pub is_usual: bool,
}

impl Companion {
    /// Whether it stands against the call.
    pub fn is_denied(&self) -> bool {
        matches!(self.verdict, Verdict::ImplicitDeny | Verdict::ExplicitDeny)
    }

    /// Whether something must be told to have it answered.
    pub fn is_open(&self) -> bool {
        self.verdict == Verdict::Depends
    }

    /// What it needs and whether that is there, in one line.
    pub fn sentence(&self) -> String {
        let Self { what, by, .. } = self;
        match (&self.tell, self.is_denied()) {
            (Some(tell), _) => format!("{what}: {tell}"),
            (None, true) => format!("{what}: denied ({by})"),
            (None, false) => format!("{what}: {}", self.verdict.word()),
        }
    }
}

/// Why something is not answered.
const WHICH: &str = "it hangs on which it is";

/// What was said of a companion on one resource.
#[derive(Clone)]
struct Answered {
    verdict: Verdict,
    by: String,
}

impl Asked<'_> {
    /// What else the call needs: of a call that is not allowed, nothing, since its fixes say it.
    pub(super) fn companions(&self) -> Vec<Companion> {
        let by_policies = self.trace.gate.is_none();
        if self.decision.is_allowed() && by_policies { self.all_companions() } else { Vec::new() }
    }

    /// What else the call needs for certain, once a fix is made in the world, and what it is of little use without and lacks.
    pub(super) fn companions_after(&self, variation: &Variation, world: &World) -> Vec<Companion> {
        counting(variation.ask_in(&self.request, world, |after| after.all_companions()).unwrap_or_default())
    }

    /// The same where policies of the caller alone are edited, which came with the question.
    pub(super) fn companions_with(&self, variation: &Variation) -> Option<Vec<Companion>> {
        let is_of_caller = |edit: &LevelEdit| {
            !matches!(edit.layer, Layer::ResourceBased | Layer::ResourceControl | Layer::VpcEndpoint)
        };
        let all = !variation.edits.is_empty() && variation.edits.iter().all(is_of_caller);
        all.then(|| counting(variation.ask(&self.request, |after| after.all_companions())))
    }

    /// What of the call, once a fix is made, is not known: what else it needs where that was not asked, and whether its
    /// resource has a key of its own.
    pub(super) fn unchecked(&self, is_asked: bool) -> Option<String> {
        let others = self.also_needed().into_iter().filter(|needed| needed.is_certain && !is_asked);
        let mut actions: Vec<String> = others.map(|needed| needed.action).collect();
        actions.dedup();
        match actions.is_empty() {
            true => self.has_undeclared_key().map(|what| format!("a KMS key of {what} (none is declared)")),
            false => Some(format!("{}, which the call needs, too", list(&actions))),
        }
    }

    fn all_companions(&self) -> Vec<Companion> {
        self.also_needed().iter().filter_map(|needed| self.companion(needed)).collect()
    }

    pub(super) fn companion(&self, needed: &AlsoNeeded) -> Option<Companion> {
        match &needed.on {
            NeededOn::Resource(arn) => self.said_of(needed, Some(arn)).map(|said| {
                let what = self.needed_on(needed, arn);
                Companion { resource: Some(arn.clone()), ..answered(needed, what, said) }
            }),
            NeededOn::Nothing => {
                self.said_of(needed, None).map(|said| answered(needed, needed.action.clone(), said))
            }
            NeededOn::Untold { what, possible, is_known, .. } => {
                Some(self.untold(needed, what, possible, *is_known))
            }
        }
    }

    /// On what is not told: answered where it does not matter which it is.
    fn untold(&self, needed: &AlsoNeeded, what: &str, possible: &[String], is_known: bool) -> Companion {
        let all = possible.iter().filter_map(|arn| Some((self.short(arn), self.said_of(needed, Some(arn))?)));
        let (may, not): (Vec<_>, Vec<_>) = all.partition(|(_, said)| said.verdict == Verdict::Allowed);
        let words = format!("{} on {what}", needed.action);
        let first = may.iter().chain(&not).map(|(_, said)| said.clone()).next();
        match (first, may.is_empty() || not.is_empty()) {
            (Some(said), true) => answered(needed, words, said),
            (Some(_), false) if is_known => {
                let (may, not) = (names(&may), names(&not));
                open(needed, words, &format!("allowed on {may}, not on {not}"))
            }
            (Some(_), false) => open(needed, words, WHICH),
            (None, _) => match self.said_of(needed, None) {
                Some(said) if said.verdict == Verdict::Allowed => {
                    answered(needed, needed.action.clone(), said)
                }
                _ => open(needed, words, WHICH),
            },
        }
    }

    fn said_of(&self, needed: &AlsoNeeded, on: Option<&str>) -> Option<Answered> {
        needed.ask(self, on, |asked| {
            let needs = asked.needs();
            let hangs = !asked.decision.is_allowed() && !needs.is_empty();
            match hangs {
                // What a stranger's own side allows is said once, of the call.
                _ if asked.unknown() == Some(UnknownPolicy::OfStranger) => {
                    Answered { verdict: Verdict::Allowed, by: String::new() }
                }
                true => Answered { verdict: Verdict::Depends, by: format!("it hangs on {}", list(&needs)) },
                false => Answered { verdict: asked.verdict(), by: asked.in_brief() },
            }
        })
    }

    pub(super) fn needed_on(&self, needed: &AlsoNeeded, arn: &str) -> String {
        match &needed.service {
            Some(service) => format!("{} to trust {service}", self.short(arn)),
            None => format!("{} on {}", needed.action, self.short(arn)),
        }
    }

    /// The line under the verdict, shorter where a key policy or trust policy is what lacks.
    fn in_brief(&self) -> String {
        let lacks = self.verdict() == Verdict::ImplicitDeny && self.blocked().contains(&Layer::ResourceBased);
        match self.layer_word(Layer::ResourceBased) {
            own @ ("key" | "trust") if lacks => format!("the {own} policy does not allow it"),
            _ => self.headline().trim_start_matches("implicit deny: ").to_owned(),
        }
    }

    /// An ARN without what it shares with the caller.
    fn short(&self, arn: &str) -> String {
        let own = Arn::parse(arn)
            .filter(|one| one.account_id() == self.request.caller.account && one.account_id().is_some());
        own.map_or(arn, |own| own.resource()).to_owned()
    }
}

/// What counts once a fix is made.
fn counting(all: Vec<Companion>) -> Vec<Companion> {
    let counts = |one: &Companion| one.is_certain || (one.is_usual && one.is_denied());
    all.into_iter().filter(counts).collect()
}

fn answered(needed: &AlsoNeeded, what: String, said: Answered) -> Companion {
    let tell = (said.verdict == Verdict::Depends).then(|| said.by.clone());
    Companion {
        action: needed.action.clone(),
        resource: None,
        service: needed.service.clone(),
        verdict: said.verdict,
        by: said.by,
        what,
        tell,
        is_certain: needed.is_certain,
        is_usual: needed.is_usual,
    }
}

/// What cannot be answered before it is told which is meant.
fn open(needed: &AlsoNeeded, what: String, why: &str) -> Companion {
    let said = Answered { verdict: Verdict::Depends, by: String::new() };
    Companion { tell: Some(format!("{why}; say which with `using ARN`")), ..answered(needed, what, said) }
}

fn names(all: &[(String, Answered)]) -> String {
    few(all.iter().map(|(name, _)| name.as_str()))
}
