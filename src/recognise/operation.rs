//! From the operation that a text names to the action that it needs.

use crate::catalog::{ActionFacts, ApiOperation, Catalog};

/// The action of an operation of a service: the one that is known to be needed, else the action of the same name.
/// Where the call decides which of several is needed, none.
pub(super) fn action_of_service(service: &str, operation: &str, catalog: &Catalog) -> Option<String> {
    let name = format!("{service}:{operation}");
    match catalog.action(&name) {
        Some(action) => Some(action.to_string()),
        // Of actions that are all needed the first is the operation's own: CopyObject is s3:PutObject.
        None => catalog.operation(&name).filter(|found| !found.is_uncertain)?.actions.into_iter().next(),
    }
}

/// The action of an operation, where one service alone has an operation of that name.
pub(super) fn only_action(operation: &str, catalog: &Catalog) -> Option<String> {
    let of = |service: &str| {
        let own =
            catalog.action_by_parts(service, operation).map(|action: ActionFacts<'_>| action.to_string());
        own.or_else(|| ApiOperation::of(service, operation)?.only_action().map(str::to_owned))
    };
    let mut having = catalog.services().filter_map(|service| of(service.prefix()));
    let first = having.next()?;
    having.next().is_none().then_some(first)
}
