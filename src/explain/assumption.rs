//! What an answer assumes, and whether it matters.

use super::answer::{Answer, NO_POLICY, SCP};
use super::cause::{Cause, CauseKind};
use super::headline::few;
use crate::names::fold_hash;
use crate::policy::{Effect, Layer};
use crate::question::Asked;
use crate::trace::{Decision, Mismatch, StatementTrace};

const REQUEST_TAG: &str = "aws:RequestTag/";
const REGION: &str = "aws:RequestedRegion";

/// Something that nobody told and that was filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assumption {
    /// The key, or what else it is about.
    pub about: String,
    /// What is assumed: `the resource has no policy`.
    pub sentence: String,
    /// Whether the answer could be another if it is not so.
    pub matters: bool,
}

impl Asked<'_> {
    /// What is assumed, but for what a cause says of itself.
    pub(super) fn assumptions(&self, causes: &[Cause]) -> Vec<Assumption> {
        let answer = Answer::from(self);
        let told = |key: &str| {
            let mut said = causes.iter().filter_map(|cause| cause.assumed.as_ref());
            said.any(|said| {
                said.contains(&format!(" {key} ")) || (key == REGION && said.contains("name its Region"))
            })
        };
        let filled = answer.assumptions().filter(|(key, _)| !told(key)).map(|(key, sentence)| Assumption {
            about: key.to_owned(),
            sentence,
            matters: self.turns(key, causes),
        });
        let (partly, absent): (Vec<&String>, Vec<&String>) = answer
            .needs
            .iter()
            .filter(|key| !self.is_told_by_tag_keys(key))
            .partition(|key| self.request.is_partly_known(key));
        let partly = partly.into_iter().map(|key| Assumption {
            about: key.clone(),
            sentence: format!("{key}: only the name that calls is known, not those of its Region"), // I12
            matters: true,
        });
        filled.chain(partly).chain(taken_as_absent(&absent)).collect()
    }

    /// Whether the question lists the keys of the tags that the request brings, and a tag is not among them.
    fn is_told_by_tag_keys(&self, key: &str) -> bool {
        let is_tag = key.get(..REQUEST_TAG.len()).filter(|start| start.eq_ignore_ascii_case(REQUEST_TAG));
        is_tag.is_some() && self.request.is_given("aws:TagKeys")
    }

    /// The assumed keys of which another value turns the answer; each has been tried by the engine.
    pub(super) fn turning_assumptions(&self) -> Vec<Assumption> {
        let answer = self.assumed();
        let keys = answer.keys().filter(|key| key.starts_with("aws:"));
        let turning = keys.filter(|key| self.is_turned_by(key));
        let turning = turning.map(|key| Assumption {
            about: (*key).to_owned(),
            sentence: String::new(),
            matters: true,
        });
        turning.collect()
    }

    /// Whether the answer could be another if an assumption is wrong.
    fn turns(&self, about: &str, causes: &[Cause]) -> bool {
        let certain = || causes.iter().filter(|cause| cause.decides() && cause.assumed.is_none());
        let of_resource = |cause: &Cause| {
            let layer = cause.at.map(|at| at.layer);
            matches!(layer, None | Some(Layer::ResourceBased | Layer::ResourceControl))
                && cause.kind != CauseKind::Gate
        };
        match (self.decision, about) {
            (Decision::Allowed, _) | (_, NO_POLICY) => true,
            (_, SCP) => false,
            (_, "resource_account") => certain().all(of_resource),
            (Decision::ExplicitDeny, _) => certain().next().is_none(),
            (Decision::ImplicitDeny, key) => self.could_allow_by(key),
        }
    }

    /// Whether an Allow misses by its condition alone, and reads a key.
    fn could_allow_by(&self, key: &str) -> bool {
        let hash = fold_hash(key.as_bytes());
        let by_condition = |trace: &&StatementTrace| {
            trace.effect == Effect::Allow && matches!(trace.found, Err(Mismatch::Condition { .. }))
        };
        let mut near = self.trace.statements.iter().filter(by_condition);
        near.any(|trace| self.request.statement(trace.at).is_some_and(|view| view.reads(hash)))
    }
}

/// What is done with keys that nobody gave.
fn taken_as_absent(keys: &[&String]) -> Option<Assumption> {
    let first = keys.first()?;
    let are = if keys.len() == 1 { "is" } else { "are" };
    Some(Assumption {
        about: first.to_string(),
        sentence: format!(
            "{} {are} not given, and taken as absent; `with {first}=VALUE` gives it",
            few(keys.iter().map(|key| key.as_str()))
        ),
        matters: true,
    })
}
