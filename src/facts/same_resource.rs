//! What a call does on its own resource, and on another one, beside what it is called: permissions that no reference lists
//! with its action.
//!
//! As of 2026-11-30, from the SQS Developer Guide, "Configuring queue permissions for dead-letter queue redrive".

use super::services::is;

/// A permission that a call needs beside its own.
pub struct NeededBeside {
    call: &'static str,
    /// The action.
    pub action: &'static str,
    /// On what, where that is not the resource of the call: `the queue to which the messages go`.
    pub elsewhere: Option<&'static str>,
}

/// The permissions that a call needs beside its own.
pub fn needed_beside(call: &str) -> impl Iterator<Item = &'static NeededBeside> {
    NEEDED.iter().filter(move |one| is(one.call, call))
}

const REDRIVE: &str = "sqs:StartMessageMoveTask";

static NEEDED: &[NeededBeside] = &[
    NeededBeside { call: REDRIVE, action: "sqs:ReceiveMessage", elsewhere: None },
    NeededBeside { call: REDRIVE, action: "sqs:DeleteMessage", elsewhere: None },
    NeededBeside { call: REDRIVE, action: "sqs:GetQueueAttributes", elsewhere: None },
    NeededBeside {
        call: REDRIVE,
        action: "sqs:SendMessage",
        elsewhere: Some("the queue to which the messages go"),
    },
];
