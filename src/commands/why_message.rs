//! `why "User: … is not authorized to perform: …"`

use std::sync::Arc;

use super::why::why;
use crate::explain::{Pasted, compare_with_aws, parse_message};
use crate::question::{Assumptions, Question};
use crate::session::slots::word;
use crate::session::{Command, Failure, Heading, Outcome, Row, Session, command};
use crate::source::{Diagnostic, Place};
use crate::world::{ContextValue, Principal, WorldError};

pub(super) const ROW: Row = Heading::Question.row(
    "why MESSAGE:TEXT [CLAUSE]...",
    "explains a message of AWS, and says whether the answer here agrees with it",
    "why \"User: arn:aws:iam::111122223333:user/bob is not authorized to perform: s3:GetObject\"",
    |words, context| {
        Ok(explains(AwsMessage { text: word(words, "MESSAGE"), assumptions: context.assumptions(words)? }))
    },
);

/// A message of AWS, and what the question that it stands for assumes.
#[derive(Default)]
struct AwsMessage {
    /// The message as it was pasted.
    text: Box<str>,
    assumptions: Assumptions,
}

fn explains(message: AwsMessage) -> Command {
    command(move |session, _, outside| why_message(session, &message, outside.now()))
}

/// A message that stands at the prompt without quotes, or with those of S3 inside of quotes.
pub(super) fn unquoted(place: &Place, session: &Session) -> Option<Command> {
    let statement = place.text();
    let rest =
        statement.strip_prefix("why").filter(|rest| rest.starts_with([' ', '\t'])).unwrap_or(statement);
    let rest = rest.trim();
    let bare = rest.starts_with("User: ") || rest.starts_with("An error occurred (");
    let inner = rest.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    // A quoted text is a statement like others, unless S3's own quotes stand in it.
    let broken = inner.filter(|inner| inner.contains('"') && !inner.contains("\\\""));
    let text = if bare { rest } else { broken? };
    parse_message(text, session.world.catalog())?;
    Some(explains(AwsMessage { text: text.into(), ..AwsMessage::default() }))
}

/// Asks what a message tells of, and compares the answers.
fn why_message(session: &mut Session, message: &AwsMessage, now: i64) -> Result<Outcome, Failure> {
    let pasted = parse_message(&message.text, session.world.catalog()).ok_or_else(unknown)?;
    let mut assumptions = message.assumptions.clone();
    if pasted.public_policy {
        // The message says what the request does not (D37).
        assumptions.context.push(("iamwhy:PolicyIsPublic".into(), ContextValue::One("true".into())));
    }
    let question = Question {
        principal: Arc::new(principal(session, &pasted)?),
        action: pasted.action.clone().ok_or_else(no_action)?.into(),
        resource: pasted.resource.clone().map(Into::into),
        assumptions: Assumptions { now, resource_is_evidence: true, ..assumptions }, // I21
    };
    let outcome = why(session, &question.into())?;
    let Some(explanation) = session.last.clone() else { return Ok(outcome) };
    let agreement = compare_with_aws(&pasted, &explanation, &session.world);
    let outcome = outcome.note(agreement.summary);
    Ok(agreement.causes.into_iter().fold(outcome, Outcome::note))
}

/// Who asked: whom the message names, or else who is signed in.
fn principal(session: &Session, pasted: &Pasted) -> Result<Principal, Failure> {
    match (&pasted.principal, &session.signed_in) {
        (Some(named), _) => Ok(session.principal(named)?),
        (None, Some(signed_in)) => Ok(signed_in.clone()),
        (None, None) => Err(WorldError::new("nobody-asks", "", "the message does not say who was refused")
            .help("sign in as that principal, or ask `why PRINCIPAL ACTION on RESOURCE`")
            .into()),
    }
}

fn unknown() -> Failure {
    Diagnostic::error("not-a-message", "this is no message of AWS that is known here")
        .help("for example `why \"User: arn:aws:iam::111122223333:user/bob is not authorized to perform: s3:GetObject\"`")
        .into()
}

fn no_action() -> Failure {
    Diagnostic::error("no-action", "the message does not say which action was refused")
        .help("ask `why PRINCIPAL ACTION on RESOURCE`")
        .into()
}
