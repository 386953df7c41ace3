//! Asking events again.

use super::event_question::{Unasked, each_call, question_of};
use super::shared_calls::SharedCalls;
use super::tally::{CallOutcome, CallTurn, Replayed};
use super::turned_calls::{TurnedBy, TurnedCalls, TurnedExample};
use crate::explain::Verdict;
use crate::question::{Asked, KeptCallers, Question, ask};
use crate::recognise::{Pasted, PastedOutcome};
use crate::world::{World, WorldError};

/// Asks events again in a world, and in an old one where there is one; each thread has its own.
///
/// An event tells no tags of principals and resources, and no policies of sessions: those are the world's. An answer that
/// hangs on a key that neither tells is open, never guessed.
#[derive(Debug)]
pub struct Replay<'w> {
    new: KeptCallers<'w>,
    old: Option<KeptCallers<'w>>,
    shared: &'w SharedCalls,
    /// What has come of the events so far.
    pub replayed: Replayed,
}

impl<'w> Replay<'w> {
    /// What events come to in a world; against an old world, or else against how AWS decided them.
    pub fn new(new: &'w World, old: Option<&'w World>, shared: &'w SharedCalls) -> Self {
        let replayed = Replayed::default();
        Self { new: KeptCallers::of(new), old: old.map(KeptCallers::of), shared, replayed }
    }

    /// Asks the events of a JSON text again, mostly one.
    pub fn ask(&mut self, text: &[u8]) {
        let catalog = self.new.world.catalog();
        each_call(text, catalog, &mut |read| match read {
            Ok(event) => self.ask_event(event),
            Err(unasked) => self.leave_out(unasked),
        });
    }

    fn ask_event(&mut self, event: Pasted) {
        let recorded = recorded(event.outcome);
        if recorded.is_none() && self.old.is_none() {
            let action = event.action.unwrap_or_default();
            return self.leave_out(Unasked::new("error that does not tell whether it was allowed", action));
        }
        let (at, event_id) = (event.at.unwrap_or_default(), event.event_id.clone());
        let old = self.old.as_ref().map(|kept| kept.world);
        let asked = question_of(event, self.new.world, old, self.shared)
            .and_then(|question| self.compare(&question, recorded, event_id));
        match asked {
            Ok(turned) => {
                self.replayed.count_asked(at);
                turned
                    .into_iter()
                    .for_each(|(key, example)| self.replayed.turn(key, TurnedCalls::of(at, example)));
            }
            Err(unasked) => self.leave_out(unasked),
        }
    }

    fn leave_out(&mut self, unasked: Unasked) {
        self.replayed.leave_out(unasked, 1);
    }

    /// How a question turned; twice where the old world decides it otherwise than AWS did, too.
    fn compare(
        &mut self,
        question: &Question,
        recorded: Option<CallOutcome>,
        event_id: Option<String>,
    ) -> Result<Vec<(TurnedBy, TurnedExample)>, Unasked> {
        let told = |turned, asked: &Asked<'_>| told(turned, question, asked, event_id.clone());
        let mut turned = Vec::new();
        let mut before = recorded;
        if let Some(old) = &mut self.old {
            let asked = asked(old, question)?;
            before = Some(outcome(&asked));
            self.replayed.compared += u64::from(recorded.is_some());
            let is_unlike = recorded.is_some() && before != Some(CallOutcome::Open) && before != recorded;
            turned.extend(is_unlike.then(|| told(CallTurn::UnlikeRecorded, &asked)));
        }
        let now = asked(&mut self.new, question)?;
        turned.extend(turn(before, outcome(&now)).map(|turn| told(turn, &now)));
        Ok(turned)
    }
}

fn recorded(outcome: PastedOutcome) -> Option<CallOutcome> {
    match outcome {
        PastedOutcome::Allowed => Some(CallOutcome::Allowed),
        PastedOutcome::Denied => Some(CallOutcome::Denied),
        PastedOutcome::Untold => None,
    }
}

fn turn(before: Option<CallOutcome>, now: CallOutcome) -> Option<CallTurn> {
    match (before?, now) {
        (CallOutcome::Allowed, CallOutcome::Denied) => Some(CallTurn::NewlyDenied),
        (CallOutcome::Denied, CallOutcome::Allowed) => Some(CallTurn::NewlyAllowed),
        (before, now) if before == now => None,
        _ => Some(CallTurn::Open),
    }
}

/// Asks in a world; what hangs on a key that nobody told is open.
fn asked<'q>(kept: &'q mut KeptCallers<'_>, question: &'q Question) -> Result<Asked<'q>, Unasked> {
    let world = kept.world;
    let named = question.principal.arn();
    let caller = kept.caller(&named, || Ok::<_, WorldError>((*question.principal).clone()));
    let prepared = caller.and_then(|caller| question.prepare_by(caller, world));
    prepared.map(ask).map_err(|_| Unasked::new("request of no form that IAM has", &*question.action))
}

fn outcome(asked: &Asked<'_>) -> CallOutcome {
    match asked.verdict() {
        Verdict::Allowed => CallOutcome::Allowed,
        Verdict::ExplicitDeny | Verdict::ImplicitDeny => CallOutcome::Denied,
        Verdict::Depends => CallOutcome::Open,
    }
}

fn told(
    turned: CallTurn,
    question: &Question,
    asked: &Asked<'_>,
    event_id: Option<String>,
) -> (TurnedBy, TurnedExample) {
    let key = TurnedBy {
        turned,
        principal: question.principal.lasting_arn(),
        action: question.action.to_string(),
        why: asked.headline(),
    };
    (key, TurnedExample { resource: question.resource.as_deref().unwrap_or("*").to_owned(), event_id })
}
