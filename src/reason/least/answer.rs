//! What is asked for and what comes of it.

use std::sync::Arc;

use super::narrowed::Narrowing;
use crate::policy::{Policy, Token};
use crate::question::Question;
use crate::reason::anybody::{Anybody, made};
use crate::reason::check::{Check, CheckKind, CheckVerdict};
use crate::source::Place;
use crate::world::{GivenPolicies, NamedDocument, World, WorldError};

/// A request that is to stay allowed, and the world in which it is asked.
#[derive(Clone, Debug)]
pub struct KeptRequest {
    /// The request.
    pub question: Question,
    /// The world.
    pub world: Arc<World>,
}

impl KeptRequest {
    /// Whether it is allowed to whoever has this policy alone, beside what else stands in the world.
    pub(super) fn is_allowed(&self, policy: Option<&NamedDocument>) -> Result<bool, WorldError> {
        let mut question = self.question.clone();
        let mut given: GivenPolicies = (*question.assumptions.policies).clone();
        given.identity = Some(policy.into_iter().cloned().collect());
        question.assumptions.policies = Arc::new(given);
        Ok(question.ask(&self.world)?.decision.is_allowed())
    }
}

/// A statement that allows more than is needed.
#[derive(Clone, Debug)]
pub struct NarrowedStatement {
    /// Its number in the policy as it was.
    pub statement: usize,
    /// What it said: its actions and resources.
    pub was: String,
    /// What is left of it, in one statement or several; none where no request needs it.
    pub left: Vec<String>,
}

/// The smallest patterns that keep some requests allowed.
#[derive(Clone, Debug)]
pub struct LeastPrivilege {
    /// The policy as it was.
    pub policy: Arc<Policy>,
    /// The statements that allow more than is needed, in the order of the text.
    pub narrowed: Vec<NarrowedStatement>,
    /// The policy that allows no more, as it is printed.
    pub least: String,
    /// How many requests stay allowed.
    pub kept: usize,
    /// Those that the policy does not allow.
    pub left_out: Vec<Question>,
    /// That nothing is allowed that was not.
    pub check: Check,
}

impl LeastPrivilege {
    /// Whether the policy allows no more than is needed, as far as that was found out.
    pub fn verdict(&self) -> CheckVerdict {
        match (self.narrowed.is_empty(), self.check.verdict()) {
            (true, _) => CheckVerdict::Holds,
            (false, CheckVerdict::Holds) => CheckVerdict::Fails,
            (false, _) => CheckVerdict::Unknown,
        }
    }

    /// Where a statement stands.
    pub fn place(&self, narrowed: &NarrowedStatement) -> Place {
        self.policy.place(narrowed.statement, Token::Statement)
    }
}

impl Anybody<'_> {
    /// Makes the patterns of an identity-based policy as small as these requests let it; `None` of one that cannot be
    /// read.
    ///
    /// # Errors
    /// If a request cannot be asked.
    pub fn least_privilege(
        &self,
        policy: &NamedDocument,
        requests: &[KeptRequest],
    ) -> Result<Option<LeastPrivilege>, WorldError> {
        let Some(compiled) = policy.document.compiled() else { return Ok(None) };
        let (mut kept, mut left_out) = (Vec::new(), Vec::new());
        for request in requests {
            match request.is_allowed(Some(policy))? {
                true => kept.push(request),
                false => left_out.push(request.question.clone()),
            }
        }
        let mut narrowing = Narrowing::new(compiled.policy(), &kept, self.world.catalog());
        narrowing.run()?;
        let text = narrowing.text();
        let least = made(&policy.name, text.clone());
        let printed = least.document.compiled().map_or(text, |compiled| compiled.policy().print());
        let difference = self.difference([vec![policy.clone()], vec![least]]);
        Ok(Some(LeastPrivilege {
            policy: Arc::clone(compiled.policy()),
            narrowed: narrowing.into_narrowed(),
            least: printed,
            kept: kept.len(),
            left_out,
            check: Check::new(CheckKind::NoNewAccess, difference),
        }))
    }
}
