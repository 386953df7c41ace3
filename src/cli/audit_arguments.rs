//! The arguments of `who-can`, `what-can`, `matrix` and `paths`.

use clap::Args;

use super::clauses::CompareTask;

/// `who-can`, `what-can`, `matrix`, `paths`
#[derive(Debug, Args)]
pub(super) struct AuditTask {
    #[command(flatten)]
    pub(super) asked: CompareTask,
    /// Writes the answer also as a page, whose tables are sorted and filtered without a network
    #[arg(long, value_name = "FILE")]
    pub(super) html: Option<String>,
}

/// `who-can`
#[derive(Debug, Args)]
pub(super) struct WhoCanTask {
    #[command(flatten)]
    pub(super) asked: AuditTask,
    /// Adds those who may do it once they have assumed roles, with the chain of roles
    #[arg(long)]
    pub(super) through_roles: bool,
}

/// `what-can`
#[derive(Debug, Args)]
pub(super) struct WhatCanTask {
    #[command(flatten)]
    pub(super) asked: AuditTask,
    /// Prints one policy that allows what the identity-based policies of the principal do; what is not in it is said on
    /// standard error
    #[arg(long)]
    pub(super) as_policy: bool,
}
