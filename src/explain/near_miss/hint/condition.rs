//! What is probably meant by a test of a condition that does not hold.

use std::fmt;

use crate::facts::{self, KeySetter};

/// A guess at what is wrong with a test of a condition.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ConditionHint {
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
}

impl ConditionHint {
    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::NeedsLike { .. } => "wildcard-under-equals",
            Self::NeedsSetOperator => "needs-set-operator",
            Self::NotGiven { .. } => "key-not-given",
            Self::NeverCarried { .. } => "key-never-carried",
            Self::KeyTypo { .. } => "key-typo",
            Self::LongTermKey => "long-term-key",
        }
    }
}

impl fmt::Display for ConditionHint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NeedsLike { suggest } => {
                write!(f, "the `*` is a plain character here; `{suggest}` takes wildcards")
            }
            Self::NeedsSetOperator => {
                f.write_str("a key with several values needs `ForAnyValue:` or `ForAllValues:`")
            }
            Self::NotGiven { key } => match facts::key_origin(key).setter {
                KeySetter::Service => {
                    write!(
                        f,
                        "an AWS service sets it in calls that it makes; tell it with `with {key}=VALUE`"
                    )
                }
                KeySetter::IdentityProvider => {
                    write!(f, "the identity provider sets it; tell it with `with {key}=VALUE`")
                }
                _ => match facts::key_origin(key).how.and_then(|how| how.split(' ').next()) {
                    Some(option) => {
                        write!(f, "the call gives it by `{option}`; here, tell it with `with {key}=VALUE`")
                    }
                    None => write!(f, "give it with `with {key}=VALUE`"),
                },
            },
            Self::NeverCarried { key, action } => {
                write!(f, "requests for {action} never carry {key}, so this can never apply to it")
            }
            Self::KeyTypo { suggest } => write!(f, "there is no such key; did you mean `{suggest}`?"),
            Self::LongTermKey => {
                f.write_str("requests with a long-term access key never carry it; sign in with MFA")
            }
        }
    }
}
