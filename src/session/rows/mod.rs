//! The rows of the table of commands, by theme.

mod aws;
mod change;
mod control;
mod declaration;
mod expectation;
mod identity;
mod later;
mod question;

use super::table::Row;

/// The rows of every theme, in the order of `help`.
pub(super) const ALL: [&[Row]; 8] = [
    declaration::ROWS,
    change::ROWS,
    identity::ROWS,
    question::ROWS,
    later::ROWS,
    expectation::ROWS,
    control::ROWS,
    aws::ROWS,
];
