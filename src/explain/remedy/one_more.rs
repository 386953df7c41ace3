//! One more statement that allows just what was asked for, in the policy of a level or in a new one.

use super::authority::By;
use super::changes::is_of_aws;
use super::edit::Takes;
use super::proposal::Proposal;
use super::rights::assume_role;
use super::statement_words::few;
use crate::compile::CompiledPolicy;
use crate::explain::{NearMiss, wording};
use crate::facts;
use crate::names::{Arn, glob};
use crate::policy::{Layer, PolicyType, Token, policy_of};
use crate::question::Asked;
use crate::syntax::json::quote;
use crate::world::{Document, Level, LevelEdit, Origin, PrincipalKind};

impl Asked<'_> {
    /// An Allow for just this, under the Condition of the statement that comes near.
    pub(super) fn one_more_statement(
        &self,
        layer: Layer,
        level: u8,
        near: Option<&NearMiss>,
    ) -> Option<Proposal> {
        let found = self.request.level(layer, level);
        let kind = self.kind(layer, found);
        let condition = near.and_then(|miss| self.met_condition(miss));
        let condition = condition.or_else(|| self.narrowing_condition(layer));
        let pattern = self.new_pattern(layer, near);
        let says = self.allow(layer, kind, &pattern, condition.as_deref());
        let own = found.and_then(|level| editable_policy(level, layer)).map(|(_, origin, _)| &*origin.name);
        let actions = self.task_actions();
        let raised = self.raises(layer, level, &few(&actions));
        let so = raised.or_else(|| self.grants_below(condition.as_deref()));
        let so = so.or_else(|| self.grants_task(layer, &actions, &pattern));
        let so = so.unwrap_or_else(|| self.grants_this(layer, own, kind, &pattern));
        let so = format!("{so}{}", self.why_so_wide(layer, kind, &pattern));
        let found = self.saying_more(layer, level, &says)?.so(so);
        Some(match near.and_then(|miss| self.set_apart(miss)) {
            Some(since) => found.since(Some(since)).taking_of(Takes::Guard),
            None => found,
        })
    }

    /// The Condition of a statement that fits but for one other element: it confines what somebody wanted to allow.
    fn met_condition(&self, miss: &NearMiss) -> Option<String> {
        let on = self.target(miss.at).filter(|_| miss.differs.len() == 1 && !miss.has_condition())?;
        if on.view.policy.tests(on.view.statement).is_empty() {
            return None;
        }
        let lines = on.edit.token(Token::Condition).lines().map(str::trim);
        Some(lines.collect::<Vec<_>>().join(" "))
    }

    /// One more statement in the policy of a level, or in a new one.
    pub(super) fn saying_more(&self, layer: Layer, level: u8, says: &str) -> Option<Proposal> {
        if layer == Layer::ResourceBased && !self.request.asks_resource_policies() {
            return None; // I1: nobody would ask it
        }
        if !self.can_have_one_more(layer) || self.is_unnamed() || self.is_no_action() {
            return None;
        }
        let found = self.request.level(layer, level);
        let kind = self.kind(layer, found);
        let own = found.and_then(|level| editable_policy(level, layer));
        let (words, text) = match own {
            Some((_, origin, policy)) => {
                let words = format!("add to {} ({}): {says}", origin.name, self.layer_word(layer));
                (words, policy.policy().with_one_more(says))
            }
            None => (format!("{}: {says}", self.new_policy(layer, found)), policy_of(says)),
        };
        let origin = own.map(|(_, origin, _)| origin);
        let document = Some(Document::compile(origin.map_or("added", |origin| &origin.name), &text, kind)?);
        let edit = LevelEdit { layer, level, policy: own.map(|(number, ..)| number), document };
        let limit = self.opened_to_more(layer);
        let mut found = Proposal { limit, ..self.of_policy(words, edit, origin, Some(text)) };
        if layer == Layer::Session {
            found.edit.run = self.begin_again(found.by.as_ref());
        }
        Some(found)
    }

    /// How a session of the same role and name is begun with another policy.
    fn begin_again(&self, by: Option<&By>) -> Option<String> {
        let principal = &self.request.caller.principal;
        let PrincipalKind::RoleSession { session, .. } = &principal.kind else { return None };
        let line = assume_role(&principal.role_arn()?, &by.map(|by| self.taken_by(by)).unwrap_or_default());
        let line = line.replace("--role-session-name NAME", &format!("--role-session-name {session}"));
        Some(format!("{line} --policy file://FILE"))
    }

    /// Whether nobody named the resource of an action that has one: what is meant is not everything there is.
    pub(super) fn is_unnamed(&self) -> bool {
        let has_types = self.request.facts.is_some_and(|facts| facts.has_resource_types());
        has_types && self.request.request.resource.is_none() && self.request.arn().is_none()
    }

    /// Whether the service has no such action, as far as is known.
    pub(super) fn is_no_action(&self) -> bool {
        let service = self.request.action.service();
        self.request.facts.is_none() && self.request.world.catalog().service(service).is_some()
    }

    /// Whether anybody could write a policy there: not for a service-linked role, nor for what can have none.
    fn can_have_one_more(&self, layer: Layer) -> bool {
        match layer {
            Layer::IdentityBased => self.request.caller.service_linked.is_none(),
            Layer::ResourceBased if self.is_on_reserved_role() => false,
            Layer::ResourceBased if self.request.side.policies.is_empty() => self.can_have_policy(),
            _ => true,
        }
    }

    /// Whether the resource, or what holds its policy, is of a kind that can have one.
    fn can_have_policy(&self) -> bool {
        let record = self.request.side.record.as_ref();
        if record.is_some_and(|record| record.policy.is_some()) {
            return false; // it has one, which is not asked: as of an organization by whoever is not in it (I17)
        }
        let arn = self.request.policy_belongs_to();
        let arn = arn.as_deref().unwrap_or_else(|| self.request.resource().text());
        let Some(arn) = Arn::parse(arn) else { return false };
        match self.request.side.kind {
            Some(PolicyType::Trust) => !arn.resource().starts_with("role/aws-service-role/"),
            Some(PolicyType::Key) => true,
            _ => {
                facts::container_kind(&arn).is_some() || facts::may_have_policy(arn.service(), arn.resource())
            }
        }
    }

    /// What the policies of a level are read as.
    fn kind(&self, layer: Layer, level: Option<&Level>) -> PolicyType {
        let own = level.and_then(|level| level.set.policies().first());
        own.map(|policy| policy.policy().kind()).unwrap_or(match layer {
            Layer::ResourceControl => PolicyType::ResourceControl,
            Layer::ServiceControl => PolicyType::ServiceControl,
            Layer::VpcEndpoint => PolicyType::VpcEndpoint,
            Layer::ResourceBased => self.request.side.kind.unwrap_or(PolicyType::ResourceBased),
            Layer::IdentityBased => PolicyType::IdentityBased,
            Layer::PermissionsBoundary => PolicyType::PermissionsBoundary,
            Layer::Session => PolicyType::Session,
        })
    }

    /// The statement that allows just this.
    fn allow(&self, layer: Layer, kind: PolicyType, pattern: &str, condition: Option<&str>) -> String {
        let principal = match layer {
            Layer::ResourceBased => format!("\"Principal\": {}, ", self.principal_element()),
            Layer::VpcEndpoint => "\"Principal\": \"*\", ".to_owned(),
            _ => String::new(),
        };
        let resource = match (layer, kind) {
            (_, PolicyType::Trust) => String::new(),
            // The policy of a repository is about it alone: AWS's examples have no Resource in it.
            (Layer::ResourceBased, _) if self.request.action.is_of("ecr") => String::new(),
            (Layer::ServiceControl, _) | (_, PolicyType::Key) => ", \"Resource\": \"*\"".to_owned(),
            _ => format!(", \"Resource\": {}", one_or_list(&self.with_what_it_lies_in(pattern))),
        };
        let condition = condition.map(|text| format!(", \"Condition\": {text}")).unwrap_or_default();
        let action = one_or_list(&self.task_actions());
        format!("{{\"Effect\": \"Allow\", {principal}\"Action\": {action}{resource}{condition}}}")
    }

    /// A pattern, and what the resource lies in where the call is authorized on that, too, and lacks it (D44).
    pub(super) fn with_what_it_lies_in(&self, pattern: &str) -> Vec<String> {
        let above = self.lacking_above().into_iter().filter(|arn| !glob(pattern, arn));
        std::iter::once(pattern.to_owned()).chain(above).collect()
    }

    /// The principal as a resource-based policy names it.
    pub(super) fn principal_element(&self) -> String {
        let caller = &self.request.caller;
        let (kind, name) = match &caller.principal.kind {
            PrincipalKind::Anonymous => return "\"*\"".to_owned(),
            PrincipalKind::Service(name) => ("Service", &**name),
            PrincipalKind::IdentityProvider(name) => ("Federated", &**name),
            PrincipalKind::RoleSession { .. } => ("AWS", caller.parent_arn.as_deref().unwrap_or(&caller.arn)),
            _ => ("AWS", &*caller.arn),
        };
        format!("{{\"{kind}\": {}}}", quote(name))
    }

    fn new_policy(&self, layer: Layer, level: Option<&Level>) -> String {
        let name = match &self.request.caller.principal.kind {
            PrincipalKind::RoleSession { .. } => self.holder_name(), // a session has no policies of its own
            _ => wording::name(&self.request.caller),
        };
        let at = level.map(|level| &*level.name).filter(|name| !name.is_empty());
        let has_policy = level.is_some_and(|level| !level.set.is_empty());
        match (layer, at) {
            (Layer::ServiceControl, Some(at)) => format!("attach an SCP to {at} that says"),
            (Layer::ResourceBased, _) => "give the resource a policy that says".to_owned(),
            (Layer::IdentityBased, _) => format!("give {name} a policy that says"),
            (Layer::Session, _) if has_policy => {
                let own = level.and_then(|level| level.set.policies().first());
                let file = own.map(|own| own.policy().source().name()).filter(|name| name.ends_with(".json"));
                let file = file.map(|name| format!(" ({name})")).unwrap_or_default();
                format!("begin the session anew, and let its session policy{file} also say")
            }
            (Layer::Session, _) => "begin the session anew, with a session policy that says".to_owned(),
            _ => format!("give {name} a {} that also says", layer.noun()),
        }
    }
}

/// Texts of JSON: one, or a list.
fn one_or_list(texts: &[String]) -> String {
    let quoted: Vec<String> = texts.iter().map(|text| quote(text)).collect();
    match &quoted[..] {
        [one] => one.clone(),
        many => format!("[{}]", many.join(", ")),
    }
}

/// The policy of a level that is to say more: of a user's policies none that a group shares.
fn editable_policy(level: &Level, layer: Layer) -> Option<(u32, &Origin, &CompiledPolicy)> {
    let all = level.origins.iter().zip(level.set.policies()).enumerate();
    let own = |origin: &Origin| !is_of_aws(origin) && origin.group.is_none();
    let mut found = all.filter(|(_, (origin, _))| own(origin) && layer != Layer::Session);
    found.next().map(|(number, (origin, policy))| (number as u32, origin, &**policy))
}
