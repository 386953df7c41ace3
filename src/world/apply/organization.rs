//! Organizations, units and the accounts in them (E25).

use std::collections::BTreeMap;
use std::sync::Arc;

use super::naming::check_title;
use super::{Outcome, ids, target_label, target_word};
use crate::facts::managed_policy;
use crate::names::AccountId;
use crate::world::aws_policies::compile;
use crate::world::organization::{ControlKind, ControlPolicies, Node, Organization, OrganizationalUnit};
use crate::world::{Applied, OrganizationChange, PublicAccessBlock, Target, Thing, World, WorldError};

/// How deep units may be nested (E25).
const MOST_LEVELS: usize = 5;

impl World {
    pub(super) fn change_organization(&mut self, change: OrganizationChange) -> Outcome {
        use OrganizationChange as C;
        match change {
            C::Create { id, management } => self.create_organization(id, management),
            C::CreateUnit { name, under } => self.create_unit(name, under),
            C::MoveAccount { account, to } => self.move_account(account, &to),
            C::PutControl { kind, name, document } => self.put_control(kind, name, document),
            C::Delegate { service, account } => self.delegate(service, account),
            C::SetRootAccess { sessions, on } => self.set_root_access(sessions, on),
        }
    }

    fn create_organization(&mut self, id: Box<str>, management: AccountId) -> Outcome {
        check_organization_id(&id)?;
        if let Some(known) = &self.organization {
            let what = format!("there is already the organization `{}`", known.id);
            return Err(
                WorldError::new("organization-exists", &*id, what).help("a world has one organization")
            );
        }
        let account = self.known_account(management)?.label();
        let message = format!("created organization {id} with management account {account}");
        let mut organization = new_organization(id, management);
        join(&mut organization, Node::Root);
        join(&mut organization, Node::Account(management));
        organization.accounts.insert(management, None);
        self.organization = Some(Arc::new(organization));
        Ok(Applied::said(message))
    }

    fn create_unit(&mut self, name: Box<str>, under: Option<Box<str>>) -> Outcome {
        check_title("an organizational unit", &name)?;
        let organization = self.known_organization()?;
        if organization.units.contains_key(&name) {
            let what = format!("there is already an organizational unit `{name}`");
            return Err(WorldError::new("unit-exists", &*name, what)
                .help("units are named by their name alone, so it is unique in the organization"));
        }
        let level = under.as_deref().map_or(Ok(0), |parent| level(organization, parent))?;
        if level >= MOST_LEVELS {
            let what = format!("`{name}` would be {} levels deep, units nest {MOST_LEVELS} deep", level + 1);
            return Err(WorldError::new("too-deep", &*name, what));
        }
        let place =
            under.as_deref().map_or("the organization root".to_owned(), |parent| format!("ou {parent}"));
        let organization = self.organization_mut()?;
        let id = ids::unit_id(&organization.id, &organization.root_id, &name);
        let unit = OrganizationalUnit { id, name: name.clone(), parent: under };
        organization.units.insert(name.clone(), unit);
        join(organization, Node::Unit(name.clone()));
        Ok(Applied::said(format!("created ou {name} under {place}")))
    }

    /// Moves an account to a unit or the organization root; one from outside joins.
    fn move_account(&mut self, account: AccountId, to: &Target) -> Outcome {
        let label = self.known_account(account)?.label();
        let organization = self.known_organization()?;
        let place = match to {
            Target::Unit(name) => Some(unit(organization, name)?.name.clone()),
            Target::OrganizationRoot => None,
            _ => return Err(wrong_place(to)),
        };
        let place_label = target_label(to);
        if organization.accounts.get(&account) == Some(&place) {
            return Ok(Applied::said(format!("account {label} is already in {place_label}")));
        }
        let organization = self.organization_mut()?;
        let joins = organization.accounts.insert(account, place).is_none();
        if !joins {
            return Ok(Applied::said(format!("moved account {label} to {place_label}")));
        }
        join(organization, Node::Account(account));
        Ok(Applied::said(format!("account {label} joined the organization in {place_label}")))
    }

    fn delegate(&mut self, service: Box<str>, account: AccountId) -> Outcome {
        let label = self.known_account(account)?.label();
        let organization = self.known_organization()?;
        if !service.ends_with(".amazonaws.com") {
            let what = format!("`{service}` is not a service principal");
            return Err(WorldError::new("bad-service", &*service, what)
                .help("a service is named such as `iam.amazonaws.com`"));
        }
        if !organization.binds(account) {
            let what =
                format!("account {label} is not a member account, so it cannot be a delegated administrator");
            return Err(WorldError::new(
                "not-a-member-account",
                Thing::Account.called(account.as_str()),
                what,
            ));
        }
        let organization = self.organization_mut()?;
        let message = format!("account {label} is a delegated administrator for {service}");
        if !organization.delegated.iter().any(|(known, id)| *known == service && *id == account) {
            organization.delegated.push((service, account));
        }
        Ok(Applied::said(message))
    }

    /// Switches central management of root credentials, or privileged root sessions (E8).
    fn set_root_access(&mut self, sessions: bool, on: bool) -> Outcome {
        let organization = self.organization_mut()?;
        let what = match sessions {
            true => {
                organization.root_sessions = Some(on);
                "privileged root sessions are"
            }
            false => {
                organization.root_credentials = Some(on);
                "central management of root credentials is"
            }
        };
        Ok(Applied::said(format!("{what} {}", if on { "on" } else { "off" })))
    }
}

/// The unit of that name, or the refusal to go on without.
pub(super) fn unit<'a>(
    organization: &'a Organization,
    name: &str,
) -> Result<&'a OrganizationalUnit, WorldError> {
    organization.units.get(name).ok_or_else(|| {
        let what = format!("there is no organizational unit `{name}`");
        WorldError::new("unknown-unit", Thing::Unit.called(name), what)
            .suggest(organization.units.keys().map(|name| &**name))
    })
}

/// How many units deep a unit lies; 1 directly under the root.
fn level(organization: &Organization, name: &str) -> Result<usize, WorldError> {
    let first = unit(organization, name)?;
    let up = |unit: &&OrganizationalUnit| unit.parent.as_ref().and_then(|name| organization.units.get(name));
    Ok(std::iter::successors(Some(first), up).take(MOST_LEVELS + 1).count())
}

/// AWS attaches FullAWSAccess to whatever comes into an organization (A51).
fn join(organization: &mut Organization, node: Node) {
    organization.scps.attached.insert(node, vec![ControlKind::Scp.full_access().into()]);
}

fn new_organization(id: Box<str>, management: AccountId) -> Organization {
    let full = managed_policy(ControlKind::Scp.full_access());
    let full = full.map(|policy| compile(policy, ControlKind::Scp.policy_type()));
    let full = full.into_iter().map(|policy| (policy.name.clone(), Arc::new(policy)));
    Organization {
        root_id: ids::root_id(&id),
        id,
        management,
        units: BTreeMap::new(),
        accounts: BTreeMap::new(),
        scps: ControlPolicies { policies: full.collect(), ..ControlPolicies::default() },
        rcps: ControlPolicies::default(),
        delegated: Vec::new(),
        root_credentials: None,
        public_access_block: PublicAccessBlock::default(),
        root_sessions: None,
    }
}

/// E25.
fn check_organization_id(id: &str) -> Result<(), WorldError> {
    let fits = |tail: &str| {
        (10..=32).contains(&tail.len()) && tail.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    };
    if id.strip_prefix("o-").is_some_and(fits) {
        return Ok(());
    }
    Err(WorldError::new("bad-organization-id", id, format!("`{id}` is not the id of an organization"))
        .help("it is `o-` and 10 to 32 small letters and digits, such as `o-exampleorg`"))
}

fn wrong_place(to: &Target) -> WorldError {
    let what = format!("an account cannot be moved to {}", target_label(to));
    WorldError::new("wrong-target", target_word(to), what)
        .help("accounts move to `ou NAME` or `organization-root`")
}
