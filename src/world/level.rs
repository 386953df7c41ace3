//! The policies of one level of a layer, with where each comes from.

use std::sync::Arc;

use super::document::{Document, ManagedPolicy};
use super::request::NamedDocument;
use crate::compile::{CompiledPolicy, PolicySet};

/// What is consulted together: the SCPs of one organizational unit, the identity-based policies of a user.
#[derive(Clone, Debug, Default)]
pub struct Level {
    /// Where the policies are attached, for people: `ou Prod`; empty for layers of one level.
    pub name: Box<str>,
    /// The policies.
    pub set: PolicySet,
    /// Where each policy of the set comes from, in the same order.
    pub origins: Arc<[Origin]>,
    /// The names of policies that belong here and could not be consulted.
    pub incomplete: Arc<[Box<str>]>,
    /// The ARN that the request's resource has for these policies, where it is another: the object in the bucket
    /// behind an access point (D45).
    pub resource: Option<Box<str>>,
}

/// Where a policy comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// Its name.
    pub name: Box<str>,
    /// Its ARN, where it has one (G3).
    pub arn: Option<Box<str>>,
    /// The group through which it reaches the user (D13).
    pub group: Option<Box<str>>,
    /// What the ARNs in the policy meant when it was saved: ARN and unique id (A31).
    pub ids: Arc<[(Box<str>, Box<str>)]>,
}

/// Collects the policies of a level.
#[derive(Default)]
pub(super) struct LevelBuilder {
    name: Box<str>,
    policies: Vec<Arc<CompiledPolicy>>,
    origins: Vec<Origin>,
    incomplete: Vec<Box<str>>,
}

impl Level {
    /// A level of the policies given with a request.
    pub fn of_given(documents: &[NamedDocument]) -> Self {
        let mut level = LevelBuilder::new("");
        for given in documents {
            level.add(&given.document, Origin { name: given.name.clone(), ..Origin::default() });
        }
        level.build()
    }

    pub(super) fn of_one(document: &Document, name: &str, ids: &Arc<[(Box<str>, Box<str>)]>) -> Self {
        let mut level = LevelBuilder::new("");
        level.add_saved(document, name, ids);
        level.build()
    }

    /// What the ARNs in a policy of the level meant when it was saved (A31).
    pub fn ids(&self, policy: u32) -> &[(Box<str>, Box<str>)] {
        self.origins.get(policy as usize).map(|origin| &*origin.ids).unwrap_or_default()
    }
}

impl LevelBuilder {
    pub(super) fn new(name: impl Into<Box<str>>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    pub(super) fn add(&mut self, document: &Document, origin: Origin) {
        match document.compiled() {
            Some(compiled) => {
                self.policies.push(Arc::clone(compiled));
                self.origins.push(origin);
            }
            None => self.incomplete.push(origin.name),
        }
    }

    /// A document of which is known what its ARNs meant.
    pub(super) fn add_saved(&mut self, document: &Document, name: &str, ids: &Arc<[(Box<str>, Box<str>)]>) {
        self.add(document, Origin { name: name.into(), ids: Arc::clone(ids), ..Origin::default() });
    }

    pub(super) fn add_managed(&mut self, policy: &ManagedPolicy, group: Option<&str>) {
        let (name, arn) = (policy.name.clone(), Some(policy.arn.clone()));
        let origin = Origin { name, arn, group: group.map(Into::into), ..Origin::default() };
        self.add(policy.document(), origin);
    }

    pub(super) fn add_missing(&mut self, name: &str) {
        self.incomplete.push(name.into());
    }

    pub(super) fn build(self) -> Level {
        Level {
            name: self.name,
            set: PolicySet::new(self.policies),
            origins: self.origins.into(),
            incomplete: self.incomplete.into(),
            resource: None,
        }
    }
}
