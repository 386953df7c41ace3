//! The engine and the evaluator that was written a second time, from the rules alone.

use crate::evaluator;
use crate::worlds::{self, NOW, Tape, answer};

/// Makes a request out of the bytes and has both decide it.
pub(super) fn two_evaluators(data: &[u8]) {
    let request = worlds::request(&mut Tape::new(data.to_vec()));
    let answer = answer(&request);
    let expected = evaluator::decide(&request, NOW);
    assert_eq!(answer["decision"].as_str(), Some(expected), "{request}\n{answer}");
}
