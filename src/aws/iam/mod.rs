//! IAM: users, groups, roles, policies, the account.

pub(super) mod account;
pub(super) mod attached;
mod context_entries;
mod context_keys;
pub(super) mod details;
mod excluded;
pub(super) mod identity;
pub(super) mod inline;
pub(super) mod policy;
mod show;
pub(super) mod simulate;
mod simulated;
mod simulation;
mod simulation_result;
pub(super) mod tags;
pub(super) mod version;

use super::call::Call;
use super::names::action_of;
use super::operation::Service;
use super::plan::Needs;
use super::refusal::Refusal;
use crate::world::{Entity, PrincipalKind, WorldError};

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
struct NamedIdentity {
    entity: Entity,
    arn: String,
    boundary: Option<String>,
}

impl Call<'_> {
    /// The group, role or user that the call names, or who calls.
    fn entity(&self) -> Result<NamedIdentity, Refusal> {
        let own = match &self.caller.kind {
            PrincipalKind::User { name, .. } => Some(&**name),
            _ => None,
        };
        let (group, role) = (self.option("group-name"), self.option("role-name"));
        let entity = match (group, role, self.option("user-name").or(own)) {
            (Some(name), ..) => Entity::Group(name.into()),
            (_, Some(name), _) => Entity::Role(name.into()),
            (.., Some(name)) => Entity::User(name.into()),
            _ => return Err(WorldError::new("no-user", "", MUST_SPECIFY).into()),
        };
        let known = self.own()?.identity(&entity);
        let unknown = || self.arn(entity.kind(), "/", entity.name());
        Ok(NamedIdentity {
            arn: known.map_or_else(unknown, |known| known.arn(self.account)),
            boundary: known.and_then(|known| known.boundary).map(Into::into),
            entity,
        })
    }

    fn arn(&self, kind: &str, path: &str, name: &str) -> String {
        format!("arn:aws:iam::{}:{kind}{path}{name}", self.account)
    }

    /// The path that the call gives to something new.
    fn path(&self) -> &str {
        self.option("path").unwrap_or("/")
    }

    fn policy_arn(&self, option: &str) -> Result<&str, Refusal> {
        let arn = self.word(option);
        if arn.starts_with("arn:") {
            return Ok(arn);
        }
        let what = format!("`{arn}` is not the ARN of a managed policy");
        let known = self.own()?.policy(arn).map(|own| own.arn.to_string());
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
    fn needs_on(&self, named: &NamedIdentity) -> Needs {
        let catalog = self.world.catalog();
        let action = action_of(catalog, self.operation.service, self.operation.name);
        let key = catalog.condition_key("iam:PermissionsBoundary");
        let listed = action.zip(key).is_some_and(|(action, key)| action.lists_key(key));
        let boundary = named.boundary.as_deref().filter(|_| listed && !self.has("permissions-boundary"));
        self.needs(&*named.arn).with_some("iam:PermissionsBoundary", boundary)
    }
}
