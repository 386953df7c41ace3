//! What AWS IAM would decide, and why, without AWS.
#![cfg_attr(test, allow(clippy::print_stdout, reason = "tests may print"))]

pub mod source;

pub mod names;
pub mod syntax;

pub mod policy;

pub mod compile;

pub mod world;

pub mod import;
