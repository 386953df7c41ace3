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
    /// Edits a policy of the principal's side; edits of the other side change nothing.
    pub(crate) fn edit(&mut self, edit: &LevelEdit) {
        let level = match edit.layer {
            Layer::ServiceControl => self.scp.get_mut(edit.level as usize),
            Layer::IdentityBased => self.identity.as_mut(),
            Layer::PermissionsBoundary => self.boundary.as_mut(),
            Layer::Session => Some(self.session.get_or_insert_default()),
            _ => None,
        };
        if let Some(level) = level {
            level.edit(edit);
        }
    }
}

impl<'a> Prepared<'a> {
    /// This question asked by another caller, who is this one with edited policies, with another context, or in a
    /// world whose switches stand otherwise; the policies stay those of the question.
    pub(crate) fn asked_by<'b>(
        &self,
        caller: Arc<Caller>,
        request: Request<'b>,
        world: &'b World,
        edits: &[LevelEdit],
    ) -> Prepared<'b>
    where
        'a: 'b,
    {
        let mut prepared: Prepared<'b> = self.clone();
        (prepared.caller, prepared.request, prepared.world) = (caller, request, world);
        prepared.find_endpoint_again(self);
        prepared.find_public_access_block_again();
        edits.iter().for_each(|edit| prepared.edit(edit));
        prepared.refill_keys();
        prepared
    }

    /// Block Public Access as the world has it, unless the question says how it stands (D36).
    fn find_public_access_block_again(&mut self) {
        if self.request.public_access_block.is_none() {
            let side = self.world.resource_side(
                &self.action,
                self.arn().as_ref(),
                self.owner,
                self.request.policies,
            );
            self.side.public_access_block = side.public_access_block;
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
            _ => None,
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
                origins.push(Origin { name: "added".into(), arn: None, group: None });
            }
            _ => {}
        }
        self.set = PolicySet::new(policies);
        self.origins = origins.into();
    }
}
