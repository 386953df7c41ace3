//! What a rule has found so far.

use super::rule::LintRule;
use crate::source::{Diagnostic, Place};

/// The findings of one rule in one policy.
pub(super) struct LintFindings {
    rule: &'static LintRule,
    pub(super) found: Vec<Diagnostic>,
}

impl LintFindings {
    pub(super) fn of(rule: &'static LintRule) -> Self {
        Self { rule, found: Vec::new() }
    }

    /// Adds a finding; what is given back can say more.
    pub(super) fn at(&mut self, place: Place, message: impl Into<String>) -> &mut Diagnostic {
        self.found.push(Diagnostic::new(self.rule.code, self.rule.severity, message).at(place, ""));
        let last = self.found.len() - 1;
        &mut self.found[last]
    }

    /// Puts a finding in place of the last one.
    pub(super) fn replace_last(&mut self, finding: Diagnostic) {
        self.found.pop();
        self.found.push(finding);
    }

    /// Adds a finding with what to do about it.
    pub(super) fn advise(&mut self, place: Place, message: impl Into<String>, help: impl Into<String>) {
        self.at(place, message).help = Some(help.into());
    }
}
