//! Finding what a change names: users, groups, roles, managed policies, and the principals of a document.

use std::sync::Arc;

use crate::facts::{managed_policy, managed_policy_names};
use crate::names::{AccountId, Arn};
use crate::policy::{Policy, PolicyType, PrincipalForm, PrincipalType};
use crate::world::account::{Account, Group, Permissions, Role, User};
use crate::world::aws_policies::{AWS_POLICY, compile};
use crate::world::organization::ControlKind;
use crate::world::{About, Document, Entity, Identity, ManagedPolicy, Thing, World, WorldError};

/// A managed policy that a change names.
pub(super) struct Reference {
    pub(super) name: Box<str>,
    pub(super) arn: Box<str>,
    /// An AWS managed policy that the world does not hold yet.
    pub(super) add: Option<ManagedPolicy>,
    /// What should be known about the choice.
    pub(super) note: Option<String>,
    pub(super) warning: Option<String>,
}

/// The user, group or role, or the refusal to go on without.
pub(super) fn find<'a>(account: &'a Account, entity: &Entity) -> Result<Identity<'a>, WorldError> {
    account.identity(entity).ok_or_else(|| unknown(account, entity))
}

impl Account {
    /// The user of that name, or the refusal to go on without.
    pub fn find_user(&self, name: &str) -> Result<&User, WorldError> {
        self.user(name).map(|user| &**user).ok_or_else(|| unknown(self, &Entity::User(name.into())))
    }

    /// The group of that name, or the refusal to go on without.
    pub fn find_group(&self, name: &str) -> Result<&Group, WorldError> {
        self.group(name).map(|group| &**group).ok_or_else(|| unknown(self, &Entity::Group(name.into())))
    }

    /// The role of that name, or the refusal to go on without.
    pub fn find_role(&self, name: &str) -> Result<&Role, WorldError> {
        self.role(name).map(|role| &**role).ok_or_else(|| unknown(self, &Entity::Role(name.into())))
    }
}

fn unknown(account: &Account, entity: &Entity) -> WorldError {
    let code = match entity {
        Entity::User(_) => "unknown-user",
        Entity::Group(_) => "unknown-group",
        Entity::Role(_) => "unknown-role",
    };
    let known = account.identities().filter(|one| one.kind == entity.kind()).map(|one| one.name);
    let what = format!("there is no {} `{}` in account {}", entity.kind(), entity.name(), account.label());
    WorldError::new(code, about(entity), what).suggest(known)
}

pub(super) fn about(entity: &Entity) -> About {
    let thing = match entity {
        Entity::User(_) => Thing::User,
        Entity::Group(_) => Thing::Group,
        Entity::Role(_) => Thing::Role,
    };
    thing.called(entity.name())
}

/// The user of that name, to be changed.
pub(super) fn user_mut<'a>(account: &'a mut Account, name: &str) -> Option<&'a mut User> {
    account.users.get_mut(name.to_ascii_lowercase().as_str()).map(Arc::make_mut)
}

/// The role of that name, to be changed.
pub(super) fn role_mut<'a>(account: &'a mut Account, name: &str) -> Option<&'a mut Role> {
    account.roles.get_mut(name.to_ascii_lowercase().as_str()).map(Arc::make_mut)
}

/// The policies of a user, group or role, to be changed.
pub(super) fn permissions_mut<'a>(account: &'a mut Account, entity: &Entity) -> Option<&'a mut Permissions> {
    let folded = entity.name().to_ascii_lowercase();
    let folded = folded.as_str();
    match entity {
        Entity::User(_) => account.users.get_mut(folded).map(|user| &mut Arc::make_mut(user).permissions),
        Entity::Group(_) => account.groups.get_mut(folded).map(|group| &mut Arc::make_mut(group).permissions),
        Entity::Role(_) => account.roles.get_mut(folded).map(|role| &mut Arc::make_mut(role).permissions),
    }
}

/// The last part of an ARN: the name of a policy, user or role.
pub(super) fn last_part(arn: &str) -> &str {
    arn.rsplit('/').next().unwrap_or(arn)
}

impl World {
    /// The user, group or role in an account, or the refusal to go on without.
    pub fn find_identity(&self, account: AccountId, entity: &Entity) -> Result<Identity<'_>, WorldError> {
        find(self.known_account(account)?, entity)
    }

    /// A managed policy by name or ARN: the account's own first, then AWS's, whether it is in use or built in.
    pub fn find_policy(&self, account: AccountId, word: &str) -> Result<Arc<ManagedPolicy>, WorldError> {
        let known = self.known_account(account)?;
        let Reference { name, arn, add, .. } = self.managed_policy(known, word)?;
        let held = known.policy(&name).filter(|own| own.arn == arn).or(self.aws_policies.get(&*arn));
        let held = held.cloned().or(add.map(Arc::new));
        held.ok_or_else(|| self.no_such_policy(known, word))
    }

    /// Finds a managed policy: the account's own first, then AWS's.
    pub(super) fn managed_policy(&self, account: &Account, word: &str) -> Result<Reference, WorldError> {
        if word.starts_with("arn:") {
            return self.policy_by_arn(account, word);
        }
        let own = account.policy(word);
        let aws = self.aws_policy(word);
        match (own, aws) {
            (Some(own), aws) => Ok(Reference { note: aws.map(|aws| shadowed(&aws)), ..reference(own) }),
            (None, Some(aws)) => Ok(aws),
            (None, None) => Err(self.no_such_policy(account, word)),
        }
    }

    fn policy_by_arn(&self, account: &Account, word: &str) -> Result<Reference, WorldError> {
        let refused = |code, what: String| WorldError::new(code, Thing::Policy.called(word), what);
        let arn = Arn::parse(word).filter(|arn| arn.service() == "iam");
        let name = arn.and_then(|arn| arn.resource().strip_prefix("policy/")).map(last_part);
        let (Some(arn), Some(name)) = (arn, name.filter(|name| !name.is_empty())) else {
            return Err(refused("bad-policy-arn", format!("`{word}` is not the ARN of a managed policy"))
                .help("it has the form `arn:aws:iam::111122223333:policy/Name` or `arn:aws:iam::aws:policy/Name`"));
        };
        if arn.account() == "aws" {
            return Ok(self.aws_policy(word).unwrap_or_else(|| missing(name, word)));
        }
        if arn.account_id() != Some(account.id) {
            let what = format!("`{word}` is no policy of account {}", account.label());
            return Err(refused("foreign-policy", what)
                .help("customer managed policies attach only in their own account"));
        }
        let own = account.policy(name).filter(|own| &*own.arn == word);
        own.map(|own| reference(own)).ok_or_else(|| self.no_such_policy(account, word))
    }

    /// An AWS managed policy by name or ARN: the world's, else the built-in one.
    fn aws_policy(&self, word: &str) -> Option<Reference> {
        let held = match word.starts_with("arn:") {
            true => self.aws_policies.get(word),
            false => self.aws_policies.values().find(|policy| &*policy.name == word),
        };
        if let Some(held) = held {
            return Some(reference(held));
        }
        let known = managed_policy(word).filter(|known| known.arn.starts_with(AWS_POLICY))?;
        let policy = compile(known, PolicyType::IdentityBased);
        Some(Reference { add: Some(policy.clone()), ..reference(&policy) })
    }

    fn no_such_policy(&self, account: &Account, word: &str) -> WorldError {
        if let Some(kind) = self.control_kind(word) {
            let kind = kind.word();
            let what =
                format!("`{word}` is an {kind}, and {kind}s are not attached to users, groups or roles");
            return WorldError::new("wrong-policy-type", Thing::Policy.called(word), what)
                .help("they attach to `organization-root`, `ou NAME` and `account ID`");
        }
        let own = account.policies.values().map(|policy| &*policy.name);
        let aws = self.aws_policies.values().map(|policy| &*policy.name);
        let what = format!("there is no managed policy `{word}` in account {}", account.label());
        let of_organizations = |name: &&str| ControlKind::ALL.iter().any(|kind| kind.full_access() == *name);
        let known = managed_policy_names().filter(|name| !of_organizations(name));
        WorldError::new("unknown-policy", Thing::Policy.called(word), what)
            .suggest(own.chain(aws).chain(known))
    }

    /// The unique ids of the users and roles that a document names and that exist (A31).
    pub(super) fn principal_ids(&self, document: &Document) -> Arc<[(Box<str>, Box<str>)]> {
        let named = document.compiled().map(|compiled| named_principals(compiled.policy()));
        let named = named.unwrap_or_default().into_iter();
        named.filter_map(|arn| self.unique_id_of(&arn).map(|id| (arn.into(), id))).collect()
    }

    /// The users and roles that a document names in accounts that exist, but that do not exist themselves.
    fn dangling_principals(&self, document: &Document) -> Vec<String> {
        let named = document.compiled().map(|compiled| named_principals(compiled.policy()));
        let known =
            |arn: &str| Arn::parse(arn).and_then(|arn| arn.account_id()).and_then(|id| self.account(id));
        let mut named = named.unwrap_or_default();
        named.retain(|arn| known(arn).is_some() && self.unique_id_of(arn).is_none());
        named
    }

    /// A32: AWS refuses to save the ARN of a user or role that does not exist.
    pub(super) fn dangling_warnings(&self, what: &str, document: &Document) -> impl Iterator<Item = String> {
        let warning = move |arn| format!("{what} names {arn}, which does not exist; AWS would refuse it");
        self.dangling_principals(document).into_iter().map(warning)
    }

    /// The unique id of the user or role of an ARN.
    pub fn unique_id_of(&self, arn: &str) -> Option<Box<str>> {
        let account = self.account(Arn::parse(arn)?.account_id()?)?;
        let named = [Entity::User(last_part(arn).into()), Entity::Role(last_part(arn).into())];
        let mut known = named.iter().filter_map(|entity| account.identity(entity));
        known.find(|one| one.arn(account.id) == arn).map(|one| one.id.into())
    }
}

fn reference(policy: &ManagedPolicy) -> Reference {
    Reference { name: policy.name.clone(), arn: policy.arn.clone(), add: None, note: None, warning: None }
}

fn shadowed(aws: &Reference) -> String {
    format!("{} is the customer managed policy; the one of AWS is named by its ARN, {}", aws.name, aws.arn)
}

/// An AWS managed policy whose document nobody knows.
fn missing(name: &str, arn: &str) -> Reference {
    let policy = ManagedPolicy::new(name, arn, Document::Missing);
    let mut warning =
        format!("the document of {arn} is not built in; every answer that needs it will say so");
    if let Some(meant) = crate::source::nearest(name, managed_policy_names()) {
        warning.push_str(&format!("; did you mean `{meant}`?"));
    }
    Reference { add: Some(policy.clone()), warning: Some(warning), ..reference(&policy) }
}

/// The ARNs of users and roles among the `AWS` principals of a policy.
fn named_principals(policy: &Policy) -> Vec<String> {
    let mut named = Vec::new();
    for statement in policy.statements() {
        let Some(PrincipalForm::Map(entries)) = statement.principal.as_ref().map(|principal| &principal.form)
        else {
            continue;
        };
        for entry in entries.iter().filter(|entry| entry.kind == PrincipalType::Aws) {
            let texts = policy.texts(entry.values).iter().map(|text| policy.text(text).into_owned());
            named.extend(texts.filter(|text| is_user_or_role(text)));
        }
    }
    named.sort();
    named.dedup();
    named
}

fn is_user_or_role(text: &str) -> bool {
    let resource = Arn::parse(text).filter(|arn| arn.service() == "iam").map(|arn| arn.resource());
    resource.is_some_and(|resource| resource.starts_with("user/") || resource.starts_with("role/"))
}
