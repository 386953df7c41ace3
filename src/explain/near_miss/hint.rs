//! What is probably meant where a statement nearly matches.

use std::borrow::Cow;
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
        self.said().0
    }

    /// The stable name, and what there is to say.
    fn said(&self) -> (&'static str, Cow<'static, str>) {
        let fixed = |code, words: &'static str| (code, words.into());
        let with = |code, words: String| (code, words.into());
        match self {
            Self::LetterCase { asked } => {
                with("letter-case", format!("only the letter case differs: the request has `{asked}`"))
            }
            Self::BucketForObject { suggest } => {
                with("bucket-for-object", format!("this is the bucket itself; its objects are `{suggest}`"))
            }
            Self::ObjectForBucket { suggest } => {
                with("object-for-bucket", format!("these are the objects; the bucket itself is `{suggest}`"))
            }
            Self::Below { suggest } => {
                with("missing-wildcard", format!("the resource lies below it; `{suggest}` covers it"))
            }
            Self::OtherField { field, asked } => {
                let (code, name) = match field {
                    1 => ("other-partition", "partition"),
                    2 => ("other-service-in-arn", "service"),
                    3 => ("other-region", "Region"),
                    _ => ("other-account-in-arn", "account"),
                };
                let words = match asked.as_str() {
                    "" => format!("ARNs of such resources have no {name}: it stays empty between its colons"),
                    asked => format!("for this resource it takes `{asked}`, or `*` for every {name}"),
                };
                with(code, words)
            }
            Self::NeedsLike { suggest } => with(
                "wildcard-under-equals",
                format!("the `*` is a plain character here; `{suggest}` takes wildcards"),
            ),
            Self::NeedsSetOperator => fixed(
                "needs-set-operator",
                "a key with several values needs `ForAnyValue:` or `ForAllValues:`",
            ),
            Self::NotGiven { key } => with("key-not-given", format!("give it with `with {key}=VALUE`")),
            Self::NeverCarried { key, action } => with(
                "key-never-carried",
                format!("requests for {action} never carry {key}, so this can never apply to it"),
            ),
            Self::KeyTypo { suggest } => {
                with("key-typo", format!("there is no such key; did you mean `{suggest}`?"))
            }
            Self::LongTermKey => fixed(
                "long-term-key",
                "requests with a long-term access key never carry it; sign in with MFA",
            ),
            Self::Unresolved { key } => {
                with("unresolved-variable", format!("the variable `${{{key}}}` has no value in this request"))
            }
            Self::OldVersion => fixed(
                "old-version",
                "variables need `\"Version\": \"2012-10-17\"`; without it they are plain text",
            ),
            Self::ActionTypo { suggest } => {
                with("action-typo", format!("there is no such action; did you mean `{suggest}`?"))
            }
            Self::NoSuchAction { date } => with(
                "no-such-action",
                format!(
                    "the catalog of {date} has no such action; operations and their actions often differ"
                ),
            ),
            Self::NoService { suggest } => {
                with("action-without-service", format!("the service is missing; did you mean `{suggest}`?"))
            }
            Self::OtherService { suggest } => with(
                "other-service",
                format!("the action of that name of another service; this one is `{suggest}`"),
            ),
            Self::OnlyStar => {
                fixed("only-star", "put the action into a statement with `\"Resource\": \"*\"`")
            }
            Self::SessionForRole { suggest } => with(
                "session-for-role",
                format!("this names one session of the role; the role itself is `{suggest}`"),
            ),
            Self::OtherAccount { asked } => {
                with("other-account", format!("another account: the principal is of {asked}"))
            }
            Self::PrincipalWildcard => fixed(
                "wildcard-in-principal",
                "a wildcard inside a principal names nobody; use `*` with a condition on aws:PrincipalArn",
            ),
            Self::MadeAgain => fixed(
                "made-again",
                "it was deleted and made again, and the policy means the old one; save the policy again",
            ),
        }
    }
}

impl fmt::Display for Hint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.said().1)
    }
}
