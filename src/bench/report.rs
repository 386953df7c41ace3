//! What was measured, as data.

use serde::{Deserialize, Serialize};

use super::figures::Figures;
use crate::question::wire::WireQuestion;

/// All that was measured.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// The version that measured.
    pub iamwhy: String,
    /// When and where it was measured.
    #[serde(default)]
    pub circumstances: Circumstances,
    /// The time of the shortest batch that there was.
    pub least_batch_ns: u64,
    /// How many rounds went through everything.
    pub rounds: usize,
    /// How many seconds all rounds take that should be made: with less there are fewer.
    #[serde(default)]
    pub wanted_seconds: f64,
    /// The decisions, in the order of the requests.
    pub decisions: Vec<DecisionReport>,
    /// The policies that took part, each once.
    pub policies: Vec<PolicyReport>,
    /// The bytes that all policies take.
    #[serde(default)]
    pub memory: MemoryReport,
    /// Decisions a second, all requests in turn, on one core and on all.
    pub cores: Vec<CoresReport>,
    /// Statements that no request made from the policies reaches.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unreached: Vec<String>,
    /// What keeps a request from each of these, in the same order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unreached_why: Vec<String>,
}

impl Report {
    /// The statements that no request reaches, each with what keeps them from it.
    pub fn not_reached(&self) -> impl Iterator<Item = (&str, &str)> {
        let whys = self.unreached_why.iter().map(String::as_str).chain(std::iter::repeat(""));
        self.unreached.iter().map(String::as_str).zip(whys)
    }
}

/// When and where something was measured; empty where nobody said it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Circumstances {
    /// The moment, in UTC.
    pub date: String,
    /// The name of the processor.
    pub cpu: String,
    /// How many cores may be used.
    pub cores: usize,
    /// The operating system and the architecture.
    pub system: String,
    /// The arguments of the program.
    pub arguments: Vec<String>,
}

/// What the decision about one request costs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DecisionReport {
    /// The name of the request.
    pub request: String,
    /// What was asked.
    #[serde(flatten)]
    pub asked: WireQuestion,
    /// What is decided.
    pub decision: String,
    /// From a prepared request, silently.
    #[serde(flatten)]
    pub decide: Figures,
    /// From a prepared request, with the trace.
    pub traced: Figures,
    /// From strings: preparing and deciding. The principal is prepared already.
    pub raw: Figures,
    /// With no policy at all: gates, and combining nothing.
    pub no_policies: Figures,
    /// With the policies of one layer only, each layer that takes part.
    pub layers: Vec<LayerReport>,
}

/// What the policies of one layer cost.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LayerReport {
    /// The key of the layer.
    pub layer: String,
    /// How many levels it has.
    pub levels: usize,
    /// How many statements.
    pub statements: usize,
    /// A decision with the policies of this layer only.
    #[serde(flatten)]
    pub alone: Figures,
    /// What that takes beyond a decision with no policies; negative where it is faster.
    pub own_ns: f64,
}

/// What a policy costs before anything is decided.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PolicyReport {
    /// Its name.
    pub policy: String,
    /// A hash of its text.
    #[serde(default)]
    pub fingerprint: String,
    /// The length of its text.
    pub bytes: usize,
    /// How many statements it has.
    pub statements: usize,
    /// The bytes of its compiled tables; text and syntax tree not counted.
    pub compiled_bytes: usize,
    /// From text to syntax tree.
    pub parse: Figures,
    /// From syntax tree to tables.
    pub compile: Figures,
}

/// The bytes that policies take.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemoryReport {
    /// Their texts.
    pub text_bytes: usize,
    /// Their compiled tables.
    pub compiled_bytes: usize,
    /// The indexes that lead each principal's actions to statements.
    pub index_bytes: usize,
    /// The most that the process held in memory at a time, all that measuring takes included; where the system tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub peak_process_bytes: Option<usize>,
}

/// Decisions a second on a number of threads.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CoresReport {
    /// How many threads.
    pub threads: usize,
    /// Decisions a second, all together.
    pub per_second: f64,
    /// How many times those of one thread.
    pub gain: f64,
}

impl Report {
    /// Takes what was measured again and found faster.
    pub(super) fn keep_faster(&mut self, again: Self) {
        self.least_batch_ns = self.least_batch_ns.min(again.least_batch_ns);
        for decision in again.decisions {
            if let Some(own) = self.decisions.iter_mut().find(|own| own.request == decision.request) {
                own.keep_faster(decision);
            }
        }
        for policy in again.policies {
            if let Some(own) = self.policies.iter_mut().find(|own| own.policy == policy.policy) {
                own.parse.keep_faster(policy.parse);
                own.compile.keep_faster(policy.compile);
            }
        }
    }
}

impl DecisionReport {
    fn keep_faster(&mut self, again: Self) {
        self.decide.keep_faster(again.decide);
        self.traced.keep_faster(again.traced);
        self.raw.keep_faster(again.raw);
        self.no_policies.keep_faster(again.no_policies);
        for (own, again) in self.layers.iter_mut().zip(again.layers) {
            own.alone.keep_faster(again.alone);
            own.own_ns = beyond(&own.alone, &self.no_policies);
        }
    }

    /// What all policies together take.
    pub fn own_ns(&self) -> f64 {
        beyond(&self.decide, &self.no_policies)
    }
}

/// What something takes beyond a decision with no policies.
pub(super) fn beyond(figures: &Figures, no_policies: &Figures) -> f64 {
    ((figures.p50_ns - no_policies.p50_ns) * 10.0).round() / 10.0
}
