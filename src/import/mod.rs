//! What AWS tells about an account, read as changes to a world.
//!
//! INVARIANT: an import never stops at what is missing or broken: it says so in a finding and goes on, and what
//! could not be read is stored as such, so that every answer that needs it can say so.
//!
//! Read first: [`Imported`].

mod collected;
mod details;
mod document;
mod entry;
mod imported;
mod policies;

pub use collected::{CollectedWorld, Collecting, HOW};
pub(crate) use details::LISTS;
pub use details::account_authorization_details;
pub use imported::Imported;
