//! Organizations: accounts in organizational units, with policies at every level (D7, E25).

use std::sync::Arc;

use super::document::ManagedPolicy;
use super::resource::PublicAccessBlock;
use super::shared_map::SharedMap;
use crate::names::AccountId;
use crate::policy::PolicyType;

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
    pub units: SharedMap<Arc<str>, Arc<OrganizationalUnit>>,
    /// The member accounts and the management account, each with the unit that it is in; `None` = directly
    /// under the organization root.
    pub accounts: SharedMap<AccountId, Option<Box<str>>>,
    /// What is directly in what: the units and the accounts by the node that they are in.
    pub(super) children: SharedMap<Arc<(Node, Node)>, ()>,
    /// Its SCPs.
    pub scps: ControlPolicies,
    /// Its RCPs.
    pub rcps: ControlPolicies,
    /// Delegated administrators: account and service.
    pub delegated: SharedMap<(AccountId, Box<str>), ()>,
    /// The accounts that are invited, each with the id of its invitation.
    pub invited: SharedMap<AccountId, Box<str>>,
    /// Central management of root credentials (E8); `None` = never switched, which counts as on.
    pub root_credentials: Option<bool>,
    /// Privileged root sessions (E8); `None` = never switched, which counts as on.
    pub root_sessions: Option<bool>,
    /// S3 Block Public Access of the accounts below a node, as an `S3_POLICY` attached there sets it (D36, I25).
    pub public_access_blocks: SharedMap<Node, PublicAccessBlock>,
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

/// The kinds of policy that an organization has: they control its accounts, and allow nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ControlKind {
    /// Service control policies.
    Scp,
    /// Resource control policies.
    Rcp,
}

/// The policies of an organization of one kind.
#[derive(Clone, Debug, Default)]
pub struct ControlPolicies {
    /// The policies by name. FullAWSAccess is always among the SCPs; RCPFullAWSAccess, which is attached everywhere, is
    /// not listed.
    pub policies: SharedMap<Arc<str>, Arc<ManagedPolicy>>,
    /// The names of those attached to a node, in the order of attaching.
    pub attached: SharedMap<Node, Vec<Box<str>>>,
    /// The same from the other side: names, and what they are attached to.
    holders: SharedMap<(Box<str>, Node), ()>,
}

impl ControlPolicies {
    /// Policies of which none is attached to anything.
    pub(super) fn unattached(policies: SharedMap<Arc<str>, Arc<ManagedPolicy>>) -> Self {
        Self { policies, ..Self::default() }
    }

    /// What a policy of that name is attached to: the root, then units, then accounts.
    pub fn holders(&self, name: &str) -> impl Iterator<Item = &Node> {
        let start = (name.into(), Node::Root);
        let from = self.holders.iter_from(&start).map(|(key, ())| key);
        from.take_while(move |(other, _)| *other == start.0).map(|(_, node)| node)
    }

    /// Attaches a policy to a node that does not have it.
    pub(super) fn attach(&mut self, name: &str, node: Node) {
        let mut names = self.attached.get(&node).cloned().unwrap_or_default();
        names.push(name.into());
        self.holders.insert((name.into(), node.clone()), ());
        self.attached.insert(node, names);
    }

    /// Takes a policy away from a node.
    pub(super) fn detach(&mut self, name: &str, node: &Node) {
        self.holders.remove(&(name.into(), node.clone()));
        if let Some(names) = self.attached.get_mut(node) {
            names.retain(|held| **held != *name);
        }
    }

    /// Takes all policies away from a node.
    pub(super) fn forget(&mut self, node: &Node) {
        for name in self.attached.remove(node).into_iter().flatten() {
            self.holders.remove(&(name, node.clone()));
        }
    }
}

impl ControlKind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Scp, Self::Rcp];

    /// `SCP` or `RCP`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Scp => "SCP",
            Self::Rcp => "RCP",
        }
    }

    /// The word in statements.
    pub fn keyword(self) -> &'static str {
        match self {
            Self::Scp => "scp",
            Self::Rcp => "rcp",
        }
    }

    /// What AWS Organizations calls it.
    pub fn aws_name(self) -> &'static str {
        match self {
            Self::Scp => "SERVICE_CONTROL_POLICY",
            Self::Rcp => "RESOURCE_CONTROL_POLICY",
        }
    }

    /// The name of the policy of AWS that denies nothing (A51, A53).
    pub fn full_access(self) -> &'static str {
        match self {
            Self::Scp => "FullAWSAccess",
            Self::Rcp => "RCPFullAWSAccess",
        }
    }

    /// What its documents are.
    pub fn policy_type(self) -> PolicyType {
        match self {
            Self::Scp => PolicyType::ServiceControl,
            Self::Rcp => PolicyType::ResourceControl,
        }
    }
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

    /// Whether an account is registered as a delegated administrator of any service.
    pub fn is_delegated(&self, account: AccountId) -> bool {
        self.services_delegated_to(account).next().is_some()
    }

    /// The services of which an account is a delegated administrator.
    fn services_delegated_to(&self, account: AccountId) -> impl Iterator<Item = &str> {
        let from = self.delegated.iter_from(&(account, "".into())).map(|(key, ())| key);
        from.take_while(move |(own, _)| *own == account).map(|(_, service)| &**service)
    }

    /// The account that administers a service: the delegated administrator, if there is one, or the management account.
    pub fn administrator_of(&self, service: &str) -> AccountId {
        let delegated = self.delegated.keys().find(|(_, own)| &**own == service);
        delegated.map_or(self.management, |(account, _)| *account)
    }

    /// Makes an account the delegated administrator of nothing.
    pub(super) fn end_delegations(&mut self, account: AccountId) {
        let services: Vec<Box<str>> = self.services_delegated_to(account).map(Into::into).collect();
        for service in services {
            self.delegated.remove(&(account, service));
        }
    }

    /// The ARN of the organization, on which its delegation policy stands (I17).
    pub fn arn(&self) -> String {
        format!("arn:aws:organizations::{}:organization/{}", self.management, self.id)
    }

    /// Whether an account manages the root users of members, with AssumeRoot: the management account, or the delegated
    /// administrator of IAM (E8).
    pub fn manages_root(&self, account: AccountId) -> bool {
        let of_iam = (account, "iam.amazonaws.com".into());
        account == self.management || self.delegated.contains_key(&of_iam)
    }

    /// The SCPs or the RCPs.
    pub fn controls(&self, kind: ControlKind) -> &ControlPolicies {
        match kind {
            ControlKind::Scp => &self.scps,
            ControlKind::Rcp => &self.rcps,
        }
    }

    /// The SCPs or the RCPs, to be changed.
    pub(super) fn controls_mut(&mut self, kind: ControlKind) -> &mut ControlPolicies {
        match kind {
            ControlKind::Scp => &mut self.scps,
            ControlKind::Rcp => &mut self.rcps,
        }
    }

    /// Whether a name is an SCP's or an RCP's.
    pub(super) fn control_kind(&self, name: &str) -> Option<ControlKind> {
        ControlKind::ALL.into_iter().find(|kind| self.controls(*kind).policies.contains_key(name))
    }

    /// All SCPs, then all RCPs.
    pub fn control_policies(&self) -> impl Iterator<Item = (ControlKind, &Arc<ManagedPolicy>)> {
        let own = |kind| self.controls(kind).policies.values().map(move |policy| (kind, policy));
        ControlKind::ALL.into_iter().flat_map(own)
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

    /// S3 Block Public Access that is set for an account, at the root, at one of its units or at the account itself: the
    /// most restrictive (D36, I25).
    pub fn public_access_block(&self, account: AccountId) -> PublicAccessBlock {
        if self.public_access_blocks.is_empty() {
            return PublicAccessBlock::default();
        }
        let path = self.path_to(account);
        let own = path.iter().filter_map(|node| self.public_access_blocks.get(node));
        own.fold(PublicAccessBlock::default(), |all, one| all.or(*one))
    }

    /// The value of `aws:PrincipalOrgPaths`: `o-id/r-id/ou-a/ou-b/`.
    pub fn org_path(&self, account: AccountId) -> String {
        let units = self.units_of(account);
        let units: String = units.iter().rev().map(|unit| format!("{}/", unit.id)).collect();
        format!("{}/{}/{units}", self.id, self.root_id)
    }

    /// The units that an account is in, innermost first.
    fn units_of(&self, account: AccountId) -> Vec<&Arc<OrganizationalUnit>> {
        let first = self.accounts.get(&account).and_then(Option::as_ref);
        let first = first.and_then(|name| self.units.get(&**name));
        let up =
            |unit: &&Arc<OrganizationalUnit>| unit.parent.as_ref().and_then(|name| self.units.get(&**name));
        // A unit's parent exists before it does, so the chain ends; the bound is for the reader.
        std::iter::successors(first, up).take(self.units.len()).collect()
    }
}
