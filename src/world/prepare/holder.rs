//! On which resources the policies of the resource's side stand, and on which one could stand (I1).

use std::borrow::Cow;
use std::sync::Arc;

use super::Prepared;
use crate::compile::CompiledPolicy;
use crate::facts::{Holder, container_kind, containers};
use crate::world::resource::Resource;

impl Prepared<'_> {
    /// The declared resource on which a policy of the resource's side stands: the resource itself, or what holds it.
    pub fn stands_on(&self, policy: &Arc<CompiledPolicy>) -> Option<&Arc<Resource>> {
        let is_own = |one: &&Arc<Resource>| {
            let own = one.policy.as_ref().and_then(|own| own.compiled());
            own.is_some_and(|own| Arc::ptr_eq(own, policy))
        };
        let Some(arn) = self.arn() else { return self.world.possible_registries(&self.call()).find(is_own) };
        let bucket = self.side.record.as_ref().and_then(|record| record.bucket.as_deref());
        let network = self.world.network_of(&self.call(), self.side.record.as_deref());
        let others = bucket.and_then(|bucket| self.world.resource(bucket)).into_iter().chain(network);
        let mut all = self.world.governors(&arn).map(|one| one.resource).chain(others);
        all.find(is_own)
    }

    /// The ARN of what a policy for the resource would stand on: of what can have none, its container.
    pub fn policy_belongs_to(&self) -> Option<Cow<'_, str>> {
        let arn = self.arn()?;
        if self.side.record.is_some() || container_kind(&arn).is_some() {
            return self.side.record.as_ref().map(|record| Cow::Borrowed(&*record.arn));
        }
        containers(arn.service()).iter().find_map(|kind| match kind.holder(&arn)? {
            Holder::One(holder) => Some(holder),
            Holder::Each(_) => None,
        })
    }

    /// Whether a policy of the resource or of what holds it would be asked for the call.
    pub fn asks_resource_policies(&self) -> bool {
        self.call().passed_over().is_none()
    }
}
