//! The layers of a decision: one table of words for people, programs and AWS's messages.

/// A layer of policies that a request has to pass, in the order in which AWS consults them (D.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Layer {
    /// Resource control policies.
    ResourceControl,
    /// Service control policies.
    ServiceControl,
    /// The policy of a VPC endpoint.
    VpcEndpoint,
    /// The policy of the resource; a role's trust policy and a key's policy are of this layer.
    ResourceBased,
    /// Policies of the user or role and of the user's groups.
    IdentityBased,
    /// The permissions boundary.
    PermissionsBoundary,
    /// The policies of a session.
    Session,
}

impl Layer {
    /// All layers in the order of the decision.
    pub const ALL: [Self; 7] = [
        Self::ResourceControl,
        Self::ServiceControl,
        Self::VpcEndpoint,
        Self::ResourceBased,
        Self::IdentityBased,
        Self::PermissionsBoundary,
        Self::Session,
    ];

    /// The bit of the layer in a set of layers.
    pub fn bit(self) -> u8 {
        1 << self as u8
    }

    /// The word for people and scripts.
    pub fn word(self) -> &'static str {
        self.names().0
    }

    /// The key in JSON.
    pub fn key(self) -> &'static str {
        self.names().1
    }

    /// AWS's noun (G2).
    pub fn noun(self) -> &'static str {
        self.names().2
    }

    /// AWS's noun with its article.
    pub fn phrase(self) -> String {
        let article = if self == Self::IdentityBased { "an" } else { "a" };
        format!("{article} {}", self.noun())
    }

    /// The layer of that word or JSON key.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "trust" | "key" => Some(Self::ResourceBased),
            "task" => Some(Self::Session),
            _ => Self::ALL.into_iter().find(|layer| layer.word() == word || layer.key() == word),
        }
    }

    fn names(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::ResourceControl => ("rcp", "rcp", "resource control policy"),
            Self::ServiceControl => ("scp", "scp", "service control policy"),
            Self::VpcEndpoint => ("vpc-endpoint", "vpc_endpoint", "VPC endpoint policy"),
            Self::ResourceBased => ("resource-based", "resource", "resource-based policy"),
            Self::IdentityBased => ("identity-based", "identity", "identity-based policy"),
            Self::PermissionsBoundary => {
                ("permissions-boundary", "permissions_boundary", "permissions boundary")
            }
            Self::Session => ("session", "session", "session policy"),
        }
    }
}
