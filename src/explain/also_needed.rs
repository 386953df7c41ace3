//! What a call needs beside what was asked about, in words.

use super::headline::{few, list};
use crate::question::{AlsoNeeded, Asked};

impl Asked<'_> {
    /// AWS's advice, and the other permissions of the call, one line each.
    pub(super) fn all_advice(&self) -> Vec<String> {
        let by_policies = self.trace.gate.is_none();
        let also = by_policies.then(|| self.also_needed_notes());
        self.advice().into_iter().chain(also.into_iter().flatten()).collect()
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
