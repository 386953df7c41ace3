//! What a table of rules holds, and how it is written.

use std::fmt;

/// What is known of one rule.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// The address, such as `A46`, `D.5` or `D.3-7`.
    pub id: &'static str,
    /// The rule, in one or two sentences for a reader who is new to IAM.
    pub sentence: &'static str,
    /// Where it comes from.
    pub source: &'static str,
    /// How sure it is.
    pub confidence: Confidence,
    /// The newest date known for the source, often only a year.
    pub date: &'static str,
    /// Whether an evaluator has to do something because of it; false for definitions and advice.
    pub behaviour: bool,
}

/// How sure a fact is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// A choice of ours, because the sources are silent or disagree.
    Low,
    /// An older page, agreeing third parties, or a clear inference.
    Medium,
    /// A newest page of AWS, or a policy that AWS itself wrote.
    High,
}

impl fmt::Display for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        })
    }
}

/// A table of rules: address, confidence, kind, date and source on one line, the sentence below it.
macro_rules! rules {
    ($($id:literal $confidence:ident $kind:ident $date:literal $source:literal $sentence:literal;)*) => {
        &[$(Rule {
            id: $id,
            sentence: $sentence,
            source: $source,
            confidence: $crate::facts::Confidence::$confidence,
            date: $date,
            behaviour: rules!(@ $kind),
        }),*]
    };
    (@ behaviour) => { true };
    (@ background) => { false };
}
pub(super) use rules;
