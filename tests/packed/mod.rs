//! Files that the repository holds packed.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use ruzstd::decoding::StreamingDecoder;

/// The text of a file that is packed with zstd, by its path in the package.
pub(crate) fn unpacked(path: &str) -> String {
    let file = File::open(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect(path);
    let mut text = String::new();
    StreamingDecoder::new(file).expect("zstd").read_to_string(&mut text).expect("UTF-8");
    text
}
