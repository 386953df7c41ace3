//! Names of AWS, valid by construction: each type parses itself and cannot hold what AWS would refuse.
//!
//! INVARIANT: nothing here knows policies or accounts; a value of these types needs no second look.
//!
//! Read first: [`Arn`].

mod fold;

pub use fold::fold_hash;
