//! Questions and their answers: the decision with everything that there is to say about it.
//!
//! INVARIANT: nothing here decides. Decision and explanation come from one run of `eval::authorize`; whatever is
//! asked on top of it can change nothing.
//!
//! Read first: [`Answer`].

mod answer;
mod ask;
mod because;
mod explanation;
mod message;

pub use answer::{Answer, GateAnswer, Verdict, Warning};
pub use ask::{Asked, ask};
pub use because::Because;
pub use explanation::{Explanation, explain};
