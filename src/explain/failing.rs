//! A call that is allowed by itself and fails all the same, since another permission that it needs is denied: why that is,
//! and what would turn it.

use super::headline::list;
use super::remedy::{Edit, Remedy, remedies};
use super::{Cause, CauseKind, Companion, Verdict, near_miss};
use crate::question::{AlsoNeeded, Asked, NeededOn};

/// Why a call fails that is allowed by itself, and what would turn that.
pub(super) struct Failing {
    pub(super) causes: Vec<Cause>,
    pub(super) remedies: Vec<Remedy>,
}

impl Asked<'_> {
    /// The first of the permissions that the call surely needs, too, and that is denied.
    pub(super) fn failing(&self) -> Option<Failing> {
        if !self.decision.is_allowed() || self.trace.gate.is_some() || self.unknown().is_some() {
            return None;
        }
        let certain = self.also_needed().into_iter().filter(|needed| needed.is_certain);
        certain.into_iter().find_map(|needed| self.failing_for(&needed))
    }

    /// What else the call surely needs, and has not, as far as is known.
    fn lacks_besides(&self, needed: &AlsoNeeded) -> Option<String> {
        let all = self.also_needed().into_iter().filter(|one| one.is_certain && one.on != needed.on);
        let all: Vec<Companion> = all.filter_map(|one| self.companion(&one)).collect();
        let lacking: Vec<&str> =
            all.iter().filter(|one| one.verdict != Verdict::Allowed).map(|one| &*one.what).collect();
        (!lacking.is_empty()).then(|| list(&lacking))
    }

    fn failing_for(&self, needed: &AlsoNeeded) -> Option<Failing> {
        let (on, what) = match &needed.on {
            NeededOn::Resource(on) => (on, self.needed_on(needed, on)),
            NeededOn::Untold { what, pattern: Some(pattern), .. } => {
                (pattern, format!("{} on {what}", needed.action))
            }
            NeededOn::Untold { .. } | NeededOn::Nothing => return None,
        };
        if !self.companion(needed).is_some_and(|companion| companion.is_denied()) {
            return None;
        }
        needed.ask(self, Some(on), |asked| {
            let is_open = asked.unknown().is_some() || !asked.needs().is_empty();
            if asked.decision.is_allowed() || is_open {
                return None;
            }
            let mut causes = asked.causes(&near_miss::near_misses(asked));
            let mut remedies = remedies(asked, &causes).0;
            // Another call of the service, in the caller's name, nobody makes.
            remedies.retain(|remedy| !remedy.edits.iter().any(Edit::is_of_the_call));
            let others = self.lacks_besides(needed);
            remedies.iter_mut().for_each(|remedy| remedy.unchecked.clone_from(&others));
            if let Some(first) = causes.first_mut() {
                let title = format!("the call fails all the same: it also needs {what}");
                let title = std::mem::replace(&mut first.title, title);
                first.says.insert(0, title);
                first.kind = CauseKind::Fails;
            }
            Some(Failing { causes, remedies })
        })?
    }
}
