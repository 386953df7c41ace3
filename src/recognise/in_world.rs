//! What a text names, as a world has it.

use super::Pasted;
use crate::names::Arn;
use crate::world::{Principal, PrincipalKind, World};

/// The principal of a text with the path of its role, which the ARN of a session lacks.
pub fn with_role_path(mut principal: Principal, pasted: &Pasted) -> Principal {
    let role = pasted.role.as_deref().and_then(Principal::parse_arn);
    if let (
        PrincipalKind::RoleSession { path, role, .. },
        Some(PrincipalKind::RoleSession { path: told, role: own, .. }),
    ) = (&mut principal.kind, role.map(|role| role.kind))
        && *role == own
    {
        *path = told;
    }
    principal
}

/// The resource of a text, as an ARN: one that is a name alone is that of the only resource of the service in the world
/// that is called so.
pub fn resource_in(world: &World, pasted: &Pasted, principal: &Principal, action: &str) -> Option<String> {
    let name = pasted.resource.as_deref()?;
    if let Some(arn) = Arn::parse(name) {
        return Some(with_path(world, &arn).unwrap_or_else(|| name.to_owned()));
    }
    if name == "*" {
        return Some(name.to_owned());
    }
    let service = action.split_once(':').map_or("", |(service, _)| service);
    let called =
        |arn: &Arn<'_>| arn.service() == service && arn.resource().rsplit(['/', ':']).next() == Some(name);
    let mut found =
        world.resources().filter(|resource| Arn::parse(&resource.arn).is_some_and(|arn| called(&arn)));
    let only = found.next().filter(|_| found.next().is_none())?;
    principal.account().map(|_| only.arn.to_string())
}

/// The ARN of a user or role whose path was left out, as events leave it out.
fn with_path(world: &World, arn: &Arn<'_>) -> Option<String> {
    let account = world.account(arn.account_id().filter(|_| arn.service() == "iam")?)?;
    match arn.resource().split_once('/')? {
        ("user", name) => account.user(name).map(|user| user.arn(account.id)),
        ("role", name) => account.role(name).map(|role| role.arn(account.id)),
        _ => None,
    }
}
