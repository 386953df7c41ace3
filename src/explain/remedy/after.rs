//! The world once a change is made, so that others can be asked before and after.

use std::sync::Arc;

use super::proposal::{Patch, Proposal};
use crate::compile::CompiledPolicy;
use crate::names::AccountId;
use crate::policy::Layer;
use crate::question::Asked;
use crate::world::{Change, Document, Entity, LevelEdit, Origin, ResourceChange, Tags, Target, World};

impl Proposal {
    /// The world with the change made; nothing where the change is one of the call, or its document came with the
    /// question.
    pub(super) fn world_after(&self, world: &World) -> Option<World> {
        match (&self.change, &self.replaces) {
            (Patch::Policy(LevelEdit { document: Some(new), .. }), Some(old)) => {
                self.edit.whereabouts.as_ref().map(|_| world.with_document(old, new))
            }
            (Patch::Policy(_), _) => changed(world, &self.made),
            (Patch::World(changes), _) => changed(world, changes),
            (Patch::Call(call), _) => changed(world, &call.changes),
            (Patch::Keys(_), _) => changed(world, &self.made),
        }
    }
}

/// The world with changes made, if there are some, and it takes them.
fn changed(world: &World, changes: &[Change]) -> Option<World> {
    let mut world = world.clone();
    changes.iter().try_for_each(|change| world.apply(change.clone()).map(|_| ())).ok()?;
    (!changes.is_empty()).then_some(world)
}

impl Asked<'_> {
    /// What a new policy, or one that is taken away, comes to in the world.
    pub(super) fn changes_of(&self, edit: &LevelEdit, origin: Option<&Origin>) -> Vec<Change> {
        let found = match (edit.layer, &edit.document, origin) {
            (Layer::IdentityBased, Some(new), None) => self.put_inline(new),
            (Layer::IdentityBased, None, Some(origin)) => self.taken_from(origin),
            (Layer::ResourceBased, Some(new), None) => self.put_on_resource(new),
            (Layer::ResourceBased, None, Some(_)) => {
                let arn = self.request.side.record.as_ref().map(|record| record.arn.clone());
                arn.map(|arn| Change::Resource(ResourceChange::DeletePolicy { arn }))
            }
            _ => None,
        };
        found.into_iter().collect()
    }

    fn put_inline(&self, new: &Arc<CompiledPolicy>) -> Option<Change> {
        let (account, on) = (self.request.caller.account?, entity(&self.holder()?)?);
        let name = format!("Allow{}", self.request.action.name()).into();
        Some(Change::PutInline { account, on, name, document: Document::Good(Arc::clone(new)) })
    }

    fn taken_from(&self, origin: &Origin) -> Option<Change> {
        let account = self.request.caller.account?;
        let group = origin.group.clone().map(Entity::Group);
        let on = group.or_else(|| entity(&self.holder()?))?;
        Some(match &origin.arn {
            Some(arn) => Change::Detach { account, policy: arn.clone(), from: Target::Entity(on) },
            None => Change::DeleteInline { account, on, name: origin.name.clone() },
        })
    }

    fn put_on_resource(&self, new: &Arc<CompiledPolicy>) -> Option<Change> {
        let arn = self.request.policy_belongs_to();
        let arn = arn.as_deref().unwrap_or_else(|| self.request.resource().text()).into();
        Some(Change::Resource(ResourceChange::Put {
            arn,
            holder: None,
            region: None,
            key: None,
            owner: self.request.owner,
            selected: self.request.owner?,
            policy: Some(Document::Good(Arc::clone(new))),
            tags: Tags::default(),
        }))
    }

    /// A tag in the world; nothing where the world does not have what is tagged.
    pub(super) fn tagged(&self, account: AccountId, target: &str, tag: (&str, &str)) -> Option<Change> {
        let target = match target.strip_prefix("resource ") {
            Some(arn) => Target::Resource(arn.into()),
            None => Target::Entity(entity(target)?),
        };
        Some(Change::Tag { account, target, tags: Tags::from([(tag.0.into(), tag.1.into())]) })
    }
}

/// `user alice`, `role Deploy`
fn entity(words: &str) -> Option<Entity> {
    let (kind, name) = words.split_once(' ')?;
    match kind {
        "user" => Some(Entity::User(name.into())),
        "role" => Some(Entity::Role(name.into())),
        _ => None,
    }
}
