//! How text lies on a screen or a page: lines cut between words, cells side by side, signs that markup would take.
//!
//! INVARIANT: nothing here knows what the text is about.
//!
//! Read first: [`wrap`].

mod escape;
mod page;
mod table;
mod wrap;

pub use escape::escape;
pub use page::Page;
pub use table::{Align, GAP, side_by_side};
pub use wrap::{fill, width, wrap};
