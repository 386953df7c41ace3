//! A user, group or role by name.

use std::fmt;

/// A user, group or role by name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Entity {
    /// An IAM user.
    User(Box<str>),
    /// A user group.
    Group(Box<str>),
    /// A role.
    Role(Box<str>),
}

impl Entity {
    /// `user`, `group` or `role`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::User(_) => "user",
            Self::Group(_) => "group",
            Self::Role(_) => "role",
        }
    }

    /// The name as it was given.
    pub fn name(&self) -> &str {
        match self {
            Self::User(name) | Self::Group(name) | Self::Role(name) => name,
        }
    }

    /// The same one in small letters: names are unique that way (E20).
    pub(super) fn folded(&self) -> Self {
        let name = self.name().to_ascii_lowercase().into();
        match self {
            Self::User(_) => Self::User(name),
            Self::Group(_) => Self::Group(name),
            Self::Role(_) => Self::Role(name),
        }
    }
}

impl fmt::Display for Entity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind(), self.name())
    }
}
