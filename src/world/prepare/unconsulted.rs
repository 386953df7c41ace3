//! Policies of the world that cover the resource and were not consulted: those that no rule knows (I2), and those of
//! which I1 says why. Looked for when an answer is made, not when it is decided.

use std::sync::Arc;

use super::Prepared;
use crate::catalog::ResourceTypeFacts;
use crate::compile::{CompiledPolicy, Element, RequestResource};
use crate::facts;
use crate::names::Arn;
use crate::policy::Layer;
use crate::world::resource::Resource;
use crate::world::without::LeftOut;

/// What the tables say nothing of.
const UNKNOWN: &str = "whether it governs what is asked for is not known here";

impl Prepared<'_> {
    /// The policies that cover the resource and were not consulted though they might govern it, each with the reason.
    pub fn unconsulted(&self) -> Vec<String> {
        if self.world.resources().next().is_none() {
            return Vec::new(); // Policies that are given with a question are consulted.
        }
        let replaced = self.request.policies.resource.is_some()
            || self.left_out.contains(&LeftOut::Layer(Layer::ResourceBased));
        if replaced {
            return Vec::new();
        }
        let Some(arn) = self.arn() else { return self.registries() };
        let mut found = self.vaults(&arn);
        found.extend(self.networks(&arn));
        found.extend(self.ungoverned(&arn));
        found
    }

    /// I1: why policies that cover the resource are not asked for the action, or the one that is given is not.
    pub fn passed_over(&self) -> Vec<String> {
        let Some(arn) = self.arn() else { return Vec::new() };
        if self.request.policies.resource.is_some() {
            return self.call().passed_over().into_iter().collect();
        }
        let call = self.call();
        let covering = self.world.governors(&arn).filter(|one| self.covers(one.resource, &arn, true));
        covering.filter_map(|one| one.passes_over(&call)).collect()
    }

    /// I1: the policies of which one is asked for a call without a resource, by the Region.
    fn registries(&self) -> Vec<String> {
        let call = self.call();
        let possible: Vec<_> = self.world.possible_registries(&call).collect();
        if possible.len() < 2 {
            return Vec::new();
        }
        let why = "which Region is asked, nobody said: aws:RequestedRegion says it";
        possible.into_iter().map(|one| said(one, why)).collect()
    }

    /// I2: of the service in the ARN, its account and Region, and not of a sibling.
    fn ungoverned(&self, arn: &Arn<'_>) -> Vec<String> {
        if facts::has_only_known_policies(arn) {
            return Vec::new();
        }
        let governors: Vec<_> = self.world.governors(arn).map(|one| Arc::as_ptr(one.resource)).collect();
        let (own, is_placed) = (self.type_of(arn), facts::is_placed(arn));
        let candidates = self.of_owner(arn, arn.service()).filter(|one| {
            let Some(other) = Arn::parse(&one.arn) else { return false };
            let begins = begins(arn.text(), &one.arn);
            let kind = facts::container_kind(&other);
            !governors.contains(&Arc::as_ptr(one))
                && kind.is_none_or(|kind| !is_placed && self.would_ask(kind))
                && self.covers(one, arn, begins)
                && (begins || !is_sibling(arn, own, &other, self.type_of(&other)))
        });
        candidates.map(|one| said(one, UNKNOWN)).collect()
    }

    /// Whether a policy of this kind is asked for such calls at all.
    fn would_ask(&self, kind: &facts::Container) -> bool {
        kind.passes_over(&self.action, self.call().by_service, true).is_none()
    }

    /// I1: the ARN of a recovery point does not tell in which vault it lies.
    fn vaults(&self, arn: &Arn<'_>) -> Vec<String> {
        let is_point = arn.service() != "backup" || arn.resource().starts_with("recovery-point:");
        if !self.action.is_of("backup") || !is_point || self.holder_is_said() {
            return Vec::new();
        }
        let why = format!("which vault holds {} is not said", arn.text());
        let vaults = self.of_owner(arn, "backup").filter(|one| self.covers(one, arn, true));
        vaults.map(|one| said(one, &why)).collect()
    }

    /// I1: the ARN of a service of VPC Lattice does not tell through which network it is called.
    fn networks(&self, arn: &Arn<'_>) -> Vec<String> {
        let is_said = self.call().network.is_some() || self.holder_is_said();
        if !self.action.is_of("vpc-lattice-svcs") || is_said {
            return Vec::new();
        }
        let is_network = |one: &&Arc<Resource>| one.arn.contains(":servicenetwork/");
        let networks = self.of_owner(arn, "vpc-lattice").filter(is_network);
        let why = "vpc-lattice-svcs:ServiceNetworkArn does not say whether the call goes through it";
        networks.filter(|one| self.covers(one, arn, true)).map(|one| said(one, why)).collect()
    }

    fn holder_is_said(&self) -> bool {
        self.side.record.as_ref().is_some_and(|record| record.holder.is_some())
    }

    /// The declared resources with a policy that are of a service, and of the owner and the Region of an ARN.
    fn of_owner(&self, arn: &Arn<'_>, service: &str) -> impl Iterator<Item = &Arc<Resource>> {
        let (region, account) = (arn.region().to_owned(), arn.account());
        let start = match (arn.region(), account) {
            ("", _) | (_, "") => format!("arn:{}:{service}:", arn.partition()),
            (region, account) => format!("arn:{}:{service}:{region}:{account}:", arn.partition()),
        };
        self.world.resources_from(start).filter(move |one| {
            let same =
                |other: Arn<'_>| region.is_empty() || other.region().is_empty() || *other.region() == *region;
            one.policy.is_some()
                && self.owner.is_none_or(|id| id == one.owner)
                && Arn::parse(&one.arn).is_some_and(same)
        })
    }

    /// Whether a statement about the action covers an ARN, be it by a bare `*` if that counts. A document that cannot
    /// be read could cover whatever lies below.
    fn covers(&self, resource: &Resource, arn: &Arn<'_>, by_star: bool) -> bool {
        let Some(policy) = resource.policy.as_ref().and_then(|policy| policy.compiled()) else {
            return by_star;
        };
        self.patterns_cover(policy, arn, by_star)
    }

    fn patterns_cover(&self, policy: &CompiledPolicy, arn: &Arn<'_>, by_star: bool) -> bool {
        let resource = RequestResource::One(*arn);
        policy.statements().iter().any(|statement| {
            let mut patterns = policy.resources(statement).iter();
            let is_plain = statement.resource_element == Element::Plain;
            policy.covers_action(statement, &self.action)
                && is_plain
                && patterns
                    .any(|one| (by_star || one.text(policy) != "*") && one.matches(policy, &resource, self))
        })
    }

    fn type_of(&self, arn: &Arn<'_>) -> Option<ResourceTypeFacts<'_>> {
        let catalog = self.world.catalog();
        let services = [self.action.service(), arn.service()].into_iter();
        services.filter_map(|service| catalog.service(service)?.resource_type_of(arn.text())).next()
    }
}

fn said(resource: &Resource, why: &str) -> String {
    format!("the policy of {} ({why})", resource.arn)
}

/// Whether a text begins with an ARN, and a new part follows.
fn begins(text: &str, arn: &str) -> bool {
    text.strip_prefix(arn).is_some_and(|rest| rest.starts_with(['/', ':']))
}

/// Whether two ARNs are of one type; where the catalog does not know it, of one shape.
fn is_sibling(
    one: &Arn<'_>,
    its: Option<ResourceTypeFacts<'_>>,
    other: &Arn<'_>,
    others: Option<ResourceTypeFacts<'_>>,
) -> bool {
    match (its, others) {
        (Some(its), Some(others)) => its == others,
        (None, None) => shape(one.resource()) == shape(other.resource()),
        _ => false,
    }
}

/// The first part of a resource and how many there are.
fn shape(resource: &str) -> (Option<&str>, usize) {
    let mut parts = resource.split(['/', ':']).peekable();
    let first = parts.peek().copied();
    let count = parts.count();
    (first.filter(|_| count > 1), count)
}
