//! Who sets a condition key, and how: general knowledge, with the names of options of the AWS command line.
//!
//! As of 2026-11-29, from the IAM User Guide, global condition context keys, and the Service Authorization Reference.

use super::services::is;

/// Who sets a condition key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeySetter {
    /// Whoever makes the call.
    Caller,
    /// Whoever signs in, or begins the session.
    SignIn,
    /// The owner of the resource.
    Owner,
    /// IAM and Organizations: it follows from who calls.
    Iam,
    /// The network that the call comes through.
    Network,
    /// The AWS service that calls, or calls on for somebody.
    Service,
    /// The identity provider.
    IdentityProvider,
}

/// Who sets a key, and how that is done, where one has to know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyOrigin {
    /// Who sets it.
    pub setter: KeySetter,
    /// The option of the AWS command line, or the words for it.
    pub how: Option<&'static str>,
}

/// Who sets a key; one that no table names is part of the call.
pub fn key_origin(key: &str) -> KeyOrigin {
    let known = |(name, _): &&(&str, KeyOrigin)| match name.strip_suffix('*') {
        Some(start) => key.get(..start.len()).is_some_and(|own| is(own, start)),
        None => is(name, key),
    };
    let found = ORIGINS.iter().find(known).map(|(_, origin)| *origin);
    let is_claim = || key.split_once(':').is_some_and(|(start, _)| start.contains('.'));
    let other = if is_claim() { KeySetter::IdentityProvider } else { KeySetter::Caller };
    found.unwrap_or(KeyOrigin { setter: other, how: None })
}

/// Whether the value of a key says what somebody is or wants to do: with another it is no longer the same call.
pub fn says_what_is_meant(key: &str) -> bool {
    let claims_subject = key_origin(key).setter == KeySetter::IdentityProvider && key.ends_with(":sub");
    claims_subject || MEANT.iter().any(|known| is(known, key))
}

/// Whether a key is part of every request (C.5).
pub fn is_always_sent(key: &str) -> bool {
    ALWAYS_SENT.iter().any(|known| is(known, key))
}

const ALWAYS_SENT: &[&str] =
    &["aws:CurrentTime", "aws:EpochTime", "aws:RequestedRegion", "aws:SecureTransport", "aws:ViaAWSService"];

const MEANT: &[&str] =
    &["iam:AssociatedResourceArn", "iam:AWSServiceName", "iam:PassedToService", "iam:PolicyARN"];

const fn by(setter: KeySetter) -> KeyOrigin {
    KeyOrigin { setter, how: None }
}

const fn option(how: &'static str) -> KeyOrigin {
    KeyOrigin { setter: KeySetter::Caller, how: Some(how) }
}

/// Keys, or with `*` the beginnings of keys. A claim of another identity provider begins with the name of its host.
#[rustfmt::skip]
static ORIGINS: &[(&str, KeyOrigin)] = &[
    ("aws:CalledVia*", by(KeySetter::Service)),
    ("aws:Ec2InstanceSource*", by(KeySetter::Network)),
    ("aws:FederatedProvider", by(KeySetter::IdentityProvider)),
    ("aws:MultiFactorAuth*", by(KeySetter::SignIn)),
    ("aws:Principal*", by(KeySetter::Iam)),
    ("aws:RequestTag/*", option("--tags")),
    ("aws:ResourceTag/*", by(KeySetter::Owner)),
    ("aws:ResourceAccount", by(KeySetter::Owner)),
    ("aws:ResourceOrg*", by(KeySetter::Owner)),
    ("aws:SourceAccount", by(KeySetter::Service)),
    ("aws:SourceArn", by(KeySetter::Service)),
    ("aws:SourceIdentity", by(KeySetter::SignIn)),
    ("aws:SourceIp", by(KeySetter::Network)),
    ("aws:SourceOrg*", by(KeySetter::Service)),
    ("aws:SourceVpc*", by(KeySetter::Network)),
    ("aws:TagKeys", option("--tags")),
    ("aws:TokenIssueTime", by(KeySetter::SignIn)),
    ("aws:userid", by(KeySetter::Iam)),
    ("aws:username", by(KeySetter::Iam)),
    ("aws:ViaAWSService", by(KeySetter::Service)),
    ("aws:Vpce*", by(KeySetter::Network)),
    ("aws:VpcSourceIp", by(KeySetter::Network)),
    ("ec2:InstanceType", option("--instance-type")),
    ("ec2:MetadataHttpTokens", option("--metadata-options HttpTokens=…")),
    ("ec2:ResourceTag/*", by(KeySetter::Owner)),
    ("iam:AWSServiceName", option("--aws-service-name")),
    ("iam:PermissionsBoundary", option("--permissions-boundary")),
    ("iam:PolicyARN", option("--policy-arn")),
    ("kms:CallerAccount", by(KeySetter::Iam)),
    ("kms:EncryptionContext*", option("--encryption-context")),
    ("kms:GrantIsForAWSResource", by(KeySetter::Service)),
    ("kms:ViaService", by(KeySetter::Service)),
    ("s3:delimiter", option("--delimiter")),
    ("s3:max-keys", option("--max-keys")),
    ("s3:prefix", option("--prefix")),
    ("s3:VersionId", option("--version-id")),
    ("s3:x-amz-acl", option("--acl")),
    ("s3:x-amz-server-side-encryption", option("--server-side-encryption")),
    ("s3:x-amz-server-side-encryption-aws-kms-key-id", option("--ssekms-key-id")),
    ("s3:x-amz-storage-class", option("--storage-class")),
    ("SAML:*", by(KeySetter::IdentityProvider)),
    ("sts:DurationSeconds", option("--duration-seconds")),
    ("sts:ExternalId", option("--external-id")),
    ("sts:RoleSessionName", option("--role-session-name")),
    ("sts:SourceIdentity", option("--source-identity")),
    ("sts:TransitiveTagKeys", option("--transitive-tag-keys")),
];

#[cfg(test)]
mod tests {
    use super::{KeySetter, key_origin};

    #[test]
    fn claims_are_of_their_provider_and_what_no_table_names_of_the_call() {
        let setter = |key| key_origin(key).setter;
        assert_eq!(setter("token.actions.githubusercontent.com:sub"), KeySetter::IdentityProvider);
        assert_eq!(setter("AWS:sourcevpce"), KeySetter::Network);
        assert_eq!(setter("ec2:Encrypted"), KeySetter::Caller);
        assert_eq!(key_origin("s3:Prefix").how, Some("--prefix"));
    }
}
