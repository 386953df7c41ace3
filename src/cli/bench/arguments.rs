//! The arguments of `bench`.

use clap::Args;

use crate::cli::percent::percent;

/// `bench`
#[derive(Debug, Args)]
pub(crate) struct BenchTask {
    /// An identity-based policy, or a list of them, in place of the principal's; may be repeated
    #[arg(long, value_name = "FILE")]
    pub(super) policy: Vec<String>,
    /// The requests: an object of them, or a batch; without it they are made from the policies
    #[arg(long, value_name = "FILE")]
    pub(super) requests: Option<String>,
    /// Who asks, where the requests do not say it
    #[arg(long, value_name = "PRINCIPAL")]
    pub(super) principal: Option<String>,
    /// How long to measure, about: 12 rounds through everything, fewer where there is no time for them
    #[arg(long, value_name = "SECONDS", default_value_t = 3.0)]
    pub(super) seconds: f64,
    /// Writes the figures to a file, as JSON
    #[arg(long, value_name = "FILE")]
    pub(super) save: Option<String>,
    /// Compares with figures that were saved; what looks slower is measured again
    #[arg(long, value_name = "FILE")]
    pub(super) baseline: Option<String>,
    /// How many percent slower than the baseline is a failure (exit code 1)
    #[arg(long, value_name = "PERCENT", default_value_t = 10.0, value_parser = percent, requires = "baseline")]
    pub(super) threshold: f64,
    /// Writes the requests that were made from the policies to a file that `--requests` and `batch` take
    #[arg(long, value_name = "FILE", conflicts_with = "requests")]
    pub(super) save_requests: Option<String>,
    /// Writes a page with plots
    #[arg(long, value_name = "FILE")]
    pub(super) html: Option<String>,
}
