//! Questions and their answers: the decision with everything that there is to say about it.
//!
//! INVARIANT: nothing here decides. Decision and explanation come from one run of `eval::authorize`; whatever is
//! asked on top of it can change nothing.
//!
//! Read first: [`Answer`], then [`Explanation`].

mod action_remarks;
mod answer;
mod because;
mod message;
mod misspelt;
mod remarks;
mod warning;

mod explanation;
mod failing;
mod headline;
mod key_remarks;
mod lacking;
mod reason;
mod since;
mod wording;

mod assumption;
mod cause;
mod companion;
mod excerpt;
mod gate;
mod idle;
mod label_words;
mod path;
mod plain_verdict;
mod test_words;
mod turned;
mod unknown;
mod unread;
mod variables;

mod named_accounts;
mod near_miss;
mod remedy;

mod agreement;
mod told;
mod when;

pub use agreement::{Agreement, compare_with_aws};
pub use answer::{Answer, GateAnswer, Verdict};
pub use assumption::Assumption;
pub use because::Because;
pub use cause::{Cause, CauseKind, SideBySide};
pub use companion::Companion;
pub use excerpt::{Excerpt, ExcerptKind};
pub use explanation::Explanation;
pub use gate::GateDetails;
pub use named_accounts::accounts_in_words;
pub use near_miss::{ActionHint, ConditionHint, Hint, NearMiss, PrincipalHint, ResourceHint};
pub use path::{Said, Step, fine, folded};
pub use plain_verdict::plain_verdict;
pub use remarks::acts_on;
pub use remedy::{Authority, Edit, Permitted, Remedy, Support, TOLD, choice};
pub use since::Since;
pub use test_words::term as test_in_words;
pub use told::{SaidAlone, told};
pub use warning::{QuestionPart, Warning};
pub use when::{Residual, When, when, when_briefly};
pub use wording::Wording;
