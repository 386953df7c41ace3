//! JSON that keeps spans, member order and duplicate keys, and goes on after an error.

mod parser;
mod read;
mod tokens;
mod tree;
mod unescape;
mod write;

pub use parser::{MAX_DEPTH, MAX_ERRORS};
pub use read::{each_item, parse_json, parse_json_in};
pub use tree::{Cursor, Kind, Tree};
pub use unescape::unescape;
pub use write::{one_line, quote};
