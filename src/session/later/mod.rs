//! Questions about answers: AWS's message, the conditions of an answer, what would be if, and a picture of it.

mod message;

pub use message::Message;
pub(super) use message::{unquoted, why_message};

use super::failure::Failure;
use super::outcome::Outcome;
use super::outside::Outside;
use super::state::Session;
use crate::source::Place;

/// A question about an answer.
#[derive(Clone, Debug)]
pub enum Later {
    /// Explains a message of AWS.
    Message(Box<Message>),
}

/// Executes one.
pub(super) fn execute(
    session: &mut Session,
    later: Later,
    _: &Place,
    outside: &mut dyn Outside,
) -> Result<Outcome, Failure> {
    match later {
        Later::Message(message) => why_message(session, &message, outside.now()),
    }
}
