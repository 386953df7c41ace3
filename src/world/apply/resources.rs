//! Resources, access points, grants and endpoints (D22, D45, A55).

use std::sync::Arc;

use super::policies::check_document;
use super::tags::{check_tags, merged, quota};
use super::{ChangeOrigin, Outcome, room, warnings};
use crate::facts::{container_kind, is_region, regions};
use crate::names::{AccountId, ActionName, Arn, has_wildcard};
use crate::policy::OF_API;
use crate::source::nearest;
use crate::world::account::Tags;
use crate::world::resource::{Endpoint, Grant, PublicAccessBlock, Resource};
use crate::world::{Applied, Document, ResourceChange, World, WorldError};

/// The operations that a grant can allow.
const GRANT_OPERATIONS: [&str; 17] = [
    "kms:CreateGrant", "kms:Decrypt", "kms:DeriveSharedSecret", "kms:DescribeKey", "kms:Encrypt",
    "kms:GenerateDataKey", "kms:GenerateDataKeyPair", "kms:GenerateDataKeyPairWithoutPlaintext",
    "kms:GenerateDataKeyWithoutPlaintext", "kms:GenerateMac", "kms:GetPublicKey", "kms:ReEncryptFrom",
    "kms:ReEncryptTo", "kms:RetireGrant", "kms:Sign", "kms:Verify", "kms:VerifyMac",
];

impl World {
    pub(super) fn change_resource(&mut self, change: ResourceChange, said_in: Option<AccountId>) -> Outcome {
        use ResourceChange as C;
        match change {
            C::Put { arn, holder, region, key, owner, selected, policy, tags } => {
                check_region(&arn, region.as_deref())?;
                check_key(key.as_deref())?;
                let applied = self.put_resource(&arn, holder, owner, selected, policy, tags)?;
                let resource = self.resource_mut(&arn)?;
                resource.region = region.or_else(|| resource.region.take());
                resource.key = key.or_else(|| resource.key.take());
                Ok(applied)
            }
            C::DeletePolicy { arn } => self.delete_resource_policy(&arn),
            C::PutAccessPoint { arn, bucket, vpc, policy } => self.put_access_point(arn, bucket, vpc, policy),
            C::PutGrant { key, principal, actions } => self.put_grant(&key, principal, actions),
            C::PutEndpoint { id, vpc, service, owner, policy } => {
                self.put_endpoint(Endpoint { id, vpc, service, owner, policy })
            }
            C::SetAbac { bucket, on } => self.set_abac(&bucket, on),
            C::SetSseC { bucket, on } => self.set_sse_c(&bucket, on),
            C::SetKey { bucket, key } => self.set_key(&bucket, key),
            C::SetPublicAccessBlock { level, on, switches } => {
                self.set_public_access_block(&level, on, &switches, said_in)
            }
        }
    }

    /// Declares a resource, or changes what is given.
    fn put_resource(
        &mut self,
        arn: &str,
        holder: Option<Box<str>>,
        owner: Option<AccountId>,
        selected: AccountId,
        policy: Option<Document>,
        tags: Tags,
    ) -> Outcome {
        let parsed = parse_arn(arn)?;
        holder.as_deref().map_or(Ok(()), |holder| parse_arn(holder).map(|_| ()))?;
        check_tags(&tags)?;
        check_optional(policy.as_ref(), arn)?;
        let owner = self.owner(parsed, owner, selected)?;
        let warning = has_wildcard(arn)
            .then(|| format!("{arn} holds a wildcard, which is taken as a plain character here"));
        let dangling = self.dangling_in(parsed, policy.as_ref());
        let (elsewhere, unknown) =
            (short_form_elsewhere(parsed, policy.as_ref()), self.unknown_holder(holder.as_deref()));
        let (known, given) = (self.resources.contains_key(arn), policy.is_some());
        let ids = policy.as_ref().map(|policy| self.principal_ids(policy));
        let tags = merged(self.resource(arn).map_or(&Tags::new(), |known| &known.tags), tags);
        room::TAGS.check(arn, arn, tags.len())?;
        let resource = self.declared(arn, owner)?;
        resource.holder = holder.or_else(|| resource.holder.take());
        resource.tags = tags;
        let quota = quota(&format!("resource {arn}"), resource.tags.len());
        set_policy(resource, policy, ids);
        let message = match (known, given) {
            (true, true) => format!("{arn} has a new policy"),
            (true, false) => format!("changed resource {arn}, owned by account {owner}"),
            (false, _) => format!("declared resource {arn}, owned by account {owner}"),
        };
        Ok(Applied::said(message).warn(warning).warn(quota).warn(dangling).warn(elsewhere).warn(unknown))
    }

    fn unknown_holder(&self, holder: Option<&str>) -> Option<String> {
        let holder = holder.filter(|holder| !self.resources.contains_key(*holder))?;
        Some(format!("{holder} is not declared, so nothing is known of its policy"))
    }

    /// The warnings of a policy that S3 or KMS would not save (A32).
    fn dangling_in(&self, arn: Arn<'_>, policy: Option<&Document>) -> Vec<String> {
        let policy = policy.filter(|_| matches!(arn.service(), "s3" | "kms"));
        let what = format!("the policy of {}", arn.text());
        policy.map(|policy| self.dangling_warnings(&what, policy).collect()).unwrap_or_default()
    }

    /// The owner: the ARN's account, else the one that is given, else as it was, else the selected account.
    fn owner(
        &self,
        arn: Arn<'_>,
        given: Option<AccountId>,
        selected: AccountId,
    ) -> Result<AccountId, WorldError> {
        match (arn.account_id(), given) {
            (Some(own), Some(given)) if own != given => {
                let what =
                    format!("the ARN says that the resource belongs to account `{own}`, not `{given}`");
                Err(WorldError::new("owner-mismatch", given.as_str(), what))
            }
            (Some(own), _) => Ok(own),
            (None, Some(given)) => Ok(given),
            (None, None) => Ok(self.resource(arn.text()).map_or(selected, |known| known.owner)),
        }
    }

    /// Takes the policy of a declared resource away.
    fn delete_resource_policy(&mut self, arn: &str) -> Outcome {
        let resource = self.resource_mut(arn)?;
        let had = resource.policy.take().is_some();
        resource.policy_ids = Arc::from([]);
        Ok(Applied::said(match had {
            true => format!("deleted the policy of {arn}"),
            false => format!("there is no policy on {arn}"),
        }))
    }

    /// Switches attribute-based access control of a declared bucket (C.4).
    fn set_abac(&mut self, bucket: &str, on: bool) -> Outcome {
        check_bucket(bucket)?;
        self.resource_mut(bucket)?.abac = on;
        let word = if on { "count" } else { "do not count" };
        Ok(Applied::said(format!("the tags of {bucket} {word} in access control")))
    }

    /// Says under which key a declared bucket encrypts.
    fn set_key(&mut self, bucket: &str, key: Option<Box<str>>) -> Outcome {
        check_bucket(bucket)?;
        check_key(key.as_deref())?;
        let said = format!("{bucket} encrypts under {}", key.as_deref().unwrap_or("a key of S3"));
        self.resource_mut(bucket)?.key = key;
        Ok(Applied::said(said))
    }

    /// Switches whether a declared bucket takes objects under SSE-C (I23).
    fn set_sse_c(&mut self, bucket: &str, on: bool) -> Outcome {
        check_bucket(bucket)?;
        self.resource_mut(bucket)?.takes_sse_c = on;
        let word = if on { "takes" } else { "refuses" };
        Ok(Applied::said(format!("{bucket} {word} objects under SSE-C")))
    }

    /// Declares an access point of a bucket (D45).
    fn put_access_point(
        &mut self,
        arn: Box<str>,
        bucket: Box<str>,
        vpc: Option<Box<str>>,
        policy: Option<Document>,
    ) -> Outcome {
        let parsed = parse_arn(&arn)?;
        let owner =
            parsed.account_id().filter(|_| is_access_point(parsed)).ok_or_else(|| bad_access_point(&arn))?;
        check_bucket(&bucket)?;
        if let Some(vpc) = &vpc {
            check_prefix(vpc, "vpc-", "a VPC")?;
        }
        check_optional(policy.as_ref(), &arn)?;
        let warning = (!self.resources.contains_key(&*bucket))
            .then(|| format!("{bucket} is not declared, so it counts as a bucket without policy"));
        let ids = policy.as_ref().map(|policy| self.principal_ids(policy));
        let resource = self.declared(&arn, owner)?;
        let message = format!("declared access point {arn} of {bucket}");
        (resource.bucket, resource.vpc) = (Some(bucket), vpc);
        set_policy(resource, policy, ids);
        Ok(Applied::said(message).warn(warning))
    }

    /// Adds a grant to a declared KMS key (D22).
    fn put_grant(&mut self, key: &str, principal: Box<str>, actions: Vec<Box<str>>) -> Outcome {
        let is_key =
            Arn::parse(key).is_some_and(|arn| arn.service() == "kms" && arn.resource().starts_with("key/"));
        if !is_key {
            let what = format!("`{key}` is not the ARN of a KMS key");
            return Err(WorldError::new("not-a-key", key, what)
                .help("it has the form `arn:aws:kms:eu-west-1:111122223333:key/ID`"));
        }
        if Arn::parse(&principal).is_none() && !principal.ends_with(".amazonaws.com") {
            let what = format!("`{principal}` is not the ARN of a principal");
            return Err(WorldError::new("bad-principal", &*principal, what));
        }
        let actions = actions.iter().map(|action| grant_action(action)).collect::<Result<Vec<_>, _>>()?;
        if actions.is_empty() {
            return Err(WorldError::new("no-actions", key, "a grant needs at least one operation"));
        }
        room::GRANTS.check(key, key, self.known_resource(key)?.grants.len() + 1)?;
        let resource = self.resource_mut(key)?;
        let message = format!("granted {} on {key} to {principal}", actions.join(", "));
        resource.grants.push(Arc::new(Grant { principal, actions }));
        Ok(Applied::said(message))
    }

    fn put_endpoint(&mut self, endpoint: Endpoint) -> Outcome {
        let Endpoint { id, vpc, service, owner, policy } = endpoint;
        check_prefix(&id, "vpce-", "a VPC endpoint")?;
        check_prefix(&vpc, "vpc-", "a VPC")?;
        check_optional(policy.as_ref(), &id)?;
        let warning = warnings::ENDPOINT.check(&format!("the policy of {id}"), policy.as_ref());
        let known = self.endpoints.get(&*id);
        let policy = policy.or_else(|| known.and_then(|known| known.policy.clone()));
        let owner = owner.or_else(|| known.and_then(|known| known.owner));
        let service = service.or_else(|| known.and_then(|known| known.service.clone()));
        let verb = if known.is_some() { "changed" } else { "declared" };
        let message = format!("{verb} endpoint {id} in {vpc}");
        self.endpoints.insert(id.clone(), Arc::new(Endpoint { id, vpc, service, owner, policy }));
        Ok(Applied::said(message).warn(warning))
    }

    /// The resource of that ARN with that owner; it is declared now if it was not.
    fn declared(&mut self, arn: &str, owner: AccountId) -> Result<&mut Resource, WorldError> {
        match self.resource(arn).map(|resource| resource.owner) {
            Some(before) if before == owner => {}
            Some(before) => {
                self.account_index.disowned(before, arn);
                self.account_index.owned(owner, arn);
            }
            None => {
                self.account_index.owned(owner, arn);
                self.resources.insert(arn, Arc::new(new_resource(arn.into(), owner)));
            }
        }
        let resource = self.resource_mut(arn)?;
        resource.owner = owner;
        Ok(resource)
    }

    /// The declared resource of that ARN, or the refusal to go on without.
    pub(super) fn known_resource(&self, arn: &str) -> Result<&Resource, WorldError> {
        self.resource(arn).map(|resource| &**resource).ok_or_else(|| unknown_resource(self, arn))
    }

    /// The declared resource of that ARN, to be changed, or the refusal to go on without.
    pub(super) fn resource_mut(&mut self, arn: &str) -> Result<&mut Resource, WorldError> {
        self.known_resource(arn)?;
        let place = self.resources.get_mut(arn).map(Arc::make_mut);
        place.ok_or_else(|| unknown_resource(&Self::new(), arn))
    }
}

fn unknown_resource(world: &World, arn: &str) -> WorldError {
    let known = world.resources.keys().map(|arn| &**arn);
    let error =
        WorldError::new("unknown-resource", arn, format!("no resource `{arn}` is declared")).suggest(known);
    match error.help {
        Some(_) => error,
        None => error.help(format!("declare it: `resource {arn}`")),
    }
}

/// I3: the short form means the API that the policy stands on.
fn short_form_elsewhere(arn: Arn<'_>, policy: Option<&Document>) -> Option<String> {
    let compiled = policy?.compiled().filter(|_| !matches!(arn.service(), "execute-api" | "apigateway"))?;
    let statements = compiled.statements().iter();
    let patterns = statements.flat_map(|statement| compiled.resources(statement));
    let mut texts = patterns.map(|pattern| pattern.text(compiled));
    let short = texts.find(|text| text.starts_with(OF_API))?;
    Some(format!("`{short}` stands for an ARN only in the policy of an API, so it covers no resource here"))
}

fn new_resource(arn: Box<str>, owner: AccountId) -> Resource {
    Resource {
        arn,
        owner,
        policy: None,
        policy_ids: Arc::from([]),
        tags: Tags::new(),
        region: None,
        key: None,
        abac: false,
        takes_sse_c: false,
        public_access_block: PublicAccessBlock::default(),
        grants: Vec::new(),
        holder: None,
        bucket: None,
        vpc: None,
    }
}

type Ids = Arc<[(Box<str>, Box<str>)]>;

/// A policy that is not given stays as it is.
fn set_policy(resource: &mut Resource, policy: Option<Document>, ids: Option<Ids>) {
    if let (Some(policy), Some(ids)) = (policy, ids) {
        resource.policy = Some(policy);
        resource.policy_ids = ids;
    }
}

fn parse_arn(arn: &str) -> Result<Arn<'_>, WorldError> {
    let parsed = Arn::parse(arn).filter(|arn| !arn.service().is_empty() && !arn.resource().is_empty());
    parsed.ok_or_else(|| {
        WorldError::new("bad-arn", arn, format!("`{arn}` is not an ARN")).help(
            "an ARN has the form `arn:aws:SERVICE:REGION:ACCOUNT:RESOURCE`, such as `arn:aws:s3:::bucket`",
        )
    })
}

fn check_optional(policy: Option<&Document>, about: &str) -> Result<(), WorldError> {
    let label = format!("the policy of {about}");
    policy.map_or(Ok(()), |policy| check_document(policy, about, &label, ChangeOrigin::Command))
}

fn is_access_point(arn: Arn<'_>) -> bool {
    container_kind(&arn).is_some_and(|kind| kind.noun == "access point")
}

fn bad_access_point(arn: &str) -> WorldError {
    WorldError::new("bad-access-point", arn, format!("`{arn}` is not the ARN of an access point"))
        .help("it has the form `arn:aws:s3:eu-west-1:111122223333:accesspoint/NAME`")
}

fn check_bucket(bucket: &str) -> Result<(), WorldError> {
    let fits = |arn: Arn<'_>| container_kind(&arn).is_some_and(|kind| kind.noun == "bucket");
    if Arn::parse(bucket).is_some_and(fits) {
        return Ok(());
    }
    let what = format!("`{bucket}` is not the ARN of a bucket");
    Err(WorldError::new("bad-bucket", bucket, what).help("it has the form `arn:aws:s3:::NAME`"))
}

/// What encrypts a resource is a key of KMS, or an alias of one.
fn check_key(key: Option<&str>) -> Result<(), WorldError> {
    let Some(key) = key else { return Ok(()) };
    let arn = parse_arn(key)?;
    if arn.service() == "kms" && (arn.resource().starts_with("key/") || arn.resource().starts_with("alias/"))
    {
        return Ok(());
    }
    let what = format!("{key} is not a KMS key");
    let help = "a key is `arn:aws:kms:us-east-1:111122223333:key/ID`, or an alias of one";
    Err(WorldError::new("not-a-key", key, what).help(help))
}

/// C.5: the ARN of a bucket does not say its Region; others do, or the resource is in none.
fn check_region(arn: &str, region: Option<&str>) -> Result<(), WorldError> {
    let Some(region) = region else { return Ok(()) };
    if !is_region(region) {
        let what = format!("`{region}` is not a Region that is known");
        return Err(WorldError::new("unknown-region", region, what).suggest(regions().iter().copied()));
    }
    check_bucket(arn).map_err(|_| {
        let what = "only of a bucket the Region is said: other ARNs have it, or the resource is in none";
        WorldError::new("bad-bucket", arn, what)
    })
}

fn check_prefix(word: &str, prefix: &str, what: &str) -> Result<(), WorldError> {
    let fits = |tail: &str| !tail.is_empty() && tail.bytes().all(|b| b.is_ascii_alphanumeric());
    if word.strip_prefix(prefix).is_some_and(fits) {
        return Ok(());
    }
    Err(WorldError::new("bad-id", word, format!("`{word}` is not the id of {what}"))
        .help(format!("such ids look like `{prefix}1a2b3c4d`")))
}

/// `Decrypt` and `kms:Decrypt` both name the operation.
fn grant_action(word: &str) -> Result<Box<str>, WorldError> {
    let full = if word.contains(':') { word.to_owned() } else { format!("kms:{word}") };
    let known =
        ActionName::parse(&full).and_then(|action| GRANT_OPERATIONS.into_iter().find(|op| action.is(op)));
    known.map(Into::into).ok_or_else(|| {
        let what = format!("`{word}` is not an operation that a grant can allow");
        let error = WorldError::new("bad-grant-operation", word, what);
        match nearest(&full, GRANT_OPERATIONS) {
            Some(known) => error.help(format!("did you mean `{known}`?")),
            None => error,
        }
    })
}
