//! Questions about policies as a whole: which of their parts are exercised, and what small changes would do.
//!
//! INVARIANT: nothing here decides. Whatever is asked is asked of `eval::authorize`; a changed policy is text that
//! is read and compiled like any other.
//!
//! Read first: [`Coverage`], then [`mutants`].

mod coverage;
mod gap;
mod granted;
mod mutant;
mod mutated;

pub use coverage::{Coverage, CoveredElement, CoveredPolicy, CoveredStatement, PolicyKey};
pub use gap::Gap;
pub use granted::GrantedActions;
pub use mutant::{Mutant, mutants};
pub use mutated::{Mutated, Mutation, TriedMutants, TriedStatements, WouldNotice};
