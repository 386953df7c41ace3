//! What was found about one statement.

use crate::compile::StatementRef;
use crate::policy::{Effect, Layer};

/// Where a statement stands in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StatementAt {
    /// The layer.
    pub layer: Layer,
    /// The level in the layer.
    pub level: u8,
    /// The statement in the level's set.
    pub statement: StatementRef,
}

/// What was found about a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatementTrace {
    /// Which statement.
    pub at: StatementAt,
    /// Its effect.
    pub effect: Effect,
    /// What matched, or the first element that did not.
    pub found: Result<Matched, Mismatch>,
    /// Whether it applies, and whether keys nobody gave could change that.
    pub truth: Truth,
}

/// The elements of an applying statement that matched, by their numbers; `None` for elements that are absent or
/// negated, which match by leaving the request out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Matched {
    /// The pattern of `Action`.
    pub action: Option<u32>,
    /// The pattern of `Resource`.
    pub resource: Option<u32>,
    /// The value of `Principal`.
    pub principal: Option<u32>,
    /// How it names the principal.
    pub strengths: Strengths,
}

/// The element that kept a statement from applying.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Mismatch {
    /// No pattern of `Action` covers the action.
    Action,
    /// This pattern of `NotAction` covers it.
    NotAction(u32),
    /// No pattern of `Resource` covers the resource, or one of `NotResource` does; `eval::look_at` says which.
    NotCovered,
    /// No pattern of `Resource` covers the resource; this one came nearest, but for this field of the ARN.
    Resource {
        /// The pattern.
        nearest: u32,
        /// The field, 1 (partition) to 5 (resource).
        field: u8,
    },
    /// The pattern holds a variable that does not resolve (A49b).
    Unresolved(u32),
    /// The action has no resource types, so only `*` covers it (A46).
    OnlyStar(u32),
    /// This pattern of `NotResource` covers the resource.
    NotResource(u32),
    /// No value of `Principal` names the principal.
    Principal,
    /// `NotPrincipal` spares the principal.
    NotPrincipal,
    /// The statement names no principal (A18).
    NoPrincipal,
    /// A test of the condition does not hold.
    Condition {
        /// The test.
        test: u32,
        /// Why.
        why: ConditionMismatch,
    },
    /// S3 lets the owner's root user pass this Deny (E12–E14).
    RootOverride,
}

/// Why a test does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConditionMismatch {
    /// The key is absent.
    Absent,
    /// Nobody gave the key.
    NotGiven,
    /// The key has another value.
    Value,
    /// The key has several values, and the operator takes one (B18).
    Multivalued,
}

/// Whether something holds now, with missing keys absent, and whether keys nobody gave could make it hold or fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Truth {
    /// Whether it holds.
    pub now: bool,
    /// Whether it could hold.
    pub could_hold: bool,
    /// Whether it could fail.
    pub could_fail: bool,
}

impl Truth {
    /// What does not hang on anything.
    pub fn certain(holds: bool) -> Self {
        Self { now: holds, could_hold: holds, could_fail: !holds }
    }

    /// What hangs on a key nobody gave.
    pub fn hanging(now: bool) -> Self {
        Self { now, could_hold: true, could_fail: true }
    }

    /// Whether both hold.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            now: self.now && other.now,
            could_hold: self.could_hold && other.could_hold,
            could_fail: self.could_fail || other.could_fail,
        }
    }

    /// Whether it could come out either way.
    pub fn hangs(self) -> bool {
        self.could_hold && self.could_fail
    }
}

/// In which ways a principal element names a principal: a set, because an added Allow must never take access
/// away (D.1, D.3-7).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Strengths(u8);

impl Strengths {
    /// Not named.
    pub const NONE: Self = Self(0);
    /// By the session's own ARN.
    pub const SESSION: Self = Self(1);
    /// The user by ARN or unique id.
    pub const USER: Self = Self(2);
    /// By the role behind the session, or the user who issued it.
    pub const PARENT: Self = Self(4);
    /// The service.
    pub const SERVICE: Self = Self(8);
    /// The identity provider.
    pub const PROVIDER: Self = Self(16);
    /// The account, and the principal is its root user.
    pub const ROOT: Self = Self(32);
    /// The account of any other principal.
    pub const ACCOUNT: Self = Self(64);
    /// By `*`.
    pub const ANY: Self = Self(128);
    /// In every way at once.
    pub const ALL: Self = Self(u8::MAX);

    /// Each way by itself.
    pub const EACH: [Self; 8] = [
        Self::SESSION,
        Self::USER,
        Self::PARENT,
        Self::SERVICE,
        Self::PROVIDER,
        Self::ROOT,
        Self::ACCOUNT,
        Self::ANY,
    ];

    /// The union of two sets.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the sets share a strength.
    pub fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}
