//! What is probably meant where a statement nearly matches.

use std::fmt;

/// A typed guess at what is wrong with a value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Hint {
    /// Only the letter case differs.
    LetterCase {
        /// As the request has it.
        asked: String,
    },
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
    /// Another partition, service, Region or account.
    OtherField {
        /// Which: 1 (partition) to 4 (account).
        field: u8,
        /// As the request has it.
        asked: String,
    },
    /// A wildcard where the operator takes none.
    NeedsLike {
        /// The operator that does.
        suggest: &'static str,
    },
    /// A key with several values under an operator for one.
    NeedsSetOperator,
    /// Nobody gave the key.
    NotGiven {
        /// The key.
        key: String,
    },
    /// The action never carries the key.
    NeverCarried {
        /// The key.
        key: String,
        /// The action.
        action: String,
    },
    /// There is no key of that name, but one like it.
    KeyTypo {
        /// The key that there is.
        suggest: String,
    },
    /// The keys of MFA are absent with a long-term access key.
    LongTermKey,
    /// A policy variable has no value.
    Unresolved {
        /// Its key.
        key: String,
    },
    /// Variables need the current version of the language.
    OldVersion,
    /// An action that does not exist, a few letters away from the one asked for.
    ActionTypo {
        /// The action asked for.
        suggest: String,
    },
    /// An action that the catalog does not know, and that is like none of those asked for.
    NoSuchAction {
        /// The day of the catalog.
        date: String,
    },
    /// An action without its service.
    NoService {
        /// The action asked for.
        suggest: String,
    },
    /// The action of that name of another service.
    OtherService {
        /// The action asked for.
        suggest: String,
    },
    /// The action has no resource types: only `*` covers it.
    OnlyStar,
    /// The policy names another session of the role.
    SessionForRole {
        /// The role's ARN.
        suggest: String,
    },
    /// The policy names another account.
    OtherAccount {
        /// The principal's account.
        asked: String,
    },
    /// A wildcard in a principal's ARN names nobody.
    PrincipalWildcard,
    /// The principal was deleted and made again: the ARN meant the old one (A31).
    MadeAgain,
}

impl Hint {
    /// A stable name for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::LetterCase { .. } => "letter-case",
            Self::BucketForObject { .. } => "bucket-for-object",
            Self::ObjectForBucket { .. } => "object-for-bucket",
            Self::Below { .. } => "missing-wildcard",
            Self::OtherField { field: 1, .. } => "other-partition",
            Self::OtherField { field: 2, .. } => "other-service-in-arn",
            Self::OtherField { field: 3, .. } => "other-region",
            Self::OtherField { .. } => "other-account-in-arn",
            Self::NeedsLike { .. } => "wildcard-under-equals",
            Self::NeedsSetOperator => "needs-set-operator",
            Self::NotGiven { .. } => "key-not-given",
            Self::NeverCarried { .. } => "key-never-carried",
            Self::KeyTypo { .. } => "key-typo",
            Self::LongTermKey => "long-term-key",
            Self::Unresolved { .. } => "unresolved-variable",
            Self::OldVersion => "old-version",
            Self::ActionTypo { .. } => "action-typo",
            Self::NoSuchAction { .. } => "no-such-action",
            Self::NoService { .. } => "action-without-service",
            Self::OtherService { .. } => "other-service",
            Self::OnlyStar => "only-star",
            Self::SessionForRole { .. } => "session-for-role",
            Self::OtherAccount { .. } => "other-account",
            Self::PrincipalWildcard => "wildcard-in-principal",
            Self::MadeAgain => "made-again",
        }
    }
}

impl fmt::Display for Hint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LetterCase { asked } => {
                write!(f, "only the letter case differs: the request has `{asked}`")
            }
            Self::NeedsLike { suggest } => {
                write!(f, "the `*` is a plain character here; `{suggest}` takes wildcards")
            }
            Self::NotGiven { key } => write!(f, "give it with `with {key}=VALUE`"),
            Self::NeverCarried { key, action } => {
                write!(f, "requests for {action} never carry {key}, so this can never apply to it")
            }
            Self::KeyTypo { suggest } => write!(f, "there is no such key; did you mean `{suggest}`?"),
            Self::Unresolved { key } => write!(f, "the variable `${{{key}}}` has no value in this request"),
            Self::SessionForRole { suggest } => {
                write!(f, "this names one session of the role; the role itself is `{suggest}`")
            }
            Self::OtherAccount { asked } => write!(f, "another account: the principal is of {asked}"),
            Self::BucketForObject { .. }
            | Self::ObjectForBucket { .. }
            | Self::Below { .. }
            | Self::OtherField { .. } => self.about_resource(f),
            Self::ActionTypo { .. }
            | Self::NoSuchAction { .. }
            | Self::NoService { .. }
            | Self::OtherService { .. } => self.about_action(f),
            _ => f.write_str(self.fixed()),
        }
    }
}

impl Hint {
    fn about_resource(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BucketForObject { suggest } => {
                write!(f, "this is the bucket itself; its objects are `{suggest}`")
            }
            Self::ObjectForBucket { suggest } => {
                write!(f, "these are the objects; the bucket itself is `{suggest}`")
            }
            Self::Below { suggest } => write!(f, "the resource lies below it; `{suggest}` covers it"),
            Self::OtherField { field, asked } => {
                let name = ["", "partition", "service", "Region", "account"][usize::from(*field).min(4)];
                match asked.as_str() {
                    "" => {
                        write!(f, "ARNs of such resources have no {name}: it stays empty between its colons")
                    }
                    asked => write!(f, "for this resource it takes `{asked}`, or `*` for every {name}"),
                }
            }
            _ => Ok(()),
        }
    }

    fn about_action(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ActionTypo { suggest } => write!(f, "there is no such action; did you mean `{suggest}`?"),
            Self::NoService { suggest } => write!(f, "the service is missing; did you mean `{suggest}`?"),
            Self::OtherService { suggest } => {
                write!(f, "the action of that name of another service; this one is `{suggest}`")
            }
            Self::NoSuchAction { date } => {
                write!(f, "the catalog of {date} has no such action; ")?;
                f.write_str("operations and their actions often differ")
            }
            _ => Ok(()),
        }
    }

    /// What there is to say where nothing of the request is in it.
    fn fixed(&self) -> &'static str {
        match self {
            Self::NeedsSetOperator => "a key with several values needs `ForAnyValue:` or `ForAllValues:`",
            Self::LongTermKey => "requests with a long-term access key never carry it; sign in with MFA",
            Self::OldVersion => {
                "variables need `\"Version\": \"2012-10-17\"`; without it they are plain text"
            }
            Self::OnlyStar => "put the action into a statement with `\"Resource\": \"*\"`",
            Self::PrincipalWildcard => {
                "a wildcard inside a principal names nobody; use `*` with a condition on aws:PrincipalArn"
            }
            Self::MadeAgain => {
                "it was deleted and made again, and the policy means the old one; save the policy again"
            }
            _ => "",
        }
    }
}
