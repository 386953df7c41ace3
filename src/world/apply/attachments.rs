//! Attaching and detaching: managed policies to identities, SCPs and RCPs to nodes of the organization.

use std::sync::Arc;

use super::references::Reference;
use super::{Outcome, references, room, target_label, target_word};
use crate::names::AccountId;
use crate::world::account::Account;
use crate::world::organization::{ControlKind, Node, Organization};
use crate::world::uses::Used;
use crate::world::{Applied, Entity, Identity, ManagedPolicy, Target, Thing, World, WorldError};

impl World {
    /// Attaches a managed policy to an identity, or an SCP or RCP to a node of the organization.
    pub(super) fn attach(&mut self, account: AccountId, policy: &str, to: &Target) -> Outcome {
        match to {
            Target::Entity(entity) => self.attach_to_entity(account, policy, entity),
            Target::Policy(_) | Target::Resource(_) => Err(nothing_attaches(to)),
            _ => self.attach_to_node(account, policy, to),
        }
    }

    pub(super) fn detach(&mut self, account: AccountId, policy: &str, from: &Target) -> Outcome {
        match from {
            Target::Entity(entity) => self.detach_from_entity(account, policy, entity),
            Target::Policy(_) | Target::Resource(_) => Err(nothing_attaches(from)),
            _ => self.detach_from_node(account, policy, from),
        }
    }

    fn attach_to_entity(&mut self, account: AccountId, policy: &str, entity: &Entity) -> Outcome {
        let known = self.known_account(account)?;
        let identity = references::find(known, entity)?;
        let label = identity.label();
        let Reference { name, arn, add, note, warning } = self.managed_policy(known, policy)?;
        if identity.has_attached(&arn) {
            return Ok(Applied::said(format!("{name} is already attached to {label}")));
        }
        let count = identity.permissions.attached.len() + 1;
        room::POLICIES.check(Thing::Policy.called(policy), &label, count)?;
        self.hold(add);
        let mut warnings = Vec::from_iter(warning);
        let account = self.account_mut(account)?;
        account.uses.begin(Used::Policy(arn.clone()), entity);
        if let Some(permissions) = references::permissions_mut(account, entity) {
            permissions.attached.push(arn);
            warnings.extend(quota(entity, &label, permissions.attached.len()));
        }
        let mut applied = Applied::said(format!("attached {name} to {label}")).warn(warnings);
        applied.messages.extend(note);
        Ok(applied)
    }

    fn detach_from_entity(&mut self, account: AccountId, policy: &str, entity: &Entity) -> Outcome {
        let known = self.known_account(account)?;
        let identity = references::find(known, entity)?;
        let (label, attached) = (identity.label(), &identity.permissions.attached);
        let Some(arn) = attached_as(known, attached, policy).map(Box::from) else {
            let names = attached.iter().map(|arn| references::last_part(arn));
            let what = format!("`{policy}` is not attached to {label}");
            return Err(WorldError::new("not-attached", Thing::Policy.called(policy), what).suggest(names));
        };
        let account = self.account_mut(account)?;
        if let Some(permissions) = references::permissions_mut(account, entity) {
            permissions.attached.retain(|held| *held != arn);
        }
        account.uses.end(Used::Policy(arn.clone()), entity);
        Ok(Applied::said(format!("detached {} from {label}", references::last_part(&arn))))
    }

    /// Sets or takes away a permissions boundary.
    pub(super) fn set_boundary(&mut self, account: AccountId, on: &Entity, policy: Option<&str>) -> Outcome {
        let known = self.known_account(account)?;
        let identity = references::find(known, on)?;
        let label = identity.label();
        check_boundary(identity, on)?;
        let found = policy.map(|word| self.managed_policy(known, word)).transpose()?;
        let Some(Reference { name, arn, add, note, warning }) = found else {
            let had = self.replace_boundary(account, on, None)?.is_some();
            let what = if had {
                "took the permissions boundary from"
            } else {
                "there is no permissions boundary on"
            };
            return Ok(Applied::said(format!("{what} {label}")));
        };
        self.hold(add);
        self.replace_boundary(account, on, Some(arn))?;
        let mut applied =
            Applied::said(format!("{name} is the permissions boundary of {label}")).warn(warning);
        applied.messages.extend(note);
        Ok(applied)
    }

    fn replace_boundary(
        &mut self,
        account: AccountId,
        on: &Entity,
        arn: Option<Box<str>>,
    ) -> Result<Option<Box<str>>, WorldError> {
        let account = self.account_mut(account)?;
        let place = match on {
            Entity::User(name) => references::user_mut(account, name).map(|user| &mut user.boundary),
            Entity::Role(name) => references::role_mut(account, name).map(|role| &mut role.boundary),
            Entity::Group(_) => None,
        };
        let old = place.and_then(|place| std::mem::replace(place, arn.clone()));
        old.iter().for_each(|old| account.uses.end(Used::Boundary(old.clone()), on));
        arn.into_iter().for_each(|arn| account.uses.begin(Used::Boundary(arn), on));
        Ok(old)
    }

    /// Takes an AWS managed policy into the world.
    fn hold(&mut self, policy: Option<ManagedPolicy>) {
        if let Some(policy) = policy {
            self.aws_policies.insert(policy.arn.clone(), Arc::new(policy));
        }
    }

    fn attach_to_node(&mut self, account: AccountId, word: &str, to: &Target) -> Outcome {
        let said_in = self.concerned(account, to);
        let organization = self.organization_meant(said_in)?;
        let node = node_of(organization, to)?;
        let label = target_label(to) + &self.in_organization(organization);
        let (kind, name) = self.node_policy(organization, account, word)?;
        let there = held(organization, kind, &node).contains(&name);
        if *name == *ControlKind::Rcp.full_access() || there {
            return Ok(Applied::said(format!("{name} is already attached to {label}")));
        }
        let count = held(organization, kind, &node).len() + 1;
        room::POLICIES.check(Thing::Policy.called(word), &label, count)?;
        let organization = self.organization_mut(said_in)?;
        let free = to == &Target::Account(organization.management);
        organization.controls_mut(kind).attach(&name, node);
        let warning =
            free.then(|| format!("{label} is the management account, which no {} binds", kind.word()));
        Ok(Applied::said(format!("attached {name} to {label}")).warn(warning))
    }

    fn detach_from_node(&mut self, account: AccountId, word: &str, from: &Target) -> Outcome {
        let said_in = self.concerned(account, from);
        let organization = self.organization_meant(said_in)?;
        let node = node_of(organization, from)?;
        let label = target_label(from) + &self.in_organization(organization);
        let (kind, name) = self.node_policy(organization, account, word)?;
        check_detachable(held(organization, kind, &node), kind, &name, &label)?;
        self.organization_mut(said_in)?.controls_mut(kind).detach(&name, &node);
        Ok(Applied::said(format!("detached {name} from {label}")))
    }

    /// The account whose organization a node is of: the node itself, if it is an account that is in one.
    fn concerned(&self, selected: AccountId, node: &Target) -> Option<AccountId> {
        match node {
            Target::Account(id) if self.organization_of(*id).is_some() => Some(*id),
            _ => Some(selected),
        }
    }

    /// An SCP, then an RCP, by name or ARN.
    fn node_policy(
        &self,
        organization: &Organization,
        account: AccountId,
        word: &str,
    ) -> Result<(ControlKind, Box<str>), WorldError> {
        if word == ControlKind::Rcp.full_access() {
            return Ok((ControlKind::Rcp, word.into()));
        }
        let is = |policy: &ManagedPolicy| &*policy.name == word || &*policy.arn == word;
        let found = organization.control_policies().find(|(_, policy)| is(policy));
        found.map(|(kind, policy)| (kind, policy.name.clone())).ok_or_else(|| {
            let own = self.account(account).is_some_and(|account| self.managed_policy(account, word).is_ok());
            not_a_node_policy(organization, word, own)
        })
    }
}

fn not_a_node_policy(organization: &Organization, word: &str, managed: bool) -> WorldError {
    if managed {
        let what = format!("`{word}` is a managed policy, and only SCPs and RCPs attach to the organization");
        return WorldError::new("wrong-policy-type", Thing::Policy.called(word), what)
            .help("managed policies attach to `user NAME`, `group NAME` and `role NAME`");
    }
    let known = organization.control_policies().map(|(_, policy)| &*policy.name);
    WorldError::new("unknown-policy", Thing::Policy.called(word), format!("there is no SCP or RCP `{word}`"))
        .suggest(known)
}

fn nothing_attaches(to: &Target) -> WorldError {
    let help = match to {
        Target::Resource(arn) => format!("`resource {arn} policy …` gives the resource a policy of its own"),
        _ => "policies attach to users, groups, roles, organization-root, organizational units and accounts"
            .into(),
    };
    let what = format!("nothing can be attached to {}", target_label(to));
    WorldError::new("wrong-target", target_word(to), what).help(help)
}

/// The attached ARN that a word names: an ARN, else the account's own policy, else one of AWS.
fn attached_as<'a>(account: &Account, attached: &'a [Box<str>], word: &str) -> Option<&'a str> {
    let own = account.policy(word).map(|policy| &*policy.arn);
    let attached = || attached.iter().map(|arn| &**arn);
    let exact = attached().find(|arn| *arn == word || Some(*arn) == own);
    exact.or_else(|| attached().find(|arn| references::last_part(arn) == word))
}

/// D9.
fn check_boundary(identity: Identity<'_>, on: &Entity) -> Result<(), WorldError> {
    let why = match identity.kind {
        "group" => "cannot have a permissions boundary, only users and roles can",
        "role" if identity.path.starts_with("/aws-service-role/") => {
            "is a service-linked role, which cannot have a permissions boundary"
        }
        _ => return Ok(()),
    };
    let what = format!("{} {why}", identity.label());
    Err(WorldError::new("no-boundary-here", references::about(on), what))
}

/// E22.
fn quota(entity: &Entity, label: &str, count: usize) -> Option<String> {
    let most = match entity {
        Entity::Role(_) => 20,
        _ => 10,
    };
    (count > most).then(|| format!("{label} has {count} managed policies, AWS allows {most}"))
}

fn node_of(organization: &Organization, target: &Target) -> Result<Node, WorldError> {
    match target {
        Target::Unit(name) => {
            super::organization::unit(organization, name).map(|unit| Node::Unit(unit.name.clone()))
        }
        Target::Account(id) if organization.has(*id) => Ok(Node::Account(*id)),
        Target::Account(id) => {
            let what = format!("account `{id}` is not in the organization");
            Err(WorldError::new("not-a-member-account", Thing::Account.called(id.as_str()), what)
                .help(format!("`move account {id} to organization-root` makes it a member")))
        }
        _ => Ok(Node::Root),
    }
}

fn held<'a>(organization: &'a Organization, kind: ControlKind, node: &Node) -> &'a [Box<str>] {
    organization.controls(kind).attached.get(node).map_or(&[], Vec::as_slice)
}

/// A51, A53.
fn check_detachable(held: &[Box<str>], kind: ControlKind, name: &str, label: &str) -> Result<(), WorldError> {
    let refused = |code, what: String| WorldError::new(code, Thing::Policy.called(name), what);
    if name == ControlKind::Rcp.full_access() {
        let what = format!("`{name}` is attached everywhere and cannot be detached");
        return Err(refused("rcp-full-access", what));
    }
    if !held.iter().any(|held| &**held == name) {
        let what = format!("`{name}` is not attached to {label}");
        return Err(refused("not-attached", what).suggest(held.iter().map(|held| &**held)));
    }
    if kind == ControlKind::Scp && held.len() == 1 {
        let what = format!("`{name}` is the last SCP of {label}, and every level keeps at least one");
        let full = kind.full_access();
        let other = if name == full { "another SCP" } else { full };
        return Err(refused("last-scp", what).help(format!("attach {other} first")));
    }
    Ok(())
}
