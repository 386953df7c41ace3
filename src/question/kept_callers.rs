//! Principals that ask again and again, each prepared once.

use std::collections::HashMap;

use crate::world::{Caller, GivenPolicies, Principal, World};

/// How many principals are kept prepared at a time.
const MOST: usize = 4096;

/// After how many questions a principal is worth its indexes.
const WORTH_AN_INDEX: u64 = 16;

/// The callers of a world that have asked before, by the text that names them. Each thread has its own.
#[derive(Debug)]
pub struct KeptCallers<'w> {
    /// The world that they ask in.
    pub world: &'w World,
    kept: HashMap<Box<str>, KeptCaller>,
}

/// A principal that is kept, and how often it has asked.
#[derive(Debug)]
struct KeptCaller {
    caller: Caller,
    asked: u64,
}

impl<'w> KeptCallers<'w> {
    /// Those of a world; none yet.
    pub fn of(world: &'w World) -> Self {
        Self { world, kept: HashMap::new() }
    }

    /// The caller that a text names; `principal` reads the text where it is new.
    ///
    /// # Errors
    /// Where the text names nobody.
    pub fn caller<E>(
        &mut self,
        named: &str,
        principal: impl FnOnce() -> Result<Principal, E>,
    ) -> Result<&Caller, E> {
        self.caller_given(named, &GivenPolicies::default(), principal)
    }

    /// The same, of one who has these policies, the same each time.
    ///
    /// # Errors
    /// Where the text names nobody.
    pub fn caller_given<E>(
        &mut self,
        named: &str,
        given: &GivenPolicies,
        principal: impl FnOnce() -> Result<Principal, E>,
    ) -> Result<&Caller, E> {
        if let Some(kept) = self.kept.get_mut(named) {
            kept.asked += 1;
            if kept.asked == WORTH_AN_INDEX {
                kept.caller.index();
            }
        } else {
            if self.kept.len() >= MOST {
                self.kept.clear();
            }
            let caller = self.world.caller(&principal()?, given);
            self.kept.insert(named.into(), KeptCaller { caller, asked: 1 });
        }
        Ok(&self.kept[named].caller)
    }
}
