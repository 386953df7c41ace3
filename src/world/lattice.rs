//! What guards the services of VPC Lattice: the auth policies of a service network and of the service (I1).

use std::borrow::Cow;
use std::sync::Arc;

use super::level::Level;
use super::lookup::ResourceCall;
use super::resource::Resource;
use super::state::World;
use crate::facts::{Holder, SERVICE_NETWORK, containers};
use crate::names::{ActionName, Arn};

/// A service network or a service, whose auth policy must allow a call.
#[derive(Debug)]
pub(super) struct Guard<'w> {
    /// What people call it.
    noun: &'static str,
    /// Its ARN.
    pub(super) arn: Cow<'w, str>,
    resource: Option<&'w Resource>,
}

/// Whether an action is a call of a service of VPC Lattice.
pub(super) fn goes_through_lattice(action: &ActionName<'_>) -> bool {
    action.is_of("vpc-lattice-svcs")
}

impl World {
    /// What guards a call of VPC Lattice: the service, behind the network where somebody said through which it goes.
    pub(super) fn lattice_guards<'w>(
        &'w self,
        call: &ResourceCall<'w>,
        record: Option<&'w Resource>,
    ) -> impl Iterator<Item = Guard<'w>> {
        let guard = |noun, arn: Cow<'w, str>| {
            let resource = self.resource(&arn).map(|found| &**found);
            Guard { noun, arn, resource }
        };
        let network = self.network_arn(call, record).map(|arn| guard(SERVICE_NETWORK, arn.into()));
        let service = call.arn.filter(|_| goes_through_lattice(call.action)).map(service_of);
        network.into_iter().chain(service.map(|arn| guard("service", arn)))
    }

    /// The ARN of the service network: of the one that the request names, else of the one of which the service is said
    /// to be.
    fn network_arn<'w>(&'w self, call: &ResourceCall<'w>, record: Option<&'w Resource>) -> Option<&'w str> {
        let said = record.and_then(|service| service.holder.as_deref());
        call.network.or(said).filter(|_| goes_through_lattice(call.action))
    }

    /// The service network, where the world has it.
    pub(super) fn network_of<'w>(
        &'w self,
        call: &ResourceCall<'w>,
        record: Option<&'w Resource>,
    ) -> Option<&'w Arc<Resource>> {
        self.resource(self.network_arn(call, record)?)
    }

    /// The levels of a call that goes through a service network: both policies must allow. `None` if nobody said that
    /// it goes through one.
    pub(super) fn levels_through_network(
        &self,
        call: &ResourceCall<'_>,
        record: Option<&Resource>,
    ) -> Option<Vec<Level>> {
        self.network_arn(call, record)?;
        Some(self.lattice_guards(call, record).map(Guard::level).collect())
    }
}

/// The service that an ARN names or that a path lies in.
fn service_of<'c>(arn: Arn<'c>) -> Cow<'c, str> {
    let holder = containers(arn.service()).iter().find_map(|kind| kind.holder(&arn));
    match holder {
        Some(Holder::One(service)) => service,
        _ => arn.text().into(),
    }
}

impl Guard<'_> {
    /// Whether it is not known what it lets in: one without a policy lets everybody in, or nobody, by its auth type,
    /// which a world does not tell (I6).
    pub(super) fn is_unknown(&self) -> bool {
        self.resource.is_none_or(|resource| resource.policy.is_none())
    }

    fn level(self) -> Level {
        let own = self.resource.and_then(Resource::level);
        let unknown = || Level { incomplete: [self.policy_name().into()].into(), ..Level::default() };
        Level { name: format!("the {}", self.noun).into(), ..own.unwrap_or_else(unknown) }
    }

    /// What its policy is called.
    fn policy_name(&self) -> String {
        auth_policy_of(&self.arn)
    }
}

/// What the auth policy of a service or a service network is called.
pub fn auth_policy_of(arn: &str) -> String {
    format!("the auth policy of {arn}")
}
