//! The declared resources whose policies govern a resource: itself, and what holds it (I1).

use std::sync::Arc;

use smallvec::SmallVec;

use super::lookup::ResourceCall;
use super::resource::Resource;
use super::state::World;
use crate::facts::{self, Container, Holder, container_kind, containers};
use crate::names::Arn;

/// A declared resource whose policy governs what a request is about.
#[derive(Clone, Copy, Debug)]
pub(super) struct Governor<'w> {
    /// The declared resource.
    pub(super) resource: &'w Arc<Resource>,
    /// The kind of resource that it is, where the table has it.
    pub(super) kind: Option<&'static Container>,
    /// Whether it holds what the request is about, rather than being it.
    pub(super) below: bool,
}

/// The word of the world on what holds a resource. A service network is asked beside the service, not in its place.
fn said_holder(resource: &Arc<Resource>) -> Option<Governor<'_>> {
    let kind = container_kind(&Arn::parse(&resource.arn)?);
    let is_network = kind.is_some_and(|kind| kind.noun == facts::SERVICE_NETWORK);
    (!is_network).then_some(Governor { resource, kind, below: true })
}

impl ResourceCall<'_> {
    /// I1: why neither a policy of the resource nor one of what holds it is asked for the call; `None` if one is, as
    /// far as the table tells.
    pub(super) fn passed_over(&self) -> Option<String> {
        let arn = self.arn?;
        let own = container_kind(&arn).map(|kind| (kind, false));
        let held = containers(arn.service()).iter().filter(|kind| kind.holder(&arn).is_some());
        let mut all = own.into_iter().chain(held.map(|kind| (kind, true)));
        let why = |(kind, below): (&Container, bool)| kind.passes_over(self.action, self.by_service, below);
        let first = why(all.next()?)?;
        all.all(|one| why(one).is_some()).then_some(first)
    }
}

impl World {
    /// I1: what was declared of a resource: first itself, then what holds it.
    pub(super) fn governors<'w>(&'w self, arn: &Arn<'_>) -> impl Iterator<Item = Governor<'w>> {
        let own = self.resource(arn.text());
        let said = own.and_then(|own| self.resource(own.holder.as_deref()?)).and_then(said_holder);
        let own = own.map(|resource| Governor { resource, kind: container_kind(arn), below: false });
        let kinds = if self.resources.is_empty() { &[] } else { containers(arn.service()) };
        let arn = *arn;
        let holders = kinds.iter().flat_map(move |kind| {
            let held = kind.holder(&arn).map(|holder| self.holders(&holder)).unwrap_or_default();
            let fits = move |resource: &&Arc<Resource>| {
                *resource.arn != *arn.text() && arn.account_id().is_none_or(|id| id == resource.owner)
            };
            held.into_iter().filter(fits).map(move |resource| Governor {
                resource,
                kind: Some(kind),
                below: true,
            })
        });
        own.into_iter().chain(said).chain(holders)
    }

    fn holders(&self, holder: &Holder<'_>) -> SmallVec<[&Arc<Resource>; 1]> {
        match holder {
            Holder::One(arn) => self.resource(arn).into_iter().collect(),
            Holder::Each(start) => self.resources_from(start.clone()).collect(),
        }
    }

    /// The declared resources whose ARNs begin so.
    pub(super) fn resources_from(&self, start: String) -> impl Iterator<Item = &Arc<Resource>> {
        let from = self.resources.iter_from(&*start).map(|(_, one)| one);
        from.take_while(move |one| one.arn.starts_with(&start))
    }
}
