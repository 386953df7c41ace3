//! The resource's side of a request: who owns it, and which policy stands at its door.

use std::sync::Arc;

use super::account::{Account, Tags};
use super::containers::Governor;
use super::level::{Level, LevelBuilder};
use super::organization::Organization;
use super::policy_kind::policy_kind_of;
use super::request::GivenPolicies;
use super::resource::{PublicAccessBlock, Resource};
use super::state::World;
use crate::facts::Container;
use crate::names::{AccountId, ActionName, Arn};
use crate::policy::PolicyType;

/// What is known of the resource of a request.
#[derive(Clone, Debug, Default)]
pub struct ResourceSide {
    /// What its policy is: resource-based, a role's trust policy, or a key's policy.
    pub kind: Option<PolicyType>,
    /// Its policy and those of what holds it, where it has any (I1). Two levels must both allow: those of an access
    /// point and its bucket (D45), of a service network and its service.
    pub policies: Vec<Level>,
    /// Whether the world knows the resource: only then is a tag that it lacks absent rather than unknown.
    pub is_known: bool,
    /// Its tags.
    pub tags: Tags,
    /// Block Public Access, the most restrictive of organization, account, bucket and access point (D36).
    pub public_access_block: PublicAccessBlock,
    /// The declared resource, or what holds it.
    pub record: Option<Arc<Resource>>,
}

/// What the resource's side of a request hangs on.
#[derive(Clone, Copy, Debug)]
pub(super) struct ResourceCall<'c> {
    /// The action.
    pub(super) action: &'c ActionName<'c>,
    /// The ARN of the resource, where there is one.
    pub(super) arn: Option<Arn<'c>>,
    /// Its owner.
    pub(super) owner: Option<AccountId>,
    /// Whether an AWS service calls.
    pub(super) by_service: bool,
    /// The service network of VPC Lattice that the request goes through.
    pub(super) network: Option<&'c str>,
    /// What a call without a resource is about, where a policy is asked for it.
    pub(super) registry: Option<Registry<'c>>,
    /// The policies that the request gives.
    pub(super) given: &'c GivenPolicies,
}

/// The kind of resource whose policy is asked for calls without a resource, and where it lies.
#[derive(Clone, Copy, Debug)]
pub(super) struct Registry<'c> {
    /// What kind.
    pub(super) kind: &'static Container,
    /// The partition of the caller.
    pub(super) partition: &'c str,
    /// The Region, where the question names one.
    pub(super) region: Option<&'c str>,
}

impl World {
    /// The declared resource that a request's ARN belongs to: itself, or what holds it (the bucket of an object).
    pub fn resource_of(&self, arn: &Arn<'_>) -> Option<&Arc<Resource>> {
        self.governors(arn).next().map(|found| found.resource)
    }

    /// The declared resource that what an ARN names lies in.
    pub(super) fn container_of(&self, arn: &Arn<'_>) -> Option<&Resource> {
        self.governors(arn).find(|one| one.below).map(|one| &**one.resource)
    }

    pub(super) fn resource_side(&self, call: &ResourceCall<'_>) -> ResourceSide {
        // D21: only who wants to assume a role meets its trust policy.
        let met = |kind: &PolicyType| *kind != PolicyType::Trust || call.action.is_of("sts");
        let kind = call.arn.as_ref().and_then(policy_kind_of).filter(met);
        let kind = if is_name_of_a_key(call) { Some(PolicyType::Key) } else { kind };
        let mut side = ResourceSide { kind, ..ResourceSide::default() };
        let Some(arn) = &call.arn else { return self.side_without_resource(call, side) };
        match kind {
            Some(PolicyType::Trust) => self.trust_side(arn, &mut side),
            _ => self.declared_side(call, arn, &mut side),
        }
        self.identity_tags(arn, &mut side);
        if arn.service() == "s3" {
            side.public_access_block = side.public_access_block.or(self.public_access_block(call.owner));
        }
        // Whoever does not meet the policy of the resource does not meet one that is given (I1).
        if let Some(document) = call.given.resource.as_ref().filter(|_| side.kind.is_some()) {
            let given = || Level::of_given(std::slice::from_ref(document));
            side.policies = call.passed_over().is_none().then(given).into_iter().collect();
        }
        side
    }

    /// I1: a registry's policy is asked for every action of its service. Of several, in Regions of which nobody said
    /// one, none is guessed.
    fn side_without_resource(&self, call: &ResourceCall<'_>, side: ResourceSide) -> ResourceSide {
        let mut possible = self.possible_registries(call);
        let Some(registry) = possible.next().filter(|_| possible.next().is_none()) else { return side };
        let policies = registry.level().into_iter().collect();
        ResourceSide { kind: Some(PolicyType::ResourceBased), policies, ..side }
    }

    /// The declared resources of which one is asked for a call that has no resource.
    pub(super) fn possible_registries<'w>(
        &'w self,
        call: &ResourceCall<'w>,
    ) -> impl Iterator<Item = &'w Arc<Resource>> {
        let owner = call.owner;
        call.registry.into_iter().flat_map(move |registry| {
            let start = format!("arn:{}:{}:", registry.partition, registry.kind.service());
            let all = self.resources_from(start);
            all.filter(move |one| {
                owner == Some(one.owner) && one.policy.is_some() && registry.could_be(&one.arn)
            })
        })
    }

    fn trust_side(&self, arn: &Arn<'_>, side: &mut ResourceSide) {
        let role = self.account_of(arn).zip(arn.resource().rsplit('/').next());
        if let Some(role) = role.and_then(|(account, name)| account.role(name)) {
            side.policies = vec![Level::of_one(&role.trust, &role.name, &role.trust_ids)];
        }
    }

    /// I1: what was declared of the resource and of what holds it.
    fn declared_side(&self, call: &ResourceCall<'_>, arn: &Arn<'_>, side: &mut ResourceSide) {
        let mut level: Option<LevelBuilder> = None;
        for governor in self.governors(arn) {
            governor.describe(side);
            let policy = governor.resource.policy.as_ref().filter(|_| governor.passes_over(call).is_none());
            if let Some(policy) = policy {
                let level = level.get_or_insert_with(|| LevelBuilder::new(""));
                level.add_saved(policy, governor.resource.short_name(), &governor.resource.policy_ids);
            }
        }
        side.policies.extend(level.map(LevelBuilder::build));
        if let Some(levels) = self.levels_through_network(call, side.record.as_deref()) {
            side.policies = levels;
        }
        let Some(record) = side.record.clone() else { return };
        if let Some(bucket) = record.bucket.as_ref().and_then(|bucket| self.resource(bucket)) {
            self.behind_access_point(arn, &record, bucket, side);
        }
    }

    /// D45: the policies of access point and bucket both count; the bucket's speaks of the bucket's own ARNs. One
    /// that has no policy counts as a policy that says nothing.
    fn behind_access_point(
        &self,
        arn: &Arn<'_>,
        point: &Resource,
        bucket: &Resource,
        side: &mut ResourceSide,
    ) {
        let object = arn.resource().find("/object/").map(|at| &arn.resource()[at..]);
        // On Outposts the ARN of an object says that it is one.
        let skipped = if arn.service() == "s3" { "/object".len() } else { 0 };
        let target =
            object.map_or_else(|| bucket.arn.to_string(), |key| format!("{}{}", bucket.arn, &key[skipped..]));
        let bucket_level = named("the bucket", bucket.level());
        side.policies = vec![
            named("the access point", point.level()),
            Level { resource: Some(target.into()), ..bucket_level },
        ];
        side.public_access_block = side.public_access_block.or(bucket.public_access_block);
    }

    /// Users and roles are resources of IAM, and their tags are `aws:ResourceTag` (C3).
    fn identity_tags(&self, arn: &Arn<'_>, side: &mut ResourceSide) {
        let Some(account) = self.account_of(arn).filter(|_| arn.service() == "iam") else { return };
        let name = arn.resource().rsplit('/').next().unwrap_or_default();
        let tags = match arn.resource().split('/').next() {
            Some("user") => account.user(name).map(|user| &user.tags),
            Some("role") => account.role(name).map(|role| &role.tags),
            _ => None,
        };
        if let Some(tags) = tags {
            side.is_known = true;
            side.tags.clone_from(tags);
        }
    }

    /// D36: what account and organization switch for all that the account owns.
    pub fn public_access_block(&self, owner: Option<AccountId>) -> PublicAccessBlock {
        let of_account = owner.and_then(|id| self.account(id)).map(|account| account.public_access_block);
        let of_organization = owner.and_then(|id| Some(self.organization_of(id)?.public_access_block(id)));
        of_account.unwrap_or_default().or(of_organization.unwrap_or_default())
    }

    /// The policy that delegates work of the management account to members (I17).
    pub(super) fn delegation_policy(&self, organization: &Organization) -> Option<Level> {
        self.resource(&organization.arn())?.level()
    }

    fn account_of(&self, arn: &Arn<'_>) -> Option<&Account> {
        self.account(arn.account_id()?).map(Arc::as_ref)
    }

    pub(super) fn declared_owner(&self, arn: &Arn<'_>) -> Option<AccountId> {
        self.resource_of(arn).map(|resource| resource.owner)
    }
}

/// I1: whether an alias stands for the key behind it, whose policy decides; only what is done to the alias itself is
/// asked for the alias (D22).
pub(super) fn is_name_of_a_key(call: &ResourceCall<'_>) -> bool {
    const OF_ALIASES: [&str; 3] = ["kms:CreateAlias", "kms:UpdateAlias", "kms:DeleteAlias"];
    let is_alias = |arn: Arn<'_>| arn.service() == "kms" && arn.resource().starts_with("alias/");
    call.arn.is_some_and(is_alias)
        && call.action.is_of("kms")
        && !OF_ALIASES.iter().any(|action| call.action.is(action))
}

fn named(name: &str, level: Option<Level>) -> Level {
    Level { name: name.into(), ..level.unwrap_or_default() }
}

impl Registry<'_> {
    fn could_be(&self, arn: &str) -> bool {
        Arn::parse(arn)
            .is_some_and(|arn| self.kind.is(&arn) && self.region.is_none_or(|region| region == arn.region()))
    }
}

impl Governor<'_> {
    /// What is known of the resource by its own declaration, and by that of what holds it.
    fn describe(&self, side: &mut ResourceSide) {
        let resource = self.resource;
        let lends = self.kind.is_some_and(|kind| kind.lends_tags);
        side.is_known |= !self.below || lends;
        // C.4: the tags of a bucket are never those of its objects.
        if (!self.below || lends && !resource.is_bucket()) && resource.lends_tags() {
            for (tag, value) in &resource.tags {
                side.tags.entry(tag.clone()).or_insert_with(|| value.clone());
            }
        }
        side.public_access_block = side.public_access_block.or(resource.public_access_block);
        side.record.get_or_insert_with(|| Arc::clone(resource));
    }

    /// Why its policy is not asked for a call (I1); `None` if it is.
    pub(super) fn passes_over(&self, call: &ResourceCall<'_>) -> Option<String> {
        self.kind?.passes_over(call.action, call.by_service, self.below)
    }
}

impl Resource {
    /// Whether its tags are condition keys at all (C.4): those of a bucket only where attribute-based access control
    /// is on.
    pub(super) fn lends_tags(&self) -> bool {
        !self.is_bucket() || self.abac
    }

    /// Whether it is a bucket, rather than an object or something else.
    pub fn is_bucket(&self) -> bool {
        self.arn.split_once(":s3:::").is_some_and(|(_, name)| !name.contains('/'))
    }

    pub(super) fn level(&self) -> Option<Level> {
        self.policy.as_ref().map(|policy| Level::of_one(policy, self.short_name(), &self.policy_ids))
    }

    /// What its policy is called.
    fn short_name(&self) -> &str {
        self.arn.rsplit(':').next().unwrap_or_default()
    }
}
