//! JSON and script text become trees; nom is used on this floor only.
//!
//! INVARIANT: nothing here knows what a policy, an account or a command is: what a script may say comes in as a
//! table of usages. Every text, however broken, ends in a value or a diagnostic with a place; nothing recurses
//! deeper than [`json::MAX_DEPTH`].
//!
//! Read first: [`json::parse_json`], then [`script::parse_statement`].

pub mod json;
pub mod percent;
pub mod script;
pub mod shell;
pub mod yaml;
