//! Refusals that no policy makes, and the one permission.

use crate::facts::{RootOnlyTask, RuleId};

/// The name of a gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum GateName {
    /// Only the root user can do it (E.4).
    RootOnly,
    /// IAM access to Billing is off (E16a).
    BillingAccess,
    /// This kind of credentials cannot make the call (D.10).
    Credentials,
    /// AWS's own policies and roles cannot be changed (D33, D34).
    Protected,
    /// A role can be passed only within its account (D35).
    PassRole,
    /// The service does not offer the action across accounts (D14a).
    CrossAccountAction,
    /// S3 Block Public Access (D37).
    PublicAccessBlock,
    /// Principal and resource are in different partitions (D.3-1).
    Partition,
    /// A closed account, or a Region that is off (D48).
    AccountState,
    /// Organizations answers only the management account (D47).
    Organizations,
    /// An access point that answers only inside its VPC (D45).
    AccessPoint,
    /// A setting or the name of a bucket (I23).
    BucketSetting,
    /// STS refuses the token of a provider that everybody shares (I18).
    SharedProvider,
    /// Needs no permission: the one gate that allows (D29, D30, D46).
    NoPermissionNeeded,
}

impl GateName {
    /// All gates.
    pub const ALL: [Self; 14] = [
        Self::RootOnly,
        Self::BillingAccess,
        Self::Credentials,
        Self::Protected,
        Self::PassRole,
        Self::CrossAccountAction,
        Self::PublicAccessBlock,
        Self::Partition,
        Self::AccountState,
        Self::Organizations,
        Self::AccessPoint,
        Self::BucketSetting,
        Self::SharedProvider,
        Self::NoPermissionNeeded,
    ];

    /// The word for people, scripts and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::RootOnly => "root-only",
            Self::BillingAccess => "billing-access",
            Self::Credentials => "credentials",
            Self::Protected => "protected",
            Self::PassRole => "pass-role",
            Self::CrossAccountAction => "cross-account-action",
            Self::PublicAccessBlock => "public-access-block",
            Self::Partition => "partition",
            Self::AccountState => "account-state",
            Self::Organizations => "organizations",
            Self::AccessPoint => "access-point",
            Self::BucketSetting => "bucket-setting",
            Self::SharedProvider => "shared-provider",
            Self::NoPermissionNeeded => "no-permission-needed",
        }
    }

    /// The gate of that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|gate| gate.as_str() == word)
    }
}

/// A gate that decided.
#[derive(Clone, Debug)]
pub struct Gate {
    /// Which one.
    pub name: GateName,
    /// The rule that it follows.
    pub rule: RuleId,
    /// The task, for a root-only one.
    pub task: Option<&'static RootOnlyTask>,
    /// Why, in a few words.
    pub reason: String,
    /// What AWS answers, where that is known.
    pub message: Option<&'static str>,
    /// Whether the facts do not say, so that the answer is `depends`.
    pub unknown: bool,
}

impl Gate {
    /// A gate with its rule and reason.
    pub fn new(name: GateName, rule: RuleId, reason: impl Into<String>) -> Self {
        Self { name, rule, task: None, reason: reason.into(), message: None, unknown: false }
    }

    /// Whether it allows rather than refuses.
    pub fn allows(&self) -> bool {
        self.name == GateName::NoPermissionNeeded
    }
}
