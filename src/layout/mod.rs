//! How text lies on a screen or a page: lines cut between words, cells side by side, signs that markup would take.
//!
//! INVARIANT: nothing here knows what the text is about.
//!
//! Read first: [`wrap`].

mod ascii;
mod escape;
mod lines;
mod page;
mod table;
mod wrap;

pub use ascii::ascii;
pub use escape::escape;
pub use lines::changed_lines;
pub use page::Page;
pub use table::{Align, GAP, painted_side_by_side, side_by_side};
pub use wrap::{fill, width, wrap};
