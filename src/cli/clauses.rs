//! What questions on the command line take: words, and clauses as options.

use clap::Args;

/// What a question assumes.
#[derive(Debug, Default, Args)]
pub(super) struct Clauses {
    /// A context key; `KEY=[a,b]` has several values, `KEY=null` is absent; may be repeated
    #[arg(long, value_name = "KEY=VALUE")]
    pub(super) with: Vec<String>,
    /// Context keys from a JSON object
    #[arg(long, value_name = "FILE")]
    pub(super) context: Option<String>,
    /// Leaves out a layer, a policy or a statement of it (`POLICY#1`); may be repeated
    #[arg(long, value_name = "LAYER-OR-POLICY")]
    pub(super) without: Vec<String>,
    /// Answers by the list of root-only tasks of that day
    #[arg(long, value_name = "DATE")]
    pub(super) as_of: Option<String>,
}

/// `compare`; what those have, too, that answer with a page
#[derive(Debug, Args)]
pub(super) struct CompareTask {
    /// What the command takes at the prompt: `help compare`, `help who-can`
    #[arg(required = true, num_args = 1.., value_name = "WORDS")]
    pub(super) words: Vec<String>,
    #[command(flatten)]
    pub(super) clauses: Clauses,
}
