//! Questions: made ready, asked of the one engine, answered.

use std::ops::Deref;
use std::sync::Arc;

use super::context::Context;
use super::failure::Failure;
use super::outcome::{Outcome, Part, Status};
use super::state::Session;
use crate::explain::{Explanation, Verdict, explain, explain_briefly};
use crate::facts;
use crate::question::Question;
use crate::source::Diagnostic;
use crate::syntax::script;
use crate::world::{PrincipalKind, WorldError};

/// A question as it was put at the prompt.
#[derive(Clone, Debug)]
pub struct Posed {
    /// What is asked.
    pub question: Question,
    /// Whether it named nobody, so that whoever is signed in asks.
    pub signed_in: bool,
}

impl From<Question> for Posed {
    fn from(question: Question) -> Self {
        Self { question, signed_in: false }
    }
}

impl Deref for Posed {
    type Target = Question;

    fn deref(&self) -> &Question {
        &self.question
    }
}

impl Context<'_> {
    /// The question that a statement asks.
    pub(super) fn question(&mut self, words: &script::Words<'_>) -> Result<Posed, Failure> {
        let named = words.get("PRINCIPAL").map(|word| self.principal(&word.text)).transpose()?;
        let signed_in = named.is_none();
        let principal = match named {
            Some(principal) => principal,
            None => self.session.signed_in.clone().ok_or_else(nobody)?,
        };
        let question = Question {
            principal: Arc::new(principal),
            action: super::context::word(words, "ACTION"),
            resource: words.get("RESOURCE").map(|resource| (&*resource.text).into()),
            assumptions: self.assumptions(words)?,
        };
        Ok(Posed { question, signed_in })
    }
}

pub(super) fn nobody() -> Failure {
    WorldError::new("nobody-asks", "", "the question names nobody, and nobody is signed in")
        .help("name a principal, `can alice s3:ListAllMyBuckets`, or sign in, `sign-in alice at acme`")
        .into()
}

/// `can`
pub(super) fn can(session: &mut Session, question: &Posed) -> Result<Outcome, Failure> {
    let explanation = session.decide(question)?;
    session.remember(question, &explanation);
    Ok(answered(&explanation, Part::Verdict(Arc::clone(&explanation)), question))
}

/// `why PRINCIPAL ACTION …`
pub(super) fn why(session: &mut Session, question: &Posed) -> Result<Outcome, Failure> {
    let explanation = session.answer(question)?;
    session.remember(question, &explanation);
    Ok(answered(&explanation, Part::Explanation(Arc::clone(&explanation)), question))
}

/// `why`
pub(super) fn why_last(session: &mut Session) -> Result<Outcome, Failure> {
    match session.last_in_full() {
        Some(last) => Ok(Outcome {
            status: Status::Answered(last.answer.decision),
            ..Outcome::of(Part::Explanation(last))
        }),
        None => Err(nothing_asked()),
    }
}

/// There is no last question yet.
pub(super) fn nothing_asked() -> Failure {
    Diagnostic::error("no-answer", "nothing has been asked yet")
        .help("ask something first: `can alice s3:GetObject on arn:aws:s3:::reports/q1.csv`")
        .into()
}

fn answered(explanation: &Explanation, part: Part, question: &Posed) -> Outcome {
    let decision = explanation.answer.decision;
    let outcome = Outcome { status: Status::Answered(decision), ..Outcome::of(part) };
    match question.signed_in && decision == Verdict::Allowed && wastes_root(question) {
        true => outcome
            .note("the root user is for the tasks that need it; an administrator can do this, too (E.6)"),
        false => outcome,
    }
}

/// E.6: the root user was used for what no list calls a root-only task.
fn wastes_root(question: &Question) -> bool {
    let listed = facts::is_pseudo_action(&question.action)
        || facts::by_real_action(&question.action).any(|task| task.is_gate());
    matches!(question.principal.kind, PrincipalKind::Root(_)) && !listed
}

impl Session {
    /// Asks a question for its verdict; what would help is looked for when somebody asks why.
    pub(super) fn decide(&mut self, question: &Posed) -> Result<Arc<Explanation>, Failure> {
        let explanation = Arc::new(question.ask(&self.world).map(explain_briefly)?);
        self.last = Some(Arc::clone(&explanation));
        self.brief = Some((question.question.clone(), self.world.clone()));
        self.note_question(question);
        Ok(explanation)
    }

    /// The last answer in full, of the world in which it was given.
    pub(super) fn last_in_full(&mut self) -> Option<Arc<Explanation>> {
        if let Some((question, world)) = self.brief.take()
            && let Ok(explanation) = question.ask(&world).map(explain)
        {
            self.last = Some(Arc::new(explanation));
        }
        self.last.clone()
    }

    /// Asks a question and remembers the answer.
    pub(super) fn answer(&mut self, question: &Posed) -> Result<Arc<Explanation>, Failure> {
        let explanation = Arc::new(question.ask(&self.world).map(explain)?);
        self.last = Some(Arc::clone(&explanation));
        self.brief = None;
        self.note_question(question);
        Ok(explanation)
    }
}
