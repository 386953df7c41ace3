//! Questions that leave a layer, a policy or a statement out: what would be if it were not there.

use std::fmt;
use std::sync::Arc;

use super::caller::Caller;
use super::level::Level;
use super::prepare::Prepared;
use crate::compile::{CompiledPolicy, PolicySet};
use crate::policy::Layer;

/// What a question leaves out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LeftOut {
    /// All policies of a layer.
    Layer(Layer),
    /// A policy by its name.
    Policy(Box<str>),
    /// A statement of a policy, by its number from 1 or by its Sid.
    Statement {
        /// The name of the policy.
        policy: Box<str>,
        /// The number or the Sid.
        statement: Box<str>,
    },
}

impl LeftOut {
    /// A layer by its word, a statement as `POLICY#STATEMENT`, else a policy by its name.
    pub fn read(word: &str) -> Self {
        if let Some(layer) = Layer::parse(word) {
            return Self::Layer(layer);
        }
        match word.rsplit_once('#').filter(|(policy, statement)| !policy.is_empty() && !statement.is_empty())
        {
            Some((policy, statement)) => {
                Self::Statement { policy: policy.into(), statement: statement.into() }
            }
            None => Self::Policy(word.into()),
        }
    }
}

impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Layer(layer) => f.write_str(layer.word()),
            Self::Policy(name) => f.write_str(name),
            Self::Statement { policy, statement } => write!(f, "{policy}#{statement}"),
        }
    }
}

impl Caller {
    /// Leaves out of the principal's side; tells whether there was something to leave out.
    pub fn leave_out(&mut self, out: &LeftOut) -> bool {
        match out {
            // Without a policy nothing is allowed; without the layer of those that only limit, nothing is limited.
            LeftOut::Layer(Layer::IdentityBased) => {
                self.identity = self.identity.take().map(|_| Level::default())
            }
            LeftOut::Layer(Layer::PermissionsBoundary) => {
                self.boundary = None;
                self.has_boundary = false;
            }
            LeftOut::Layer(Layer::Session) => self.session.clear(),
            LeftOut::Layer(Layer::ServiceControl) => self.scp.clear(),
            LeftOut::Layer(_) => {}
            LeftOut::Policy(_) | LeftOut::Statement { .. } => {
                return leave_out_of(self.levels_mut(), out);
            }
        }
        true
    }
}

impl Prepared<'_> {
    /// Leaves out of the resource's side; tells whether there was something to leave out.
    pub fn leave_out(&mut self, out: &LeftOut) -> bool {
        self.left_out.push(out.clone());
        match out {
            LeftOut::Layer(Layer::ResourceControl) => self.rcp.clear(),
            LeftOut::Layer(Layer::VpcEndpoint) => self.endpoint = None,
            LeftOut::Layer(Layer::ResourceBased) => self.side.policies.clear(),
            LeftOut::Layer(_) => {}
            LeftOut::Policy(_) | LeftOut::Statement { .. } => {
                let levels = self.side.policies.iter_mut().chain(&mut self.endpoint).chain(&mut self.rcp);
                return leave_out_of(levels, out);
            }
        }
        true
    }
}

impl Level {
    fn leave_out(&mut self, name: &str) -> bool {
        let before = self.origins.len() + self.incomplete.len();
        let policies = self.set.policies().iter().cloned().zip(self.origins.iter().cloned());
        let (policies, origins): (Vec<_>, Vec<_>) = policies.filter(|(_, o)| *o.name != *name).unzip();
        (self.set, self.origins) = (PolicySet::new(policies), origins.into());
        self.incomplete = self.incomplete.iter().filter(|own| ***own != *name).cloned().collect();
        self.origins.len() + self.incomplete.len() < before
    }

    /// Lets a statement apply to nothing, so that the others keep their numbers and places.
    fn silence(&mut self, policy: &str, statement: &str) -> bool {
        let mut policies = self.set.policies().to_vec();
        let mut found = false;
        let named = self.origins.iter().zip(&mut policies).filter(|(origin, _)| *origin.name == *policy);
        for (_, compiled) in named {
            let own = compiled.policy();
            if let Some(at) = own.statement_named(statement) {
                *compiled = Arc::new(CompiledPolicy::new(Arc::new(own.without(at))));
                found = true;
            }
        }
        self.set = PolicySet::new(policies);
        found
    }
}

/// Leaves a policy or a statement out of every level.
fn leave_out_of<'l>(levels: impl Iterator<Item = &'l mut Level>, out: &LeftOut) -> bool {
    let mut found = false;
    for level in levels {
        found |= match out {
            LeftOut::Layer(_) => false,
            LeftOut::Policy(name) => level.leave_out(name),
            LeftOut::Statement { policy, statement } => level.silence(policy, statement),
        };
    }
    found
}
