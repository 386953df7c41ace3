//! The outputs that tell policies of resources, endpoints, grants, tags, and S3 Block Public Access.

use super::{OfAccount, has_list};
use crate::import::{document, entry};
use crate::names::{AccountId, Arn};
use crate::policy::PolicyType;
use crate::source::Diagnostic;
use crate::syntax::json::{Cursor, Kind};
use crate::world::{Change, Document, PublicAccessLevel, ResourceChange, Tags, policy_kind};

/// What the kinds of outputs are called.
pub(super) const POLICIES: &str = "policies of resources";
pub(super) const ENDPOINTS: &str = "lists of VPC endpoints";
pub(super) const BLOCKS: &str = "settings of S3 Block Public Access";
pub(super) const GRANTS: &str = "lists of grants";
pub(super) const TAGS: &str = "lists of tags";

/// The kinds in the order in which their changes are made: what is declared comes before what is said of it.
pub(super) const KINDS: [&str; 5] = [POLICIES, TAGS, BLOCKS, ENDPOINTS, GRANTS];

/// The switches of Block Public Access.
const SWITCHES: [&str; 4] =
    ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"];

/// The kind of an output and what it changes; nothing if it tells of no resource.
pub(super) fn changes(
    root: Cursor<'_>,
    findings: &mut Vec<Diagnostic>,
) -> Option<(&'static str, Vec<OfAccount>)> {
    if has_list(root, "VpcEndpoints") {
        let endpoints = entry::list(root, "VpcEndpoints").filter_map(|one| endpoint(one, findings));
        return Some((ENDPOINTS, endpoints.map(of_any_account).collect()));
    }
    if has_list(root, "Grants") {
        let grants = entry::list(root, "Grants").filter_map(grant);
        return Some((GRANTS, grants.map(of_any_account).collect()));
    }
    if has_list(root, "ResourceTagMappingList") {
        let tagged = entry::list(root, "ResourceTagMappingList").filter_map(tagged);
        return Some((TAGS, tagged.collect()));
    }
    if let Some(block) = root.member("PublicAccessBlockConfiguration") {
        return Some((BLOCKS, block_of(root, block)));
    }
    let (arn, policy) = policy_of(root)?;
    let kind = policy_kind(Some(&arn));
    let document = policy.map(|policy| {
        let (document, finding) = document::read(Some(policy), &arn, kind);
        findings.extend(finding);
        document
    });
    Some((POLICIES, vec![declared(arn, document, Tags::default())]))
}

/// The accounts of which an output tells, none where it does not say it; nothing of one that is about a single bucket.
pub(super) fn accounts(root: Cursor<'_>) -> Option<Vec<AccountId>> {
    if root.member("PublicAccessBlockConfiguration").is_some() && root.member("ResourceArn").is_some() {
        return None;
    }
    let said = entry::text(root, "AccountId").and_then(|id| AccountId::parse(&id));
    let items = ["VpcEndpoints", "Grants", "ResourceTagMappingList"]
        .into_iter()
        .flat_map(|name| entry::list(root, name));
    let of_item = |item: Cursor<'_>| {
        let owner = entry::text(item, "OwnerId").and_then(|id| AccountId::parse(&id));
        owner.or_else(|| of_arn(entry::text(item, "KeyId").or_else(|| entry::text(item, "ResourceARN"))?))
    };
    let of_policy = policy_of(root).and_then(|(arn, _)| of_arn(arn));
    Some(said.into_iter().chain(of_policy).chain(items.filter_map(of_item)).collect())
}

fn of_arn(arn: Box<str>) -> Option<AccountId> {
    Arn::parse(&arn)?.account_id()
}

/// Declares a resource.
fn declared(arn: Box<str>, policy: Option<Document>, tags: Tags) -> OfAccount {
    Box::new(move |accounts| {
        let owner = owner(&arn, accounts)?;
        Some(Change::Resource(ResourceChange::put(arn, owner, policy, tags)))
    })
}

/// The ARN of a resource and its policy, as far as an output says both. AWS's own names of the two differ by service.
fn policy_of(root: Cursor<'_>) -> Option<(Box<str>, Option<Cursor<'_>>)> {
    let attributes = root.member("Attributes").unwrap_or(root);
    let names = ["ResourceArn", "QueueArn", "TopicArn", "ARN", "Arn", "BackupVaultArn"];
    let arn = names.into_iter().find_map(|name| entry::text(attributes, name));
    let arn = arn.filter(|arn| Arn::parse(arn).is_some())?;
    let policies = ["Policy", "ResourcePolicy", "policyText", "policy", "resourcePolicy"];
    let policy = policies.into_iter().find_map(|name| attributes.member(name));
    Some((arn, policy.filter(|policy| policy.kind() != Kind::Null)))
}

/// The account that an ARN names, else the only one that was collected.
fn owner(arn: &str, accounts: &[AccountId]) -> Option<AccountId> {
    let named = Arn::parse(arn).and_then(|arn| arn.account_id());
    named.or_else(|| accounts.first().copied().filter(|_| accounts.len() == 1))
}

fn of_any_account(change: ResourceChange) -> OfAccount {
    Box::new(|_| Some(Change::Resource(change)))
}

fn endpoint(one: Cursor<'_>, findings: &mut Vec<Diagnostic>) -> Option<ResourceChange> {
    let (id, vpc) = (entry::text(one, "VpcEndpointId")?, entry::text(one, "VpcId")?);
    // com.amazonaws.eu-west-1.s3
    let service = entry::text(one, "ServiceName").and_then(|name| name.rsplit('.').next().map(Into::into));
    let owner = entry::text(one, "OwnerId").and_then(|id| AccountId::parse(&id));
    let policy = one.member("PolicyDocument").map(|policy| {
        let (document, finding) = document::read(Some(policy), &id, PolicyType::VpcEndpoint);
        findings.extend(finding);
        document
    });
    Some(ResourceChange::PutEndpoint { id, vpc, service, owner, policy })
}

fn grant(one: Cursor<'_>) -> Option<ResourceChange> {
    let (key, principal) = (entry::text(one, "KeyId")?, entry::text(one, "GranteePrincipal")?);
    let operations = entry::list(one, "Operations").filter_map(Cursor::string);
    let actions = operations.map(|operation| format!("kms:{operation}").into()).collect();
    Some(ResourceChange::PutGrant { key, principal, actions })
}

/// The tags of a resource.
fn tagged(one: Cursor<'_>) -> Option<OfAccount> {
    Some(declared(entry::text(one, "ResourceARN")?, None, entry::tags(one)))
}

/// Block Public Access of a bucket or of an account, with the switches that are on.
fn block_of(root: Cursor<'_>, block: Cursor<'_>) -> Vec<OfAccount> {
    let account = entry::text(root, "AccountId").and_then(|id| AccountId::parse(&id));
    let bucket = entry::text(root, "ResourceArn");
    let Some(level) =
        account.map(PublicAccessLevel::Account).or(bucket.clone().map(PublicAccessLevel::Resource))
    else {
        return Vec::new();
    };
    let switches: Vec<Box<str>> =
        SWITCHES.iter().filter(|name| entry::is_true(block, name)).map(|name| (*name).into()).collect();
    let on = !switches.is_empty();
    let set = of_any_account(ResourceChange::SetPublicAccessBlock { level, on, switches });
    bucket.map(|arn| declared(arn, None, Tags::default())).into_iter().chain([set]).collect()
}
