//! Who sets a condition key, and how: general knowledge, with the names of options of the AWS command line.
//!
//! As of 2026-11-29, from the IAM User Guide, global condition context keys, and the Service Authorization Reference.

use super::option_words::{filled, in_shell};
use super::services::is;
use super::tagging::tag_option;
use crate::names::Arn;

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
    /// The option of the AWS command line, with `VALUE` where its value stands.
    pub how: Option<&'static str>,
}

/// Who sets a key; one that no table names is part of the call.
pub fn key_origin(key: &str) -> KeyOrigin {
    known_key_origin(key).unwrap_or(KeyOrigin { setter: KeySetter::Caller, how: None })
}

/// Who sets a key; nothing where no table names it.
pub fn known_key_origin(key: &str) -> Option<KeyOrigin> {
    let known = |(name, _): &&(&str, KeyOrigin)| match name.strip_suffix('*') {
        Some(start) => key.get(..start.len()).is_some_and(|own| is(own, start)),
        None => is(name, key),
    };
    let found = ORIGINS.iter().find(known).map(|(_, origin)| *origin);
    let is_claim = || key.split_once(':').is_some_and(|(start, _)| start.contains('.'));
    found.or_else(|| is_claim().then_some(KeyOrigin { setter: KeySetter::IdentityProvider, how: None }))
}

/// The option of the AWS command line by which a call of an action gives a key a value, or any; nothing where the key is
/// not set by an option.
pub fn option_for(
    key: &str,
    action: &str,
    resource: Option<&Arn<'_>>,
    value: Option<&str>,
) -> Option<String> {
    let start = REQUEST_TAG.len();
    if key.get(..start).is_some_and(|start| is(REQUEST_TAG, start)) {
        return Some(tag_option(action, resource, key.get(start..)?, value));
    }
    let value = value.map_or_else(|| "…".into(), in_shell);
    key_origin(key).how.map(|how| match (how.contains(' '), &*value) {
        (false, "false") => how.replacen("--", "--no-", 1), // a switch
        _ => filled(how, &[("VALUE", &value)]),
    })
}

/// How a service is made to call a resource for one of its own: `subscribe it to topic t: …`; nothing where no table says.
pub fn connected(source: &Arn<'_>, target: &Arn<'_>) -> Option<String> {
    let all = CONNECTIONS.iter();
    let (.., how) =
        all.clone().find(|(from, to, _)| is(from, source.service()) && is(to, target.service()))?;
    let last = source.resource().rsplit([':', '/']).next().unwrap_or_default();
    Some(filled(how, &[("NAME", last), ("SOURCE", source.text()), ("TARGET", target.text())]))
}

const REQUEST_TAG: &str = "aws:RequestTag/";

/// Which service calls for what, whom it calls, and how that is set up.
#[rustfmt::skip]
static CONNECTIONS: &[(&str, &str, &str)] = &[
    ("sns", "sqs", "subscribe it to topic NAME: `aws sns subscribe --topic-arn SOURCE --protocol sqs --notification-endpoint TARGET`"),
    ("sns", "lambda", "subscribe it to topic NAME: `aws sns subscribe --topic-arn SOURCE --protocol lambda --notification-endpoint TARGET`"),
    ("s3", "sqs", "have bucket NAME notify it: `aws s3api put-bucket-notification-configuration --bucket NAME …`"),
    ("s3", "sns", "have bucket NAME notify it: `aws s3api put-bucket-notification-configuration --bucket NAME …`"),
    ("s3", "lambda", "have bucket NAME notify it: `aws s3api put-bucket-notification-configuration --bucket NAME …`"),
    ("events", "sqs", "make it a target of rule NAME: `aws events put-targets --rule NAME --targets Id=1,Arn=TARGET`"),
    ("events", "sns", "make it a target of rule NAME: `aws events put-targets --rule NAME --targets Id=1,Arn=TARGET`"),
    ("events", "lambda", "make it a target of rule NAME: `aws events put-targets --rule NAME --targets Id=1,Arn=TARGET`"),
    ("logs", "lambda", "have log group NAME send to it: `aws logs put-subscription-filter --log-group-name NAME --destination-arn TARGET …`"),
];

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
    ("aws:RequestTag/*", option("--tags …")),
    ("aws:ResourceTag/*", by(KeySetter::Owner)),
    ("aws:ResourceAccount", by(KeySetter::Owner)),
    ("aws:ResourceOrg*", by(KeySetter::Owner)),
    ("aws:SourceAccount", by(KeySetter::Service)),
    ("aws:SourceArn", by(KeySetter::Service)),
    ("aws:SourceIdentity", by(KeySetter::SignIn)),
    ("aws:SourceIp", by(KeySetter::Network)),
    ("aws:SourceOrg*", by(KeySetter::Service)),
    ("aws:SourceOwner", by(KeySetter::Iam)), // of old: the account of whoever calls, which no call can say
    ("aws:SourceVpc*", by(KeySetter::Network)),
    ("aws:TagKeys", option("--tags …")),
    ("aws:TokenIssueTime", by(KeySetter::SignIn)),
    ("aws:userid", by(KeySetter::Iam)),
    ("aws:username", by(KeySetter::Iam)),
    ("aws:ViaAWSService", by(KeySetter::Service)),
    ("aws:Vpce*", by(KeySetter::Network)),
    ("aws:VpcSourceIp", by(KeySetter::Network)),
    ("cloudformation:RoleArn", option("--role-arn VALUE")),
    ("cloudformation:StackPolicyUrl", option("--stack-policy-url VALUE")),
    ("cloudformation:TemplateUrl", option("--template-url VALUE")),
    ("ec2:InstanceType", option("--instance-type VALUE")),
    ("ec2:MetadataHttpTokens", option("--metadata-options HttpTokens=VALUE")),
    ("ec2:ResourceTag/*", by(KeySetter::Owner)),
    ("ecs:cluster", option("--cluster VALUE")),
    ("iam:AWSServiceName", option("--aws-service-name VALUE")),
    ("iam:PermissionsBoundary", option("--permissions-boundary VALUE")),
    ("iam:PolicyARN", option("--policy-arn VALUE")),
    ("kms:CallerAccount", by(KeySetter::Iam)),
    ("kms:EncryptionContext*", option("--encryption-context VALUE")),
    ("kms:GrantIsForAWSResource", by(KeySetter::Service)),
    ("kms:KeySpec", option("--key-spec VALUE")),
    ("kms:KeyUsage", option("--key-usage VALUE")),
    ("kms:ScheduleKeyDeletionPendingWindowInDays", option("--pending-window-in-days VALUE")),
    ("kms:ViaService", by(KeySetter::Service)),
    ("lambda:FunctionUrlAuthType", option("--auth-type VALUE")),
    ("rds:DatabaseClass", option("--db-instance-class VALUE")),
    ("rds:DatabaseEngine", option("--engine VALUE")),
    ("rds:MultiAz", option("--multi-az")),
    ("rds:StorageEncrypted", option("--storage-encrypted")),
    ("rds:StorageSize", option("--allocated-storage VALUE")),
    ("s3:delimiter", option("--delimiter VALUE")),
    ("s3:max-keys", option("--max-keys VALUE")),
    ("s3:prefix", option("--prefix VALUE")),
    ("s3:VersionId", option("--version-id VALUE")),
    ("s3:x-amz-acl", option("--acl VALUE")),
    ("s3:x-amz-server-side-encryption", option("--server-side-encryption VALUE")),
    ("s3:x-amz-server-side-encryption-aws-kms-key-id", option("--ssekms-key-id VALUE")),
    ("s3:x-amz-storage-class", option("--storage-class VALUE")),
    ("SAML:*", by(KeySetter::IdentityProvider)),
    ("secretsmanager:ForceDeleteWithoutRecovery", option("--force-delete-without-recovery")),
    ("secretsmanager:RecoveryWindowInDays", option("--recovery-window-in-days VALUE")),
    ("secretsmanager:VersionStage", option("--version-stage VALUE")),
    ("sns:Endpoint", option("--notification-endpoint VALUE")),
    ("sns:Protocol", option("--protocol VALUE")),
    ("sts:DurationSeconds", option("--duration-seconds VALUE")),
    ("sts:ExternalId", option("--external-id VALUE")),
    ("sts:RoleSessionName", option("--role-session-name VALUE")),
    ("sts:SourceIdentity", option("--source-identity VALUE")),
    ("sts:TransitiveTagKeys", option("--transitive-tag-keys VALUE")),
];

#[cfg(test)]
mod tests {
    use super::{KeySetter, connected, key_origin, option_for};
    use crate::names::Arn;

    #[test]
    fn claims_are_of_their_provider_and_what_no_table_names_of_the_call() {
        let setter = |key| key_origin(key).setter;
        assert_eq!(setter("token.actions.githubusercontent.com:sub"), KeySetter::IdentityProvider);
        assert_eq!(setter("AWS:sourcevpce"), KeySetter::Network);
        assert_eq!(setter("ec2:Encrypted"), KeySetter::Caller);
        assert_eq!(key_origin("s3:Prefix").how, Some("--prefix VALUE"));
    }
    #[test]
    fn an_option_takes_its_value_as_one_word_of_a_shell() {
        let option = |key, value| option_for(key, "s3:PutObject", None, value);
        assert_eq!(
            option("s3:x-amz-server-side-encryption", Some("aws:kms")).as_deref(),
            Some("--server-side-encryption aws:kms")
        );
        assert_eq!(option("s3:prefix", Some("it's")).as_deref(), Some(r"--prefix 'it'\''s'"));
        assert_eq!(option("s3:prefix", None).as_deref(), Some("--prefix …"));
        assert_eq!(option("aws:SourceIp", Some("192.0.2.1")), None);
    }

    #[test]
    fn tags_are_given_as_the_command_of_the_service_takes_them() {
        let volume = Arn::parse("arn:aws:ec2:us-east-1:111122223333:volume/*");
        let option = |action, value| option_for("aws:RequestTag/team", action, volume.as_ref(), value);
        assert_eq!(
            option("ec2:CreateVolume", None).as_deref(),
            Some("--tag-specifications 'ResourceType=volume,Tags=[{Key=team,Value=…}]'")
        );
        assert_eq!(option("dynamodb:CreateTable", Some("red")).as_deref(), Some("--tags Key=team,Value=red"));
        assert_eq!(option("eks:CreateCluster", Some("red")).as_deref(), Some("--tags team=red"));
        assert_eq!(option("kms:CreateKey", Some("red")).as_deref(), Some("--tags TagKey=team,TagValue=red"));
        assert_eq!(option("s3:PutObject", Some("red")).as_deref(), Some("--tagging team=red"));
    }

    #[test]
    fn a_topic_is_subscribed_to() {
        let topic = Arn::parse("arn:aws:sns:us-east-1:111122223333:t").unwrap();
        let queue = Arn::parse("arn:aws:sqs:us-east-1:111122223333:q").unwrap();
        let how = connected(&topic, &queue).unwrap();
        assert!(
            how.starts_with("subscribe it to topic t: `aws sns subscribe --topic-arn arn:aws:sns:"),
            "{how}"
        );
        assert_eq!(connected(&queue, &topic), None);
    }
}
