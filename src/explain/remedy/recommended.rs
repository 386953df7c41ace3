//! Which of several remedies is recommended, and where what denies may be right to, so that its owner is to be asked.

use super::edit::{Edit, NOTHING_ELSE, Remedy, Takes};
use super::proposal::{Patch, Proposal};
use crate::policy::Layer;
use crate::question::Asked;
use crate::world::{self, ResourceChange};

/// Recommends the first of several remedies, which takes least, with the reason; none where all of them are to be asked
/// for first.
pub(super) fn recommend(found: &mut [Remedy]) {
    if let [first, _, ..] = found {
        first.merit = first.found_merit();
    }
}

impl Remedy {
    fn found_merit(&self) -> Option<&'static str> {
        let all = |is: fn(&Edit) -> bool| self.edits.iter().all(is);
        let grants_this = |edit: &Edit| edit.so.as_deref().is_some_and(|so| so.starts_with(NOTHING_ELSE));
        if self.takes() != Takes::Nothing || self.edits.iter().any(|edit| edit.ask.is_some()) {
            return None;
        }
        Some(match () {
            () if all(Edit::is_same_deed) => "it changes nobody's rights",
            () if all(|edit| edit.layer.is_none()) => "it changes no policy",
            () if all(grants_this) => "it grants nothing else",
            () if self.edits.len() == 1 && self.edits[0].statement.is_some() => {
                "it mends the statement that comes nearest"
            }
            () => "it changes least",
        })
    }
}

impl Asked<'_> {
    /// Who is to be asked before a limit is moved: what sets it may be right to deny this.
    pub(super) fn asks_first(&self, proposal: &Proposal) -> Option<String> {
        let limit = proposal.limit.clone().or_else(|| self.limit_of(proposal))?;
        Some(format!("the owner of {limit}"))
    }

    /// What a change moves that somebody has set as a limit to many: a guard, an SCP, a boundary, an endpoint.
    fn limit_of(&self, proposal: &Proposal) -> Option<String> {
        let edit = match &proposal.change {
            Patch::Policy(edit) => edit,
            Patch::World(changes) => return changes.iter().any(unblocks).then(|| BLOCK.to_owned()),
            Patch::Keys(_) | Patch::Call(_) => return None,
        };
        let name = proposal.edit.policy.as_ref().map(|name| format!(" {name}")).unwrap_or_default();
        let named = |word: &str| Some(format!("{word}{name}"));
        match edit.layer {
            Layer::ServiceControl => named("SCP"),
            Layer::ResourceControl => named("RCP"),
            Layer::PermissionsBoundary => named("permissions boundary"),
            Layer::VpcEndpoint => named("endpoint policy"),
            Layer::Session => Some("the session policy".to_owned()),
            Layer::IdentityBased | Layer::ResourceBased => proposal.edit.guard.clone(),
        }
    }
}

const BLOCK: &str = "S3 Block Public Access";

fn unblocks(change: &world::Change) -> bool {
    matches!(change, world::Change::Resource(ResourceChange::SetPublicAccessBlock { .. }))
}
