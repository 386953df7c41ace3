//! Applying changes to a world, by theme.
//!
//! INVARIANT: every function checks first and changes last, so that a change that is refused leaves the world as
//! it was, and what a change does not touch stays shared (`Arc::make_mut`).
//!
//! Read first: [`World::apply`].

mod accounts;
mod attachments;
mod identities;
mod ids;
mod invitations;
mod members;
mod membership;
mod naming;
mod organization;
mod policies;
mod public_access;
mod references;
mod removal;
mod renaming;
mod resources;
mod room;
mod tags;
mod versions;
mod warnings;

use std::sync::Arc;

use super::account::{Account, Tags};
use super::change::{Applied, Change, Target};
use super::document::Document;
use super::error::{About, Thing, WorldError};
use super::organization::Organization;
use super::state::World;
use crate::names::AccountId;

type Outcome = Result<Applied, WorldError>;

/// Who asks for a change; a dump may hold what a command may not say.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ChangeOrigin {
    Command,
    Dump,
}

/// How a change is said: by whom, and in which account, whose organization is the one that is meant.
#[derive(Clone, Copy)]
struct Saying {
    origin: ChangeOrigin,
    account: Option<AccountId>,
}

struct NewRole {
    name: Box<str>,
    path: Box<str>,
    trust: Document,
    tags: Tags,
    id: Option<Box<str>>,
}

impl World {
    /// Makes one change, or refuses it and leaves the world as it was.
    ///
    /// ```
    /// use iamwhy::{names::AccountId, world::{Change, World}};
    /// let mut world = World::new();
    /// let id = AccountId::parse("111122223333").unwrap();
    /// let applied = world.apply(Change::CreateAccount { id, name: "Acme".into(), alias: None }).unwrap();
    /// assert_eq!(applied.messages, ["created account 111122223333 (Acme)"]);
    /// ```
    pub fn apply(&mut self, change: Change) -> Result<Applied, WorldError> {
        let (mut change, mut saying) = (change, Saying { origin: ChangeOrigin::Command, account: None });
        loop {
            change = match change {
                Change::Imported(inner) => {
                    saying.origin = ChangeOrigin::Dump;
                    *inner
                }
                Change::SaidIn(account, inner) => {
                    saying.account = Some(account);
                    *inner
                }
                change => return self.apply_said(change, saying),
            }
        }
    }

    fn apply_said(&mut self, change: Change, saying: Saying) -> Outcome {
        use Change as C;
        let Saying { origin, account: said_in } = saying;
        match change {
            C::CreateAccount { id, name, alias } => self.create_account(id, name, alias, origin),
            C::Account(account, setting) => self.set_account(account, setting),
            C::CreateUser { account, name, path, tags, id } => {
                self.create_user(account, name, path, tags, id)
            }
            C::CreateGroup { account, name, path, members } => {
                self.create_group(account, name, path, &members)
            }
            C::CreateRole { account, name, path, trust, tags, id } => {
                self.create_role(account, NewRole { name, path, trust, tags, id }, origin)
            }
            C::PutPolicy { account, name, path, document } => self.put_policy(account, name, path, document),
            C::PutInline { account, on, name, document } => {
                self.put_inline(account, &on, name, document, origin)
            }
            C::DeleteInline { account, on, name } => self.delete_inline(account, &on, &name),
            C::SetInstanceProfiles { account, role, profiles } => {
                self.set_instance_profiles(account, &role, profiles)
            }
            C::SetTrust { account, role, trust } => self.set_trust(account, &role, trust),
            C::AddVersion { account, policy, document, default } => {
                self.add_version(account, &policy, document, default)
            }
            C::SetDefaultVersion { account, policy, version } => {
                self.set_default_version(account, &policy, &version)
            }
            C::DeleteVersion { account, policy, version } => self.delete_version(account, &policy, &version),
            C::SetBoundary { account, on, policy } => self.set_boundary(account, &on, policy.as_deref()),
            C::Attach { account, policy, to } => self.attach(account, &policy, &to),
            C::Detach { account, policy, from } => self.detach(account, &policy, &from),
            C::AddToGroup { account, user, group } => self.add_to_group(account, &user, &group),
            C::RemoveFromGroup { account, user, group } => self.remove_from_group(account, &user, &group),
            C::UpdateUser { account, user, name, path } => self.update_user(account, &user, name, path),
            C::Tag { account, target, tags } => self.tag(account, &target, tags),
            C::Untag { account, target, keys } => self.untag(account, &target, &keys),
            C::Delete { account, target } => self.delete(account, &target),
            C::Resource(change) => self.change_resource(change, said_in),
            C::Organization(change) => self.change_organization(change, said_in),
            C::ImportPolicy { account, name, path, versions, default } => {
                self.import_policy(account, name, path, versions, default)
            }
            C::PutAwsPolicy { arn, name, document } => self.put_aws_policy(arn, name, document),
            C::Imported(inner) | C::SaidIn(_, inner) => self.apply_said(*inner, saying),
        }
    }

    /// The account of that id, or the refusal to go on without it.
    fn known_account(&self, id: AccountId) -> Result<&Arc<Account>, WorldError> {
        self.accounts.get(&id).ok_or_else(|| unknown_account(self, id))
    }

    /// The account of that id, to be changed, or the refusal to go on without it.
    fn account_mut(&mut self, id: AccountId) -> Result<&mut Account, WorldError> {
        if !self.accounts.contains_key(&id) {
            return Err(unknown_account(self, id));
        }
        self.accounts.get_mut(&id).map(Arc::make_mut).ok_or_else(|| unknown_account(&Self::new(), id))
    }

    /// The organization that is meant in an account, to be changed.
    fn organization_mut(&mut self, said_in: Option<AccountId>) -> Result<&mut Organization, WorldError> {
        let id = self.organization_meant(said_in)?.id.clone();
        self.organizations.get_mut(&*id).map(Arc::make_mut).ok_or_else(|| unknown_organization(&id))
    }
}

fn unknown_account(world: &World, id: AccountId) -> WorldError {
    let known = world.accounts.keys().map(AccountId::as_str);
    WorldError::new(
        "unknown-account",
        Thing::Account.called(id.as_str()),
        format!("there is no account `{id}`"),
    )
    .suggest(known)
}

fn unknown_organization(id: &str) -> WorldError {
    WorldError::new("no-organization", id, format!("there is no organization `{id}`"))
}

/// The words that a target is known by in a message.
fn target_label(target: &Target) -> String {
    match target {
        Target::Entity(entity) => entity.to_string(),
        Target::Unit(name) => format!("ou {name}"),
        Target::Account(id) => format!("account {id}"),
        Target::OrganizationRoot => "organization-root".to_owned(),
        Target::Policy(name) => format!("policy {name}"),
        Target::Resource(arn) => format!("resource {arn}"),
    }
}

fn target_word(target: &Target) -> About {
    match target {
        Target::Entity(entity) => references::about(entity),
        Target::Unit(word) => Thing::Unit.called(&**word),
        Target::Policy(word) => Thing::Policy.called(&**word),
        Target::Resource(word) => Thing::Resource.called(&**word),
        Target::Account(id) => Thing::Account.called(id.as_str()),
        Target::OrganizationRoot => "organization-root".into(),
    }
}
