//! The rules of AWS: what is decided in which world, what changes a world, and the facts that all of it stands on.

mod catalog;
mod conformance;
mod escalation;
mod facts;
mod import;
mod keys;
mod managed;
#[path = "../outside/mod.rs"]
mod outside;
#[path = "../packed/mod.rs"]
mod packed;
mod world_changes;
