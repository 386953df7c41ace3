//! The names of roles that IAM Identity Center makes, which tell of which permission set they are.

/// How the names of the roles begin that Identity Center makes.
pub(super) const NAME: &str = "AWSReservedSSO_";

/// The permission set that a role is made from, by the role's name.
pub(super) fn set_of(role: &str) -> Option<&str> {
    Some(role.strip_prefix(NAME)?.rsplit_once('_')?.0)
}

/// `role Deploy`; of one that Identity Center makes by what people know it as: `permission set ReadOnly`.
pub(in super::super) fn role_in_words(role: &str) -> String {
    set_of(role).map_or_else(|| format!("role {role}"), |set| format!("permission set {set}"))
}
