//! A call that is authorized on several resources: on the one that is named, and on what that lies in (D44).

use super::Prepared;
use crate::compile::RequestResource;
use crate::facts;
use crate::world::account::Tags;

impl Prepared<'_> {
    /// The same request on each of the resources that this one lies in and that the action acts on as well, the nearest
    /// first. What AWS said that it asked for is asked as it stands (I21).
    pub fn ancestors(&self) -> Vec<Self> {
        let RequestResource::One(arn) = self.resource() else { return Vec::new() };
        let Some(facts) = self.facts.filter(|_| !self.request.resource_is_evidence) else {
            return Vec::new();
        };
        let mut above = facts::ancestors(&arn);
        above.retain(|one| facts.resource_type_of(one).is_some());
        above.into_iter().map(|one| self.on_ancestor(one)).collect()
    }

    /// One policy governs a catalog and all that lies in it, so the policies stay; the tags are those of the ancestor.
    fn on_ancestor(&self, ancestor: String) -> Self {
        let mut above = self.clone();
        let known = self.world.resource(&ancestor);
        above.side.is_known = known.is_some();
        above.side.tags = known.map_or_else(Tags::new, |known| known.tags.clone());
        above.notes.push(format!(
            "{} on {} is authorized on {ancestor}, too, and that decides",
            self.action.text(),
            self.arn().map_or("*", |arn| arn.text()),
        ));
        above.pseudo_resource = Some(ancestor.into());
        above.refill_keys();
        above
    }
}
