//! The resource's side of a request: who owns it, and which policy stands at its door.

use std::sync::Arc;

use super::account::{Account, Tags};
use super::level::Level;
use super::policy_kind::policy_kind_of;
use super::request::GivenPolicies;
use super::resource::{PublicAccessBlock, Resource};
use super::state::World;
use crate::names::{AccountId, ActionName, Arn};
use crate::policy::PolicyType;

/// What is known of the resource of a request.
#[derive(Clone, Debug, Default)]
pub struct ResourceSide {
    /// What its policy is: resource-based, a role's trust policy, or a key's policy.
    pub kind: Option<PolicyType>,
    /// Its policy, if it has one; behind an access point the bucket's policy follows (D45).
    pub policies: Vec<Level>,
    /// Whether the world knows the resource: only then is a tag that it lacks absent rather than unknown.
    pub is_known: bool,
    /// Its tags.
    pub tags: Tags,
    /// Block Public Access, the most restrictive of organization, account, bucket and access point (D36).
    pub public_access_block: PublicAccessBlock,
    /// The declared resource.
    pub record: Option<Arc<Resource>>,
}

impl World {
    /// The declared resource that a request's ARN belongs to: itself, or what holds it (the bucket of an object).
    pub fn resource_of(&self, arn: &Arn<'_>) -> Option<&Arc<Resource>> {
        self.resource(arn.text()).or_else(|| self.resource(holder(arn)?))
    }

    /// The declared resource that what an ARN names lies in.
    pub(super) fn container_of(&self, arn: &Arn<'_>) -> Option<&Resource> {
        self.resource(holder(arn)?).map(Arc::as_ref)
    }

    pub(super) fn resource_side(
        &self,
        action: &ActionName<'_>,
        arn: Option<&Arn<'_>>,
        owner: Option<AccountId>,
        given: &GivenPolicies,
    ) -> ResourceSide {
        // D21: only who wants to assume a role meets its trust policy.
        let met = |kind: &PolicyType| *kind != PolicyType::Trust || action.is_of("sts");
        let kind = arn.and_then(policy_kind_of).filter(met);
        let mut side = ResourceSide { kind, ..ResourceSide::default() };
        let Some(arn) = arn else { return side };
        match kind {
            Some(PolicyType::Trust) => self.trust_side(arn, &mut side),
            _ => self.declared_side(arn, &mut side),
        }
        self.identity_tags(arn, &mut side);
        if arn.service() == "s3" {
            side.public_access_block = side.public_access_block.or(self.public_access_block(owner));
        }
        if let Some(document) = &given.resource {
            side.policies = vec![Level::of_given(std::slice::from_ref(document))];
        }
        side
    }

    fn trust_side(&self, arn: &Arn<'_>, side: &mut ResourceSide) {
        let role = self.account_of(arn).zip(arn.resource().rsplit('/').next());
        if let Some(role) = role.and_then(|(account, name)| account.role(name)) {
            side.policies = vec![Level::of_one(&role.trust, &role.name, &role.trust_ids)];
        }
    }

    fn declared_side(&self, arn: &Arn<'_>, side: &mut ResourceSide) {
        let Some(resource) = self.resource_of(arn) else { return };
        side.policies.extend(resource.level());
        side.is_known = *resource.arn == *arn.text() || !HAVE_OWN_TAGS.contains(&arn.service());
        if resource.lends_tags_to(arn) {
            side.tags = resource.tags.clone();
        }
        side.public_access_block = resource.public_access_block;
        if let Some(bucket) = resource.bucket.as_ref().and_then(|bucket| self.resource(bucket)) {
            self.behind_access_point(arn, resource, bucket, side);
        }
        side.record = Some(Arc::clone(resource));
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
        let object = arn.resource().split_once("/object/").map(|(_, key)| key);
        let target = object.map_or_else(|| bucket.arn.to_string(), |key| format!("{}/{key}", bucket.arn));
        let named =
            |name: &str, level: Option<Level>| Level { name: name.into(), ..level.unwrap_or_default() };
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
    fn public_access_block(&self, owner: Option<AccountId>) -> PublicAccessBlock {
        let of_account = owner.and_then(|id| self.account(id)).map(|account| account.public_access_block);
        let organization = owner.and_then(|id| self.organization_of(id));
        let of_organization = organization.map(|organization| organization.public_access_block);
        of_account.unwrap_or_default().or(of_organization.unwrap_or_default())
    }

    fn account_of(&self, arn: &Arn<'_>) -> Option<&Account> {
        self.account(arn.account_id()?).map(Arc::as_ref)
    }

    pub(super) fn declared_owner(&self, arn: &Arn<'_>) -> Option<AccountId> {
        self.resource_of(arn).map(|resource| resource.owner)
    }
}

impl Resource {
    /// Whether its tags are tags of what the request names (C.4): those of a bucket never for its objects.
    fn lends_tags_to(&self, arn: &Arn<'_>) -> bool {
        let of_its_own = self.is_bucket() || HAVE_OWN_TAGS.contains(&arn.service());
        self.lends_tags() && (!of_its_own || *self.arn == *arn.text())
    }

    /// Whether its tags are condition keys at all (C.4): those of a bucket only where attribute-based access control
    /// is on.
    pub(super) fn lends_tags(&self) -> bool {
        !self.is_bucket() || self.abac
    }

    fn is_bucket(&self) -> bool {
        self.arn.split_once(":s3:::").is_some_and(|(_, name)| !name.contains('/'))
    }

    fn level(&self) -> Option<Level> {
        let name = self.arn.rsplit(':').next().unwrap_or_default();
        self.policy.as_ref().map(|policy| Level::of_one(policy, name, &self.policy_ids))
    }
}

/// Services in which what lies in a container has tags of its own, beside those of the container (I7).
const HAVE_OWN_TAGS: [&str; 2] = ["s3tables", "s3vectors"];

/// What holds a resource that has no policy of its own: bucket, table, function.
fn holder<'a>(arn: &Arn<'a>) -> Option<&'a str> {
    let (text, resource) = (arn.text(), arn.resource());
    let start = text.len() - resource.len();
    let length = match arn.service() {
        "s3" if resource.starts_with("accesspoint/") => resource.match_indices('/').nth(1)?.0,
        "s3" => resource.bytes().position(|byte| byte == b'/')?, // faster on short texts than `find`
        "dynamodb" | "s3tables" | "s3vectors" => resource.match_indices('/').nth(1)?.0,
        "lambda" => resource.match_indices(':').nth(1)?.0,
        _ => return None,
    };
    Some(&text[..start + length])
}
