//! Things of the world in a few words.

use crate::world::Permissions;

/// Names with commas between them; `-` for none.
pub(super) fn names(all: impl Iterator<Item = String>) -> String {
    let all: Vec<String> = all.collect();
    if all.is_empty() { "-".to_owned() } else { all.join(", ") }
}

/// The names of attached and inline policies.
pub(super) fn permissions(permissions: &Permissions) -> String {
    let attached = permissions.attached.iter().map(|arn| arn.rsplit('/').next().unwrap_or(arn).to_owned());
    let inline = permissions.inline.iter().map(|policy| format!("{} (inline)", policy.name));
    names(attached.chain(inline))
}

/// The word for a switch.
pub(super) fn on_off(on: bool) -> String {
    if on { "on" } else { "off" }.to_owned()
}
