//! The resource of a request: what AWS asks for, and who owns it.

use super::Prepared;
use crate::compile::RequestResource;
use crate::facts;
use crate::names::Arn;
use crate::world::level::Level;
use crate::world::lookup::is_name_of_a_key;
use crate::world::settings::Settings;

/// What is said where nobody named a resource.
const NO_RESOURCE: &str =
    "no resource was given, so `*` is asked for: only statements for every resource cover it";

/// What is said where a resource is needed and `*` was written (I4).
const EVERY_RESOURCE: &str = "`*` was given for an action that acts on one resource, which AWS hardly ever asks: only statements for every resource cover it";

impl<'a> Prepared<'a> {
    /// The switches.
    pub fn settings(&self) -> &Settings {
        &self.request.settings
    }

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
            let note = match self.request.resource {
                None => Some(NO_RESOURCE),
                Some("*") if self.needs_resource() => Some(EVERY_RESOURCE),
                Some(_) => None,
            };
            self.notes.extend(note.map(str::to_owned));
            return;
        }
        if self.request.resource_is_evidence && self.arn().is_some() {
            return; // I21
        }
        self.pseudo_resource = self.asked_after_all().map(Into::into);
        if let RequestResource::One(arn) = self.resource {
            self.resource = RequestResource::Any;
            let asked = self.pseudo_resource.as_deref().unwrap_or("*");
            if asked != arn.text() {
                let (action, given) = (self.action.text(), arn.text());
                self.notes.push(format!(
                    "{action} has no resource types, so it is asked for `{asked}`, not for {given}"
                ));
            }
        }
    }

    /// What an action without resource types is asked for, where it is not `*` (A46, I21); in the Region of the resource
    /// that is named, where it is one of the same service.
    fn asked_after_all(&self) -> Option<String> {
        let (service, action) = (self.action.service(), self.action.name());
        let template = facts::pseudo_resource(service, action)?;
        let account = self.caller.account.map(|id| id.to_string()).unwrap_or_default();
        let named = self.arn().filter(|arn| arn.service() == service).map(|arn| arn.region());
        let region = named.filter(|region| !region.is_empty()).or_else(|| self.requested_region());
        let text = template.replace("{partition}", &self.caller.principal.partition);
        let text = text.replace("{region}", region.unwrap_or(facts::GLOBAL_REGION));
        Some(text.replace("{account}", &account))
    }

    /// I1: an alias stands for the key behind it, as far as the world tells.
    pub(super) fn resolve_alias(&mut self) {
        let Some(arn) = self.arn().filter(|_| is_name_of_a_key(&self.call())) else { return };
        let key = self.world.resource(arn.text()).and_then(|alias| alias.holder.as_deref());
        if let Some(key) = key.and_then(Arn::parse) {
            let (alias, name) = (arn.resource(), key.text());
            self.notes.push(format!("{alias} is a name of {name}, so that is asked for"));
            self.resource = RequestResource::One(key);
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
}
