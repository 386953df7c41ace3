//! Names of AWS, valid by construction: each type parses itself and cannot hold what AWS would refuse.
//!
//! INVARIANT: nothing here knows policies or accounts; a value of these types needs no second look.
//!
//! Read first: [`Arn`].

mod account_id;
mod action;
mod arn;
mod characters;
mod distinct;
mod field;
mod fold;
mod glob;
mod long_segment;
mod segments;
mod text_set;
mod value;

pub use account_id::AccountId;
pub use action::ActionName;
pub use arn::Arn;
pub(crate) use characters::after_character;
pub use characters::capitalised;
pub use distinct::DistinctNames;
pub use fold::same_name;
pub(crate) use fold::{HashedKeys, fold_hash};
pub(crate) use glob::may_look_again;
pub use glob::{glob, glob_fold, has_wildcard, overlap};
pub(crate) use segments::covers;
pub use text_set::{FoundText, Letter, LetterSet, TextSet, find_text, letters_exactly, letters_of, some_of};
pub use value::{Instant, Number, parse_address, parse_bool, parse_network};
