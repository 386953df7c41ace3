//! Which document a change is made in, whose it is, and the commands that make it here.

use super::super::Asked;
use super::super::rewrite::one_line;
use crate::names::AccountId;
use crate::policy::{Layer, PolicyType};
use crate::world::{GivenPolicies, LevelEdit, Origin};

/// What is done to a document: its new text, or that it is taken away.
type Text<'t> = Option<&'t str>;

impl Asked<'_> {
    /// Where an edit of a policy is made, and by which commands; of policies that came with the question nothing is
    /// known but the file.
    pub(super) fn whereabouts(
        &self,
        edit: &LevelEdit,
        origin: Option<&Origin>,
        text: Text<'_>,
    ) -> (Option<String>, Vec<String>) {
        if is_given(self.request.request.policies, edit.layer) {
            return (None, Vec::new());
        }
        let text = text.map(one_line);
        let text = text.as_deref();
        match edit.layer {
            Layer::IdentityBased => self.of_identity(origin, text),
            Layer::PermissionsBoundary => {
                let of = self.entity().map(|entity| format!("the boundary of {entity}"));
                self.of_managed(origin, text, of)
            }
            Layer::ServiceControl | Layer::ResourceControl => self.of_organization(edit, origin, text),
            Layer::ResourceBased => self.of_resource(edit, text),
            Layer::VpcEndpoint => self.of_endpoint(text),
            Layer::Session => (None, Vec::new()),
        }
    }

    fn of_identity(&self, origin: Option<&Origin>, text: Text<'_>) -> (Option<String>, Vec<String>) {
        if origin.is_some_and(|origin| origin.arn.is_some()) {
            let holder = origin.and_then(|origin| self.holder_of(origin));
            return self.of_managed(origin, text, holder.map(|holder| format!("attached to {holder}")));
        }
        let entity = origin.map_or_else(|| self.entity(), |origin| self.holder_of(origin));
        let Some(entity) = entity else { return (None, Vec::new()) };
        match (origin, text) {
            (Some(origin), text) => {
                let put = text.map(|text| format!("inline {} on {entity} {text}", origin.name));
                (Some(format!("in inline policy {} of {entity}", origin.name)), put.into_iter().collect())
            }
            (None, Some(text)) => {
                let name = format!("Allow{}", self.request.action.name());
                let account = self.request.caller.account.map(of_account).unwrap_or_default();
                let whose = format!("for {entity}{account}, inline or managed");
                (Some(whose), vec![format!("inline {name} on {entity} {text}")])
            }
            (None, None) => (None, Vec::new()),
        }
    }

    /// A managed policy; one that is to go is detached.
    fn of_managed(
        &self,
        origin: Option<&Origin>,
        text: Text<'_>,
        used_as: Option<String>,
    ) -> (Option<String>, Vec<String>) {
        let Some((origin, arn)) = origin.and_then(|origin| Some((origin, origin.arn.as_deref()?))) else {
            return (None, Vec::new());
        };
        let command = match (text, self.holder_of(origin)) {
            (Some(text), _) => Some(format!("policy {} {text}", origin.name)),
            (None, Some(holder)) => Some(format!("detach {} from {holder}", origin.name)),
            (None, None) => None,
        };
        let used = used_as.map(|used| format!(", {used}")).unwrap_or_default();
        (Some(format!("in managed policy {arn}{used}")), command.into_iter().collect())
    }

    /// What a policy is attached to.
    fn holder_of(&self, origin: &Origin) -> Option<String> {
        let group = origin.group.as_ref().map(|group| format!("group {group}"));
        group.or_else(|| self.entity())
    }

    fn of_organization(
        &self,
        edit: &LevelEdit,
        origin: Option<&Origin>,
        text: Text<'_>,
    ) -> (Option<String>, Vec<String>) {
        let level = self.request.levels(edit.layer).get(edit.level as usize).map(|level| &*level.name);
        let level = level.unwrap_or_default();
        let (kind, word) = if edit.layer == Layer::ServiceControl { ("SCP", "scp") } else { ("RCP", "rcp") };
        let by =
            self.request.world.organization().map(|organization| {
                format!("; the management account {} changes it", organization.management)
            });
        let name =
            origin.map_or_else(|| format!("Allow{}", self.request.action.name()), |o| o.name.to_string());
        let target = level.replace(' ', if level == "organization root" { "-" } else { " " });
        let mut commands = match text {
            Some(text) => vec![format!("{word} {name} {text}")],
            None => vec![format!("detach {name} from {target}")],
        };
        if origin.is_none() {
            commands.push(format!("attach {name} to {target}"));
        }
        (Some(format!("in {kind} {name}, attached to {level}{}", by.unwrap_or_default())), commands)
    }

    fn of_resource(&self, edit: &LevelEdit, text: Text<'_>) -> (Option<String>, Vec<String>) {
        let resource = self.request.resource().text().to_owned();
        let owner = self.request.owner.map(of_account).unwrap_or_default();
        let record = self.request.side.record.as_ref();
        // Behind an access point the second level is the bucket's (D45).
        let bucket = record.and_then(|record| record.bucket.as_deref()).filter(|_| edit.level == 1);
        let arn = bucket.or(record.map(|record| &*record.arn));
        match (self.request.side.kind, arn) {
            (Some(PolicyType::Trust), _) => (Some(format!("in the trust policy of {resource}")), Vec::new()),
            (kind, Some(arn)) => {
                let what = if kind == Some(PolicyType::Key) { "key policy" } else { "policy" };
                let is_point = bucket.is_none() && record.is_some_and(|record| record.bucket.is_some());
                let put = text.filter(|_| !is_point).map(|text| format!("resource {arn} policy {text}"));
                (Some(format!("in the {what} of {arn}{owner}")), put.into_iter().collect())
            }
            (_, None) => (Some(format!("in the policy of {}{owner}", self.holder(&resource))), Vec::new()),
        }
    }

    /// What has the policy: of an object its bucket.
    fn holder(&self, resource: &str) -> String {
        match self.request.arn().filter(|arn| arn.service() == "s3" && arn.account().is_empty()) {
            Some(arn) => format!(
                "arn:{}:s3:::{}",
                arn.partition(),
                arn.resource().split('/').next().unwrap_or_default()
            ),
            None => resource.to_owned(),
        }
    }

    fn of_endpoint(&self, text: Text<'_>) -> (Option<String>, Vec<String>) {
        let id = self.request.given_value("aws:SourceVpce");
        let Some(endpoint) = id.and_then(|id| self.request.world.endpoint(id)) else {
            return (None, Vec::new());
        };
        let owner = endpoint.owner.map(of_account).unwrap_or_default();
        let put = text.map(|text| format!("endpoint {} vpc {} policy {text}", endpoint.id, endpoint.vpc));
        (
            Some(format!("in the policy of endpoint {} in {}{owner}", endpoint.id, endpoint.vpc)),
            put.into_iter().collect(),
        )
    }
}

fn of_account(id: AccountId) -> String {
    format!(", account {id}")
}

/// Whether the policies of a layer came with the question.
fn is_given(given: &GivenPolicies, layer: Layer) -> bool {
    match layer {
        Layer::ResourceControl => given.rcp.is_some(),
        Layer::ServiceControl => given.scp.is_some(),
        Layer::VpcEndpoint => given.vpc_endpoint.is_some(),
        Layer::ResourceBased => given.resource.is_some(),
        Layer::IdentityBased => given.identity.is_some(),
        Layer::PermissionsBoundary => given.permissions_boundary.is_some(),
        Layer::Session => given.session.is_some(),
    }
}
