//! The policies that take part in a decision, layer by layer.

use std::sync::Arc;

use super::Prepared;
use crate::facts;
use crate::policy::Layer;
use crate::world::lattice::goes_through_lattice;
use crate::world::level::Level;
use crate::world::lookup::{Registry, ResourceCall, ResourceSide};
use crate::world::organization::ControlKind;
use crate::world::principal::PrincipalKind;
use crate::world::resource::Endpoint;

const SOURCE_VPCE: &str = "aws:SourceVpce";

impl<'a> Prepared<'a> {
    /// The layers that take part, in the order of D.3.
    pub fn layers(&self) -> impl Iterator<Item = Layer> {
        let mut bits = self.taking_part;
        std::iter::from_fn(move || {
            let layer = Layer::ALL.get(bits.trailing_zeros() as usize)?;
            bits &= bits - 1;
            Some(*layer)
        })
    }

    /// Whether a layer has policies that take part.
    pub fn takes_part(&self, layer: Layer) -> bool {
        self.taking_part & layer.bit() != 0
    }

    /// The levels of a layer that take part, from the organization root down. A function of its own, since otherwise
    /// the places of all layers are worked out before the first is asked for.
    #[inline(never)]
    pub fn levels(&self, layer: Layer) -> &[Level] {
        match layer {
            Layer::ResourceControl => &self.rcp,
            Layer::ServiceControl if self.scp_exemption.is_some() => &[],
            Layer::ServiceControl => &self.caller.scp,
            Layer::VpcEndpoint => self.endpoint.as_slice(),
            Layer::ResourceBased => &self.side.policies,
            Layer::IdentityBased => self.caller.identity.as_slice(),
            Layer::PermissionsBoundary => self.caller.boundary.as_slice(),
            Layer::Session => &self.caller.session,
        }
    }

    /// The level of that number in a layer.
    pub fn level(&self, layer: Layer, level: u8) -> Option<&Level> {
        self.levels(layer).get(usize::from(level))
    }

    pub(super) fn note_layers(&mut self) {
        self.taking_part = 0;
        for layer in Layer::ALL {
            if !self.levels(layer).is_empty() {
                self.taking_part |= layer.bit();
            }
        }
    }

    pub(super) fn find_policies(&mut self) {
        self.side = self.resource_side();
        if self.is_without_resource() {
            self.side.kind = Some(self.kind_of_no_resource());
        }
        self.find_delegation_policy();
        if let Some(block) = self.request.public_access_block {
            self.side.public_access_block = block;
        }
        self.endpoint = self.endpoint_level();
        if !self.caller.scp.is_empty() {
            self.scp_exemption = facts::scp_exemption(self.action.service(), self.caller.principal.is_root());
        }
        if self.rcp_applies() {
            self.rcp = self.rcp_levels();
        }
    }

    /// The resource's side, as the world has it.
    pub(in crate::world) fn resource_side(&self) -> ResourceSide {
        self.world.resource_side(&self.call())
    }

    pub(super) fn call(&self) -> ResourceCall<'_> {
        let lattice = goes_through_lattice(&self.action);
        ResourceCall {
            action: &self.action,
            arn: self.arn(),
            owner: self.owner,
            by_service: matches!(self.caller.principal.kind, PrincipalKind::Service(_)),
            network: lattice.then(|| self.given_value("vpc-lattice-svcs:ServiceNetworkArn")).flatten(),
            registry: self.registry(),
            given: self.request.policies,
        }
    }

    /// I1: the kind of resource whose policy is asked where there is no resource.
    fn registry(&self) -> Option<Registry<'_>> {
        let has_none = self.arn().is_none();
        let kind = has_none.then(|| facts::asked_without_resource(self.action.service()))??;
        Some(Registry { kind, partition: &self.caller.principal.partition, region: self.requested_region() })
    }

    /// The VPC endpoint that the request goes through: the one that the question names, or the only one of the service
    /// in the VPC that it names (I5).
    pub fn source_endpoint(&self) -> Option<&'a Arc<Endpoint>> {
        self.world.endpoints().next()?; // Most worlds have none, and every request comes by here.
        if let Some(id) = self.given_value(SOURCE_VPCE) {
            return self.world.endpoint(id);
        }
        let mut possible = self.possible_endpoints();
        possible.next().filter(|_| possible.next().is_none())
    }

    /// I5: the endpoints of the service in the VPC that the question names, where it names none of them.
    pub fn possible_endpoints(&self) -> impl Iterator<Item = &'a Arc<Endpoint>> {
        let vpc = self.given_value("aws:SourceVpc").filter(|_| !self.is_given(SOURCE_VPCE));
        let all = vpc.into_iter().flat_map(|_| self.world.endpoints());
        all.filter(move |one| vpc == Some(&*one.vpc) && one.serves(self.action.service()))
    }

    /// D12: the policy given, or that of the endpoint that the context names.
    fn endpoint_level(&self) -> Option<Level> {
        if let Some(documents) = &self.request.policies.vpc_endpoint {
            return Some(Level::of_given(documents));
        }
        let endpoint = self.source_endpoint()?;
        endpoint.policy.as_ref().map(|policy| Level::of_one(policy, &endpoint.id, &Arc::default()))
    }

    /// Finds the endpoint policy, where the context names another endpoint than it did (D12).
    pub(in crate::world) fn find_endpoint_again(&mut self, before: &Prepared<'_>) {
        if self.source_endpoint().map(|own| &own.id) != before.source_endpoint().map(|own| &own.id) {
            self.endpoint = self.endpoint_level();
        }
    }

    /// D6, D18: those of the owner's account; supported service, a resource, not a service-linked role, not a grant's retirement.
    fn rcp_applies(&self) -> bool {
        if self.request.policies.rcp.is_none() && self.world.organizations().next().is_none() {
            return false;
        }
        let no_resource = self.arn().is_none() && !self.settings().rcp_without_resource_type;
        let aws_key = self.arn().is_some_and(|arn| arn.resource().starts_with("alias/aws/"));
        facts::supports_rcp(self.action.service())
            && !no_resource
            && !aws_key
            && !self.concerns_service_linked_role()
            && !self.action.is("kms:RetireGrant")
    }

    /// D6, D21: neither what a service-linked role does nor its assumption.
    fn concerns_service_linked_role(&self) -> bool {
        let assumed = self.arn().is_some_and(|arn| arn.resource().starts_with("role/aws-service-role/"));
        self.caller.service_linked.is_some() || (assumed && self.action.is_of("sts"))
    }

    fn rcp_levels(&self) -> Vec<Level> {
        if let Some(levels) = &self.request.policies.rcp {
            return levels.iter().map(|documents| Level::of_given(documents)).collect();
        }
        let Some(owner) = self.owner else { return Vec::new() };
        self.world.control_levels(owner, ControlKind::Rcp)
    }
}
