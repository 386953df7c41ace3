//! Contexts that tell two versions of a statement apart.

use std::sync::Arc;

use super::statement::{own_value, places};
use crate::compile::CompiledPolicy;
use crate::eval::mismatches;
use crate::question::Question;
use crate::question::space::{Filler, KeyTest, Keys};
use crate::trace::Mismatch;
use crate::world::{ContextEntry, World};

/// How many values are tried for a key, at most.
const MOST: usize = 60;

/// A policy of a world.
#[derive(Clone, Copy)]
pub struct Version<'v> {
    /// The world.
    pub world: &'v World,
    /// The policy in it.
    pub policy: &'v Arc<CompiledPolicy>,
}

/// Contexts that tell versions of a statement apart as far as its tests do: none; one with which as many hold as can;
/// and that one with each other value of a key for which other tests fail. `None` where no policy of them takes part
/// in the question.
pub fn contexts_apart(
    question: &Question,
    versions: [Version<'_>; 2],
    statement: u32,
) -> Option<Vec<Vec<ContextEntry<'static>>>> {
    let caller = Arc::new(question.caller(versions[0].world));
    let both = versions.into_iter().filter_map(|version| {
        let policy = version.policy.policy();
        Some((policy, policy.statements().get(statement as usize)?))
    });
    let tests = both.flat_map(|(policy, statement)| KeyTest::of(policy, statement));
    let mut keys = Keys::new(tests, &Filler::new(&caller), |key| own_value(&caller, key));
    let mut look = LookAtBoth { question: question.clone(), versions, statement };
    look.failing(&keys, None)?;
    let mut telling: Vec<Vec<usize>> = Vec::new();
    for key in 0..keys.len() {
        let found = look.telling_values(&mut keys, key);
        keys.choose(key, found.first().copied());
        telling.push(found);
    }
    let mut contexts = vec![Vec::new()];
    if !keys.is_empty() {
        contexts.push(keys.fill("").1);
    }
    for (key, values) in telling.iter().enumerate() {
        for value in values.iter().skip(1) {
            keys.choose(key, Some(*value));
            contexts.push(keys.fill("").1);
        }
        keys.choose(key, values.first().copied());
    }
    Some(contexts)
}

/// A look at the tests of both versions.
struct LookAtBoth<'v> {
    question: Question,
    versions: [Version<'v>; 2],
    statement: u32,
}

impl LookAtBoth<'_> {
    /// Of the values of a key for which the same tests fail the first; those for which the fewest do come first.
    fn telling_values(&mut self, keys: &mut Keys<'_>, key: usize) -> Vec<usize> {
        let mut found: Vec<(Vec<(usize, u32)>, usize)> = Vec::new();
        for value in 0..keys.values(key).min(MOST) {
            keys.choose(key, Some(value));
            let failing = self.failing(keys, Some(key)).unwrap_or_default();
            if !found.iter().any(|(known, _)| *known == failing) {
                found.push((failing, value));
            }
        }
        found.sort_by_key(|(failing, _)| failing.len());
        found.into_iter().map(|(_, value)| value).collect()
    }

    /// The tests of a key that fail: of which version, and which of its tests. `None` where neither takes part.
    fn failing(&mut self, keys: &Keys<'_>, key: Option<usize>) -> Option<Vec<(usize, u32)>> {
        self.question.assumptions.context = keys.fill("").1;
        let mut takes_part = false;
        let mut found = Vec::new();
        for (number, version) in self.versions.iter().enumerate() {
            let Ok(prepared) = self.question.prepare(version.world) else { continue };
            let Some(at) = places(&prepared, version.policy, self.statement).next() else { continue };
            takes_part = true;
            let tests = &version.policy.policy().statements().get(self.statement as usize)?.condition;
            let of_key = |test: &u32| {
                let name = tests.get(*test as usize).map(|test| version.policy.policy().text(&test.key));
                name.and_then(|name| keys.position(&name)) == key
            };
            let failing = mismatches(&prepared, at).into_iter().filter_map(|mismatch| match mismatch {
                Mismatch::Condition { test, .. } => Some(test),
                _ => None,
            });
            found.extend(failing.filter(of_key).map(|test| (number, test)));
        }
        takes_part.then_some(found)
    }
}
