//! Where the benchmarks read their texts from.

use std::path::{Path, PathBuf};

/// A file of the benchmark data; `None`, said once, where the data is not beside this checkout.
pub(crate) fn data(name: &str) -> Option<String> {
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/bench").join(name);
    let text = std::fs::read_to_string(&path).ok();
    if text.is_none() {
        eprintln!("skipped: {name} is not beside this checkout");
    }
    text
}
