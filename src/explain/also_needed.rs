//! What a call needs beside what was asked about, in words.

use super::headline::{few, list};
use crate::question::{AlsoNeeded, Asked, ask};
use crate::world::Request;

impl Asked<'_> {
    /// AWS's advice, and the other permissions of the call, one line each.
    pub(super) fn all_advice(&self) -> Vec<String> {
        let by_policies = self.trace.gate.is_none();
        let also = by_policies.then(|| self.also_needed_notes());
        self.advice().into_iter().chain(also.into_iter().flatten()).collect()
    }

    /// What else the call needs, in one line: of a call that is not allowed, or all of whose parts are, nothing.
    pub(super) fn also_needed_in_short(&self) -> Option<String> {
        if !self.decision.is_allowed() || self.trace.gate.is_some() {
            return None;
        }
        let mut needed: Vec<String> = self.also_needed().into_iter().map(|needed| needed.action).collect();
        needed.retain(|action| !self.is_allowed_on_all(action));
        let types = self.other_resource_types();
        if !types.is_empty() && !self.is_allowed_on_all(self.request.request.action) {
            needed.push(format!("the same on {}", list(&types)));
        }
        (!needed.is_empty()).then(|| format!("the call may also need {}; `why` tells more", list(&needed)))
    }

    /// Whether the caller may do an action on every resource.
    fn is_allowed_on_all(&self, action: &str) -> bool {
        let request = Request { action, resource: None, ..self.request.request };
        let prepared = self.request.world.prepare(self.request.caller.clone(), request);
        prepared.is_ok_and(|prepared| ask(prepared).decision.is_allowed())
    }

    fn also_needed_notes(&self) -> Vec<String> {
        let action = self.action_name();
        let all = self.also_needed();
        let mut notes: Vec<String> = all.iter().filter_map(|needed| self.passing(&action, needed)).collect();
        let others: Vec<&str> =
            all.iter().filter(|needed| needed.roles.is_none()).map(|needed| &*needed.action).collect();
        notes.extend(
            (!others.is_empty())
                .then(|| format!("{action} may need {}, too, which was not asked", few(others.into_iter()))),
        );
        let types = self.other_resource_types();
        notes.extend((!types.is_empty()).then(|| {
            format!(
                "{action} is asked on each resource that it takes, so on {}, too: this is about one",
                list(&types)
            )
        }));
        notes
    }

    /// Which roles may be handed on.
    fn passing(&self, action: &str, needed: &AlsoNeeded) -> Option<String> {
        let roles = needed.roles.as_ref()?;
        let who = self.holder_name();
        let may = match &roles[..] {
            [] => format!("{who} may pass no role that is known here"),
            some => format!("{who} may pass {}", few(some.iter().map(String::as_str))),
        };
        Some(format!("where it hands a role to the service, {action} needs {}, too: {may}", needed.action))
    }
}
