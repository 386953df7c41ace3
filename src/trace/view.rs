//! The statements of a request, each with what it belongs to.

use std::collections::HashSet;

use super::statement::StatementAt;
use crate::compile::{CompiledPolicy, CompiledStatement, PrincipalPatternKind};
use crate::policy::{Effect, Layer, Statement};
use crate::world::{Level, Origin, Prepared};

/// A statement of a request with what it belongs to.
#[derive(Clone, Copy, Debug)]
pub struct StatementView<'p> {
    /// The level in which its policy stands.
    pub level: &'p Level,
    /// Its policy.
    pub policy: &'p CompiledPolicy,
    /// The statement.
    pub statement: &'p CompiledStatement,
    /// The number of the statement in the policy.
    pub number: usize,
    /// Where it stands in the request.
    pub at: StatementAt,
}

impl<'p> StatementView<'p> {
    /// The statement as it is written.
    pub fn written(self) -> Option<&'p Statement> {
        self.policy.policy().statements().get(self.number)
    }

    /// Where its policy comes from.
    pub fn origin(self) -> Option<&'p Origin> {
        self.level.origins.get(self.at.statement.policy as usize)
    }

    /// Whether the statement reads a key, be it as a variable.
    pub fn reads(self, hash: u64) -> bool {
        let mut found = false;
        self.visit_keys(&mut |own| found |= own == hash);
        found
    }

    /// The hashes of the keys that the statement reads, be it as variables.
    pub fn keys_read(self) -> HashSet<u64> {
        let mut found = HashSet::new();
        self.visit_keys(&mut |own| {
            found.insert(own);
        });
        found
    }

    fn visit_keys(self, visit: &mut dyn FnMut(u64)) {
        let mut look = |own: u64, _: &str| visit(own);
        for test in self.policy.tests(self.statement) {
            look(test.hash, "");
            self.policy.test_variables(test, &mut look);
        }
        self.policy.resource_variables(self.statement, &mut look);
    }

    /// The number of the value of `Principal` that is everyone.
    pub fn everyone(self) -> Option<u32> {
        let patterns = self.policy.principals(self.statement);
        let at = patterns.iter().position(|pattern| pattern.kind == PrincipalPatternKind::Everyone);
        at.map(|at| at as u32)
    }

    /// Whether a value of the principal element is one of these texts.
    pub fn lists(self, texts: &[&str]) -> bool {
        let patterns = self.policy.principals(self.statement);
        patterns.iter().any(|pattern| texts.contains(&pattern.text(self.policy)))
    }
}

impl Prepared<'_> {
    /// The statements of an effect at all levels of a layer.
    pub fn statements(&self, layer: Layer, effect: Effect) -> impl Iterator<Item = StatementAt> {
        self.levels(layer).iter().enumerate().flat_map(move |(level, found)| {
            found.set.all(effect).map(move |statement| StatementAt { layer, level: level as u8, statement })
        })
    }

    /// The statements at all levels whose action element covers the action.
    pub fn covering(&self) -> impl Iterator<Item = StatementView<'_>> {
        let levels =
            |layer| self.levels(layer).iter().enumerate().map(move |(number, level)| (layer, number, level));
        Layer::ALL.into_iter().flat_map(levels).flat_map(move |(layer, number, level)| {
            let at = move |statement| StatementAt { layer, level: number as u8, statement };
            let found = level.set.covering(&self.action).into_iter();
            found.filter_map(move |covering| self.statement(at(covering.statement)))
        })
    }

    /// The statement that stands at a place.
    pub fn statement(&self, at: StatementAt) -> Option<StatementView<'_>> {
        let level = self.level(at.layer, at.level)?;
        let policy = level.set.policies().get(at.statement.policy as usize)?;
        let number = at.statement.statement as usize;
        let statement = policy.statements().get(number)?;
        Some(StatementView { level, policy, statement, number, at })
    }
}
