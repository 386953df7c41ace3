//! Deleting: what is in use stays, and the refusal says where it is used.

use super::membership::leave;
use super::organization::forget;
use super::{Outcome, references, target_word};
use crate::names::{AccountId, Arn};
use crate::source::first_of;
use crate::world::account::Account;
use crate::world::aws_policies::AWS_POLICY;
use crate::world::organization::{ControlKind, Node};
use crate::world::{Applied, Entity, Target, Thing, World, WorldError};

/// How many places a refusal names.
const MOST_PLACES: usize = 3;

impl World {
    pub(super) fn delete(&mut self, account: AccountId, target: &Target) -> Outcome {
        match target {
            Target::Entity(entity) => self.delete_entity(account, entity),
            Target::Policy(word) => self.delete_policy(account, word),
            Target::Unit(name) => self.delete_unit(account, name),
            Target::Account(id) => self.delete_account(*id),
            Target::Resource(arn) => self.delete_resource(arn),
            Target::OrganizationRoot => Err(WorldError::new(
                "wrong-target",
                target_word(target),
                "the organization root cannot be deleted",
            )),
        }
    }

    fn delete_entity(&mut self, account: AccountId, entity: &Entity) -> Outcome {
        let label = references::find(self.known_account(account)?, entity)?.label();
        let account = self.account_mut(account)?;
        remove(account, entity);
        Ok(Applied::said(format!("deleted {label} from account {}", account.label())))
    }

    fn delete_policy(&mut self, account: AccountId, word: &str) -> Outcome {
        let own = self.account(account).and_then(|account| own_policy(account, word));
        let Some(name) = own else { return self.delete_organization_policy(account, word) };
        let known = self.known_account(account)?;
        let arn = known.policy(&name).map_or("", |policy| &*policy.arn);
        check_unused(word, &format!("policy {name}"), known.users_of_policy(arn).map(|one| one.label()))?;
        let message = format!("deleted policy {name} from account {}", known.label());
        self.account_mut(account)?.policies.remove(name.to_ascii_lowercase().as_str());
        Ok(Applied::said(message))
    }

    fn delete_organization_policy(&mut self, account: AccountId, word: &str) -> Outcome {
        let full = ControlKind::ALL.map(ControlKind::full_access);
        if full.contains(&word) || word.starts_with(AWS_POLICY) {
            let what = format!("`{word}` is a policy of AWS and cannot be deleted");
            return Err(WorldError::new("aws-owned", Thing::Policy.called(word), what));
        }
        if self.control_kind(word).is_none() {
            return Err(self.no_policy_to_delete(account, word));
        }
        let organization = self.organization_meant(Some(account))?;
        let Some(kind) = organization.control_kind(word) else {
            return Err(self.no_policy_to_delete(account, word));
        };
        let label = format!("{} {word}", kind.word());
        check_unused(word, &label, organization.controls(kind).holders(word).map(node_label))?;
        let of = self.in_organization(organization);
        self.organization_mut(Some(account))?.controls_mut(kind).policies.remove(word);
        Ok(Applied::said(format!("deleted {label}{of}")))
    }

    fn no_policy_to_delete(&self, account: AccountId, word: &str) -> WorldError {
        let own = self.account(account).into_iter().flat_map(|account| account.policies.values());
        let meant = self.organization_meant(Some(account)).into_iter();
        let controls = meant.flat_map(|meant| meant.control_policies());
        let what = format!("there is no policy `{word}`");
        WorldError::new("unknown-policy", Thing::Policy.called(word), what)
            .suggest(own.chain(controls.map(|(_, policy)| policy)).map(|policy| &*policy.name))
    }

    fn delete_unit(&mut self, account: AccountId, name: &str) -> Outcome {
        let organization = self.organization_meant(Some(account))?;
        super::organization::unit(organization, name)?;
        let node = Node::Unit(name.into());
        let inside: Vec<String> = organization.inside(&node).map(|node| node.to_string()).collect();
        if !inside.is_empty() {
            let what = format!("ou `{name}` is not empty: it holds {}", first_of(MOST_PLACES, &inside));
            return Err(WorldError::new("unit-not-empty", Thing::Unit.called(name), what)
                .help("move or delete what is in it first"));
        }
        let of = self.in_organization(organization);
        let organization = self.organization_mut(Some(account))?;
        organization.remove_unit(name);
        forget(organization, &node);
        Ok(Applied::said(format!("deleted ou {name}{of}")))
    }

    fn delete_account(&mut self, id: AccountId) -> Outcome {
        let label = self.known_account(id)?.label();
        self.leave_organization(id)?;
        self.accounts.remove(&id).inspect(|account| self.account_index.forget(account));
        let owned: Vec<Box<str>> = self.resources_of(id).map(|resource| resource.arn.clone()).collect();
        owned.iter().for_each(|arn| self.remove_resource(arn));
        let applied = Applied::said(format!("deleted account {label}"));
        match owned.len() {
            0 => Ok(applied),
            1 => Ok(applied.and("its resource went with it")),
            count => Ok(applied.and(format!("its {count} resources went with it"))),
        }
    }

    fn delete_resource(&mut self, arn: &str) -> Outcome {
        self.known_resource(arn)?;
        let points = self.access_points(arn);
        if !points.is_empty() {
            let what = format!("`{arn}` has access points: {}", first_of(MOST_PLACES, &points));
            return Err(WorldError::new("resource-in-use", arn, what).help("delete them first"));
        }
        self.remove_resource(arn);
        Ok(Applied::said(format!("deleted resource {arn}")))
    }

    fn remove_resource(&mut self, arn: &str) {
        if let Some(resource) = self.resources.remove(arn) {
            self.account_index.disowned(resource.owner, arn);
        }
    }

    /// The access points of a bucket. Their ARNs name a Region, so they come behind those of all buckets, which do not:
    /// to look through the buckets, too, would make deleting them all take the square of their number.
    fn access_points(&self, bucket: &str) -> Vec<String> {
        let Some(partition) = Arn::parse(bucket).map(|bucket| bucket.partition()) else { return Vec::new() };
        let (after_buckets, service) = (format!("arn:{partition}:s3:;"), format!("arn:{partition}:s3"));
        let behind = self.resources.iter_from(&*after_buckets);
        let behind = behind.take_while(|(arn, _)| arn.starts_with(&service)).map(|(_, resource)| resource);
        let own = behind.filter(|point| point.bucket.as_deref() == Some(bucket));
        own.map(|point| point.arn.to_string()).collect()
    }
}

/// Takes a user, group or role away, a group also from its members.
fn remove(account: &mut Account, entity: &Entity) {
    let folded = entity.name().to_ascii_lowercase();
    let folded = folded.as_str();
    let uses = &mut account.uses;
    match entity {
        Entity::User(_) => {
            account.users.remove(folded).iter().for_each(|user| uses.end_all((&**user).into()))
        }
        Entity::Role(_) => {
            account.roles.remove(folded).iter().for_each(|role| uses.end_all((&**role).into()))
        }
        Entity::Group(_) => delete_group(account, folded),
    }
}

fn delete_group(account: &mut Account, folded: &str) {
    let members: Vec<Box<str>> = account.members(folded).map(|member| member.name.into()).collect();
    let Some(group) = account.groups.remove(folded) else { return };
    account.uses.end_all((&*group).into());
    members.iter().for_each(|member| leave(account, member, &group.name));
}

/// The name of the account's own policy that a word names.
fn own_policy(account: &Account, word: &str) -> Option<Box<str>> {
    let name = if Arn::parse(word).is_some() { references::last_part(word) } else { word };
    let policy = account.policy(name)?;
    (name == word || &*policy.arn == word).then(|| policy.name.clone())
}

fn node_label(node: &Node) -> String {
    match node {
        Node::Root => "organization-root".to_owned(),
        node => node.to_string(),
    }
}

fn check_unused(word: &str, label: &str, places: impl Iterator<Item = String>) -> Result<(), WorldError> {
    let places: Vec<String> = places.collect();
    if places.is_empty() {
        return Ok(());
    }
    let what = format!("{label} is in use by {}", first_of(MOST_PLACES, &places));
    Err(WorldError::new("policy-in-use", word, what).help("detach it there first"))
}
