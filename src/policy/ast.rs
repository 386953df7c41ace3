//! The elements of a policy.

use crate::source::Span;

use super::condition::ConditionOperator;

/// A string of a policy, or an unquoted boolean or number that stands for its text (A7).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    /// The characters, without quotes.
    pub span: Span,
    /// Whether it holds JSON escapes.
    pub escaped: bool,
    /// Whether it stands in quotes.
    pub quoted: bool,
}

impl Text {
    /// The token with its quotes: what is underlined.
    pub fn token(&self) -> Span {
        if self.quoted { Span::new(self.span.start - 1, self.span.end + 1) } else { self.span }
    }
}

/// A list of texts; `"x"` and `["x"]` mean the same (A7) and are printed as they were written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextList {
    /// The range of the policy's texts.
    pub(super) start: u32,
    pub(super) end: u32,
    /// Whether it is written with brackets.
    pub bracketed: bool,
    /// The value as it is written.
    pub span: Span,
}

impl TextList {
    /// The number of texts.
    pub fn len(&self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether there are none (A9).
    pub fn is_empty(&self) -> bool {
        self.start == self.end
    }
}

/// The `Version` element: which language the policy is written in (A10). Not the version of a managed policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LanguageVersion {
    /// `2008-10-17`, also meant where the element is absent (A11): no policy variables.
    V2008,
    /// `2012-10-17`.
    V2012,
}

impl LanguageVersion {
    /// The word in a policy.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::V2008 => "2008-10-17",
            Self::V2012 => "2012-10-17",
        }
    }
}

/// `Effect` (A16).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Effect {
    /// `Allow`
    Allow,
    /// `Deny`
    Deny,
}

impl Effect {
    /// The word in a policy.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Allow => "Allow",
            Self::Deny => "Deny",
        }
    }
}

/// One statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// The whole object.
    pub span: Span,
    /// `Sid` (A15).
    pub sid: Option<Text>,
    /// `Effect` (A16).
    pub effect: Effect,
    /// The value of `Effect`.
    pub effect_text: Text,
    /// `Principal` or `NotPrincipal` (A20, A33).
    pub principal: Option<PrincipalElement>,
    /// `Action` or `NotAction` (A35).
    pub action: ActionElement,
    /// `Resource` or `NotResource` (A41); absent in trust policies, and in some resource-based ones (A19).
    pub resource: Option<ResourceElement>,
    /// The tests of `Condition`, operator by operator and key by key; all must hold (B1).
    pub condition: Box<[ConditionTest]>,
    /// The value of `Condition`.
    pub condition_span: Option<Span>,
}

/// `Action` or `NotAction`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ActionElement {
    /// Whether it is `NotAction` (A39).
    pub negated: bool,
    /// The key.
    pub key: Span,
    /// The patterns.
    pub patterns: TextList,
}

/// `Resource` or `NotResource`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ResourceElement {
    /// Whether it is `NotResource` (A47).
    pub negated: bool,
    /// The key.
    pub key: Span,
    /// The patterns.
    pub patterns: TextList,
}

/// `Principal` or `NotPrincipal`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrincipalElement {
    /// Whether it is `NotPrincipal` (A33).
    pub negated: bool,
    /// The key.
    pub key: Span,
    /// What it names.
    pub form: PrincipalForm,
}

/// The two forms of a principal element (A20).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PrincipalForm {
    /// The bare `"*"`.
    Everyone(Text),
    /// An object of types and their values.
    Map(Box<[PrincipalEntry]>),
}

/// One type of principals with its values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PrincipalEntry {
    /// The type.
    pub kind: PrincipalType,
    /// The key.
    pub key: Span,
    /// The values.
    pub values: TextList,
}

/// The keys of a principal object (A20).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PrincipalType {
    /// Accounts, users, roles, sessions.
    Aws,
    /// Identity providers (A27).
    Federated,
    /// Service principals (A28).
    Service,
    /// S3's canonical user ids (A29).
    CanonicalUser,
}

impl PrincipalType {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Aws, Self::Federated, Self::Service, Self::CanonicalUser];

    /// The key in a policy.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Aws => "AWS",
            Self::Federated => "Federated",
            Self::Service => "Service",
            Self::CanonicalUser => "CanonicalUser",
        }
    }
}

/// One key under one operator, with its values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConditionTest {
    /// The operator.
    pub operator: ConditionOperator,
    /// The operator's key in the text.
    pub operator_text: Text,
    /// The condition key.
    pub key: Text,
    /// The values.
    pub values: TextList,
}
