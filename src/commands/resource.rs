//! Resources and what guards them: `resource arn:aws:s3:::reports owner 111122223333`, endpoints, access points, grants.

use super::world_change::change;
use crate::policy::PolicyType;
use crate::session::slots::{option, tags, word};
use crate::session::{Context, Heading, Made, Row};
use crate::syntax::script::Words;
use crate::world::{Change, PublicAccessLevel, ResourceChange, policy_kind};

pub(super) const RESOURCE: Row = Heading::Declaration.row(
    "resource ARN [in ARN] [region REGION:WORD] [key ARN] [owner ACCOUNT] [policy DOCUMENT] [tags PAIR...]",
    "declares a resource: its owner, policy and tags, the Region of a bucket, the KMS key that encrypts what is in it, and what holds it where the ARN does not say it: the vault of a recovery point, the key of an alias, the network of a service",
    "resource arn:aws:s3:::reports owner 111122223333 tags env=prod",
    |words, context| {
        let arn = word(words, "ARN");
        let policy = context.optional_document(words, policy_kind(Some(&arn)))?;
        let (owner, selected) = (context.owner_of(words)?, context.account()?);
        let (holder, region) = (option(words, "in", "ARN"), option(words, "region", "REGION"));
        let key = option(words, "key", "ARN");
        put(ResourceChange::Put { arn, holder, region, key, owner, selected, policy, tags: tags(words)? })
    },
);

pub(super) const ENDPOINT: Row = Heading::Declaration.row(
    "endpoint NAME vpc WORD [service WORD] [owner ACCOUNT] [policy DOCUMENT]",
    "declares a VPC endpoint; one that does not say its service leads to any",
    "endpoint vpce-1a2b3c vpc vpc-1a2b3c service s3",
    |words, context| {
        let policy = context.optional_document(words, PolicyType::VpcEndpoint)?;
        let owner = context.owner_of(words)?.or(context.session.selected);
        let (vpc, service) = (word(words, "WORD"), option(words, "service", "WORD"));
        put(ResourceChange::PutEndpoint { id: word(words, "NAME"), vpc, service, owner, policy })
    },
);

pub(super) const ACCESS_POINT: Row = Heading::Declaration.row(
    "access-point ARN of ARN [vpc WORD] [policy DOCUMENT]",
    "declares an access point of a bucket",
    "access-point arn:aws:s3:us-east-1:111122223333:accesspoint/ap of arn:aws:s3:::reports",
    |words, context| {
        let policy = context.optional_document(words, PolicyType::ResourceBased)?;
        let bucket = option(words, "of", "ARN").unwrap_or_default();
        let (arn, vpc) = (word(words, "ARN"), option(words, "vpc", "WORD"));
        put(ResourceChange::PutAccessPoint { arn, bucket, vpc, policy })
    },
);

pub(super) const GRANT: Row = Heading::Declaration.row(
    "grant PRINCIPAL on ARN actions ACTION...",
    "adds a grant to a KMS key",
    "grant alice on arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab actions kms:Decrypt",
    grant,
).before(&["resource arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"]);

pub(super) const PUBLIC_ACCESS_BLOCK: Row = Heading::Declaration.row(
    "public-access-block (on|off) [for (organization [TARGET] | ARN)] [SWITCH:WORD...]",
    "switches S3 Block Public Access of the selected account, of a bucket or access point, or, as an S3_POLICY does, of all accounts of the organization or those below one of its nodes",
    "public-access-block on for arn:aws:s3:::acme-reports",
    public_access_block,
);

pub(super) const BUCKET_ABAC: Row = Heading::Declaration.row(
    "bucket-abac (on|off) for ARN",
    "says whether the tags of a bucket count in access control, as aws:ResourceTag and s3:BucketTag",
    "bucket-abac on for arn:aws:s3:::acme-reports",
    |words, _| put(ResourceChange::SetAbac { bucket: word(words, "ARN"), on: words.has("on") }),
);

pub(super) const BUCKET_SSE_C: Row = Heading::Declaration.row(
    "bucket-sse-c (on|off) for ARN",
    "says whether a bucket takes objects under keys that requests bring along (SSE-C); off unless switched on",
    "bucket-sse-c on for arn:aws:s3:::acme-reports",
    |words, _| put(ResourceChange::SetSseC { bucket: word(words, "ARN"), on: words.has("on") }),
);

fn grant(words: &Words<'_>, context: &mut Context<'_>) -> Made {
    let principal = context.principal(&word(words, "PRINCIPAL"))?;
    // A grant to a role is a grant to its sessions, whatever their names.
    let principal = principal.lasting_arn().into();
    let actions = words.all("ACTION").map(|action| (&*action.text).into()).collect();
    put(ResourceChange::PutGrant { key: word(words, "ARN"), principal, actions })
}

fn public_access_block(words: &Words<'_>, context: &mut Context<'_>) -> Made {
    let level = match (words.get("ARN"), words.has("organization")) {
        (Some(arn), _) => PublicAccessLevel::Resource((&*arn.text).into()),
        (_, true) => PublicAccessLevel::Organization(context.node_of(words)?),
        _ => PublicAccessLevel::Account(context.account()?),
    };
    let switches = words.all("SWITCH").map(|switch| (&*switch.text).into()).collect();
    put(ResourceChange::SetPublicAccessBlock { level, on: words.has("on"), switches })
}

fn put(changed: ResourceChange) -> Made {
    change(Change::Resource(changed))
}
