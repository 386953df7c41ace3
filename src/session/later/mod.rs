//! Questions about answers: AWS's message, the conditions of an answer, what would be if, and a picture.

mod message;
mod picture;
mod what_if;
mod when;

pub use message::Message;
pub(super) use message::{unquoted, why_message};

use super::failure::Failure;
use super::outcome::Outcome;
use super::outside::Outside;
use super::question::Posed;
use super::state::Session;
use crate::source::Place;

/// A question about an answer.
#[derive(Clone, Debug)]
pub enum Later {
    /// Explains a message of AWS.
    Message(Box<Message>),
    /// Asks when something is allowed.
    When(Box<Posed>),
    /// Asks what would be after the commands of a block.
    WhatIf(Place),
    /// Writes the last answer as a page.
    Picture(Box<str>),
}

/// Executes one.
pub(super) fn execute(
    session: &mut Session,
    later: Later,
    place: &Place,
    outside: &mut dyn Outside,
) -> Result<Outcome, Failure> {
    match later {
        Later::Message(message) => why_message(session, &message, outside.now()),
        Later::When(question) => when::when(session, &question),
        Later::Picture(path) => picture::picture(session, &path, place, outside),
        Later::WhatIf(block) => what_if::what_if(session, &block, outside),
    }
}
