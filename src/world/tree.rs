//! The tree of an organization: units in units, accounts in units.
//!
//! INVARIANT: units and accounts come and go here only, so that what lies in a node is known without a look at all.

use std::sync::Arc;

use super::organization::{Node, Organization, OrganizationalUnit};
use crate::names::AccountId;

/// The node that a unit or an account is in, by the name of its unit.
fn node_of(place: Option<&str>) -> Node {
    place.map_or(Node::Root, |name| Node::Unit(name.into()))
}

impl Organization {
    /// The unit or root that something is in; nothing for the root.
    pub fn parent_of(&self, node: &Node) -> Option<Node> {
        match node {
            Node::Root => None,
            Node::Unit(name) => self.units.get(&**name).map(|unit| node_of(unit.parent.as_deref())),
            Node::Account(id) => self.accounts.get(id).map(|place| node_of(place.as_deref())),
        }
    }

    /// The units, then the accounts, that are directly in a unit or the root.
    pub fn inside(&self, parent: &Node) -> impl Iterator<Item = &Node> {
        let from = self.children.iter_from(&(parent.clone(), Node::Root));
        let parent = parent.clone();
        from.map(|(pair, ())| pair).take_while(move |pair| pair.0 == parent).map(|pair| &pair.1)
    }

    /// Adds a unit.
    pub(super) fn add_unit(&mut self, unit: OrganizationalUnit) {
        let node = Node::Unit(unit.name.clone());
        self.children.insert((node_of(unit.parent.as_deref()), node), ());
        self.units.insert(unit.name.clone(), Arc::new(unit));
    }

    /// Takes a unit away.
    pub(super) fn remove_unit(&mut self, name: &str) {
        let unit = self.units.remove(name);
        unit.map(|unit| self.children.remove(&(node_of(unit.parent.as_deref()), Node::Unit(name.into()))));
    }

    /// Puts an account into a unit or directly under the root, wherever it was.
    pub(super) fn place_account(&mut self, account: AccountId, place: Option<Box<str>>) {
        self.remove_account(account);
        self.children.insert((node_of(place.as_deref()), Node::Account(account)), ());
        self.accounts.insert(account, place);
    }

    /// Takes an account away.
    pub(super) fn remove_account(&mut self, account: AccountId) {
        let place = self.accounts.remove(&account);
        place.map(|place| self.children.remove(&(node_of(place.as_deref()), Node::Account(account))));
    }
}
