//! What has to be known beside the reason: what the answer was guessed from, what else stands in the way, and why
//! AWS says so little.

use super::headline::list;
use super::{NearMiss, Remedy};
use crate::names::fold_hash;
use crate::policy::Layer;
use crate::question::{Asked, Variation, without_statement};
use crate::trace::{Decision, GateName, StatementAt};
use crate::world::PrincipalKind;

/// How many Denies are looked behind.
const DENIES: usize = 8;

impl Asked<'_> {
    /// What has to be known beside the reason, one line each.
    pub(super) fn beside(&self, near: &[NearMiss], remedies: &[Remedy]) -> Vec<String> {
        let mut lines = self.guesses(near, remedies);
        if self.decision.is_allowed() || self.trace.gate.is_some() {
            lines.extend(self.behind_the_gate());
            return lines;
        }
        lines.extend(self.next_obstacle());
        let hides = self.hides_details();
        lines.extend(hides.map(|why| format!("AWS says `Access Denied` and no more: {why} (G7)")));
        lines
    }

    /// Keys that were filled in, or that nobody gave, where a statement that decided reads them.
    fn guesses(&self, near: &[NearMiss], remedies: &[Remedy]) -> Vec<String> {
        let needs = self.needs();
        let edits = || remedies.iter().flat_map(|remedy| &remedy.edits);
        let tells = |key: &str| edits().any(|edit| edit.context.as_ref().is_some_and(|c| c.contains(key)));
        let how = |key: &str| match tells(key) {
            true => String::new(),
            false => format!("; `with {key}=…` says otherwise"),
        };
        let assumed = self.assumed().into_iter().filter(|(key, _)| self.is_decisive(key, near));
        let assumed = assumed.map(|(key, value)| match value {
            Some(value) => format!("this rests on an assumption: {key} is {value}{}", how(key)),
            None => format!("this rests on an assumption: {key} is absent{}", how(key)),
        });
        let (partly, absent): (Vec<_>, Vec<_>) =
            needs.into_iter().partition(|key| self.request.is_partly_known(key));
        let open = (!absent.is_empty()).then(|| {
            format!(
                "this hangs on {}: the question does not give it, so it is taken as absent",
                list(&absent)
            )
        });
        let partly = partly.into_iter().map(|key| {
            format!("this hangs on {key}: only the name that calls is known, not those of its Region (I12)")
        });
        assumed.chain(open).chain(partly).collect()
    }

    /// Whether a statement that decided, or that came nearest, reads a key.
    pub(super) fn is_decisive(&self, key: &str, near: &[NearMiss]) -> bool {
        let deciding = self.because().into_iter().filter_map(|because| because.at);
        let hash = fold_hash(key.as_bytes());
        let reads = |at: StatementAt| self.request.statement(at).is_some_and(|view| view.reads(hash));
        key.contains(':') && deciding.chain(near.iter().take(1).map(|miss| miss.at)).any(reads)
    }

    /// What would be refused next, were it not for the Denies.
    fn next_obstacle(&self) -> Option<String> {
        if self.decision != Decision::ExplicitDeny || self.is_restricted() {
            return None;
        }
        let mut variation = Variation::default();
        for _ in 0..DENIES {
            let next = variation.ask(&self.request, |again| match again.decision {
                Decision::ExplicitDeny => {
                    let first = again.because().into_iter().find_map(|because| because.at)?;
                    Some(Err(without_statement(&again.request, first)?))
                }
                Decision::ImplicitDeny if again.trace.gate.is_none() => Some(Ok(again.lacking())),
                Decision::ImplicitDeny | Decision::Allowed => None,
            })?;
            match next {
                Ok(lacking) => {
                    return Some(format!(
                        "that is not all: without the Deny, it would still not be allowed by {}",
                        list(&lacking)
                    ));
                }
                Err(edit) => variation = variation.with_edit(edit),
            }
        }
        None
    }

    /// What would be refused next, were the switch turned that opens the gate.
    fn behind_the_gate(&self) -> Option<String> {
        let gate = self.trace.gate.as_ref()?;
        let next = self.with_the_gate_open()?.ask(&self.request, |again| match again.decision {
            _ if again.trace.gate.is_some() => None,
            Decision::Allowed => None,
            Decision::ImplicitDeny => Some(format!("not be allowed by {}", list(&again.lacking()))),
            Decision::ExplicitDeny => again
                .because()
                .first()
                .map(|because| format!("be denied by {}", again.name_statement(because))),
        })?;
        let then = match gate.name {
            GateName::BillingAccess => "with IAM access to Billing on",
            _ => "were it not for that",
        };
        Some(format!("that is not all: {then}, it would still {next}"))
    }

    /// What would have to allow it and does not, level by level: `the SCPs of account 111122223333`.
    pub(super) fn lacking(&self) -> Vec<String> {
        self.missing_levels().into_iter().map(|(layer, level)| self.lack(layer, level)).collect()
    }

    fn lack(&self, layer: Layer, level: u8) -> String {
        let found = self.request.level(layer, level);
        let name = found.map(|level| &*level.name).filter(|name| !name.is_empty());
        let none = found.is_none_or(|level| level.set.is_empty());
        match (layer, name) {
            (Layer::ServiceControl, Some(name)) => format!("the SCPs of {name}"),
            (Layer::IdentityBased, _) if none => {
                format!("the policies of {} (there are none)", self.holder_name())
            }
            (Layer::IdentityBased, _) => format!("the policies of {}", self.holder_name()),
            (Layer::PermissionsBoundary, _) => format!("the permissions boundary of {}", self.holder_name()),
            (Layer::ResourceBased, _) => self.resource_policy(),
            _ => format!("the {}", self.noun(layer)),
        }
    }

    /// Who has the policies: of a session its role.
    pub(super) fn holder_name(&self) -> String {
        let caller = &self.request.caller;
        match &caller.principal.kind {
            PrincipalKind::User { name, .. } => format!("user {name}"),
            PrincipalKind::RoleSession { role, .. } => format!("role {role}"),
            _ => super::wording::name(caller),
        }
    }
}
