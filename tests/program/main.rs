//! The program as its users meet it: arguments, streams, files, exit codes, and the prompt in a terminal.
#![cfg(feature = "cli")]

mod actions;
mod attacks;
mod audits;
mod batch_contract;
mod bench;
mod bench_input;
mod catalog_update;
mod check;
mod check_public;
mod cli;
mod deployments;
mod diff;
mod exit_codes;
mod expect_of_all;
mod expectations_that_mean_nothing;
mod fmt;
mod given_policies;
mod guides;
#[path = "../harmless/mod.rs"]
mod harmless;
mod import;
mod info;
mod inside;
mod keeping;
mod lessons;
mod lint;
mod lint_here;
mod lsp;
mod mcp;
mod no_policy;
mod nothing_escapes;
#[path = "../packed/mod.rs"]
mod packed;
mod paths;
mod patterns;
mod policy_kinds;
mod readme;
#[cfg(unix)]
mod repl;
mod replay;
mod scratch;
mod serve;
mod sha256;
mod strangers;
mod templates;
mod test_command;
mod what_aws_said;
mod who_can;
mod yaml;
