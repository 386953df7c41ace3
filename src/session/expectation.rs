//! Expectations: a decision and what makes it; a right answer for a wrong reason fails.

use super::posed::Posed;
use super::reason::{Reason, reasons_of};
use crate::explain::{Answer, Verdict};

/// A decision that is expected.
#[derive(Clone, Debug)]
pub struct Expectation {
    /// The question.
    pub question: Posed,
    /// The verdict.
    pub expected: ExpectedVerdict,
    /// What is to make it.
    pub reason: Option<Reason>,
    /// Whether it is known not to hold yet.
    pub todo: bool,
}

/// A verdict that is expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExpectedVerdict {
    /// Either kind of deny.
    Denied,
    /// Exactly this.
    Exactly(Verdict),
}

impl ExpectedVerdict {
    /// The verdict of a word.
    pub fn of(word: &str) -> Self {
        match word {
            "allowed" => Self::Exactly(Verdict::Allowed),
            "explicit-deny" => Self::Exactly(Verdict::ExplicitDeny),
            "implicit-deny" => Self::Exactly(Verdict::ImplicitDeny),
            "depends" => Self::Exactly(Verdict::Depends),
            _ => Self::Denied,
        }
    }

    pub(crate) fn is(self, verdict: Verdict) -> bool {
        match self {
            Self::Denied => matches!(verdict, Verdict::ExplicitDeny | Verdict::ImplicitDeny),
            Self::Exactly(expected) => verdict == expected,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Denied => "denied",
            Self::Exactly(verdict) => kind(verdict),
        }
    }
}

pub(super) fn kind(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Allowed => "allowed",
        Verdict::ExplicitDeny => "explicit-deny",
        Verdict::ImplicitDeny => "implicit-deny",
        Verdict::Depends => "depends",
    }
}

impl Expectation {
    /// What is wrong with an answer, if something is.
    pub fn wrong(&self, answer: &Answer) -> Option<String> {
        if !self.expected.is(answer.decision) {
            let expected = self.expected.word();
            return Some(format!("expected {expected}, found {}{}", kind(answer.decision), found_by(answer)));
        }
        let reason = self.reason.as_ref().filter(|reason| !reason.holds(answer))?;
        let by = reasons_of(answer);
        let by = if by.is_empty() { "nothing that can be named".to_owned() } else { format!("`{by}`") };
        Some(format!("{} as expected, but because of {by}, not {}", kind(answer.decision), reason.words()))
    }
}

/// Why another verdict was found: what made it, or what it depends on.
fn found_by(answer: &Answer) -> String {
    let reasons = reasons_of(answer);
    match answer.decision {
        Verdict::Depends if !answer.incomplete.is_empty() => {
            format!(": it hangs on {}, which is not known", answer.incomplete.join(", "))
        }
        _ if reasons.is_empty() => String::new(),
        _ => format!(" because {reasons}"),
    }
}

impl Reason {
    fn words(&self) -> String {
        match self {
            Self::Gate(gate) => format!("`{}`", gate.as_str()),
            Self::Layer { word, policy, statement, .. } => {
                let policy = policy.as_deref().map(|name| format!(" {name}")).unwrap_or_default();
                let statement =
                    statement.as_deref().map(|name| format!(" statement {name}")).unwrap_or_default();
                format!("`{word}{policy}{statement}`")
            }
        }
    }
}
