//! What a feed does not say, from the catalog that was there before.

use super::feed::FeedService;
use super::input::{GlobalKey, ServiceInput};
use super::keys::CATEGORIES;
use crate::catalog::{ActionFacts, Catalog, KeyFacts};

/// Makes the stored form of a catalog from the documents of AWS's Service Reference. Names of services, which resource
/// types are required, dependent actions, services that have RCPs and global condition keys are not in the feed; they
/// are those of a catalog that is known.
///
/// # Errors
/// Says what is wrong with the documents, or which limit of the format they exceed.
pub fn encode_feed(documents: Vec<FeedService>, known: &Catalog, date: &str) -> Result<Vec<u8>, String> {
    let mut services: Vec<ServiceInput> = documents.into_iter().map(|document| document.0).collect();
    services.iter_mut().for_each(|service| complete(service, known));
    let services = super::input::ordered(services)?;
    let globals: Vec<GlobalKey> = known.condition_keys().filter(|key| key.is_global()).map(global).collect();
    super::encode_input(&services, &globals, date)
}

fn complete(service: &mut ServiceInput, known: &Catalog) {
    let Some(facts) = known.service(&service.service) else { return };
    facts.name().clone_into(&mut service.name);
    service.rcp = facts.supports_rcp();
    for action in &mut service.actions {
        let Some(facts) = known.action_by_parts(&service.service, &action.name) else { continue };
        action.dependent = facts.dependent_actions().map(|other| other.to_string()).collect();
        for used in &mut action.resources {
            used.required = is_required(facts, &used.r#type);
        }
    }
}

fn is_required(action: ActionFacts<'_>, resource_type: &str) -> bool {
    action.resource_types().any(|used| used.resource_type().name() == resource_type && used.is_required())
}

fn global(key: KeyFacts<'_>) -> GlobalKey {
    let second = key.second_kind().map(|kind| kind.name().to_owned());
    GlobalKey {
        key: key.name().to_owned(),
        r#type: key.kind().name().to_owned(),
        types: second.into_iter().collect(),
        multi: key.is_multivalued(),
        category: CATEGORIES[key.category() as usize].to_owned(),
        always: key.is_always_present(),
        legacy: key.is_legacy(),
    }
}
