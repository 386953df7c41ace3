//! What a rule is.

use super::findings::LintFindings;
use super::subject::LintSubject;
use crate::policy::PolicyType;
use crate::source::Severity;

/// Something that may be wrong with a policy.
pub struct LintRule {
    /// The name of it, which never changes.
    pub code: &'static str,
    /// How bad it is at most.
    pub severity: Severity,
    /// What it finds.
    pub what: &'static str,
    /// What follows from it.
    pub why: &'static str,
    /// What the examples are read as.
    pub kind: PolicyType,
    /// A policy in which it is found, or a statement of one.
    pub example: &'static str,
    /// A policy that looks alike and in which it is not found, or a statement of one.
    pub near: &'static str,
    /// Finds it; `None` for what is found when a policy is read.
    pub(super) check: Option<fn(&LintSubject<'_>, &mut LintFindings)>,
}

impl std::fmt::Debug for LintRule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "LintRule({})", self.code)
    }
}
