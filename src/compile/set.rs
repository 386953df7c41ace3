//! The policies that one layer consults together.

use std::sync::Arc;

use smallvec::SmallVec;

use super::CompiledPolicy;
use super::index::Index;
use crate::names::ActionName;
use crate::policy::Effect;

/// Up to how many action patterns a set is looked through without an index.
const FEW: usize = 8;

/// The policies attached in one place, in their order.
#[derive(Clone, Debug, Default)]
pub struct PolicySet {
    policies: Arc<[Arc<CompiledPolicy>]>,
    /// The hashes of all condition keys that the policies read, sorted.
    keys: Arc<[u64]>,
    /// A bit for each of those keys, by the low bits of the hash: most keys are told to be unread by one look.
    key_bits: u64,
    /// Whether any of them may be a tag of a resource, such as `ec2:ResourceTag/team`: most sets read none.
    reads_tags: bool,
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

/// A statement whose action element covers an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Covering {
    /// The statement.
    pub statement: StatementRef,
    /// The pattern of `Action` that covers it; `None` for a `NotAction`, none of whose patterns does.
    pub pattern: Option<u32>,
}

impl Covering {
    /// The place in the order of the policies as one number, which compares faster than its parts.
    fn order(&self) -> u64 {
        let StatementRef { policy, statement } = self.statement;
        u64::from(policy) << 32 | u64::from(statement)
    }
}

impl PolicySet {
    /// Makes a set. To be asked many times it wants an [index](Self::index).
    pub fn new(policies: impl IntoIterator<Item = Arc<CompiledPolicy>>) -> Self {
        let policies: Arc<[_]> = policies.into_iter().collect();
        let mut keys: Vec<u64> = policies.iter().flat_map(|policy| policy.keys()).copied().collect();
        keys.sort_unstable();
        keys.dedup();
        let key_bits = keys.iter().fold(0, |bits, key| bits | bit_of(*key));
        let denies = policies.iter().flat_map(|policy| policy.statements()).any(|s| s.effect == Effect::Deny);
        let reads_tags = policies.iter().any(|policy| policy.reads_tags());
        Self { policies, keys: keys.into(), key_bits, reads_tags, denies, index: None }
    }

    /// Adds the index that leads from an action to its statements, if there is much to look through. It costs
    /// about what looking through the policies twenty times costs, and changes no decision.
    pub fn index(&mut self) {
        let patterns: usize = self.policies.iter().map(|policy| policy.action_patterns()).sum();
        if self.index.is_none() && patterns > FEW {
            self.index = Some(Arc::new(Index::new(&self.policies)));
        }
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
    pub(crate) fn key_bits(&self) -> u64 {
        self.key_bits
    }

    /// Whether any policy of the set may read a tag of a resource, such as `ec2:ResourceTag/team`.
    pub fn reads_tags(&self) -> bool {
        self.reads_tags
    }

    /// The bytes that the index takes.
    pub fn index_memory(&self) -> usize {
        self.index.as_ref().map_or(0, |index| index.memory())
    }

    /// Visits every statement of that effect whose action element covers the action, until `visit` says stop
    /// (true). A statement may come more than once, and in any order.
    #[inline]
    pub fn any_covering(
        &self,
        action: &ActionName<'_>,
        effect: Effect,
        visit: impl FnMut(Covering) -> bool,
    ) -> bool {
        if effect == Effect::Deny && !self.denies {
            return false;
        }
        match &self.index {
            Some(index) => index.any_covering(&self.policies, action, effect, visit),
            None => self.any(action, effect, visit),
        }
    }

    /// Looks through all statements. Plain loops: this is the whole of a decision where there is one policy.
    #[inline(always)]
    fn any(&self, action: &ActionName<'_>, effect: Effect, mut visit: impl FnMut(Covering) -> bool) -> bool {
        for (policy, compiled) in self.policies.iter().enumerate() {
            for (statement, compiled_statement) in compiled.statements().iter().enumerate() {
                if compiled_statement.effect != effect {
                    continue;
                }
                let at = StatementRef { policy: policy as u32, statement: statement as u32 };
                let covering = compiled.action_pattern_of(compiled_statement, action);
                let found = match (compiled_statement.not_action, covering) {
                    (false, Some(pattern)) => Some(pattern as u32),
                    (true, None) => None,
                    (true, Some(_)) | (false, None) => continue,
                };
                if visit(Covering { statement: at, pattern: found }) {
                    return true;
                }
            }
        }
        false
    }

    /// The statements whose action element covers the action, each once with the first pattern that does, in the
    /// order of the policies.
    pub fn covering(&self, action: &ActionName<'_>) -> SmallVec<[Covering; 16]> {
        let mut found: SmallVec<[Covering; 16]> = SmallVec::new();
        for effect in [Effect::Deny, Effect::Allow] {
            self.any_covering(action, effect, |covering| {
                found.push(covering);
                false
            });
        }
        found.sort_unstable_by_key(Covering::order);
        found.dedup_by(|next, kept| {
            let same = next.statement == kept.statement;
            if same {
                kept.pattern = kept.pattern.min(next.pattern);
            }
            same
        });
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
pub(crate) fn bit_of(key: u64) -> u64 {
    1 << (key & 63)
}
