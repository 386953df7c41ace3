//! What was measured, as data.

use serde::{Deserialize, Serialize};

use super::asked::AskedReport;
use super::figures::Figures;

/// All that was measured.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// The version that measured.
    pub iamwhy: String,
    /// The shortest time of a batch.
    pub least_batch_ns: u64,
    /// How many rounds went through everything.
    pub rounds: usize,
    /// The decisions, in the order of the requests.
    pub decisions: Vec<DecisionReport>,
    /// The policies that took part, each once.
    pub policies: Vec<PolicyReport>,
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

/// What the decision about one request costs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DecisionReport {
    /// The name of the request.
    pub request: String,
    /// What was asked.
    #[serde(flatten)]
    pub asked: AskedReport,
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
    /// What that takes beyond a decision with no policies.
    pub own_ns: f64,
}

/// What a policy costs before anything is decided.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PolicyReport {
    /// Its name.
    pub policy: String,
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
