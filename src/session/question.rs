//! Questions: made ready, asked of the one engine, answered.

use std::sync::Arc;

use super::assumptions::Assumptions;
use super::context::Context;
use super::failure::Failure;
use super::outcome::{Outcome, Part, Status};
use super::state::Session;
use crate::explain::{Asked, Explanation, Verdict, ask, explain, explain_briefly};
use crate::facts;
use crate::source::Diagnostic;
use crate::syntax::script;
use crate::world::{LeftOut, Principal, PrincipalKind, Request, World, WorldError};

/// A question with everything that it assumes.
#[derive(Clone, Debug)]
pub struct Question {
    /// Who asks.
    pub principal: Principal,
    /// The action.
    pub action: Box<str>,
    /// The resource.
    pub resource: Option<Box<str>>,
    /// What it assumes.
    pub assumptions: Assumptions,
    /// Whether the one who is signed in asks.
    pub signed_in: bool,
}

impl Question {
    /// Asks in a world.
    ///
    /// # Errors
    /// If action or resource are not of their form, or there is nothing to leave out.
    pub fn ask(&self, world: &World, now: i64) -> Result<Explanation, WorldError> {
        self.ask_for(world, now, explain)
    }

    /// Asks in a world, for whatever is to be made of the answered question.
    ///
    /// # Errors
    /// As [`Self::ask`].
    pub fn ask_for<T>(
        &self,
        world: &World,
        now: i64,
        make: impl FnOnce(Asked<'_>) -> T,
    ) -> Result<T, WorldError> {
        let assumptions = &self.assumptions;
        let mut caller = world.caller(&self.principal, &assumptions.given);
        let mut left_out: Vec<bool> = assumptions.without.iter().map(|out| caller.leave_out(out)).collect();
        let request = Request {
            principal: &caller.principal,
            action: &self.action,
            resource: self.resource.as_deref(),
            resource_account: assumptions.resource_account,
            context: &assumptions.context,
            policies: &assumptions.given,
            public_access_block: assumptions.public_access_block,
            settings: assumptions.settings.unwrap_or(*world.settings()),
            now: world.settings().time.unwrap_or(now),
        };
        let mut prepared = world.prepare(&caller, &request)?;
        for (out, done) in assumptions.without.iter().zip(&mut left_out) {
            *done |= prepared.leave_out(out);
        }
        match assumptions.without.iter().zip(left_out).find(|(_, done)| !done) {
            Some((out @ (LeftOut::Policy(_) | LeftOut::Statement { .. }), _)) => {
                Err(nothing_to_leave_out(out))
            }
            _ => Ok(make(ask(prepared))),
        }
    }
}

fn nothing_to_leave_out(out: &LeftOut) -> WorldError {
    let kind = if matches!(out, LeftOut::Statement { .. }) { "statement" } else { "policy" };
    let what = format!("no {kind} `{out}` takes part in this question");
    let layers: Vec<&str> = crate::policy::Layer::ALL.into_iter().map(|layer| layer.word()).collect();
    let help = format!(
        "`without` takes the name of a policy, a statement of it (`NoDelete#1`, or its Sid), or a layer: {}",
        layers.join(", ")
    );
    WorldError::new("nothing-left-out", out.to_string(), what).help(help)
}

impl Context<'_> {
    /// The question that a statement asks.
    pub(super) fn question(&mut self, words: &script::Words<'_>) -> Result<Question, Failure> {
        let named = words.get("PRINCIPAL").map(|word| self.principal(&word.text)).transpose()?;
        let signed_in = named.is_none();
        let principal = match named {
            Some(principal) => principal,
            None => self.session.signed_in.clone().ok_or_else(nobody)?,
        };
        Ok(Question {
            principal,
            action: super::context::word(words, "ACTION"),
            resource: words.get("RESOURCE").map(|resource| (&*resource.text).into()),
            assumptions: self.assumptions(words)?,
            signed_in,
        })
    }
}

pub(super) fn nobody() -> Failure {
    WorldError::new("nobody-asks", "", "the question names nobody, and nobody is signed in")
        .help("name a principal, `can alice s3:ListAllMyBuckets`, or sign in, `sign-in alice at acme`")
        .into()
}

/// `can`
pub(super) fn can(session: &mut Session, question: &Question, now: i64) -> Result<Outcome, Failure> {
    let explanation = session.decide(question, now)?;
    session.remember(question, &explanation);
    Ok(answered(&explanation, Part::Verdict(Arc::clone(&explanation)), question))
}

/// `why PRINCIPAL ACTION …`
pub(super) fn why(session: &mut Session, question: &Question, now: i64) -> Result<Outcome, Failure> {
    let explanation = session.answer(question, now)?;
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

fn answered(explanation: &Explanation, part: Part, question: &Question) -> Outcome {
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
    pub(super) fn decide(&mut self, question: &Question, now: i64) -> Result<Arc<Explanation>, Failure> {
        let explanation = Arc::new(question.ask_for(&self.world, now, explain_briefly)?);
        self.last = Some(Arc::clone(&explanation));
        self.brief = Some((question.clone(), self.world.clone(), now));
        self.note_question(question);
        Ok(explanation)
    }

    /// The last answer in full, of the world in which it was given.
    pub(super) fn last_in_full(&mut self) -> Option<Arc<Explanation>> {
        if let Some((question, world, now)) = self.brief.take()
            && let Ok(explanation) = question.ask(&world, now)
        {
            self.last = Some(Arc::new(explanation));
        }
        self.last.clone()
    }

    /// Asks a question and remembers the answer.
    pub(super) fn answer(&mut self, question: &Question, now: i64) -> Result<Arc<Explanation>, Failure> {
        let explanation = Arc::new(question.ask(&self.world, now)?);
        self.last = Some(Arc::clone(&explanation));
        self.brief = None;
        self.note_question(question);
        Ok(explanation)
    }
}
