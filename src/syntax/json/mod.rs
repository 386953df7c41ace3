//! JSON that keeps spans, member order and duplicate keys, and goes on after an error.

mod parser;
mod tokens;
mod tree;
mod unescape;

pub use parser::{MAX_DEPTH, MAX_ERRORS, parse_json, parse_json_in};
pub use tree::{Cursor, Kind, Node, Tree};
pub use unescape::unescape;
