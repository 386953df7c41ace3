//! Questions asked again with other policies or another context: what would be if a statement were different.

use std::sync::Arc;

use super::caller::Caller;
use super::level::{Level, Origin};
use super::prepare::Prepared;
use super::request::Request;
use super::state::World;
use crate::compile::{CompiledPolicy, PolicySet};
use crate::policy::Layer;

/// A policy of one level in other words, one more policy, or one less.
#[derive(Clone, Debug)]
pub struct LevelEdit {
    /// The layer.
    pub layer: Layer,
    /// The level in the layer.
    pub level: u8,
    /// The number of the policy in the level's set; `None` = one more.
    pub policy: Option<u32>,
    /// What it says then; `None` = it is taken away.
    pub document: Option<Arc<CompiledPolicy>>,
}

impl Caller {
    /// The caller with a policy of the principal's side edited.
    fn edited(&self, edit: &LevelEdit) -> Self {
        let mut caller = self.clone();
        let level = match edit.layer {
            Layer::ServiceControl => caller.scp.get_mut(edit.level as usize),
            Layer::IdentityBased => caller.identity.as_mut(),
            Layer::PermissionsBoundary => caller.boundary.as_mut(),
            _ => {
                if caller.session.is_empty() {
                    caller.session.push(Level::default());
                }
                caller.session.get_mut(edit.level as usize)
            }
        };
        if let Some(level) = level {
            level.edit(edit);
        }
        caller
    }
}

impl<'a> Prepared<'a> {
    /// This question with edited policies, with another context, or in a world whose switches stand otherwise; the
    /// other policies stay those of the question.
    pub(crate) fn asked_again<'b>(
        &self,
        request: Request<'b>,
        world: &'b World,
        edits: &[LevelEdit],
    ) -> Prepared<'b>
    where
        'a: 'b,
    {
        let mut prepared: Prepared<'b> = self.clone();
        (prepared.request, prepared.world) = (request, world);
        prepared.find_endpoint_again(self);
        prepared.find_public_access_block_again();
        edits.iter().for_each(|edit| prepared.edit(edit));
        prepared.refill_keys();
        prepared
    }

    /// Block Public Access as the world has it, unless the question says how it stands (D36).
    fn find_public_access_block_again(&mut self) {
        if self.request.public_access_block.is_none() {
            self.side.public_access_block = self.resource_side().public_access_block;
        }
    }

    fn edit(&mut self, edit: &LevelEdit) {
        let level = match edit.layer {
            Layer::ResourceControl => self.rcp.get_mut(edit.level as usize),
            Layer::VpcEndpoint => self.endpoint.as_mut(),
            Layer::ResourceBased => {
                if self.side.policies.is_empty() {
                    self.side.policies.push(Level::default());
                }
                self.side.policies.get_mut(edit.level as usize)
            }
            _ => {
                self.caller = self.caller.edited(edit).into();
                None
            }
        };
        if let Some(level) = level {
            level.edit(edit);
        }
    }
}

impl Level {
    fn edit(&mut self, edit: &LevelEdit) {
        let mut policies: Vec<Arc<CompiledPolicy>> = self.set.policies().to_vec();
        let mut origins: Vec<Origin> = self.origins.to_vec();
        match (edit.policy.map(|at| at as usize), &edit.document) {
            (Some(at), Some(document)) if at < policies.len() => policies[at] = Arc::clone(document),
            (Some(at), None) if at < policies.len() => {
                policies.remove(at);
                origins.remove(at);
            }
            (None, Some(document)) => {
                policies.push(Arc::clone(document));
                origins.push(Origin { name: "added".into(), ..Origin::default() });
            }
            _ => {}
        }
        self.set = PolicySet::new(policies);
        self.origins = origins.into();
    }
}
