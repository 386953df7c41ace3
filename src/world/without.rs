//! Questions that leave a layer or a policy out: what would be if it were not there.

use std::sync::Arc;

use super::caller::Caller;
use super::level::Level;
use super::prepare::Prepared;
use crate::compile::PolicySet;
use crate::policy::Layer;

/// What a question leaves out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LeftOut {
    /// All policies of a layer.
    Layer(Layer),
    /// A policy by its name.
    Policy(Box<str>),
}

impl LeftOut {
    /// A layer by its word, else a policy by its name.
    pub fn read(word: &str) -> Self {
        Layer::parse(word).map_or_else(|| Self::Policy(word.into()), Self::Layer)
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
            LeftOut::Layer(Layer::Session) => self.session = None,
            LeftOut::Layer(Layer::ServiceControl) => self.scp.clear(),
            LeftOut::Layer(_) => {}
            LeftOut::Policy(name) => {
                let own = [&mut self.identity, &mut self.boundary, &mut self.session];
                let levels = own.into_iter().flatten().chain(&mut self.scp);
                return leave_out_of(levels, name);
            }
        }
        true
    }
}

impl Prepared<'_> {
    /// Leaves out of the resource's side; tells whether there was something to leave out.
    pub fn leave_out(&mut self, out: &LeftOut) -> bool {
        match out {
            LeftOut::Layer(Layer::ResourceControl) => self.rcp.clear(),
            LeftOut::Layer(Layer::VpcEndpoint) => self.endpoint = None,
            LeftOut::Layer(Layer::ResourceBased) => self.side.policies.clear(),
            LeftOut::Layer(_) => {}
            LeftOut::Policy(name) => {
                let side = self.side.policies.iter_mut().chain(&mut self.endpoint);
                return leave_out_of(side.chain(&mut self.rcp), name);
            }
        }
        true
    }
}

impl Level {
    /// Leaves out the policies of a name.
    fn leave_out(&mut self, name: &str) -> bool {
        let origins = Arc::clone(&self.origins);
        let stays: Vec<bool> = origins.iter().map(|origin| &*origin.name != name).collect();
        let incomplete: Vec<Box<str>> =
            self.incomplete.iter().filter(|own| ***own != *name).cloned().collect();
        let found = stays.contains(&false) || incomplete.len() < self.incomplete.len();
        let policies = self.set.policies().iter().zip(&stays).filter(|(_, stays)| **stays);
        self.set = PolicySet::new(policies.map(|(policy, _)| Arc::clone(policy)).collect::<Vec<_>>());
        self.origins =
            origins.iter().zip(&stays).filter(|(_, stays)| **stays).map(|(o, _)| o.clone()).collect();
        self.incomplete = incomplete.into();
        found
    }
}

/// Leaves the policies of a name out of every level.
fn leave_out_of<'l>(levels: impl Iterator<Item = &'l mut Level>, name: &str) -> bool {
    let mut found = false;
    for level in levels {
        found |= level.leave_out(name);
    }
    found
}
