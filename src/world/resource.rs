//! Resources, grants, endpoints and S3 Block Public Access.

use std::sync::Arc;

use super::account::Tags;
use super::document::Document;
use crate::facts;
use crate::names::{AccountId, capitalised};

/// A resource that somebody declared.
#[derive(Clone, Debug)]
pub struct Resource {
    /// The ARN.
    pub arn: Box<str>,
    /// The account that owns it.
    pub owner: AccountId,
    /// Its resource-based policy.
    pub policy: Option<Document>,
    /// What the ARNs of the policy meant when it was saved (A31).
    pub policy_ids: Arc<[(Box<str>, Box<str>)]>,
    /// Tags.
    pub tags: Tags,
    /// The Region of a bucket, whose ARN does not say it (C.5).
    pub region: Option<Box<str>>,
    /// The KMS key that encrypts what is in it, or its alias, where that is a key that customers manage.
    pub key: Option<Box<str>>,
    /// Whether the tags of a bucket count in access control (C.4).
    pub abac: bool,
    /// Whether a bucket takes objects under keys that requests bring along, SSE-C (I23).
    pub takes_sse_c: bool,
    /// S3 Block Public Access of the bucket or access point (D36).
    pub public_access_block: PublicAccessBlock,
    /// Grants of a KMS key (D22).
    pub grants: Vec<Arc<Grant>>,
    /// What holds it, where its ARN does not say it: the vault of a recovery point, the key of an alias, the network of
    /// a service of VPC Lattice (I1).
    pub holder: Option<Box<str>>,
    /// The bucket of an access point (D45).
    pub bucket: Option<Box<str>>,
    /// The VPC to which an access point is confined (D45).
    pub vpc: Option<Box<str>>,
}

/// A grant of a KMS key: an allow path beside the key policy (D22).
#[derive(Clone, Debug)]
pub struct Grant {
    /// The ARN of the grantee.
    pub principal: Box<str>,
    /// The actions, `kms:Decrypt` …
    pub actions: Vec<Box<str>>,
}

/// A VPC endpoint.
#[derive(Clone, Debug)]
pub struct Endpoint {
    /// `vpce-…`
    pub id: Box<str>,
    /// `vpc-…`
    pub vpc: Box<str>,
    /// The service that it leads to: `s3`, `com.amazonaws.eu-west-1.s3`; any where nobody said it.
    pub service: Option<Box<str>>,
    /// The account that owns it.
    pub owner: Option<AccountId>,
    /// Its policy; none = everything is allowed (A55).
    pub policy: Option<Document>,
}

impl Endpoint {
    /// Whether calls of the service of an action can go through it.
    pub fn serves(&self, service: &str) -> bool {
        self.service.as_deref().is_none_or(|own| facts::endpoint_service(own).eq_ignore_ascii_case(service))
    }
}

/// The four switches of S3 Block Public Access (D36), all off where nobody said how they stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PublicAccessBlock {
    /// BlockPublicAcls
    pub block_public_acls: bool,
    /// IgnorePublicAcls
    pub ignore_public_acls: bool,
    /// BlockPublicPolicy
    pub block_public_policy: bool,
    /// RestrictPublicBuckets
    pub restrict_public_buckets: bool,
    /// Whether somebody said how they stand: new buckets have them on (I26).
    pub is_said: bool,
}

impl PublicAccessBlock {
    /// The words for the switches.
    pub const SWITCHES: [&str; 4] =
        ["block-public-acls", "ignore-public-acls", "block-public-policy", "restrict-public-buckets"];

    /// What is on and off, by the words.
    pub fn switches(mut self) -> [(&'static str, bool); 4] {
        Self::SWITCHES.map(|word| (word, self.switch(word).is_some_and(|on| *on)))
    }

    /// All four switched alike.
    pub const fn all(on: bool) -> Self {
        Self {
            block_public_acls: on,
            ignore_public_acls: on,
            block_public_policy: on,
            restrict_public_buckets: on,
            is_said: true,
        }
    }

    /// The most restrictive of two (D36).
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            block_public_acls: self.block_public_acls | other.block_public_acls,
            ignore_public_acls: self.ignore_public_acls | other.ignore_public_acls,
            block_public_policy: self.block_public_policy | other.block_public_policy,
            restrict_public_buckets: self.restrict_public_buckets | other.restrict_public_buckets,
            is_said: self.is_said | other.is_said,
        }
    }

    /// The same with a switch off.
    #[must_use]
    pub fn without(mut self, word: &str) -> Self {
        if let Some(switch) = self.switch(word) {
            *switch = false;
        }
        self
    }

    /// What AWS calls a switch: `RestrictPublicBuckets`.
    pub fn aws_name(word: &str) -> String {
        word.split('-').map(capitalised).collect()
    }

    /// The word for a switch, in the spelling of the API, too: `RestrictPublicBuckets`.
    pub fn switch_named(word: &str) -> Option<&'static str> {
        let is_it = |known: &&str| *known == word || known.replace('-', "").eq_ignore_ascii_case(word);
        Self::SWITCHES.into_iter().find(is_it)
    }

    /// The switch of that word: `block-public-acls` …; `None` if there is none.
    pub fn switch(&mut self, word: &str) -> Option<&mut bool> {
        match Self::switch_named(word)? {
            "block-public-acls" => Some(&mut self.block_public_acls),
            "ignore-public-acls" => Some(&mut self.ignore_public_acls),
            "block-public-policy" => Some(&mut self.block_public_policy),
            "restrict-public-buckets" => Some(&mut self.restrict_public_buckets),
            _ => None,
        }
    }
}
