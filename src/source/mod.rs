//! Texts, places in them, and what there is to say about them; this floor knows nothing of IAM.
//!
//! INVARIANT: nothing here renders, prints or reads a file. A [`Diagnostic`] is plain data that any surface
//! can show, and a [`Place`] keeps the text that it points at alive.
//!
//! Read first: [`Source`].

mod diagnostic;
mod first_of;
mod line_index;
mod made;
mod parsed;
mod printable;
pub(crate) mod scan;
mod suggest;
mod text;

pub use diagnostic::{Diagnostic, Label, Severity};
pub use first_of::first_of;
pub use line_index::{LineColumn, LineIndex};
pub use made::MadeText;
pub use parsed::Parsed;
pub use printable::{
    harmless, is_hidden, one_line, printable, printable_json, push_escape, without_commands,
};
pub use suggest::{LONGEST_WORD, nearest};
pub use text::{MAX_TEXT, Place, Source, Span};
