//! The operations that are modelled: one table of them.

use std::sync::LazyLock;

use super::call::Call;
use super::names::{action_of, spelled};
use super::plan::Planned;
use super::{account, iam, kms, lambda, organizations, s3, secrets, sns, sqs, sts};
use crate::catalog::{ActionFacts, Catalog};

/// One operation: how it is written, what it does, and what a call of it needs and makes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Operation {
    /// The service on the command line.
    pub(super) service: &'static str,
    /// The operation, in kebab case.
    pub(super) name: &'static str,
    /// Its options: those in `[ ]` may be left out, `...` takes several values; behind ` | ` the names of those that
    /// AWS takes and that decide nothing here.
    pub(super) options: &'static str,
    /// What it does, a few words.
    pub(super) help: &'static str,
    /// What it needs, and what it makes.
    pub(super) plan: for<'a> fn(&'a Call<'a>) -> Planned<'a>,
}

/// A service of the command line, whose rows are written with it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Service(pub(super) &'static str);

impl Service {
    /// An operation of the service.
    pub(super) const fn row(
        self,
        name: &'static str,
        options: &'static str,
        help: &'static str,
        plan: for<'a> fn(&'a Call<'a>) -> Planned<'a>,
    ) -> Operation {
        Operation { service: self.0, name, options, help, plan }
    }
}

/// The operations, service by service.
const ALL: [&[Operation]; 22] = [
    iam::user::ROWS,
    iam::group::ROWS,
    iam::role::ROWS,
    iam::tags::ROWS,
    iam::policy::ROWS,
    iam::version::ROWS,
    iam::attached::ROWS,
    iam::inline::ROWS,
    iam::account::ROWS,
    sts::ROWS,
    organizations::tree::ROWS,
    organizations::accounts::ROWS,
    organizations::policies::ROWS,
    account::ROWS,
    s3::bucket::ROWS,
    s3::policy::ROWS,
    s3::block::ROWS,
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

/// The operation of a service.
pub(super) fn operation(service: &str, name: &str) -> Option<&'static Operation> {
    operations().iter().find(|operation| operation.service == service && operation.name == name)
}

impl Operation {
    /// The action that it needs. What is modelled is part of the program, and so is its name, whatever catalog a world
    /// has.
    pub(super) fn action(&self) -> Option<ActionFacts<'static>> {
        action_of(Catalog::embedded(), self.service, self.name)
    }

    /// Its name as AWS spells it in messages.
    pub(super) fn spelled(&self) -> String {
        spelled(Catalog::embedded(), self.service, self.name)
    }

    /// How it is written.
    pub(super) fn usage(&self) -> String {
        format!("aws {} {} {}", self.service, self.name, self.usage_of_options()).trim_end().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_is_an_action_of_the_catalog_and_stands_once() {
        for one in operations() {
            assert!(one.action().is_some(), "{} {}", one.service, one.name);
            let same = |other: &&Operation| other.service == one.service && other.name == one.name;
            assert_eq!(operations().iter().filter(same).count(), 1, "{} {}", one.service, one.name);
        }
    }
}
