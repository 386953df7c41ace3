//! Users, groups and roles (E20, E24, A31).

use std::sync::Arc;

use super::membership::check_joins;
use super::naming::{check_name, check_path};
use super::renaming::Renamed;
use super::tags::check_tags;
use super::{ChangeOrigin, NewRole, Outcome, ids, references, room, tags};
use crate::names::AccountId;
use crate::world::account::{Account, Group, Permissions, Role, Tags, User};
use crate::world::{Applied, Document, Identity, World, WorldError, claims};

impl World {
    pub(super) fn create_user(
        &mut self,
        account: AccountId,
        name: Box<str>,
        path: Box<str>,
        tags: Tags,
        id: Option<Box<str>>,
    ) -> Outcome {
        check_name("user", &name, 64)?;
        check_path(&path)?;
        check_tags(&tags)?;
        let known = self.known_account(account)?;
        check_free("user", &name, known.user(&name).map(|user| &*user.name), known)?;
        room::TAGS.check(&*name, &format!("user {name}"), tags.len())?;
        let account = self.account_mut(account)?;
        let id = given_or_next(id, account, "AIDA");
        let label = format!("user {name}");
        let quota = tags::quota(&label, tags.len());
        let folded = name.to_ascii_lowercase();
        let permissions = Permissions::default();
        let user = User { name, path, id, tags, permissions, boundary: None, groups: Vec::new() };
        account.users.insert(folded, Arc::new(user));
        Ok(created(&label, account).warn(quota))
    }

    /// Gives a user another name or path; its unique id stays (A31).
    pub(super) fn update_user(
        &mut self,
        account: AccountId,
        user: &str,
        name: Option<Box<str>>,
        path: Option<Box<str>>,
    ) -> Outcome {
        let known = self.known_account(account)?;
        let old = known.find_user(user)?;
        let (name, path) = (name.unwrap_or(old.name.clone()), path.unwrap_or(old.path.clone()));
        check_name("user", &name, 64)?;
        check_path(&path)?;
        let other = known.user(&name).filter(|other| other.id != old.id);
        check_free("user", &name, other.map(|user| &*user.name), known)?;
        let renamed = User { name: name.clone(), path: path.clone(), ..User::clone(old) };
        let message = format!("user {} is now {name} with the path {path}", old.name);
        let (id, before, after) = (old.id.clone(), old.arn(account), renamed.arn(account));
        put_in_place(self.account_mut(account)?, user, renamed);
        let changed = self.rename_principal(&Renamed { id: &id, old: &before, new: &after });
        Ok(Applied::said(message)
            .warn(Some(format!("policies that mean the user as a principal: {changed}; {RENAMED}"))))
    }

    pub(super) fn create_group(
        &mut self,
        account: AccountId,
        name: Box<str>,
        path: Box<str>,
        members: &[Box<str>],
    ) -> Outcome {
        check_name("group", &name, 128)?;
        check_path(&path)?;
        let known = self.known_account(account)?;
        check_free("group", &name, known.group(&name).map(|group| &*group.name), known)?;
        for member in members {
            check_joins(known.find_user(member)?)?;
        }
        let account = self.account_mut(account)?;
        let id = next_id(account, "AGPA");
        let folded = name.to_ascii_lowercase();
        let group = Group { name: name.clone(), path, id, permissions: Permissions::default() };
        account.groups.insert(folded, Arc::new(group));
        let warnings: Vec<_> =
            members.iter().filter_map(|m| super::membership::join(account, m, &name)).collect();
        Ok(created(&format!("group {name}"), account).warn(warnings))
    }

    pub(super) fn create_role(&mut self, account: AccountId, new: NewRole, origin: ChangeOrigin) -> Outcome {
        let NewRole { name, path, trust, tags, id } = new;
        check_name("role", &name, 64)?;
        check_path(&path)?;
        check_tags(&tags)?;
        let label = format!("role {name}");
        super::policies::check_document(&trust, &name, &format!("the trust policy of {label}"), origin)?;
        if origin == ChangeOrigin::Command {
            check_claims(&name, &trust)?;
        }
        let known = self.known_account(account)?;
        check_free("role", &name, known.role(&name).map(|role| &*role.name), known)?;
        room::TAGS.check(&*name, &label, tags.len())?;
        let trust_ids = self.principal_ids(&trust);
        let mut warnings = self.trust_warnings(&label, &trust, origin);
        warnings.extend(tags::quota(&label, tags.len()));
        let account = self.account_mut(account)?;
        let id = given_or_next(id, account, "AROA");
        let folded = name.to_ascii_lowercase();
        let permissions = Permissions::default();
        let (boundary, instance_profiles) = (None, None);
        let role = Role { name, path, id, tags, permissions, boundary, trust, trust_ids, instance_profiles };
        account.roles.insert(folded, Arc::new(role));
        Ok(created(&label, account).warn(warnings))
    }

    /// Says which instance profiles hold a role.
    pub(super) fn set_instance_profiles(
        &mut self,
        account: AccountId,
        name: &str,
        profiles: Vec<Box<str>>,
    ) -> Outcome {
        let label = format!("role {}", self.known_account(account)?.find_role(name)?.name);
        for profile in &profiles {
            check_name("instance profile", profile, 128)?;
        }
        let said = match &profiles[..] {
            [] => format!("no instance profile holds {label}"),
            [one] => format!("instance profile {one} holds {label}"),
            several => format!("instance profiles {} hold {label}", several.join(", ")),
        };
        if let Some(role) = references::role_mut(self.account_mut(account)?, name) {
            role.instance_profiles = Some(profiles);
        }
        Ok(Applied::said(said))
    }

    /// Gives a role another trust policy.
    pub(super) fn set_trust(&mut self, account: AccountId, name: &str, trust: Document) -> Outcome {
        let role = self.known_account(account)?.find_role(name)?;
        let label = format!("role {}", role.name);
        let what = format!("the trust policy of {label}");
        super::policies::check_document(&trust, name, &what, ChangeOrigin::Command)?;
        check_claims(name, &trust)?;
        let trust_ids = self.principal_ids(&trust);
        let warnings = self.trust_warnings(&label, &trust, ChangeOrigin::Command);
        if let Some(role) = references::role_mut(self.account_mut(account)?, name) {
            (role.trust, role.trust_ids) = (trust, trust_ids);
        }
        Ok(Applied::said(format!("replaced {what}")).warn(warnings))
    }

    /// What AWS would refuse to save. A dump may name what follows in it, and what it holds was saved.
    fn trust_warnings(&self, label: &str, trust: &Document, origin: ChangeOrigin) -> Vec<String> {
        if origin == ChangeOrigin::Dump {
            return Vec::new();
        }
        let what = format!("the trust policy of {label}");
        let too_long = super::warnings::TRUST.check(&what, [trust]);
        self.dangling_warnings(&what, trust).chain(too_long).collect()
    }
}

/// Puts a user in the place of one that had another name.
fn put_in_place(account: &mut Account, old: &str, renamed: User) {
    if let Some(old) = account.users.remove(old.to_ascii_lowercase().as_str()) {
        account.uses.end_all(Identity::from(&*old));
    }
    account.uses.begin_all(Identity::from(&renamed));
    account.users.insert(renamed.name.to_ascii_lowercase(), Arc::new(renamed));
}

/// D49, I18.
fn check_claims(role: &str, trust: &Document) -> Result<(), WorldError> {
    let provider = trust.compiled().and_then(|trust| claims::unclaimed_providers(trust).next());
    provider.map_or(Ok(()), |provider| Err(claims::refusal(role, provider)))
}

const RENAMED: &str = "they mean it under its new ARN, for AWS keeps its unique id; Resource elements and condition values stay text (A31)";

/// How many ids a given one stands for: it may be one of ours, of an account that had made more.
const GIVEN_STEP: u32 = 1 << 12;

fn given_or_next(id: Option<Box<str>>, account: &mut Account, prefix: &str) -> Box<str> {
    match id {
        Some(id) => {
            account.ids_given = account.ids_given.wrapping_add(GIVEN_STEP);
            id
        }
        None => next_id(account, prefix),
    }
}

/// The next unique id of an account (E24).
fn next_id(account: &mut Account, prefix: &str) -> Box<str> {
    account.ids_given = account.ids_given.wrapping_add(1);
    ids::unique_id(prefix, account.id, account.ids_given)
}

fn created(label: &str, account: &Account) -> Applied {
    Applied::said(format!("created {label} in account {}", account.label()))
}

/// Names are unique without letter case (E20).
fn check_free(kind: &str, name: &str, known: Option<&str>, account: &Account) -> Result<(), WorldError> {
    let Some(known) = known else { return Ok(()) };
    let code = match kind {
        "user" => "user-exists",
        "group" => "group-exists",
        _ => "role-exists",
    };
    let what = match known == name {
        true => format!("{kind} `{name}` exists already in account {}", account.label()),
        false => {
            format!("{kind} `{known}` exists already, and names that differ only in letter case are the same")
        }
    };
    let help = match kind {
        "group" => {
            format!(
                "`add user NAME to group {known}` adds a member, `delete group {known}` deletes the group"
            )
        }
        _ => format!("`tag {kind} {known} …` changes its tags, `delete {kind} {known}` deletes it"),
    };
    Err(WorldError::new(code, name, what).help(help))
}
