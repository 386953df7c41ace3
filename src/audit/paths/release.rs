//! What a principal can take away of what holds it back: a policy with a Deny, a group with one, its boundary, the version of
//! a policy that is the default.

use super::needs::{ADMINISTRATOR_ACCESS, CallKey, StepNeeds};
use crate::policy::Effect;
use crate::world::{Account, Change, Entity, Identity, Origin, Target};

/// Something that can be taken away, and the call that does.
pub(super) struct Release {
    /// The id of the method.
    pub(super) method: &'static str,
    pub(super) action: &'static str,
    pub(super) resource: String,
    /// The key that the call carries.
    pub(super) key: Option<CallKey>,
    /// What is different then.
    pub(super) change: Change,
    /// What held back, in words.
    pub(super) what: String,
}

/// All that holds a principal back and can be taken away by calls on itself, its groups and its policies.
pub(super) fn releases(needs: &StepNeeds<'_>, account: &Account, own: Identity<'_>) -> Vec<Release> {
    let all = Releases { account, own };
    let mut found = Vec::new();
    if let Some(level) = &needs.caller.identity {
        for (compiled, origin) in level.set.policies().iter().zip(&*level.origins) {
            let denies = compiled.policy().statements().iter().any(|own| own.effect == Effect::Deny);
            found.extend(denies.then(|| all.of_policy(origin)).into_iter().flatten());
        }
    }
    found.extend(all.of_boundary());
    found.extend(all.of_versions());
    found
}

struct Releases<'a> {
    account: &'a Account,
    own: Identity<'a>,
}

impl Releases<'_> {
    /// A method that has a name for users and one for roles.
    fn of_kind<T>(&self, of_user: T, of_role: T) -> T {
        if self.own.kind == "user" { of_user } else { of_role }
    }

    fn of_policy(&self, origin: &Origin) -> Vec<Release> {
        let id = self.account.id;
        let name = origin.name.clone();
        let (on, resource) = match &origin.group {
            Some(group) => {
                let arn =
                    self.account.group(group).map(|own| Identity::from(&**own).arn(id)).unwrap_or_default();
                (Entity::Group(group.clone()), arn)
            }
            None => (self.own.entity(), self.own.arn(id)),
        };
        let (method, action) = match (&origin.group, &origin.arn) {
            (Some(_), None) => ("iam-delete-group-policy", "iam:DeleteGroupPolicy"),
            (Some(_), Some(_)) => ("iam-detach-group-policy", "iam:DetachGroupPolicy"),
            (None, None) => self.of_kind(
                ("iam-delete-user-policy", "iam:DeleteUserPolicy"),
                ("iam-delete-role-policy", "iam:DeleteRolePolicy"),
            ),
            (None, Some(_)) => self.of_kind(
                ("iam-detach-user-policy", "iam:DetachUserPolicy"),
                ("iam-detach-role-policy", "iam:DetachRolePolicy"),
            ),
        };
        let change = match &origin.arn {
            None => Change::DeleteInline { account: id, on, name },
            Some(arn) => Change::Detach { account: id, policy: arn.clone(), from: Target::Entity(on) },
        };
        let key = origin.arn.as_ref().map(|arn| ("iam:PolicyARN", arn.to_string()));
        let what = format!("policy {} denied", origin.name);
        let taken = Release { method, action, resource: resource.clone(), key, change, what };
        let left = origin.group.as_ref().map(|group| Release {
            method: "iam-remove-user-from-group",
            action: "iam:RemoveUserFromGroup",
            resource,
            key: None,
            change: Change::RemoveFromGroup { account: id, user: self.own.name.into(), group: group.clone() },
            what: format!("group {group} denied"),
        });
        std::iter::once(taken).chain(left).collect()
    }

    fn of_boundary(&self) -> Vec<Release> {
        if self.own.boundary.is_none() {
            return Vec::new();
        }
        let widest = format!("arn:aws:iam::aws:{ADMINISTRATOR_ACCESS}");
        let delete = self.of_kind(
            ("iam-delete-user-permissions-boundary", "iam:DeleteUserPermissionsBoundary"),
            ("iam-delete-role-permissions-boundary", "iam:DeleteRolePermissionsBoundary"),
        );
        let put = self.of_kind(
            ("iam-put-user-permissions-boundary", "iam:PutUserPermissionsBoundary"),
            ("iam-put-role-permissions-boundary", "iam:PutRolePermissionsBoundary"),
        );
        let release = |(method, action), policy: Option<String>| Release {
            method,
            action,
            resource: self.own.arn(self.account.id),
            key: policy.clone().map(|arn| ("iam:PermissionsBoundary", arn)),
            change: Change::SetBoundary {
                account: self.account.id,
                on: self.own.entity(),
                policy: policy.map(Into::into),
            },
            what: "its permissions boundary held back".to_owned(),
        };
        vec![release(delete, None), release(put, Some(widest))]
    }

    /// The versions that are not the default ones of the customer managed policies that it has, also through groups.
    fn of_versions(&self) -> Vec<Release> {
        let groups = self.own.groups.iter().filter_map(|name| self.account.group(name));
        let through = groups.flat_map(|group| &group.permissions.attached);
        let arns = self.own.permissions.attached.iter().chain(through);
        let policies = arns.filter_map(|arn| {
            let name = arn.rsplit('/').next().filter(|_| !arn.contains(":iam::aws:"))?;
            Some((arn, self.account.policy(name)?))
        });
        let versions = policies.flat_map(|(arn, policy)| {
            let others = policy.versions.iter().enumerate().filter(|(at, _)| *at != policy.default);
            others.map(move |(_, version)| Release {
                method: "iam-set-default-policy-version",
                action: "iam:SetDefaultPolicyVersion",
                resource: arn.to_string(),
                key: None,
                change: Change::SetDefaultVersion {
                    account: self.account.id,
                    policy: policy.name.clone(),
                    version: version.id.clone(),
                },
                what: format!("version {} of policy {} allows", version.id, policy.name),
            })
        });
        versions.collect()
    }
}
