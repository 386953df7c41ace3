//! The kinds of policies.

/// What a policy is attached as; it decides which elements it may have (A.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PolicyType {
    /// Attached to a user, group or role.
    IdentityBased,
    /// The most that a user or role may get.
    PermissionsBoundary,
    /// Passed when a session begins.
    Session,
    /// The policy of an `AssumeRoot` task (E11).
    Task,
    /// Attached to a resource.
    ResourceBased,
    /// Who may assume a role.
    Trust,
    /// Attached to a KMS key.
    Key,
    /// Attached to a VPC endpoint.
    VpcEndpoint,
    /// Service control policy.
    ServiceControl,
    /// Resource control policy.
    ResourceControl,
}

impl PolicyType {
    /// The name in messages, with its article.
    pub fn with_article(self) -> &'static str {
        match self {
            Self::IdentityBased => "an identity-based policy",
            Self::PermissionsBoundary => "a permissions boundary",
            Self::Session => "a session policy",
            Self::Task => "a task policy",
            Self::ResourceBased => "a resource-based policy",
            Self::Trust => "a role trust policy",
            Self::Key => "a key policy",
            Self::VpcEndpoint => "a VPC endpoint policy",
            Self::ServiceControl => "a service control policy",
            Self::ResourceControl => "a resource control policy",
        }
    }

    /// Those that customers write, each with the word for people and scripts.
    pub const WORDS: [(&'static str, Self); 9] = [
        ("identity", Self::IdentityBased),
        ("boundary", Self::PermissionsBoundary),
        ("session", Self::Session),
        ("resource", Self::ResourceBased),
        ("trust", Self::Trust),
        ("key", Self::Key),
        ("endpoint", Self::VpcEndpoint),
        ("scp", Self::ServiceControl),
        ("rcp", Self::ResourceControl),
    ];

    /// The word for it.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, kind)| *kind == self).map_or("task", |(word, _)| word)
    }

    /// The type of that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(known, _)| *known == word).map(|(_, kind)| *kind)
    }

    /// Whether its statements name principals (A.3).
    pub fn names_principals(self) -> bool {
        matches!(
            self,
            Self::ResourceBased | Self::Trust | Self::Key | Self::VpcEndpoint | Self::ResourceControl
        )
    }

    /// Whether IAM stores it, and so allows only characters up to U+00FF (A6).
    pub fn is_stored_by_iam(self) -> bool {
        matches!(
            self,
            Self::IdentityBased | Self::PermissionsBoundary | Self::Session | Self::Trust | Self::Task
        )
    }
}

/// How the ARN of a method may begin in the policy of its API: AWS puts the API in when it saves (I3).
pub const OF_API: &str = "execute-api:/";
