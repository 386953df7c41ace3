//! The targets of `tests/laws/targets`, for libFuzzer. Which one it is says the variable `TARGET`.
#![no_main]
#![allow(dead_code, unused_imports, reason = "the laws use more of their worlds")]

#[path = "../../laws/evaluator/mod.rs"]
mod evaluator;
#[path = "../../outside/mod.rs"]
mod outside;
#[path = "../../laws/targets/mod.rs"]
mod targets;
#[path = "../../laws/worlds/mod.rs"]
mod worlds;

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;

/// The target that the environment names.
static TARGET: LazyLock<fn(&[u8])> = LazyLock::new(|| {
    let named = std::env::var("TARGET").unwrap_or_default();
    let found = targets::TARGETS.iter().find(|(name, _)| *name == named);
    let names = targets::TARGETS.map(|(name, _)| name).join(", ");
    found.unwrap_or_else(|| panic!("TARGET is one of: {names}")).1
});

fuzz_target!(|data: &[u8]| TARGET(data));
