//! A task for the root user alone, where a Deny keeps the root user from it, too: what lets the root user by, then the task.

use super::super::gate::root_user;
use super::edit::{Edit, Remedy};
use super::remedies;
use crate::explain::{Cause, CauseKind};
use crate::question::{Asked, OtherCall, Variation};
use crate::trace::{Decision, GateName};
use crate::world::{Principal, PrincipalKind};

/// The place of the Deny, and of the gate, among the causes.
const GATE: usize = 0;
const DENY: usize = 1;

impl Asked<'_> {
    /// What denies it to the root user, too, where only the root user can do it.
    pub(in crate::explain) fn barring_causes(&self) -> Vec<Cause> {
        let causes = self.as_barred_root(|root| root.causes(&[])).unwrap_or_default();
        let denies = causes.into_iter().filter(|cause| cause.kind == CauseKind::Denies);
        denies
            .map(|cause| Cause { title: format!("the root user may not, either: {}", cause.title), ..cause })
            .collect()
    }

    /// The statement that denies it to the root user.
    pub(in crate::explain) fn barring_statement(&self) -> Option<String> {
        self.as_barred_root(|root| root.because().first().and_then(|first| Some(root.named(first.at?))))?
    }

    /// What lets the root user by, and then the task.
    pub(super) fn past_the_bar(&self) -> Vec<Remedy> {
        let found = self.as_barred_root(|root| remedies(root, &[]).0).unwrap_or_default();
        let of_policies = found.into_iter().filter(|remedy| !remedy.edits.iter().any(Edit::is_of_the_call));
        let with_the_task = |mut remedy: Remedy| {
            remedy.edits.iter_mut().for_each(|edit| edit.causes = vec![DENY]);
            remedy.edits.extend(self.root_step());
            remedy
        };
        of_policies.map(with_the_task).collect()
    }

    /// The task, done by the root user.
    fn root_step(&self) -> Option<Edit> {
        let task = self.trace.gate.as_ref()?.task?;
        let how =
            if task.alternative.is_empty() { "make the call as the root user" } else { task.alternative };
        Some(Edit {
            words: format!("then {how}; and take the exception back"),
            principal: Some(self.root()?.arn()),
            who: Some(root_user(self)),
            causes: vec![GATE],
            ..Edit::default()
        })
    }

    fn root(&self) -> Option<Principal> {
        let account = self.request.owner.or(self.request.caller.account)?;
        self.request.world.account(account)?;
        let partition = self.request.caller.principal.partition.clone();
        Some(Principal { partition, ..Principal::new(PrincipalKind::Root(account)) })
    }

    /// The same call by the root user, where that is denied.
    fn as_barred_root<T>(&self, look: impl FnOnce(&Asked<'_>) -> T) -> Option<T> {
        self.trace.gate.as_ref().filter(|gate| gate.name == GateName::RootOnly)?;
        let call = OtherCall { principal: Some(self.root()?), ..OtherCall::default() };
        Variation::default().with_call(&call).ask(&self.request, |root| {
            let is_barred = root.decision == Decision::ExplicitDeny && root.trace.gate.is_none();
            is_barred.then(|| look(root))
        })
    }
}
