//! Organizations: accounts in organizational units, with policies at every level (D7, E25).

use std::collections::BTreeMap;
use std::sync::Arc;

use super::document::ManagedPolicy;
use super::resource::PublicAccessBlock;
use crate::names::AccountId;

/// An organization.
#[derive(Clone, Debug)]
pub struct Organization {
    /// `o-…`
    pub id: Box<str>,
    /// `r-…`
    pub root_id: Box<str>,
    /// The management account; SCPs and RCPs never bind it (D4, D6).
    pub management: AccountId,
    /// Organizational units by name.
    pub units: BTreeMap<Box<str>, OrganizationalUnit>,
    /// The member accounts and the management account, each with the unit that it is in; `None` = directly
    /// under the organization root.
    pub accounts: BTreeMap<AccountId, Option<Box<str>>>,
    /// SCPs by name; FullAWSAccess is always among them.
    pub scps: BTreeMap<Box<str>, Arc<ManagedPolicy>>,
    /// RCPs by name; RCPFullAWSAccess is attached everywhere without being listed.
    pub rcps: BTreeMap<Box<str>, Arc<ManagedPolicy>>,
    /// The names of the SCPs attached to a node, in the order of attaching.
    pub attached_scps: BTreeMap<Node, Vec<Box<str>>>,
    /// The names of the RCPs attached to a node.
    pub attached_rcps: BTreeMap<Node, Vec<Box<str>>>,
    /// Delegated administrators: service and account.
    pub delegated: Vec<(Box<str>, AccountId)>,
    /// Central management of root credentials (E8); `None` = never switched, which counts as on.
    pub root_credentials: Option<bool>,
    /// Privileged root sessions (E8); `None` = never switched, which counts as on.
    pub root_sessions: Option<bool>,
    /// S3 Block Public Access of all its accounts (D36).
    pub public_access_block: PublicAccessBlock,
}

/// An organizational unit.
#[derive(Clone, Debug)]
pub struct OrganizationalUnit {
    /// `ou-…`
    pub id: Box<str>,
    /// The name.
    pub name: Box<str>,
    /// The unit that it is in; `None` = directly under the organization root.
    pub parent: Option<Box<str>>,
}

/// What SCPs and RCPs are attached to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Node {
    /// The organization root.
    Root,
    /// A unit by name.
    Unit(Box<str>),
    /// An account.
    Account(AccountId),
}

impl Organization {
    /// Whether an account belongs to the organization.
    pub fn has(&self, account: AccountId) -> bool {
        self.accounts.contains_key(&account)
    }

    /// Whether SCPs and RCPs bind an account: a member that is not the management account.
    pub fn binds(&self, account: AccountId) -> bool {
        self.has(account) && account != self.management
    }

    /// The names of what is attached to nodes: `SCP`s, or RCPs.
    pub(super) fn attached(&self, kind: &str) -> &BTreeMap<Node, Vec<Box<str>>> {
        if kind == "SCP" { &self.attached_scps } else { &self.attached_rcps }
    }

    /// The names of what is attached to nodes, `SCP`s or RCPs, to be changed.
    pub(super) fn attached_mut(&mut self, kind: &str) -> &mut BTreeMap<Node, Vec<Box<str>>> {
        if kind == "SCP" { &mut self.attached_scps } else { &mut self.attached_rcps }
    }

    /// The feature of central root access that a task of AssumeRoot needs (E8), with whether it is on: to unlock a
    /// policy is a privileged session, all else is about root credentials.
    pub fn root_feature(&self, task: &str) -> (&'static str, Option<bool>) {
        match task.contains("Unlock") {
            true => ("sessions", self.root_sessions),
            false => ("credentials", self.root_credentials),
        }
    }

    /// The feature that is switched off and that AssumeRoot cannot do without, for this task or for any.
    pub fn missing_root_feature(&self, task: Option<&str>) -> Option<&'static str> {
        let is_off = |(feature, on): (&'static str, Option<bool>)| (on == Some(false)).then_some(feature);
        match task {
            Some(task) => is_off(self.root_feature(task)),
            None => is_off(("credentials", self.root_credentials))
                .and_then(|_| is_off(("sessions", self.root_sessions))),
        }
    }

    /// The nodes from the organization root down to an account.
    pub fn path_to(&self, account: AccountId) -> Vec<Node> {
        let mut nodes = vec![Node::Account(account)];
        nodes.extend(self.units_of(account).into_iter().map(|unit| Node::Unit(unit.name.clone())));
        nodes.push(Node::Root);
        nodes.reverse();
        nodes
    }

    /// The value of `aws:PrincipalOrgPaths`: `o-id/r-id/ou-a/ou-b/`.
    pub fn org_path(&self, account: AccountId) -> String {
        let units = self.units_of(account);
        let units: String = units.iter().rev().map(|unit| format!("{}/", unit.id)).collect();
        format!("{}/{}/{units}", self.id, self.root_id)
    }

    /// The units that an account is in, innermost first.
    fn units_of(&self, account: AccountId) -> Vec<&OrganizationalUnit> {
        let first = self.accounts.get(&account).and_then(Option::as_ref);
        let first = first.and_then(|name| self.units.get(name));
        let up = |unit: &&OrganizationalUnit| unit.parent.as_ref().and_then(|name| self.units.get(name));
        // A unit's parent exists before it does, so the chain ends; the bound is for the reader.
        std::iter::successors(first, up).take(self.units.len()).collect()
    }
}
