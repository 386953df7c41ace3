//! How much is looked for.

/// How much of a difference is looked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum HowMuch {
    /// All that differs.
    #[default]
    All,
    /// Whether anything does: one request is enough.
    Anything,
}
