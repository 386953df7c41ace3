//! What tests made of mutants.

use std::collections::BTreeMap;

use super::PolicyKey;
use super::gap::percent;
use crate::source::Place;

/// A mutant of a policy, and whether it was noticed.
#[derive(Clone, Debug)]
pub struct Mutated {
    /// The policy that was changed.
    pub policy: PolicyKey,
    /// The number of the mutant among those of its policy.
    pub number: usize,
    /// The statement that was changed: `Deny statement 3 of NoDelete`.
    pub statement: String,
    /// The place that was changed.
    pub place: Place,
    /// The change: `drop the statement`.
    pub change: String,
    /// Whether an expectation fails.
    pub noticed: bool,
    /// If none does, an expectation that holds, and that would fail.
    pub witness: WouldNotice,
}

/// An expectation that would notice a mutant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum WouldNotice {
    /// None was looked for: another one notices it, or the work for that was used up.
    #[default]
    NotSought,
    /// None was found: the change may make no difference.
    NotFound,
    /// There is none about access: every request of everybody is decided alike.
    Equivalent,
    /// This one.
    Found(String),
}

impl WouldNotice {
    /// Of what two scripts found, what says more.
    fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Found(own), _) | (_, Self::Found(own)) => Self::Found(own),
            // What makes no difference in one script may make one in another.
            (Self::NotFound, _) | (_, Self::NotFound) => Self::NotFound,
            (Self::NotSought, other) => other,
            (own, _) => own,
        }
    }
}

/// How far the statements of a policy were gone through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TriedStatements {
    /// How many were changed in every way.
    pub tried: usize,
    /// How many there are.
    pub all: usize,
}

/// What one script made of the mutants of its policies, as far as the work that is done for it went.
#[derive(Clone, Debug, Default)]
pub struct TriedMutants {
    /// Those that were tried.
    pub mutants: Vec<Mutated>,
    /// How many statements of each policy were tried.
    pub statements: Vec<(PolicyKey, TriedStatements)>,
}

/// What all scripts together made of the mutants of their policies.
#[derive(Clone, Debug, Default)]
pub struct Mutation {
    mutants: BTreeMap<(PolicyKey, usize), Mutated>,
    statements: BTreeMap<PolicyKey, TriedStatements>,
}

impl Mutation {
    /// Adds what one script made of the mutants; whoever notices one does so for all, and what one did not try another
    /// may have noticed.
    pub fn add(&mut self, found: TriedMutants) {
        for (key, statements) in found.statements {
            let own = self.statements.entry(key).or_insert(statements);
            own.tried = own.tried.min(statements.tried);
        }
        for mutated in found.mutants {
            let key = (mutated.policy.clone(), mutated.number);
            match self.mutants.get_mut(&key) {
                Some(own) => {
                    own.noticed |= mutated.noticed;
                    own.witness = std::mem::take(&mut own.witness).or(mutated.witness);
                }
                None => drop(self.mutants.insert(key, mutated)),
            }
        }
    }

    /// The mutants that nobody noticed, though they make a difference.
    pub fn unnoticed(&self) -> impl Iterator<Item = (&Mutated, &str)> {
        let open = self.mutants.values().filter(|mutated| !mutated.noticed);
        open.filter_map(|mutated| match &mutated.witness {
            WouldNotice::Found(witness) => Some((mutated, witness.as_str())),
            WouldNotice::NotFound | WouldNotice::NotSought | WouldNotice::Equivalent => None,
        })
    }

    /// The mutants that were noticed.
    pub fn noticed(&self) -> usize {
        self.mutants.values().filter(|mutated| mutated.noticed).count()
    }

    /// The mutants that nobody noticed, and for which no question was found that tells them from the original.
    pub fn alike(&self) -> usize {
        self.without_witness(&WouldNotice::NotFound)
    }

    /// The mutants of which it is proved that they make no difference: every request is decided alike.
    pub fn equivalent(&self) -> usize {
        self.without_witness(&WouldNotice::Equivalent)
    }

    /// The mutants that nobody noticed, and for which no question was looked for, as the work for that was used up.
    pub fn unsought(&self) -> usize {
        self.without_witness(&WouldNotice::NotSought)
    }

    fn without_witness(&self, why: &WouldNotice) -> usize {
        self.mutants.values().filter(|mutated| !mutated.noticed && mutated.witness == *why).count()
    }

    /// How many statements were tried, where it is not all of them: of the others nothing is known.
    pub fn unfinished(&self) -> Option<TriedStatements> {
        let sum = |count: fn(&TriedStatements) -> usize| self.statements.values().map(count).sum();
        let statements = TriedStatements { tried: sum(|own| own.tried), all: sum(|own| own.all) };
        (statements.tried < statements.all).then_some(statements)
    }

    /// How many mutants make a difference: those for which no question was looked for count as if they did, so that what
    /// was not done makes nothing look better tested than it is.
    pub fn telling(&self) -> usize {
        self.noticed() + self.unnoticed().count() + self.unsought()
    }

    /// The percentage of the mutants that make a difference and were noticed; all of nothing is 100.
    pub fn percent(&self) -> f64 {
        percent((self.noticed(), self.telling()))
    }
}
