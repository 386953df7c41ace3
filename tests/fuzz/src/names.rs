//! The target `names` alone, for libFuzzer: the fewer places there are to count, the more inputs it tries.
#![no_main]

#[path = "../../laws/targets/names.rs"]
mod names;

use libfuzzer_sys::fuzz_target;

/// The text of some bytes, whatever they are.
fn text(data: &[u8]) -> std::borrow::Cow<'_, str> {
    String::from_utf8_lossy(data)
}

fuzz_target!(|data: &[u8]| names::names(data));
