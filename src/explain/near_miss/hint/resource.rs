//! What is probably meant by a resource that does not cover the one asked for.

use std::fmt;

/// A guess at what is wrong with a resource.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ResourceHint {
    /// The ARN of a bucket where that of objects is needed.
    BucketForObject {
        /// The ARN of its objects.
        suggest: String,
    },
    /// The ARN of objects where that of the bucket is needed.
    ObjectForBucket {
        /// The ARN of the bucket.
        suggest: String,
    },
    /// The resource lies below the pattern: a missing `/*` or `:*`.
    Below {
        /// The pattern with the wildcard.
        suggest: String,
    },
    /// A database by its name, where only its id counts.
    DatabaseByName {
        /// The pattern with the id.
        suggest: String,
    },
    /// The alias of a key, by which no use of the key is authorized.
    AliasForKey {
        /// The ARN of the key.
        suggest: String,
    },
    /// The name of a secret, whose ARN ends with six random characters.
    SecretEnd {
        /// The pattern with any end.
        suggest: String,
    },
    /// Another partition, service, Region or account.
    OtherField {
        /// Which: 1 (partition) to 4 (account).
        field: u8,
        /// As the request has it.
        asked: String,
    },
    /// A name that the pattern and the resource spell differently, as a slip does.
    Misspelt {
        /// As the pattern has it.
        own: String,
        /// As the request has it.
        asked: String,
    },
    /// The action has no resource types: only `*` covers it.
    OnlyStar,
}

impl ResourceHint {
    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::BucketForObject { .. } => "bucket-for-object",
            Self::ObjectForBucket { .. } => "object-for-bucket",
            Self::Below { .. } => "missing-wildcard",
            Self::DatabaseByName { .. } => "database-by-name",
            Self::AliasForKey { .. } => "alias-for-key",
            Self::SecretEnd { .. } => "secret-without-end",
            Self::OtherField { field: 1, .. } => "other-partition",
            Self::OtherField { field: 2, .. } => "other-service-in-arn",
            Self::OtherField { field: 3, .. } => "other-region",
            Self::OtherField { .. } => "other-account-in-arn",
            Self::Misspelt { .. } => "misspelt-name",
            Self::OnlyStar => "only-star",
        }
    }
}

impl fmt::Display for ResourceHint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BucketForObject { suggest } => {
                write!(f, "this is the bucket itself; its objects are `{suggest}`")
            }
            Self::ObjectForBucket { suggest } => {
                write!(f, "the policy names the objects; the bucket itself is `{suggest}`")
            }
            Self::Below { suggest } => write!(f, "the resource lies below it; `{suggest}` covers it"),
            Self::DatabaseByName { .. } => f.write_str(
                "rds-db wants the id of the database (`db-…`, `cluster-…`), not its name: `aws rds describe-db-instances` \
                 tells it as DbiResourceId",
            ),
            Self::AliasForKey { .. } => f.write_str(
                "no use of a key is authorized by its alias, so this matches nothing: name the key's own ARN, or `key/*` with a \
                 condition on kms:ResourceAliases",
            ),
            Self::SecretEnd { .. } => {
                f.write_str("a secret's ARN ends with six random characters: `-??????` covers them")
            }
            Self::OtherField { field, asked } => other_field(*field, asked, f),
            Self::Misspelt { .. } => f.write_str("this looks like a misspelling, on one side or the other"),
            Self::OnlyStar => f.write_str("put the action into a statement with `\"Resource\": \"*\"`"),
        }
    }
}

fn other_field(field: u8, asked: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let name = match field {
        1 => "partition",
        2 => "service",
        3 => "Region",
        _ => "account",
    };
    match asked {
        "" => write!(f, "ARNs of such resources have no {name}: it stays empty between its colons"),
        asked => write!(f, "for this resource it takes `{asked}`, or `*` for every {name}"),
    }
}
