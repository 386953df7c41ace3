//! How much is done to find out which mutants are noticed, counted in questions of ordinary size.

use crate::analysis::Mutant;

/// How much is done for a script, at most.
pub const WORK: usize = 2_000_000;

/// How many statements a question of ordinary size consults.
const ORDINARY: usize = 100;

/// How many bytes of a policy are read in the time of such a question.
const BYTES: usize = 256;

/// What a question costs that consults so many statements.
pub(super) fn cost_of_question(statements: usize) -> usize {
    1 + statements / ORDINARY
}

/// What it costs to read the policy of a mutant.
pub(super) fn cost_of_reading(mutant: &Mutant) -> usize {
    1 + mutant.policy.policy().source().text().len() / BYTES
}
