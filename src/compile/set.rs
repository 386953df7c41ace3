//! The policies that one layer consults together.

use std::sync::Arc;

use super::CompiledPolicy;
use super::index::Index;
use crate::names::ActionName;
use crate::policy::Effect;

/// Up to how many statements a set is looked through without an index.
const FEW: usize = 8;

/// The policies attached in one place, in their order.
#[derive(Clone, Debug, Default)]
pub struct PolicySet {
    policies: Arc<[Arc<CompiledPolicy>]>,
    /// The hashes of all condition keys that the policies read, sorted.
    keys: Arc<[u64]>,
    /// A bit for each of those keys, by the low bits of the hash: most keys are told to be unread by one look.
    key_bits: u64,
    /// Whether any statement is a Deny: most sets have none.
    denies: bool,
    index: Option<Arc<Index>>,
}

/// A statement of a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StatementRef {
    /// The number of the policy in its set.
    pub policy: u32,
    /// The number of the statement in its policy.
    pub statement: u32,
}

impl PolicySet {
    /// Makes a set, with an index if there are many statements.
    pub fn new(policies: impl IntoIterator<Item = Arc<CompiledPolicy>>) -> Self {
        let policies: Arc<[_]> = policies.into_iter().collect();
        let statements: usize = policies.iter().map(|policy| policy.statements().len()).sum();
        let index = (statements > FEW).then(|| Arc::new(Index::new(&policies)));
        let mut keys: Vec<u64> = policies.iter().flat_map(|policy| policy.keys()).copied().collect();
        keys.sort_unstable();
        keys.dedup();
        let key_bits = keys.iter().fold(0, |bits, key| bits | bit_of(*key));
        let denies = policies.iter().flat_map(|policy| policy.statements()).any(|s| s.effect == Effect::Deny);
        Self { policies, keys: keys.into(), key_bits, denies, index }
    }

    /// The policies in their order.
    pub fn policies(&self) -> &[Arc<CompiledPolicy>] {
        &self.policies
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.policies.is_empty()
    }

    /// Whether any policy of the set reads this condition key.
    pub fn reads(&self, key: u64) -> bool {
        self.key_bits & bit_of(key) != 0 && self.keys.binary_search(&key).is_ok()
    }

    /// The bits of the keys that the policies read: what `bit_of` gives for a key that is read is among them.
    pub fn key_bits(&self) -> u64 {
        self.key_bits
    }

    /// Whether any policy of the set reads any condition key.
    pub fn reads_keys(&self) -> bool {
        !self.keys.is_empty()
    }

    /// Visits every statement of that effect whose action may cover the action, until `visit` says stop (true).
    /// A statement may come more than once, and in any order; whether its action does cover is for the visitor.
    pub fn any_candidate(
        &self,
        action: &ActionName<'_>,
        effect: Effect,
        visit: impl FnMut(StatementRef) -> bool,
    ) -> bool {
        if effect == Effect::Deny && !self.denies {
            return false;
        }
        match &self.index {
            Some(index) => index.any_candidate(action, effect, visit),
            None => self.any(effect, visit),
        }
    }

    /// Visits the statements of a small set. Plain loops: this is the whole of a decision where there is one policy.
    fn any(&self, effect: Effect, mut visit: impl FnMut(StatementRef) -> bool) -> bool {
        for (policy, compiled) in self.policies.iter().enumerate() {
            for (statement, compiled_statement) in compiled.statements().iter().enumerate() {
                let at = StatementRef { policy: policy as u32, statement: statement as u32 };
                if compiled_statement.effect == effect && visit(at) {
                    return true;
                }
            }
        }
        false
    }

    /// The statements whose action may cover the action, each once, in the order of the policies.
    pub fn candidates(&self, action: &ActionName<'_>) -> Vec<StatementRef> {
        let mut found = Vec::with_capacity(16);
        for effect in [Effect::Deny, Effect::Allow] {
            self.any_candidate(action, effect, |statement| {
                found.push(statement);
                false
            });
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// All statements of an effect in the order of the policies.
    pub fn all(&self, effect: Effect) -> impl Iterator<Item = StatementRef> {
        self.policies.iter().enumerate().flat_map(move |(policy, compiled)| {
            let statements = compiled.statements().iter().enumerate();
            let wanted = statements.filter(move |(_, statement)| statement.effect == effect);
            wanted.map(move |(statement, _)| StatementRef {
                policy: policy as u32,
                statement: statement as u32,
            })
        })
    }
}

/// The bit of a key in [`PolicySet::key_bits`].
pub fn bit_of(key: u64) -> u64 {
    1 << (key & 63)
}
