//! What would have to allow a request and does not, in words.

use super::remedy::role_in_words;
use crate::policy::Layer;
use crate::question::Asked;
use crate::world::PrincipalKind;

impl Asked<'_> {
    /// What would have to allow it and does not, level by level: `the SCPs of account 111122223333`.
    pub(super) fn lacking(&self) -> Vec<String> {
        self.missing_levels().into_iter().map(|(layer, level)| self.lack(layer, level)).collect()
    }

    pub(super) fn lack(&self, layer: Layer, level: u8) -> String {
        let found = self.request.level(layer, level);
        let name = found.map(|level| &*level.name).filter(|name| !name.is_empty());
        let none = found.is_none_or(|level| level.set.is_empty());
        match (layer, name) {
            (Layer::ServiceControl, Some(name)) => format!("the SCPs of {name}"),
            (Layer::IdentityBased, _) if none => {
                format!("the policies of {} (there are none)", self.holder_name())
            }
            (Layer::IdentityBased, _) => format!("the policies of {}", self.holder_name()),
            (Layer::PermissionsBoundary, _) => format!("the permissions boundary of {}", self.holder_name()),
            (Layer::ResourceBased, _) => self.resource_policy(),
            _ => format!("the {}", self.noun(layer)),
        }
    }

    /// Who has the policies: of a session its role.
    pub(super) fn holder_name(&self) -> String {
        let caller = &self.request.caller;
        match &caller.principal.kind {
            PrincipalKind::User { name, .. } => format!("user {name}"),
            PrincipalKind::RoleSession { role, .. } => role_in_words(role),
            _ => super::wording::name(caller),
        }
    }
}
