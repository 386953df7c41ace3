//! The operations that are modelled: one table of them.

use std::sync::LazyLock;

use super::names::{kebab, prefix_of, special_operations};
use super::operation::Operation;
use super::s3::words;
use super::signature::{Parameter, Signature};
use super::{account, iam, kms, lambda, organizations, s3, secrets, sns, sqs, sts};
use crate::catalog::{Catalog, ServiceFacts};

/// The operations, service by service.
const ALL: [&[Operation]; 25] = [
    iam::identity::ROWS,
    iam::tags::ROWS,
    iam::policy::ROWS,
    iam::version::ROWS,
    iam::attached::ROWS,
    iam::inline::ROWS,
    iam::account::ROWS,
    iam::details::ROWS,
    iam::simulate::ROWS,
    sts::ROWS,
    organizations::tree::ROWS,
    organizations::accounts::ROWS,
    organizations::handshakes::ROWS,
    organizations::policies::ROWS,
    organizations::delegation::ROWS,
    account::ROWS,
    s3::bucket::ROWS,
    s3::policy::ROWS,
    s3::block::ROWS,
    s3::encryption::ROWS,
    sqs::ROWS,
    sns::ROWS,
    kms::ROWS,
    lambda::ROWS,
    secrets::ROWS,
];

/// The operations in the order of `help aws`.
pub(super) fn operations() -> &'static [Operation] {
    static OPERATIONS: LazyLock<Vec<Operation>> = LazyLock::new(|| ALL.concat());
    &OPERATIONS
}

/// The operations of a service that are modelled, as they are written.
pub(super) fn operations_of(service: &str) -> impl Iterator<Item = &'static Signature> {
    operations().iter().map(|one| &one.signature).filter(move |one| one.service == service)
}

pub(super) fn operation(service: &str, name: &str) -> Option<&'static Operation> {
    operations().iter().find(|one| (one.signature.service, one.signature.name) == (service, name))
}

/// The options of an operation that is modelled; none of any other.
pub fn parameters(service: &str, name: &str) -> Vec<Parameter> {
    operation(service, name).map(|one| one.signature.parameters()).unwrap_or_default()
}

/// The services of which operations are modelled, in the order of the table.
pub fn modelled_services() -> Vec<&'static str> {
    let mut services: Vec<&str> = operations().iter().map(|one| one.signature.service).collect();
    services.dedup();
    services
}

/// The operations of a service, sorted: those that are modelled and those that can be asked about.
pub fn operation_names(catalog: &Catalog, service: &str) -> Vec<String> {
    let known = prefix_of(catalog, service).and_then(|prefix| catalog.service(prefix));
    let actions = known.into_iter().flat_map(ServiceFacts::actions);
    let modelled = operations_of(service);
    let known_names = modelled.map(|one| one.name).chain(words::names(service));
    let mut names: Vec<String> = known_names.map(str::to_owned).collect();
    names.extend(special_operations(catalog, service));
    names.extend(actions.filter(|_| service != "s3").map(|action| kebab(action.name())));
    names.sort();
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_read_from_the_usage() {
        let all = parameters("iam", "create-user");
        let shown: Vec<_> = all.iter().map(|one| (one.name, one.takes, one.several, one.required)).collect();
        assert_eq!(shown[0], ("user-name", "NAME", false, true));
        assert_eq!(shown.last(), Some(&("tags", "TAG", true, false)));
        let all = parameters("iam", "create-role");
        let not_kept: Vec<_> = all.iter().filter(|one| !one.kept).map(|one| one.name).collect();
        assert_eq!(not_kept, ["description", "max-session-duration"]);
    }

    #[test]
    fn every_operation_is_an_action_of_the_catalog_and_stands_once() {
        for one in operations().iter().map(|one| &one.signature) {
            let newer_than_the_catalog = one.name == "get-scoped-credentials"; // I22
            assert_eq!(one.action().is_none(), newer_than_the_catalog, "{} {}", one.service, one.name);
            let same = |other: &&Signature| other.name == one.name;
            assert_eq!(operations_of(one.service).filter(same).count(), 1, "{} {}", one.service, one.name);
        }
    }
}
