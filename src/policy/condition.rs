//! Condition operators (B.2).

use crate::names::{Instant, Number, parse_bool, parse_network};
use crate::source::nearest;
use crate::source::scan::first;

/// What an operator compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OperatorFamily {
    /// Text.
    String,
    /// Numbers.
    Numeric,
    /// Instants.
    Date,
    /// Booleans.
    Bool,
    /// Bytes.
    Binary,
    /// Addresses.
    Ip,
    /// ARNs.
    Arn,
    /// Presence.
    Null,
}

impl OperatorFamily {
    /// What is compared.
    pub fn about(self) -> &'static str {
        match self {
            Self::String => "text",
            Self::Numeric => "numbers",
            Self::Date => "dates and times",
            Self::Bool => "truth values",
            Self::Binary => "bytes",
            Self::Ip => "addresses",
            Self::Arn => "ARNs",
            Self::Null => "presence",
        }
    }

    /// What its values look like, for families whose values have a type of their own.
    pub(super) fn value_form(self) -> Option<&'static str> {
        match self {
            Self::Numeric => Some("a number"),
            Self::Date => Some("a date"),
            Self::Bool | Self::Null => Some("`true` or `false`"),
            Self::Ip => Some("an address or a range of addresses"),
            Self::String | Self::Binary | Self::Arn => None,
        }
    }

    /// Whether a text is a value of the family.
    pub(super) fn takes(self, text: &str) -> bool {
        match self {
            Self::Numeric => Number::parse(text).is_some(),
            Self::Date => Instant::parse(text).is_some(),
            Self::Bool | Self::Null => parse_bool(text).is_some(),
            Self::Ip => parse_network(text).is_some(),
            Self::String | Self::Binary | Self::Arn => true,
        }
    }
}

macro_rules! operators {
    ($($name:ident $family:ident $negated:literal $doc:literal,)*) => {
        /// A condition operator without set operator and `IfExists`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Operator { $(#[doc = $doc] $name,)* }

        impl Operator {
            /// All operators in the order of AWS's documentation.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The canonical spelling.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => stringify!($name),)* }
            }

            /// When it is true, in a few words.
            pub fn about(self) -> &'static str {
                match self { $(Self::$name => $doc,)* }
            }

            /// What it compares.
            pub fn family(self) -> OperatorFamily {
                match self { $(Self::$name => OperatorFamily::$family,)* }
            }

            /// Whether it is a negated one: true where the key is absent, and none of the values may match (B1).
            pub fn is_negated(self) -> bool {
                match self { $(Self::$name => $negated,)* }
            }
        }
    };
}

operators! {
    StringEquals String false "Exact, case-sensitive.",
    StringNotEquals String true "Negated exact.",
    StringEqualsIgnoreCase String false "Exact but for letter case.",
    StringNotEqualsIgnoreCase String true "Negated, letter case ignored.",
    StringLike String false "With wildcards.",
    StringNotLike String true "Negated, with wildcards.",
    NumericEquals Numeric false "Equal numbers.",
    NumericNotEquals Numeric true "Different numbers.",
    NumericLessThan Numeric false "A smaller number.",
    NumericLessThanEquals Numeric false "A smaller or equal number.",
    NumericGreaterThan Numeric false "A greater number.",
    NumericGreaterThanEquals Numeric false "A greater or equal number.",
    DateEquals Date false "The same instant.",
    DateNotEquals Date true "Another instant.",
    DateLessThan Date false "Before.",
    DateLessThanEquals Date false "Before or at.",
    DateGreaterThan Date false "After.",
    DateGreaterThanEquals Date false "After or at.",
    Bool Bool false "The same truth value.",
    BinaryEquals Binary false "The same bytes, written in base64.",
    IpAddress Ip false "Inside a range of addresses.",
    NotIpAddress Ip true "Outside all ranges.",
    ArnEquals Arn false "Part by part with wildcards, the same as `ArnLike` (B9).",
    ArnNotEquals Arn true "Negated `ArnEquals`.",
    ArnLike Arn false "Part by part with wildcards.",
    ArnNotLike Arn true "Negated `ArnLike`.",
    Null Null false "Whether the key is absent (B12).",
}

/// How the values of a multivalued key are taken (B.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SetOperator {
    /// `ForAllValues:`
    ForAllValues,
    /// `ForAnyValue:`
    ForAnyValue,
}

impl SetOperator {
    /// The word before the colon.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ForAllValues => "ForAllValues",
            Self::ForAnyValue => "ForAnyValue",
        }
    }
}

/// An operator as a policy writes it: `ForAnyValue:StringLikeIfExists`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConditionOperator {
    /// `ForAllValues:` or `ForAnyValue:`.
    pub set: Option<SetOperator>,
    /// The comparison.
    pub operator: Operator,
    /// Whether it ends with `IfExists` (B15).
    pub if_exists: bool,
}

impl ConditionOperator {
    /// Reads an operator; its letter case does not count (B4). `None` if there is none of that name (B5).
    ///
    /// ```
    /// let like = iamwhy::policy::ConditionOperator::parse("ForAnyValue:StringlikeIfExists").unwrap();
    /// assert_eq!(like.to_string(), "ForAnyValue:StringLikeIfExists");
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let (set, rest) = match first(text.as_bytes(), [b':']) {
            Some(colon) => (Some(set_operator(&text[..colon])?), &text[colon + 1..]),
            None => (None, text),
        };
        if let Some(operator) = operator(rest) {
            return Some(Self { set, operator, if_exists: false });
        }
        let length = rest.len().checked_sub("IfExists".len())?;
        let (name, suffix) = rest.split_at_checked(length)?;
        let operator = operator(name).filter(|_| suffix.eq_ignore_ascii_case("IfExists"))?;
        Some(Self { set, operator, if_exists: true })
    }

    /// Whether a request without the key meets it (B15, B16); `Null` says itself which of the two it asks for.
    pub fn holds_without_key(self) -> bool {
        match self.set {
            Some(set) => set == SetOperator::ForAllValues,
            None => self.operator != Operator::Null && (self.if_exists || self.operator.is_negated()),
        }
    }

    /// The operator that a text nearly is: its set operator, its comparison and `IfExists` are each read by themselves.
    pub(super) fn meant(text: &str) -> Option<Self> {
        let (set, rest) = text.split_once(':').map_or((None, text), |(set, rest)| (Some(set), rest));
        let (name, if_exists) =
            match rest.len().checked_sub("IfExists".len()).and_then(|at| rest.split_at_checked(at)) {
                Some((name, suffix)) if suffix.eq_ignore_ascii_case("IfExists") => (name, true),
                _ => (rest, false),
            };
        let sets = [SetOperator::ForAllValues, SetOperator::ForAnyValue].map(SetOperator::as_str);
        let set = set.and_then(|set| nearest(set, sets)).and_then(set_operator);
        let name = nearest(name, Operator::ALL.iter().map(|operator| operator.as_str()))?;
        Some(Self { set, operator: operator(name)?, if_exists })
    }

    /// Whether a text is the canonical spelling.
    pub(super) fn is_written(self, text: &str) -> bool {
        let rest = match self.set {
            Some(set) => text.strip_prefix(set.as_str()).and_then(|rest| rest.strip_prefix(':')),
            None => Some(text),
        };
        let suffix = rest.and_then(|rest| rest.strip_prefix(self.operator.as_str()));
        suffix == Some(if self.if_exists { "IfExists" } else { "" })
    }
}

fn operator(name: &str) -> Option<Operator> {
    let mut all = Operator::ALL.iter().copied();
    // Nearly all are written as AWS writes them, which is told by far cheaper comparisons.
    all.clone()
        .find(|operator| operator.as_str() == name)
        .or_else(|| all.find(|operator| operator.as_str().eq_ignore_ascii_case(name)))
}

fn set_operator(word: &str) -> Option<SetOperator> {
    [SetOperator::ForAllValues, SetOperator::ForAnyValue]
        .into_iter()
        .find(|set| set.as_str().eq_ignore_ascii_case(word))
}

impl std::fmt::Display for ConditionOperator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(set) = self.set {
            write!(f, "{}:", set.as_str())?;
        }
        f.write_str(self.operator.as_str())?;
        f.write_str(if self.if_exists { "IfExists" } else { "" })
    }
}
