//! Things of the world in a few words.

use crate::world::{Permissions, Role, World};

/// Names with commas between them; `-` for none.
pub(super) fn names(all: impl Iterator<Item = impl ToString>) -> String {
    let all: Vec<String> = all.map(|name| name.to_string()).collect();
    if all.is_empty() { "-".to_owned() } else { all.join(", ") }
}

/// The names of attached and inline policies.
pub(super) fn permissions(permissions: &Permissions) -> String {
    let attached = permissions.attached.iter().map(|arn| arn.rsplit('/').next().unwrap_or(arn).to_owned());
    let inline = permissions.inline.iter().map(|policy| format!("{} (inline)", policy.name));
    names(attached.chain(inline))
}

pub(super) fn on_off(on: bool) -> String {
    if on { "on" } else { "off" }.to_owned()
}

/// The ARNs of a trust policy that mean somebody who is gone, with the unique id that they mean (A31).
pub(super) fn replaced<'r>(world: &World, role: &'r Role) -> Vec<(&'r str, &'r str)> {
    let own = role.trust_ids.iter().map(|(arn, id)| (&**arn, &**id));
    own.filter(|(arn, id)| world.unique_id_of(arn).as_deref() != Some(id)).collect()
}
