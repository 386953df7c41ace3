//! Which document a change is made in, whose it is, and the commands that make it here.

use std::borrow::Cow;
use std::sync::Arc;

use super::authority::{By, name};
use super::permitted::SOME_REGION;
use crate::compile::{CompiledPolicy, PrincipalPatternKind};
use crate::facts::container_kind;
use crate::names::{AccountId, Arn};
use crate::policy::{Layer, PolicyType};
use crate::question::Asked;
use crate::syntax::json::one_line;
use crate::syntax::script::write;
use crate::world::{
    Change, Document, GivenPolicies, LevelEdit, Organization, Origin, Principal, PrincipalKind, Resource,
};

/// Where a change is made.
#[derive(Clone, Debug, Default)]
pub(super) struct Whereabouts {
    /// Which document of whom it is.
    pub(super) place: Option<String>,
    /// Who can make it.
    pub(super) by: Option<By>,
    /// The commands that make it here.
    pub(super) commands: Vec<String>,
    /// The account in which they make it.
    pub(super) account: Option<AccountId>,
    /// The changes that it comes to, where no command says them.
    pub(super) changes: Vec<Change>,
}

/// What is done to a document: its new text, or that it is taken away.
type Text<'t> = Option<&'t str>;

impl Asked<'_> {
    /// Where an edit of a policy is made, and by which commands; of policies that came with the question nothing is
    /// known but the file, and who could change such a policy.
    pub(super) fn whereabouts(
        &self,
        edit: &LevelEdit,
        origin: Option<&Origin>,
        text: Text<'_>,
    ) -> Whereabouts {
        let text = text.map(one_line);
        let text = text.as_deref();
        let account = match edit.layer {
            Layer::ResourceControl | Layer::ResourceBased => self.request.owner,
            _ => self.request.caller.account,
        };
        let found = match edit.layer {
            Layer::IdentityBased => self.of_identity(origin, text),
            Layer::PermissionsBoundary => {
                let of = self.entity().map(|entity| format!("the boundary of {entity}"));
                self.of_managed(origin, text, of)
            }
            Layer::ServiceControl | Layer::ResourceControl => self.of_organization(edit, origin, text),
            Layer::ResourceBased => self.of_resource(edit, text),
            Layer::VpcEndpoint => self.of_endpoint(text),
            Layer::Session => Whereabouts { by: Some(self.whoever_begins()), ..Whereabouts::default() },
        };
        if is_given(self.request.request.policies, edit.layer) {
            return Whereabouts { by: found.by, ..Whereabouts::default() };
        }
        Whereabouts { account, ..found }
    }

    /// A session policy is given with the call that begins the session.
    fn whoever_begins(&self) -> By {
        let principal = &self.request.caller.principal;
        let by = match &principal.kind {
            PrincipalKind::FederatedUser { issuer: Some(issuer), .. } => {
                let issuer =
                    Principal::parse_arn(issuer).and_then(|issuer| issuer.account().zip(Some(issuer)));
                issuer.map(|(account, issuer)| {
                    let call = format!("{} (sts:GetFederationToken)", name(&issuer, account));
                    By::Said(format!("{call}, who begins the session; one that runs cannot be changed"))
                })
            }
            _ => self.whoever_assumes_again(principal),
        };
        let is_role = matches!(principal.kind, PrincipalKind::RoleSession { .. });
        let call = if is_role { "sts:AssumeRole" } else { "sts:GetFederationToken" };
        by.unwrap_or_else(|| {
            By::Said(format!("whoever calls {call} for the session; one that runs cannot be changed"))
        })
    }

    /// Whoever may begin a session of a role: of its own account, or of one that its trust policy lets in.
    fn whoever_assumes_again(&self, session: &Principal) -> Option<By> {
        let role = session.role_arn()?;
        let mut accounts: Vec<AccountId> = session.account().into_iter().collect();
        accounts.extend(self.accounts_trusted_by(session));
        let each = accounts.into_iter().map(|account| By::whoever_calls("sts:AssumeRole", &*role, account));
        each.into_iter().find(|by| self.has_somebody(by))
    }

    /// The accounts of those whom the trust policy of a session's role names.
    fn accounts_trusted_by(&self, session: &Principal) -> Vec<AccountId> {
        let PrincipalKind::RoleSession { account, role, .. } = &session.kind else { return Vec::new() };
        let role = self.request.world.account(*account).and_then(|account| account.role(role));
        let Some(trust) = role.and_then(|role| role.trust.compiled()) else { return Vec::new() };
        let patterns = trust.statements().iter().flat_map(|one| trust.principals(one));
        let named = patterns.filter_map(|pattern| match pattern.kind {
            PrincipalPatternKind::Account(id) => Some(id),
            _ => Arn::parse(pattern.text(trust))?.account_id(),
        });
        named.collect()
    }

    fn of_identity(&self, origin: Option<&Origin>, text: Text<'_>) -> Whereabouts {
        if let Some(found) = self.of_permission_set(origin, text.is_some()) {
            return found;
        }
        if origin.is_some_and(|origin| origin.arn.is_some()) {
            let holder = origin.and_then(|origin| self.holder_of(origin));
            return self.of_managed(origin, text, holder.map(|holder| format!("attached to {holder}")));
        }
        let entity = origin.map_or_else(|| self.holder(), |origin| self.holder_of(origin));
        let Some(entity) = entity else { return Whereabouts::default() };
        let by = self.by_holder(if text.is_some() { "Put" } else { "Delete" }, &entity);
        let (place, command) = match (origin, text) {
            (Some(origin), text) => {
                let put = text.map(|text| format!("inline {} on {entity} {text}", origin.name));
                (format!("in inline policy {} of {entity}", origin.name), put)
            }
            (None, Some(text)) => {
                let name = format!("Allow{}", self.request.action.name());
                let account = self.request.caller.account.map(of_account).unwrap_or_default();
                let whose = format!("for {entity}{account}, inline or managed");
                (whose, Some(format!("inline {name} on {entity} {text}")))
            }
            (None, None) => return Whereabouts::default(),
        };
        Whereabouts {
            place: Some(place),
            by,
            commands: command.into_iter().collect(),
            ..Whereabouts::default()
        }
    }

    /// Whoever may put, delete or detach a policy of a user, group or role.
    fn by_holder(&self, verb: &str, entity: &str) -> Option<By> {
        let account = self.request.caller.account?;
        let (kind, name) = entity.split_once(' ')?;
        let of_kind = match kind {
            "user" => "User",
            "group" => "Group",
            _ => "Role",
        };
        let action = format!("iam:{verb}{of_kind}Policy");
        Some(By::whoever_calls(action, self.entity_arn(account, kind, name), account))
    }

    /// The ARN of a user, group or role, with its path where the world knows it.
    pub(super) fn entity_arn(&self, account: AccountId, kind: &str, name: &str) -> String {
        let known = self.request.world.account(account);
        let folded = name.to_ascii_lowercase();
        let found = known.and_then(|known| match kind {
            "user" => known.users.get(&*folded).map(|user| user.arn(account)),
            "role" => known.roles.get(&*folded).map(|role| role.arn(account)),
            _ => None,
        });
        found.unwrap_or_else(|| format!("arn:aws:iam::{account}:{kind}/{name}"))
    }

    /// A managed policy; one that is to go is detached.
    fn of_managed(&self, origin: Option<&Origin>, text: Text<'_>, used_as: Option<String>) -> Whereabouts {
        let Some((origin, arn)) = origin.and_then(|origin| Some((origin, origin.arn.as_deref()?))) else {
            return Whereabouts::default();
        };
        let by = self.by_versions(origin, arn, text.is_some());
        let command = match (text, self.holder_of(origin)) {
            (Some(text), _) => Some(format!("policy {} {text}", origin.name)),
            (None, Some(holder)) => Some(format!("detach {} from {holder}", origin.name)),
            (None, None) => None,
        };
        let used = used_as.map(|used| format!(", {used}")).unwrap_or_default();
        let place = Some(format!("in managed policy {arn}{used}"));
        Whereabouts { place, by, commands: command.into_iter().collect(), ..Whereabouts::default() }
    }

    /// Whoever may make a version of a managed policy, or detach it.
    fn by_versions(&self, origin: &Origin, arn: &str, changes: bool) -> Option<By> {
        if !changes {
            return self.by_holder("Detach", &self.holder_of(origin)?);
        }
        Some(By::whoever_calls("iam:CreatePolicyVersion", arn, self.request.caller.account?))
    }

    /// What a policy is attached to.
    fn holder_of(&self, origin: &Origin) -> Option<String> {
        let group = origin.group.as_ref().map(|group| format!("group {group}"));
        group.or_else(|| self.holder())
    }

    fn of_organization(&self, edit: &LevelEdit, origin: Option<&Origin>, text: Text<'_>) -> Whereabouts {
        let level = self.request.level(edit.layer, edit.level).map(|level| &*level.name);
        let level = level.unwrap_or_default();
        let (kind, word) = if edit.layer == Layer::ServiceControl { ("SCP", "scp") } else { ("RCP", "rcp") };
        let organization = self.bound_by(edit.layer);
        let action = match (text, origin) {
            (Some(_), Some(_)) => "organizations:UpdatePolicy",
            (Some(_), None) => "organizations:AttachPolicy",
            (None, _) => "organizations:DetachPolicy",
        };
        let of_kind = if word == "scp" { "service_control_policy" } else { "resource_control_policy" };
        let by = organization.map(|own| By::management(own, action, Some(of_kind)));
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
        let of = organization.map(|own| self.request.world.in_organization(own)).unwrap_or_default();
        let place = Some(format!("in {kind} {name}, attached to {level}{of}"));
        Whereabouts { place, by, commands, ..Whereabouts::default() }
    }

    /// The organization whose SCPs or RCPs take part: the caller's, or that of the resource's owner.
    fn bound_by(&self, layer: Layer) -> Option<&Arc<Organization>> {
        let scp = layer == Layer::ServiceControl;
        let account = if scp { self.request.caller.account } else { self.request.owner };
        self.request.world.organization_of(account?)
    }

    fn of_resource(&self, edit: &LevelEdit, text: Text<'_>) -> Whereabouts {
        let resource = self.request.resource().text().to_owned();
        let owner = self.request.owner.map(of_account).unwrap_or_default();
        let declared = self.policy_stands_on(edit);
        let arn = declared.map(|declared| Cow::Borrowed(&*declared.arn));
        let arn = arn.or_else(|| self.request.policy_belongs_to());
        let arn = arn.as_deref().unwrap_or(&resource);
        let by = self.by_policy_of(arn);
        if self.request.side.kind == Some(PolicyType::Trust) {
            let place = Some(format!("in the trust policy of {resource}"));
            let changes = edit.document.as_ref().and_then(|trust| self.trusting(trust)).into_iter().collect();
            return Whereabouts { place, by, changes, ..Whereabouts::default() };
        }
        let what = if self.request.side.kind == Some(PolicyType::Key) { "key policy" } else { "policy" };
        let command = text.map(|text| match declared.and_then(|declared| declared.bucket.as_deref()) {
            Some(bucket) => {
                let vpc = declared.and_then(|declared| declared.vpc.as_deref());
                let vpc = vpc.map(|vpc| format!(" vpc {vpc}")).unwrap_or_default();
                format!("access-point {} of {}{vpc} policy {text}", write::arn(arn), write::arn(bucket))
            }
            None => format!("resource {} policy {text}", write::arn(arn)),
        });
        let place = Some(format!("in the {what} of {arn}{owner}"));
        Whereabouts { place, by, commands: command.into_iter().collect(), ..Whereabouts::default() }
    }

    /// Another trust policy for the role that was asked for.
    fn trusting(&self, trust: &Arc<CompiledPolicy>) -> Option<Change> {
        let role = Principal::parse_arn(self.request.resource().text())?;
        let PrincipalKind::RoleSession { account, role, .. } = role.kind else { return None };
        Some(Change::SetTrust { account, role, trust: Document::Good(Arc::clone(trust)) })
    }

    /// The declared resource whose policy is edited: that of the policy (I1), or where one is new the resource itself or
    /// what holds it. Behind an access point the second level is the bucket's (D45).
    fn policy_stands_on(&self, edit: &LevelEdit) -> Option<&Arc<Resource>> {
        let request = &self.request;
        let level = request.level(edit.layer, edit.level);
        let old = edit.policy.and_then(|at| level?.set.policies().get(at as usize));
        let record = request.side.record.as_ref();
        let bucket = record.and_then(|record| record.bucket.as_deref()).filter(|_| edit.level == 1);
        let of_level = bucket.map_or(record, |bucket| request.world.resource(bucket));
        old.and_then(|policy| request.stands_on(policy)).or(of_level)
    }

    /// Whoever may change the policy of a resource; of a kind whose action no table knows it is only said.
    fn by_policy_of(&self, arn: &str) -> Option<By> {
        let account = self.request.owner?;
        let parsed = Arn::parse(arn)?;
        let action = match parsed.service() {
            "iam" => "iam:UpdateAssumeRolePolicy",
            _ => container_kind(&parsed).map(|kind| kind.changed_by).unwrap_or_default(),
        };
        if action.is_empty() {
            return Some(By::Said(format!("whoever may change the policy of {arn}")));
        }
        Some(By::whoever_calls(action, arn, account))
    }

    fn of_endpoint(&self, text: Text<'_>) -> Whereabouts {
        let Some(endpoint) = self.request.source_endpoint() else { return Whereabouts::default() };
        let owner = endpoint.owner.map(of_account).unwrap_or_default();
        let put = text.map(|text| format!("endpoint {} vpc {} policy {text}", endpoint.id, endpoint.vpc));
        let place = Some(format!("in the policy of endpoint {} in {}{owner}", endpoint.id, endpoint.vpc));
        let by = endpoint.owner.map(|account| {
            let region = self.request.requested_region().or_else(|| self.region_of_vpc(&endpoint.vpc));
            let region = region.unwrap_or(SOME_REGION);
            let resource = format!("arn:aws:ec2:{region}:{account}:vpc-endpoint/{}", endpoint.id);
            By::whoever_calls("ec2:ModifyVpcEndpoint", resource, account)
        });
        Whereabouts { place, by, commands: put.into_iter().collect(), ..Whereabouts::default() }
    }

    /// The Region of a VPC that the world has.
    fn region_of_vpc(&self, vpc: &str) -> Option<&str> {
        let is_it =
            |arn: &Arn<'_>| arn.service() == "ec2" && arn.resource().strip_prefix("vpc/") == Some(vpc);
        self.request
            .world
            .resources()
            .filter_map(|one| Arn::parse(&one.arn))
            .find(is_it)
            .map(|arn| arn.region())
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
