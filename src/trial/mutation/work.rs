//! How much is done to find out which mutants are noticed, counted in statements that are looked at.

use std::cell::OnceCell;

use crate::analysis::Mutant;
use crate::question::search::Budget;
use crate::reason::ListedActions;

/// The work that is done for a script, at most.
#[derive(Clone, Debug)]
pub struct MutationWork {
    /// To find out which mutants are noticed.
    pub(super) trying: Budget,
    /// To find questions that would notice the others.
    pub(super) witnesses: Budget,
    /// To compare mutants with their originals over all requests.
    pub(super) differences: Budget,
    /// The actions for that.
    pub(super) listed: OnceCell<ListedActions>,
}

/// How many statements are looked at to find out which mutants are noticed.
const TRYING: usize = 50_000_000;

/// How many statements are looked at for questions that would notice the others.
const WITNESSES: usize = 100_000_000;

/// How many principals are compared over all requests.
const DIFFERENCES: usize = 300;

/// How many bytes of a statement are read in the time in which one is looked at.
const BYTES: usize = 16;

/// What it takes to prepare a question, and to make a world.
const PREPARING: usize = 100;

impl MutationWork {
    /// As much as is done for a script.
    pub fn of_script() -> Self {
        Self::of(TRYING, WITNESSES)
    }

    /// So many statements are looked at to find out which mutants are noticed, and so many for questions that would notice
    /// the others.
    pub fn of(trying: usize, witnesses: usize) -> Self {
        Self {
            trying: Budget::new(trying),
            witnesses: Budget::new(witnesses),
            differences: Budget::new(if witnesses == 0 { 0 } else { DIFFERENCES }),
            listed: OnceCell::new(),
        }
    }
}

/// What a question costs that consults so many statements.
pub(super) fn cost_of_question(statements: usize) -> usize {
    PREPARING + statements
}

/// What it costs to read the statement of a mutant.
pub(super) fn cost_of_reading(mutant: &Mutant) -> usize {
    1 + mutant.alone.policy().source().text().len() / BYTES
}
