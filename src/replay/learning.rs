//! Collecting the calls that are to stay allowed.

use super::event_question::{Unasked, each_call, question_of};
use super::learned::Narrower;
use super::needed::NeededCalls;
use super::shared_calls::SharedCalls;
use crate::catalog::Catalog;
use crate::question::{KeptCallers, Question, ask};
use crate::recognise::{Pasted, PastedOutcome};
use crate::world::{PrincipalKind, World, WorldError};

/// Takes in the calls of a log that AWS did not deny and the world allows, by who asked; each thread has its own.
///
/// A second reading, with the policies that were learned, finds the calls that those would deny.
#[derive(Debug)]
pub struct Learning<'w> {
    now: KeptCallers<'w>,
    then: KeptCallers<'w>,
    narrower: &'w Narrower,
    /// Whose calls alone count, by the ARN; everybody's where nobody is named.
    only: Option<&'w str>,
    shared: &'w SharedCalls,
    /// What has come of the events so far.
    pub needed: NeededCalls,
}

impl<'w> Learning<'w> {
    /// Nothing yet, of a world in which some may have narrower policies.
    pub fn new(
        world: &'w World,
        narrower: &'w Narrower,
        only: Option<&'w str>,
        shared: &'w SharedCalls,
    ) -> Self {
        let (now, then) = (KeptCallers::of(world), KeptCallers::of(world));
        Self { now, then, narrower, only, shared, needed: NeededCalls::default() }
    }

    /// Takes in the events of a JSON text, mostly one.
    pub fn ask(&mut self, text: &[u8]) {
        let catalog: &Catalog = self.now.world.catalog();
        each_call(text, catalog, &mut |read| {
            if let Err(unasked) = read.and_then(|event| self.take(event)) {
                self.needed.log.leave_out(unasked, 1);
            }
        });
    }

    fn take(&mut self, event: Pasted) -> Result<(), Unasked> {
        if event.outcome == PastedOutcome::Denied {
            return Err(Unasked::new("call that AWS denied", event.action.unwrap_or_default()));
        }
        let id = event.event_id.clone().unwrap_or_default();
        let question = question_of(event, self.now.world, None, self.shared)?;
        let whose = self.whose(&question)?;
        let is_allowed = self.is_allowed(&question, None)?;
        self.needed.log.count_asked(question.assumptions.now);
        let narrower = self.narrower.get(&whose);
        let is_lost = match narrower {
            Some(_) if is_allowed => !self.is_allowed(&question, Some(&whose))?,
            _ => false,
        };
        let by = self.needed.by.entry(whose).or_default();
        match (is_allowed, is_lost) {
            (false, _) => by.is_denied_here(&question),
            (true, true) => by.is_lost(id, question),
            (true, false) => by.is_needed(id, question),
        }
        Ok(())
    }

    /// The user or role that has the policies, by its ARN.
    fn whose(&self, question: &Question) -> Result<String, Unasked> {
        let arn = question.principal.lasting_arn();
        let is_own = match &question.principal.kind {
            PrincipalKind::User { .. } => true,
            PrincipalKind::RoleSession { path, .. } => !path.starts_with("/aws-service-role/"),
            _ => false,
        };
        match self.only {
            _ if !is_own => Err(Unasked::new("call of one whose policies nobody writes", arn)),
            Some(only) if *only != arn => Err(Unasked::new("call of somebody else", "")),
            _ => Ok(arn),
        }
    }

    /// Whether a call is allowed, by the policies of the world or by the narrower one of whoever is named.
    fn is_allowed(&mut self, question: &Question, narrower_of: Option<&str>) -> Result<bool, Unasked> {
        let malformed = |_| Unasked::new("request of no form that IAM has", &*question.action);
        let given = narrower_of.and_then(|whose| self.narrower.get(whose));
        let kept = if given.is_some() { &mut self.then } else { &mut self.now };
        let given = given.unwrap_or(&question.assumptions.policies);
        let principal = || Ok::<_, WorldError>((*question.principal).clone());
        let world = kept.world;
        let caller = kept.caller_given(&question.principal.arn(), given, principal).map_err(malformed)?;
        let prepared = question.prepare_by(caller, world).map_err(malformed)?;
        Ok(ask(prepared).decision.is_allowed())
    }
}
