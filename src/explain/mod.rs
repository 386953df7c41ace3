//! Questions and their answers: the decision with everything that there is to say about it.
//!
//! INVARIANT: nothing here decides. Decision and explanation come from one run of `eval::authorize`; whatever is
//! asked on top of it can change nothing.
//!
//! Read first: [`Answer`], then [`Explanation`].

mod answer;
mod because;
mod beside;
mod message;
mod remarks;

mod explanation;
mod headline;
mod reason;
mod wording;

mod excerpt;
mod gate;
mod label;
mod path;

mod blame;
mod guess;
mod hint;
mod near;
mod terms;

pub use answer::{Answer, GateAnswer, Id, Verdict, Warning};
mod agreement;
mod pasted;

mod when;

mod candidate;
mod changed;
mod remedy;
mod samples;

pub use agreement::{Agreement, compare_with_aws};
pub use because::Because;
pub use excerpt::{Excerpt, ExcerptKind};
pub use explanation::{Explanation, explain, explain_briefly};
pub use gate::GateDetails;
pub use hint::Hint;
pub use near::NearMiss;
pub use pasted::{Pasted, PastedKind, parse_message};
pub use path::{Said, Step, folded};
pub use remedy::{Edit, Remedy, Support};
pub use when::{Residual, When, when};
pub use wording::Wording;
