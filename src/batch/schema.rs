//! The contract of a batch as a JSON Schema.

/// The JSON Schema (2020-12) of requests and answers: `$defs/request` and `$defs/answer`.
pub const SCHEMA: &str = include_str!("schema.json");
