//! What helps whoever types: what can stand at the end of a text, what comes next, what was meant, what each part is.
//!
//! INVARIANT: nothing here knows an editor, a terminal or the disk; what can stand where is asked of `syntax` and of
//! the table of commands. Commands are known by name only in `slots` and `json_complete`, where a usage takes any word.
//!
//! Read first: [`complete`].

mod aws_complete;
mod aws_values;
mod brackets;
mod candidate;
mod complete;
mod correct;
mod files;
mod highlight;
mod hint;
mod json_complete;
mod json_paint;
mod json_place;
mod names;
mod resources;
mod shade;
mod slots;
mod typed;
mod values;
mod vocabulary;

pub use brackets::{depth, open_brace};
pub use candidate::{Candidate, going_on};
pub use complete::{complete, from};
pub use correct::correction;
pub use files::files;
pub use highlight::{Own, shades};
pub use hint::{Tip, hint, rest};
pub use names::things;
pub use shade::Shade;
pub use vocabulary::{Folder, Vocabulary};
