//! The arguments of `serve`.

use clap::Args;

/// `serve`
#[derive(Debug, Args)]
pub(in super::super) struct ServeTask {
    /// The port; 0 takes one that is free
    #[arg(long, default_value_t = 4269)]
    pub(super) port: u16,
    /// The address to listen on; any but a loopback one lets other machines ask, and nobody has to sign in
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub(super) host: String,
}
