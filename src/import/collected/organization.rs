//! The outputs of `aws organizations`.

use std::collections::{BTreeMap, BTreeSet};

use super::has_list;
use crate::import::{document, entry};
use crate::names::AccountId;
use crate::policy::PolicyType;
use crate::source::Diagnostic;
use crate::syntax::json::{Cursor, Kind};
use crate::world::{AccountSetting, Change, ControlKind, Document, OrganizationChange, Target};

/// The SCP that AWS attaches to everything.
const FULL_ACCESS: &str = "FullAWSAccess";

/// What the outputs tell of an organization.
#[derive(Debug, Default)]
pub(super) struct CollectedOrganization {
    id: Option<Box<str>>,
    management: Option<AccountId>,
    accounts: BTreeMap<AccountId, MemberAccount>,
    /// Units by id.
    units: BTreeMap<Box<str>, CollectedUnit>,
    /// SCPs and RCPs by id.
    policies: BTreeMap<Box<str>, ControlPolicy>,
    /// The ids of what a policy is attached to, by the id of the policy.
    targets: BTreeMap<Box<str>, BTreeSet<Box<str>>>,
    delegations: Vec<(AccountId, Box<str>)>,
    /// Central root access: whether it is for sessions.
    root_access: Vec<bool>,
}

#[derive(Debug, Default)]
struct MemberAccount {
    name: Box<str>,
    email: Box<str>,
    /// The id of the unit or root that it is in.
    parent: Option<Box<str>>,
}

#[derive(Debug)]
struct CollectedUnit {
    name: Box<str>,
    parent: Option<Box<str>>,
}

#[derive(Debug)]
struct ControlPolicy {
    name: Box<str>,
    kind: ControlKind,
    document: Document,
    finding: Option<Diagnostic>,
}

impl CollectedOrganization {
    /// Takes an output, if it is one of an organization; the kind of it.
    pub(super) fn take(&mut self, root: Cursor<'_>) -> Option<&'static str> {
        if let Some(organization) = root.member("Organization") {
            self.id = entry::text(organization, "Id");
            self.management =
                entry::text(organization, "MasterAccountId").and_then(|id| AccountId::parse(&id));
            return Some("organizations");
        }
        if has_list(root, "Roots") {
            return Some("organization roots");
        }
        if has_list(root, "OrganizationalUnits") {
            entry::list(root, "OrganizationalUnits").for_each(|unit| self.unit(unit, root));
            return Some("lists of units");
        }
        if has_list(root, "Accounts") {
            entry::list(root, "Accounts").for_each(|account| self.account(account, root));
            return Some("lists of accounts");
        }
        if let Some(policy) = root.member("Policy").filter(|policy| policy.kind() == Kind::Object) {
            self.policy(policy)?;
            return Some("SCPs and RCPs");
        }
        if has_list(root, "Targets") {
            let policy = entry::text(root, "PolicyId")?;
            let targets = entry::list(root, "Targets").filter_map(|target| entry::text(target, "TargetId"));
            self.targets.entry(policy).or_default().extend(targets);
            return Some("lists of what a policy is attached to");
        }
        if has_list(root, "DelegatedServices") {
            let account = entry::text(root, "AccountId").and_then(|id| AccountId::parse(&id))?;
            let services = entry::list(root, "DelegatedServices");
            let services = services.filter_map(|service| entry::text(service, "ServicePrincipal"));
            self.delegations.extend(services.map(|service| (account, service)));
            return Some("delegations");
        }
        if has_list(root, "EnabledFeatures") {
            let features: Vec<_> = entry::list(root, "EnabledFeatures").filter_map(Cursor::string).collect();
            self.root_access.extend(features.iter().map(|feature| feature == "RootSessions"));
            return Some("settings of central root access");
        }
        let passed_over = ["Policies", "DelegatedAdministrators", "EnabledServicePrincipals"];
        passed_over.iter().any(|list| has_list(root, list)).then_some("lists that say nothing more")
    }

    /// A unit; its parent stands in its path, or around the list.
    fn unit(&mut self, unit: Cursor<'_>, list: Cursor<'_>) {
        let (Some(id), Some(name)) = (entry::text(unit, "Id"), entry::text(unit, "Name")) else { return };
        let parent = entry::text(list, "ParentId").or_else(|| parent_in(&entry::text(unit, "Path")?));
        self.units.insert(id, CollectedUnit { name, parent });
    }

    fn account(&mut self, account: Cursor<'_>, list: Cursor<'_>) {
        let Some(id) = entry::text(account, "Id").and_then(|id| AccountId::parse(&id)) else { return };
        let path = entry::list(account, "Paths").next().and_then(Cursor::string);
        let parent = entry::text(list, "ParentId").or_else(|| parent_in(&path?));
        let known = self.accounts.entry(id).or_default();
        known.parent = parent.or(known.parent.take());
        known.name = entry::text(account, "Name").unwrap_or_default();
        known.email = entry::text(account, "Email").unwrap_or_default();
    }

    /// An SCP or RCP with its document; policies of other types say nothing about access.
    fn policy(&mut self, policy: Cursor<'_>) -> Option<()> {
        let summary = policy.member("PolicySummary")?;
        let (id, name) = (entry::text(summary, "Id")?, entry::text(summary, "Name")?);
        let (kind, of) = match &*entry::text(summary, "Type")? {
            "SERVICE_CONTROL_POLICY" => (ControlKind::Scp, PolicyType::ServiceControl),
            "RESOURCE_CONTROL_POLICY" => (ControlKind::Rcp, PolicyType::ResourceControl),
            _ => return Some(()),
        };
        let (document, finding) = document::read(policy.member("Content"), &name, of);
        self.policies.insert(id, ControlPolicy { name, kind, document, finding });
        Some(())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.id.is_none()
    }

    /// The accounts that are listed.
    pub(super) fn accounts(&self) -> Vec<AccountId> {
        self.accounts.keys().copied().collect()
    }

    /// The accounts themselves, before anything is in them.
    pub(super) fn declared(&self) -> Vec<Change> {
        let account = |(id, account): (&AccountId, &MemberAccount)| {
            let create = Change::CreateAccount { id: *id, name: account.name.clone(), alias: None };
            let root = AccountSetting::Root { email: account.email.clone(), mfa: false };
            [create, Change::Account(*id, root)].map(|change| Change::Imported(Box::new(change)))
        };
        self.accounts.iter().flat_map(account).collect()
    }

    /// What is listed by its name alone.
    pub(super) fn missing(&self) -> Vec<String> {
        let targeted = self.targets.keys().map(AsRef::as_ref);
        let without_document =
            targeted.filter(|id| !self.policies.contains_key(*id) && !id.ends_with(FULL_ACCESS));
        let named: Vec<&str> = without_document.collect();
        let known = self.policies.keys().map(AsRef::as_ref);
        let loose: Vec<&str> = known.filter(|id| !self.targets.contains_key(*id)).collect();
        let mut missing = Vec::new();
        missing.extend((!named.is_empty()).then(|| format!("the documents of {}", named.join(", "))));
        missing.extend((!loose.is_empty()).then(|| format!("to what is attached {}", loose.join(", "))));
        missing
    }

    /// The organization, its units and accounts, its policies and to what they are attached.
    pub(super) fn changes(&self, findings: &mut Vec<Diagnostic>) -> Vec<Change> {
        let (Some(id), Some(management)) = (&self.id, self.management) else { return Vec::new() };
        let names = self.unit_names(findings);
        let mut changes = vec![OrganizationChange::Create { id: id.clone(), management }];
        changes.extend(self.units_from_above().into_iter().map(|unit| OrganizationChange::CreateUnit {
            name: names[unit].clone(),
            under: self.units[unit].parent.as_ref().and_then(|parent| names.get(&**parent)).cloned(),
        }));
        changes.extend(self.accounts.iter().map(|(account, member)| {
            let unit = member.parent.as_ref().and_then(|parent| names.get(&**parent)).cloned();
            let to = unit.map_or(Target::OrganizationRoot, Target::Unit);
            OrganizationChange::MoveAccount { account: *account, to }
        }));
        for policy in self.policies.values().filter(|policy| !policy.name.ends_with(FULL_ACCESS)) {
            findings.extend(policy.finding.clone());
            let (kind, name, document) = (policy.kind, policy.name.clone(), policy.document.clone());
            changes.push(OrganizationChange::PutControl { kind, name, document });
        }
        let delegations = self.delegations.iter();
        changes.extend(delegations.map(|(account, service)| OrganizationChange::Delegate {
            service: service.clone(),
            account: *account,
        }));
        let switched = self.root_access.iter();
        changes.extend(
            switched.map(|sessions| OrganizationChange::SetRootAccess { sessions: *sessions, on: true }),
        );
        let said =
            |change| Change::Imported(Box::new(Change::Organization(change).said_in(Some(management))));
        changes.into_iter().map(said).chain(self.attachments(management, &names)).collect()
    }

    /// Policies are attached before FullAWSAccess is detached: AWS wants one SCP at least everywhere.
    fn attachments(&self, management: AccountId, names: &BTreeMap<&str, Box<str>>) -> Vec<Change> {
        let mut changes = Vec::new();
        for (id, policy) in self.policies.iter().filter(|(_, policy)| !policy.name.ends_with(FULL_ACCESS)) {
            let targets =
                self.targets.get(id).into_iter().flatten().filter_map(|target| target_of(target, names));
            let attach = |to| Change::Attach { account: management, policy: policy.name.clone(), to };
            changes.extend(targets.map(attach));
        }
        if let Some(kept) = self.targets.get("p-FullAWSAccess") {
            let everything = names.keys().map(|id| (*id).to_owned());
            let everything = everything.chain(self.accounts.keys().map(AccountId::to_string));
            let without =
                everything.filter(|id| !kept.contains(&**id)).filter_map(|id| target_of(&id, names));
            let root = kept.iter().any(|id| id.starts_with("r-"));
            let without = without.chain((!root).then_some(Target::OrganizationRoot));
            let detach = |from| Change::Detach { account: management, policy: FULL_ACCESS.into(), from };
            changes.extend(without.map(detach));
        }
        changes
            .into_iter()
            .map(|change| Change::Imported(Box::new(change.said_in(Some(management)))))
            .collect()
    }

    /// The units, each below its parent.
    fn units_from_above(&self) -> Vec<&str> {
        let depth = |id: &str| {
            let parent = |id: &str| self.units.get(id).and_then(|unit| unit.parent.as_deref());
            let above = std::iter::successors(parent(id), |at| parent(at));
            above.take(self.units.len()).count()
        };
        let mut all: Vec<&str> = self.units.keys().map(AsRef::as_ref).collect();
        all.sort_by_key(|id| depth(id));
        all
    }

    /// What units are called here, where a name can be only one unit's.
    fn unit_names(&self, findings: &mut Vec<Diagnostic>) -> BTreeMap<&str, Box<str>> {
        let mut taken = BTreeSet::new();
        let mut names: BTreeMap<&str, Box<str>> = BTreeMap::new();
        for (id, unit) in &self.units {
            let name: Box<str> = match taken.insert(unit.name.clone()) {
                true => unit.name.clone(),
                false => format!("{} {id}", unit.name).into(),
            };
            if name != unit.name {
                let what = format!("two units are called `{}`: this one is `{name}` here", unit.name);
                findings.push(Diagnostic::warning("unit-renamed", what));
            }
            names.insert(id, name);
        }
        names
    }
}

/// The unit or root above the last in a path, `o-…/r-…/ou-…/ou-…/`.
fn parent_in(path: &str) -> Option<Box<str>> {
    path.trim_end_matches('/').rsplit('/').nth(1).map(Into::into)
}

fn target_of(id: &str, names: &BTreeMap<&str, Box<str>>) -> Option<Target> {
    match AccountId::parse(id) {
        Some(account) => Some(Target::Account(account)),
        None if id.starts_with("r-") => Some(Target::OrganizationRoot),
        None => names.get(id).cloned().map(Target::Unit),
    }
}
