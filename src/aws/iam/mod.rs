//! IAM: users, groups, roles, policies, the account.

pub(super) mod account;
pub(super) mod attached;
pub(super) mod group;
pub(super) mod inline;
pub(super) mod policy;
pub(super) mod role;
mod show;
pub(super) mod tags;
pub(super) mod user;
pub(super) mod version;

use super::call::Call;
use super::operation::Service;
use super::plan::Needs;
use super::refusal::Refusal;
use crate::catalog::Catalog;
use crate::session::{Outcome, Part};
use crate::world::{Applied, Entity, Permissions, PrincipalKind, WorldError};

const IAM: Service = Service("iam");

/// What AWS says to a role session that names no user.
pub(super) const MUST_SPECIFY: &str = "Must specify userName when calling with non-User credentials";

/// Names that cannot be any are refused before anybody asks who may call (E20).
pub(super) fn check_names(call: &Call<'_>) -> Result<(), Refusal> {
    let fits = |b: u8| b.is_ascii_alphanumeric() || b"+=,.@_-".contains(&b);
    for (option, field) in [("user-name", "userName"), ("group-name", "groupName"), ("role-name", "roleName")]
    {
        let Some(name) = call.option(option) else { continue };
        if name.is_empty() || !name.bytes().all(fits) {
            let what = format!(
                "The specified value for {field} is invalid. It must contain only alphanumeric characters and/or the \
                 following: +=,.@_-"
            );
            return Err(WorldError::new("bad-name", name, what).into());
        }
    }
    Ok(())
}

/// A user, group or role that a call names; whether there is one is seen when the call is allowed.
#[derive(Clone, Debug)]
struct Identity {
    entity: Entity,
    arn: String,
    boundary: Option<String>,
}

impl Identity {
    fn name(&self) -> &str {
        self.entity.name()
    }
}

impl Call<'_> {
    /// The user that the call names, or who calls.
    fn user(&self) -> Result<Identity, Refusal> {
        let own = match &self.caller.kind {
            PrincipalKind::User { name, .. } => Some(&**name),
            _ => None,
        };
        let Some(name) = self.option("user-name").or(own) else {
            return Err(WorldError::new("no-user", "", MUST_SPECIFY).into());
        };
        let known = self.own()?.user(name);
        Ok(Identity {
            entity: Entity::User(name.into()),
            arn: known.map_or_else(|| self.arn("user", "/", name), |user| user.arn(self.account)),
            boundary: known.and_then(|user| user.boundary.as_deref()).map(Into::into),
        })
    }

    /// The group that the call names.
    fn group(&self) -> Result<Identity, Refusal> {
        let name = self.word("group-name");
        let known = self.own()?.group(name);
        let path = known.map_or("/", |group| &group.path);
        let arn = self.arn("group", path, known.map_or(name, |group| &group.name));
        Ok(Identity { entity: Entity::Group(name.into()), arn, boundary: None })
    }

    /// The role that the call names.
    fn role(&self) -> Result<Identity, Refusal> {
        let name = self.word("role-name");
        let known = self.own()?.role(name);
        Ok(Identity {
            entity: Entity::Role(name.into()),
            arn: known.map_or_else(|| self.arn("role", "/", name), |role| role.arn(self.account)),
            boundary: known.and_then(|role| role.boundary.as_deref()).map(Into::into),
        })
    }

    /// The user, group or role that the call names.
    fn entity(&self) -> Result<Identity, Refusal> {
        match (self.has("group-name"), self.has("role-name")) {
            (true, _) => self.group(),
            (_, true) => self.role(),
            _ => self.user(),
        }
    }

    fn arn(&self, kind: &str, path: &str, name: &str) -> String {
        format!("arn:aws:iam::{}:{kind}{path}{name}", self.account)
    }

    /// The path that the call gives to something new.
    fn path(&self) -> &str {
        self.option("path").unwrap_or("/")
    }

    /// The ARN of a managed policy that an option names.
    fn policy_arn(&self, option: &str) -> Result<&str, Refusal> {
        let arn = self.word(option);
        if arn.starts_with("arn:") {
            return Ok(arn);
        }
        let what = format!("`{arn}` is not the ARN of a managed policy");
        let known = self.own()?.policies.get(arn).map(|own| own.arn.to_string());
        let aws = crate::facts::managed_policy(arn).map(|policy| policy.arn.to_owned());
        let error = WorldError::new("bad-policy-arn", arn, what);
        Err(match known.or(aws) {
            Some(meant) => error.help(format!("did you mean `{meant}`?")),
            None => error.help(
                "it has the form `arn:aws:iam::111122223333:policy/Name` or `arn:aws:iam::aws:policy/Name`",
            ),
        }
        .into())
    }

    /// That the action of the operation is allowed on a user, group or role; the boundary that it has is a key of
    /// the actions that AWS lets be confined by it.
    fn needs_on(&self, named: &Identity) -> Needs {
        let action = self.operation.action();
        let key = Catalog::embedded().condition_key("iam:PermissionsBoundary");
        let listed = action.zip(key).is_some_and(|(action, key)| action.lists_key(key));
        let boundary = named.boundary.as_deref().filter(|_| listed && !self.has("permissions-boundary"));
        self.needs(&*named.arn).with_some("iam:PermissionsBoundary", boundary)
    }
}

/// What AWS says of users in groups.
const NOT_IN_GROUPS: &str = "must remove users from group first";

/// Refuses to delete what AWS would not: a user, group or role that still has something (DeleteConflict).
fn check_deletable(
    named: &Identity,
    permissions: &Permissions,
    others: &[(&str, bool)],
) -> Result<(), Refusal> {
    let own = [
        ("must detach all policies first", !permissions.attached.is_empty()),
        ("must delete policies first", !permissions.inline.is_empty()),
    ];
    match own.iter().chain(others).find(|(_, has)| *has) {
        None => Ok(()),
        Some((what, _)) => {
            let message = format!("Cannot delete entity, {what}.");
            Err(WorldError::new("entity-in-use", named.name(), message).into())
        }
    }
}

/// What is shown of a change that AWS answers with data; what should be known about it stands below.
fn shown(data: serde_json::Value, applied: impl IntoIterator<Item = Applied>) -> Outcome {
    let notes = applied.into_iter().flat_map(|applied| applied.warnings);
    notes.fold(Outcome::of(Part::Json(data)), Outcome::note)
}
