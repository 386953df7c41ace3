//! What a policy is that nobody said the type of.

use super::PolicyType;
use crate::syntax::json::{Cursor, Kind};

impl PolicyType {
    /// The type that a document looks like. Resource control and endpoint policies look like those of resources, service
    /// control policies and boundaries like those of users.
    pub fn by_looks(document: Cursor<'_>) -> Self {
        let statements = document.member("Statement");
        let one = statements.filter(|value| value.kind() == Kind::Object);
        let all: Vec<Cursor<'_>> =
            statements.into_iter().flat_map(|value| value.items()).chain(one).collect();
        let has = |name: &str| all.iter().any(|statement| statement.member(name).is_some());
        if !has("Principal") && !has("NotPrincipal") {
            return Self::IdentityBased;
        }
        let of_service = |prefix: &str| {
            let mut actions = all.iter().filter_map(|one| one.member("Action")).flat_map(texts).peekable();
            actions.peek().is_some() && actions.all(|action| action.starts_with(prefix))
        };
        // A key policy that only denies would lock everybody out, so it is more probably one of the organization.
        let mut effects = all.iter().filter_map(|one| one.member("Effect")?.string());
        match has("Resource") || has("NotResource") {
            false if of_service("sts:") => Self::Trust,
            _ if of_service("kms:") && effects.any(|effect| effect == "Allow") => Self::Key,
            _ => Self::ResourceBased,
        }
    }
}

fn texts(value: Cursor<'_>) -> impl Iterator<Item = std::borrow::Cow<'_, str>> {
    let one = (value.kind() != Kind::Array).then_some(value);
    value.items().chain(one).filter_map(|text| text.string())
}
