//! What the strings of a list are, and which of them there is nothing to say about.

use super::PrincipalType;
use super::lower::Lower;
use super::misshape::misshape;
use crate::source::scan::count_unless;
use crate::syntax::json::Cursor;

/// What the strings of a list are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StringRole {
    /// Patterns of `Action` or `NotAction`.
    Action,
    /// Patterns of `Resource` or `NotResource`.
    Resource,
    /// Principals of a type.
    Principal(PrincipalType),
    /// Values of a condition key; booleans and numbers stand for their text (A7).
    ConditionValue,
}

impl StringRole {
    /// Whether a string without escapes needs no check: a quick answer for nearly all of them.
    #[inline]
    pub(super) fn is_ordinary(self, text: &str) -> bool {
        match self {
            Self::Action => is_action(text),
            Self::Resource => is_ordinary_resource(text),
            Self::Principal(_) => false,
            Self::ConditionValue => true,
        }
    }

    /// Reports what is wrong with a member of the list.
    pub(super) fn check(self, lower: &mut Lower, member: Cursor<'_>) {
        match self {
            Self::Action => lower.check_action(member),
            Self::Resource => lower.check_resource(member),
            Self::Principal(kind) => lower.check_principal(kind, member),
            Self::ConditionValue => {}
        }
    }
}

/// A35, A38: `*`, or a text with one colon and nothing that separates.
#[inline]
pub(super) fn is_action(text: &str) -> bool {
    text == "*" || count_unless(text.as_bytes(), b':', [b' ', b',']) == Some(1)
}

/// `*`, or an ARN of six fields of a shape that leaves nothing to say; others are looked at closely.
#[inline]
fn is_ordinary_resource(text: &str) -> bool {
    // `U` is in both `YOUR-BUCKET` and `ACCOUNT_ID`.
    let colons = || count_unless(text.as_bytes(), b':', [b'$', b'<', b' ', b'{', b'U']);
    text == "*"
        || text.strip_prefix("arn:aws:s3:::").is_some_and(|_| colons() == Some(5))
        || (text.starts_with("arn:")
            && colons().is_some_and(|colons| colons >= 5)
            && misshape(text).is_none())
}
