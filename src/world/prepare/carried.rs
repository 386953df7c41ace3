//! Which condition keys a request carries for its resource, as far as the catalog lists them (D44, I9).

use super::Prepared;
use crate::catalog::{AccessLevel, ActionFacts, KeyFacts, ResourceTypeFacts, ResourceUse};
use crate::facts::{self, TagKeys};
use crate::world::context::{is_request_tag, request_tag};

impl<'a> Prepared<'a> {
    /// D44: a key that the action carries for some of its resource types is absent for the others. I9: so are the
    /// tags given with a request, unless the switch says otherwise.
    pub fn resource_carries(&self, name: &str) -> bool {
        let spread = self.settings().request_tags_on_all_resources && is_request_tag(name);
        spread || self.reference_carries(name)
    }

    /// Whether the action carries a key for this resource, by the reference alone.
    pub fn reference_carries(&self, name: &str) -> bool {
        let global = name.get(..4).is_some_and(|prefix| prefix.eq_ignore_ascii_case("aws:"));
        if global && !is_request_tag(name) {
            return true;
        }
        let Some(facts) = self.facts.filter(|_| self.arn().is_some()) else { return true };
        let Some(key) = self.world.catalog().condition_key(name) else { return true };
        let lists = |resource: &ResourceUse<'_>| resource.condition_keys().any(|listed| listed == key);
        if facts.condition_keys().any(|listed| listed == key) || !facts.resource_types().any(|r| lists(&r)) {
            return true;
        }
        let own = self.resource_type();
        let fits = |resource: &ResourceUse<'_>| own.is_none_or(|own| resource.resource_type() == own);
        facts.resource_types().any(|resource| fits(&resource) && lists(&resource))
            || self.tag_keys_of(key).is_some()
    }

    /// The type of the resource that is named, among those of the action.
    fn resource_type(&self) -> Option<ResourceTypeFacts<'a>> {
        let of = |facts: ActionFacts<'a>| Some(facts.resource_type_of(self.arn()?.text())?.number());
        let number = *self.resource_type.get_or_init(|| self.facts.and_then(of));
        self.world.catalog().resource_type(number?)
    }

    /// The types of resources for which the action carries a key, where it carries it for some and not for this one.
    pub fn carrying_types(&self, name: &str) -> Vec<&'a str> {
        let key = self.world.catalog().condition_key(name);
        let (Some(facts), Some(key), false) = (self.facts, key, self.reference_carries(name)) else {
            return Vec::new();
        };
        let uses = facts.resource_types().filter(|used| used.condition_keys().any(|listed| listed == key));
        uses.map(|used| used.resource_type().name()).collect()
    }

    /// I7: the families of keys that tell tags of this resource, or of what it lies in: those of the action and those
    /// of its type.
    pub(in crate::world) fn tag_keys(&self) -> impl Iterator<Item = (KeyFacts<'a>, TagKeys<'a>)> {
        let facts = self.facts;
        let own = self.resource_type();
        let of_action = facts.into_iter().flat_map(|facts| facts.condition_keys());
        let of_use = facts.into_iter().flat_map(|facts| facts.resource_types());
        let of_use = of_use.filter(move |used| Some(used.resource_type()) == own);
        let of_type = own.into_iter().flat_map(ResourceTypeFacts::condition_keys);
        let of_service = facts.into_iter().flat_map(|facts| facts.service().condition_keys());
        let of_service = of_service.filter(|key| facts::is_of_every_resource(key.name()));
        let all = of_action.chain(of_use.flat_map(|used| used.condition_keys()));
        let all = all.chain(of_type).chain(of_service);
        all.filter_map(move |key| Some((key, facts::tag_keys(key.name(), own.map(|own| own.name()))?)))
    }

    /// The family of tags that a key of the catalog is for this resource.
    pub(in crate::world) fn tag_keys_of(&self, key: KeyFacts<'_>) -> Option<TagKeys<'a>> {
        self.tag_keys().find(|(listed, _)| *listed == key).map(|(_, keys)| keys)
    }

    /// What the action's name says that it creates: a cheap question to ask first.
    pub(in crate::world) fn created_thing(&self) -> Option<&'a str> {
        const VERBS: [&str; 7] = ["Create", "Run", "Allocate", "Copy", "Import", "Register", "Request"];
        let facts = self.facts.filter(|facts| facts.level() == AccessLevel::Write)?;
        let name = facts.name();
        VERBS.iter().find_map(|verb| name.strip_prefix(verb))
    }

    /// C.4: whether the request creates its resource and takes tags for it, as far as the catalog tells: tags are keys
    /// of the resource type that is created, or else of an action that is named after it.
    pub fn creates_resource(&self) -> bool {
        let (Some(facts), Some(thing)) = (self.facts, self.created_thing()) else { return false };
        let is_tag = |key: KeyFacts<'_>| request_tag(key.name()).is_some();
        let tags = |resource: &ResourceUse<'_>| resource.condition_keys().any(is_tag);
        let thing = thing.to_ascii_lowercase();
        let names = |resource: &ResourceUse<'_>| {
            thing.contains(&resource.resource_type().name().to_ascii_lowercase())
        };
        let own = self.resource_type();
        let mut asked =
            facts.resource_types().filter(|resource| own.is_none_or(|own| resource.resource_type() == own));
        match facts.resource_types().any(|resource| tags(&resource)) {
            true => asked.any(|resource| tags(&resource)),
            false => facts.condition_keys().any(is_tag) && asked.any(|resource| names(&resource)),
        }
    }
}
