//! The statements of a request, with the tables that they belong to.

use crate::compile::{CompiledPolicy, CompiledStatement, PrincipalPatternKind};
use crate::policy::{Effect, Layer};
use crate::question::Asked;
use crate::trace::StatementAt;

/// A statement of a request with the tables that it belongs to.
#[derive(Clone, Copy)]
pub(super) struct Parts<'p> {
    pub(super) policy: &'p CompiledPolicy,
    pub(super) statement: &'p CompiledStatement,
    /// The number of the statement in the policy.
    pub(super) number: usize,
}

impl Parts<'_> {
    /// Whether the statement reads a key, be it as a variable.
    pub(super) fn reads(self, hash: u64) -> bool {
        let mut found = false;
        let mut look = |own: u64, _: &str| found |= own == hash;
        for test in self.policy.tests(self.statement) {
            look(test.hash, "");
            self.policy.test_variables(test, &mut look);
        }
        self.policy.resource_variables(self.statement, &mut look);
        found
    }

    /// The value of `Principal` that is everyone.
    pub(super) fn everyone(self) -> Option<u32> {
        let patterns = self.policy.principals(self.statement);
        let at = patterns.iter().position(|pattern| pattern.kind == PrincipalPatternKind::Everyone);
        at.map(|at| at as u32)
    }

    /// Whether a value of the principal element is one of these texts.
    pub(super) fn lists(self, texts: &[&str]) -> bool {
        let patterns = self.policy.principals(self.statement);
        patterns.iter().any(|pattern| texts.contains(&self.policy.slice(pattern.text)))
    }
}

impl Asked<'_> {
    /// The statements of an effect at all levels of a layer.
    pub(super) fn statements(&self, layer: Layer, effect: Effect) -> impl Iterator<Item = StatementAt> {
        self.request.levels(layer).iter().enumerate().flat_map(move |(level, found)| {
            found.set.all(effect).map(move |statement| StatementAt { layer, level: level as u8, statement })
        })
    }

    pub(super) fn parts(&self, at: StatementAt) -> Option<Parts<'_>> {
        let level = self.request.levels(at.layer).get(at.level as usize)?;
        let policy = level.set.policies().get(at.statement.policy as usize)?;
        let number = at.statement.statement as usize;
        Some(Parts { policy, statement: policy.statements().get(number)?, number })
    }
}
