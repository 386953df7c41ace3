//! Organizations and their units (E25).

use std::sync::Arc;

use super::naming::check_title;
use super::{Outcome, ids};
use crate::facts::managed_policy;
use crate::names::AccountId;
use crate::world::aws_policies::compile;
use crate::world::organization::{ControlKind, ControlPolicies, Node, Organization, OrganizationalUnit};
use crate::world::{Applied, OrganizationChange, SharedMap, Thing, World, WorldError};

/// How deep units may be nested (E25).
const MOST_LEVELS: usize = 5;

impl World {
    /// Changes the organization that is meant where the change is said.
    pub(super) fn change_organization(
        &mut self,
        change: OrganizationChange,
        said_in: Option<AccountId>,
    ) -> Outcome {
        use OrganizationChange as C;
        match change {
            C::Create { id, management } => self.create_organization(id, management),
            C::CreateUnit { name, under } => self.create_unit(name, under, said_in),
            C::MoveAccount { account, to } => self.move_account(account, &to, said_in),
            C::PutControl { kind, name, document } => self.put_control(kind, name, document, said_in),
            C::Invite { account } => self.invite(account, said_in),
            C::EndInvitation { id, accepted } => self.end_invitation(&id, accepted),
            C::Leave { account } => self.leave(account),
            C::Delegate { service, account } => self.delegate(service, account, said_in),
            C::SetRootAccess { sessions, on } => self.set_root_access(sessions, on, said_in),
        }
    }

    /// Creates an organization; an account is in one at most.
    fn create_organization(&mut self, id: Box<str>, management: AccountId) -> Outcome {
        check_organization_id(&id)?;
        if self.organizations.contains_key(&*id) {
            let what = format!("there is already the organization `{id}`");
            return Err(WorldError::new("organization-exists", &*id, what));
        }
        let account = self.known_account(management)?.label();
        if let Some(known) = self.organization_of(management) {
            let what = format!("account {account} is already in the organization `{}`", known.id);
            return Err(WorldError::new("organization-exists", management.as_str(), what)
                .help("an account is in one organization at most"));
        }
        let message = format!("created organization {id} with management account {account}");
        let mut organization = new_organization(id, management);
        join(&mut organization, Node::Root);
        join(&mut organization, Node::Account(management));
        organization.place_account(management, None);
        let id: Arc<str> = organization.id.clone().into();
        self.account_index.joined(management, Arc::clone(&id));
        self.organizations.insert(id, Arc::new(organization));
        Ok(Applied::said(message))
    }

    fn create_unit(
        &mut self,
        name: Box<str>,
        under: Option<Box<str>>,
        said_in: Option<AccountId>,
    ) -> Outcome {
        check_title("an organizational unit", &name)?;
        let organization = self.organization_meant(said_in)?;
        if organization.units.contains_key(&*name) {
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
        let place = place + &self.in_organization(organization);
        let organization = self.organization_mut(said_in)?;
        let id = ids::unit_id(&organization.id, &organization.root_id, &name);
        organization.add_unit(OrganizationalUnit { id, name: name.clone(), parent: under });
        join(organization, Node::Unit(name.clone()));
        Ok(Applied::said(format!("created ou {name} under {place}")))
    }

    /// Switches central management of root credentials, or privileged root sessions (E8).
    fn set_root_access(&mut self, sessions: bool, on: bool, said_in: Option<AccountId>) -> Outcome {
        let of = self.in_organization(self.organization_meant(said_in)?);
        let organization = self.organization_mut(said_in)?;
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
        Ok(Applied::said(format!("{what} {}{of}", if on { "on" } else { "off" })))
    }
}

/// Takes a node's policies away.
pub(super) fn forget(organization: &mut Organization, node: &Node) {
    ControlKind::ALL.into_iter().for_each(|kind| organization.controls_mut(kind).forget(node));
    organization.public_access_blocks.remove(node);
}

/// The unit of that name, or the refusal to go on without.
pub(super) fn unit<'a>(
    organization: &'a Organization,
    name: &str,
) -> Result<&'a Arc<OrganizationalUnit>, WorldError> {
    organization.units.get(name).ok_or_else(|| {
        let what = format!("there is no organizational unit `{name}`");
        WorldError::new("unknown-unit", Thing::Unit.called(name), what)
            .suggest(organization.units.keys().map(|name| &**name))
    })
}

/// How many units deep a unit lies; 1 directly under the root.
fn level(organization: &Organization, name: &str) -> Result<usize, WorldError> {
    let first = unit(organization, name)?;
    let up = |unit: &&Arc<OrganizationalUnit>| {
        unit.parent.as_ref().and_then(|name| organization.units.get(&**name))
    };
    Ok(std::iter::successors(Some(first), up).take(MOST_LEVELS + 1).count())
}

/// AWS attaches FullAWSAccess to whatever comes into an organization (A51).
pub(super) fn join(organization: &mut Organization, node: Node) {
    organization.scps.attach(ControlKind::Scp.full_access(), node);
}

fn new_organization(id: Box<str>, management: AccountId) -> Organization {
    let full = managed_policy(ControlKind::Scp.full_access());
    let full = full.map(|policy| compile(policy, ControlKind::Scp.policy_type()));
    let full = full.into_iter().map(|policy| (policy.name.clone(), Arc::new(policy)));
    Organization {
        root_id: ids::root_id(&id),
        id,
        management,
        units: SharedMap::new(),
        accounts: SharedMap::new(),
        children: SharedMap::new(),
        scps: ControlPolicies::unattached(full.collect()),
        rcps: ControlPolicies::default(),
        delegated: SharedMap::new(),
        invited: SharedMap::new(),
        root_credentials: None,
        public_access_blocks: SharedMap::new(),
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
