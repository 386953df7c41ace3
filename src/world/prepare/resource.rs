//! The resource of a request: what AWS asks for, and who owns it.

use super::Prepared;
use crate::catalog::{AccessLevel, KeyFacts, ResourceUse};
use crate::compile::RequestResource;
use crate::facts;
use crate::names::Arn;
use crate::world::level::Level;

/// What is said where nobody named a resource.
const NO_RESOURCE: &str =
    "no resource was given, so `*` is asked for: only statements for every resource cover it";

impl<'a> Prepared<'a> {
    /// The resource.
    pub fn resource(&self) -> RequestResource<'_> {
        match self.pseudo_resource.as_deref().and_then(Arn::parse) {
            Some(arn) => RequestResource::One(arn),
            None => self.resource,
        }
    }

    /// The resource as the policies of a level name it.
    pub fn resource_for<'s>(&'s self, level: &'s Level) -> RequestResource<'s> {
        match level.resource.as_deref().and_then(Arn::parse) {
            Some(arn) => RequestResource::One(arn),
            None => self.resource(),
        }
    }

    /// The ARN of the resource, where there is one.
    pub fn arn(&self) -> Option<Arn<'a>> {
        match self.resource {
            RequestResource::One(arn) => Some(arn),
            RequestResource::Any => None,
        }
    }

    /// A46: an action without resource types is asked for `*`, whatever the question names.
    pub(super) fn fit_resource(&mut self) {
        let Some(facts) = self.facts else { return };
        if facts.has_resource_types() {
            if self.request.resource.is_none() {
                self.notes.push(NO_RESOURCE.to_owned());
            }
            return;
        }
        if let RequestResource::One(arn) = self.resource {
            self.notes.push(format!(
                "{} has no resource types, so it is asked for `*`, not for {} (A46)",
                self.action.text(),
                arn.text()
            ));
            self.resource = RequestResource::Any;
        }
        if let Some(template) = facts::pseudo_resource(self.action.service(), self.action.name()) {
            let account = self.caller.account.map(|id| id.to_string()).unwrap_or_default();
            let text = template
                .replace("{partition}", &self.caller.principal.partition)
                .replace("{region}", self.requested_region().unwrap_or(facts::GLOBAL_REGION))
                .replace("{account}", &account);
            self.pseudo_resource = Some(text.into());
        }
    }

    pub(super) fn find_owner(&mut self) {
        let arn = self.arn();
        let named = self.request.resource_account.or_else(|| arn?.account_id());
        let known = named.or_else(|| self.world.declared_owner(&arn?));
        self.owner = known.or(self.caller.account);
        if let (None, Some(_), Some(owner)) = (known, arn, self.owner) {
            self.assumed.push(("resource_account", owner.to_string()));
        }
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
    pub(in crate::world) fn creates_resource(&self) -> bool {
        let (Some(facts), Some(thing)) = (self.facts, self.created_thing()) else { return false };
        let is_tag = |key: KeyFacts<'_>| key.name().starts_with("aws:RequestTag/");
        let tags = |resource: &ResourceUse<'_>| resource.condition_keys().any(is_tag);
        let thing = thing.to_ascii_lowercase();
        let names = |resource: &ResourceUse<'_>| {
            thing.contains(&resource.resource_type().name().to_ascii_lowercase())
        };
        let own = self.arn().and_then(|arn| facts.resource_type_of(arn.text()));
        let mut asked = facts
            .resource_types()
            .filter(|resource| own.is_none_or(|own| resource.resource_type().name() == own.name()));
        match facts.resource_types().any(|resource| tags(&resource)) {
            true => asked.any(|resource| tags(&resource)),
            false => facts.condition_keys().any(is_tag) && asked.any(|resource| names(&resource)),
        }
    }

    /// D44: a key that the action carries for some of its resource types is absent for the others.
    pub(in crate::world) fn resource_carries(&self, name: &str) -> bool {
        let global = name.get(..4).is_some_and(|prefix| prefix.eq_ignore_ascii_case("aws:"));
        let (Some(facts), Some(arn), false) = (self.facts, self.arn(), global) else { return true };
        let is_it = |key: KeyFacts<'_>| key.name().eq_ignore_ascii_case(name);
        let lists = |resource: &ResourceUse<'_>| resource.condition_keys().any(is_it);
        if facts.condition_keys().any(is_it) || !facts.resource_types().any(|resource| lists(&resource)) {
            return true;
        }
        let own = facts.resource_type_of(arn.text());
        let fits =
            |resource: &ResourceUse<'_>| own.is_none_or(|own| resource.resource_type().name() == own.name());
        facts.resource_types().any(|resource| fits(&resource) && lists(&resource))
    }
}
