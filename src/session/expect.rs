//! Expectations: a decision and what makes it; a right answer for a wrong reason fails.

use std::sync::Arc;

use super::context::Context;
use super::failure::Failure;
use super::outcome::{Outcome, Part, Status, Tally};
use super::outside::Outside;
use super::question::Posed;
use super::reason::{Reason, reasons_of};
use super::state::Session;
use crate::explain::{Answer, Explanation, Verdict};
use crate::question::Question;
use crate::source::{Diagnostic, Place};
use crate::syntax::script::{self, split_within, words_within};

/// A decision that is expected.
#[derive(Clone, Debug)]
pub struct Expectation {
    /// The question.
    pub question: Posed,
    /// The verdict.
    pub expected: Expected,
    /// What is to make it.
    pub reason: Option<Reason>,
    /// Whether it is known not to hold yet.
    pub todo: bool,
}

/// Rows of expectations.
#[derive(Clone, Debug)]
pub struct ExpectationTable {
    /// The inside of the table.
    pub rows: Place,
}

/// A verdict that is expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// Either kind of deny.
    Denied,
    /// Exactly this.
    Exactly(Verdict),
}

impl Expected {
    /// The verdict of a word.
    pub fn of(word: &str) -> Self {
        match word {
            "allowed" => Self::Exactly(Verdict::Allowed),
            "explicit-deny" => Self::Exactly(Verdict::ExplicitDeny),
            "implicit-deny" => Self::Exactly(Verdict::ImplicitDeny),
            "depends" => Self::Exactly(Verdict::Depends),
            _ => Self::Denied,
        }
    }

    pub(super) fn is(self, verdict: Verdict) -> bool {
        match self {
            Self::Denied => matches!(verdict, Verdict::ExplicitDeny | Verdict::ImplicitDeny),
            Self::Exactly(expected) => verdict == expected,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Denied => "denied",
            Self::Exactly(verdict) => kind(verdict),
        }
    }
}

/// The word for a verdict with its kind.
pub(super) fn kind(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Allowed => "allowed",
        Verdict::ExplicitDeny => "explicit-deny",
        Verdict::ImplicitDeny => "implicit-deny",
        Verdict::Depends => "depends",
    }
}

/// Holds one expectation to the engine.
pub(super) fn expect(
    session: &mut Session,
    expectation: &Expectation,
    place: &Place,
    now: i64,
) -> Result<Outcome, Failure> {
    let mut explanation = session.decide(&expectation.question)?;
    let wrong = expectation.wrong(&explanation.answer);
    if wrong.is_some() {
        explanation = session.last_in_full().unwrap_or(explanation);
    }
    session.keep((expectation, place), wrong.as_ref(), &explanation, now);
    Ok(match (wrong, expectation.todo) {
        (None, false) => tallied(Tally { passed: 1, ..Tally::default() }),
        (None, true) => {
            let note = "this expectation holds; `todo` can be taken away".to_owned();
            let warning = Diagnostic::warning("todo-holds", note).at(place.clone(), "");
            tallied(Tally { passed: 1, ..Tally::default() }).and(Part::Diagnostics(vec![warning]))
        }
        (Some(_), true) => tallied(Tally { todo: 1, ..Tally::default() }),
        (Some(wrong), false) => missed(wrong, place, session.last_in_full().unwrap_or(explanation)),
    })
}

fn tallied(tally: Tally) -> Outcome {
    Outcome { tally, ..Outcome::default() }
}

fn missed(wrong: String, place: &Place, explanation: Arc<Explanation>) -> Outcome {
    let diagnostic = Diagnostic::error("expectation-failed", wrong).at(place.clone(), "");
    Outcome {
        parts: vec![Part::Diagnostics(vec![diagnostic]), Part::Explanation(explanation)],
        status: Status::Missed,
        tally: Tally { failed: 1, ..Tally::default() },
    }
}

impl Expectation {
    /// What is wrong with an answer, if something is.
    pub fn wrong(&self, answer: &Answer) -> Option<String> {
        if !self.expected.is(answer.decision) {
            let by = reasons_of(answer);
            let by = if by.is_empty() { by } else { format!(" because {by}") };
            return Some(format!("expected {}, found {}{by}", self.expected.word(), kind(answer.decision)));
        }
        let reason = self.reason.as_ref().filter(|reason| !reason.holds(answer))?;
        let by = reasons_of(answer);
        let by = if by.is_empty() { "nothing that can be named".to_owned() } else { format!("`{by}`") };
        Some(format!("{} as expected, but because of {by}, not {}", kind(answer.decision), reason.words()))
    }
}

impl Reason {
    fn words(&self) -> String {
        match self {
            Self::Gate(gate) => format!("`{}`", gate.as_str()),
            Self::Layer { word, policy, statement, .. } => {
                let policy = policy.as_deref().map(|name| format!(" {name}")).unwrap_or_default();
                let statement =
                    statement.as_deref().map(|name| format!(" statement {name}")).unwrap_or_default();
                format!("`{word}{policy}{statement}`")
            }
        }
    }
}

/// Holds the rows of a table to the engine.
pub(super) fn expect_table(
    session: &mut Session,
    table: &ExpectationTable,
    outside: &mut dyn Outside,
) -> Result<Outcome, Failure> {
    let source = &table.rows.source;
    let mut all = Outcome::default();
    for row in split_within(source, table.rows.span) {
        let expectation = read_row(session, &Place::new(source, row.span), outside)?;
        let now = outside.now();
        all.add(expect(session, &expectation, &Place::new(source, row.span), now)?);
    }
    Ok(all)
}

/// PRINCIPAL VERDICT ACTION [RESOURCE]
fn read_row(session: &Session, row: &Place, outside: &mut dyn Outside) -> Result<Expectation, Failure> {
    let words = words_within(&row.source, row.span)?;
    let [principal, verdict, action, resource @ ..] = &words[..] else { return Err(bad_row(row).into()) };
    let known = script::SlotKind::Verdict.choices().contains(&&*verdict.text);
    if resource.len() > 1 || !known {
        return Err(bad_row(row).into());
    }
    let resource = resource.first().map(|word| (&*word.text).into());
    let context = Context::new(&row.source, session, outside);
    let question = Question::new(context.principal(&principal.text)?, &*action.text).at(context.now());
    Ok(Expectation {
        question: Question { resource, ..question }.into(),
        expected: Expected::of(&verdict.text),
        reason: None,
        todo: false,
    })
}

fn bad_row(row: &Place) -> Diagnostic {
    Diagnostic::error("bad-row", "expected PRINCIPAL VERDICT ACTION [RESOURCE]")
        .at(row.clone(), "")
        .help("for example `alice denied account:CloseAccount`")
}
