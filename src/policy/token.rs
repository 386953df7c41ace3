//! The way back from a decision to the text.

/// An element of a statement that can be pointed at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Token {
    /// The whole statement.
    Statement,
    /// The value of `Sid`.
    Sid,
    /// The value of `Effect`.
    Effect,
    /// The key `Action` or `NotAction`.
    ActionKey,
    /// A pattern of `Action` or `NotAction`.
    Action(u32),
    /// The key `Resource` or `NotResource`.
    ResourceKey,
    /// A pattern of `Resource` or `NotResource`.
    Resource(u32),
    /// The key `Principal` or `NotPrincipal`.
    PrincipalKey,
    /// A value of `Principal` or `NotPrincipal`, counted over all types.
    Principal(u32),
    /// The whole `Condition`.
    Condition,
    /// The operator of a test.
    Operator(u32),
    /// The condition key of a test.
    Key(u32),
    /// A value of a test.
    Value {
        /// The test.
        test: u32,
        /// The value in its list.
        value: u32,
    },
}
