//! What could make a level of a layer allow a request.

use super::super::near_miss::nearest;
use super::super::{ActionHint, ConditionHint, Hint, NearMiss, PrincipalHint, ResourceHint};
use super::Takes;
use super::changes::{EditTarget, is_of_aws};
use super::context::tests;
use super::proposal::Proposal;
use crate::compile::CompiledPolicy;
use crate::facts::{self, KeySetter};
use crate::names::Arn;
use crate::policy::{Effect, Layer, PolicyType, SetOperator, Token, policy_of};
use crate::question::Asked;
use crate::syntax::json::quote;
use crate::trace::{Mismatch, StatementView};
use crate::world::{Document, Level, LevelEdit, Origin, PrincipalKind};

impl Asked<'_> {
    /// What could make a level of a layer allow the request, the smallest change first.
    pub(super) fn allowing_changes(&self, layer: Layer, level: u8) -> Vec<Proposal> {
        let near = nearest(self, [layer].into_iter(), Effect::Allow);
        let near: Vec<NearMiss> = near.into_iter().filter(|miss| miss.at.level == level).collect();
        let everyday = layer == Layer::IdentityBased;
        let mut found: Vec<Proposal> = near.iter().flat_map(|miss| self.mended(miss)).collect();
        if everyday {
            found.extend(self.roles().into_iter().chain(self.groups()));
        }
        let more = self.one_more_statement(layer, level, near.first());
        if near.first().is_some_and(|miss| self.is_asked_within(miss)) {
            // The statement that comes near would open it for all that it names; this asks for one thing.
            let calls = found.iter().take_while(|proposal| proposal.edit.layer.is_none()).count();
            found.splice(calls..calls, more);
            return found;
        }
        // A statement for just this is narrower than a pattern with a wildcard; but it must not go around a
        // condition that somebody has set.
        let narrower = near
            .first()
            .is_none_or(|miss| matches!(miss.mismatch, Mismatch::Resource { .. } | Mismatch::Principal));
        let is_open = near.first().is_none_or(|miss| self.can_be_met(miss));
        let narrower = narrower || !is_open;
        let more = more.map(|more| match near.first().filter(|miss| miss.has_condition()) {
            Some(miss) => {
                let so = format!(
                    "{}, without the Condition of {}",
                    self.grants_it(Some(miss)),
                    self.named(miss.at)
                );
                let raised = self.raises(layer, level, &self.action_name());
                let more = more.so(raised.unwrap_or(so));
                if is_open { more.only_at_last() } else { more }
            }
            None => more,
        });
        found.extend(more.map(|more| if narrower { more } else { more.only_at_last() }));
        found.extend(self.left_to_the_account(layer, level));
        found.extend(near.first().and_then(|miss| self.one_more_principal(miss)));
        found
    }

    /// Whether somebody who has to do with the call can meet the condition of a near miss; what services alone say of
    /// their calls nobody can.
    fn can_be_met(&self, miss: &NearMiss) -> bool {
        let Mismatch::Condition { test, .. } = miss.mismatch else { return true };
        let Some(on) = self.target(miss.at) else { return true };
        let key = tests(on.view).get(test as usize).map(|test| on.view.policy.policy().text(&test.key));
        let by_service = key.is_some_and(|key| facts::key_origin(&key).setter == KeySetter::Service);
        !by_service || !self.met(on.view).is_empty()
    }

    /// The principal added to those that a near miss names.
    fn one_more_principal(&self, miss: &NearMiss) -> Option<Proposal> {
        let on = self.target(miss.at).filter(|_| self.is_editable(miss.at))?;
        let only =
            miss.mismatch == Mismatch::Principal && miss.differs.len() == 1 && !is_of_administrators(on.view);
        let own = self.principal_name().filter(|_| only)?;
        let what = format!("add {} to \"Principal\"", quote(&own));
        let says = on.edit.longer(Token::Principal(0), &[own]);
        let found = self.reworded(&on, Token::Principal(0), &what, says)?;
        let so = self.also_grants(miss.at, &found);
        Some(found.so(so))
    }

    /// D22: a key policy that leaves the decision to the IAM policies of its account, as AWS's own does.
    fn left_to_the_account(&self, layer: Layer, level: u8) -> Option<Proposal> {
        let is_key = layer == Layer::ResourceBased && self.request.side.kind == Some(PolicyType::Key);
        let account = self.request.owner.filter(|_| is_key && !self.request.is_cross_account())?;
        let root = format!("arn:{}:iam::{account}:root", self.request.caller.principal.partition);
        let says = format!(
            "{{\"Effect\": \"Allow\", \"Principal\": {{\"AWS\": {}}}, \"Action\": \"kms:*\", \"Resource\": \"*\"}}",
            quote(&root)
        );
        let so = format!(
            "leaves the key to the IAM policies of account {account}, as the default key policy does: whoever those allow kms:* may do all with it"
        );
        let found = self.saying_more(layer, level, &says)?;
        Some(found.so(so).taking_of(Takes::Service))
    }

    /// The element of a near miss, mended.
    fn mended(&self, miss: &NearMiss) -> Vec<Proposal> {
        let Some(on) = self.target(miss.at) else { return Vec::new() };
        let editable = self.is_editable(miss.at);
        let so = |found: Proposal| {
            let so = self.also_grants(miss.at, &found);
            found.so(so)
        };
        let mut found: Vec<Proposal> = self.elsewhere(miss, on.view).into_iter().collect();
        found.extend(self.hinted(miss, &on).filter(|_| editable).map(so));
        match miss.mismatch {
            Mismatch::Condition { test, .. } => {
                found.extend(self.met(on.view));
                found.extend(self.widened(&on, test).filter(|_| editable).map(so));
            }
            Mismatch::Unresolved(_) => found.extend(self.tags_for_resources(on.view)),
            _ => {}
        }
        found
    }

    fn hinted(&self, miss: &NearMiss, on: &EditTarget<'_>) -> Option<Proposal> {
        let token = miss.token;
        let written = on.edit.token(token).trim_matches('"');
        let instead = |text: &str| self.instead(on, token, text);
        let besides = |text: &str| self.besides(on, token, text);
        match miss.hint.as_ref()? {
            Hint::LetterCase { asked } => besides(&in_the_case_of(written, asked)),
            Hint::Resource(
                ResourceHint::BucketForObject { suggest }
                | ResourceHint::ObjectForBucket { suggest }
                | ResourceHint::Below { suggest }
                | ResourceHint::SecretEnd { suggest },
            )
            | Hint::Action(ActionHint::OtherService { suggest }) => besides(suggest),
            Hint::Resource(ResourceHint::OtherField { field, asked }) if asked.is_empty() => {
                besides(&with_field(written, *field, "")?)
            }
            Hint::Resource(ResourceHint::OtherField { field, asked }) => {
                besides(&with_field(written, *field, asked)?)
            }
            Hint::Condition(ConditionHint::NeedsLike { suggest }) => {
                let Mismatch::Condition { test, .. } = miss.mismatch else { return None };
                self.instead(on, Token::Operator(test), suggest)
            }
            Hint::Condition(ConditionHint::NeedsSetOperator) => instead(&format!("ForAnyValue:{written}")),
            Hint::Condition(ConditionHint::KeyTypo { .. }) if self.holds_of_nothing(miss, on) => None,
            Hint::Condition(ConditionHint::KeyTypo { suggest })
            | Hint::Action(ActionHint::Typo { suggest } | ActionHint::NoService { suggest })
            | Hint::Principal(PrincipalHint::SessionForRole { suggest }) => instead(suggest),
            Hint::OldVersion => self.in_todays_language(on),
            _ => None,
        }
    }

    /// Whether a test holds where its key is absent: with another key it would hold for everybody who lacks that.
    fn holds_of_nothing(&self, miss: &NearMiss, on: &EditTarget<'_>) -> bool {
        let Mismatch::Condition { test, .. } = miss.mismatch else { return false };
        let operator = tests(on.view).get(test as usize).map(|test| test.operator);
        operator.is_some_and(|operator| {
            let of_all = operator.set == Some(SetOperator::ForAllValues);
            of_all || operator.if_exists || operator.operator.is_negated()
        })
    }

    /// One text in place of another.
    pub(super) fn instead(&self, on: &EditTarget<'_>, token: Token, text: &str) -> Option<Proposal> {
        let what = format!("write {} instead of {}", quote(text), on.edit.token(token));
        self.reworded(on, token, &what, on.edit.replaced(token, quote(text)))
    }

    /// One text more in the list in which a token stands.
    fn besides(&self, on: &EditTarget<'_>, token: Token, text: &str) -> Option<Proposal> {
        let what = format!("add {} beside {}", quote(text), on.edit.token(token));
        self.reworded(on, token, &what, on.edit.longer(token, &[text.to_owned()]))
    }

    fn in_todays_language(&self, on: &EditTarget<'_>) -> Option<Proposal> {
        let name = &self.origin(on.view.at)?.name;
        let words = format!("give {name} the element \"Version\": \"2012-10-17\"");
        let policy = on.view.policy.policy();
        let found = self.edited(on.view.at, Token::Statement, words, policy.in_todays_language(), policy)?;
        Some(found.taking(format!("whoever asks for the variable as text: {}", self.covered(on.view.at))))
    }

    /// An Allow for just this, under the Condition of the statement that comes near.
    fn one_more_statement(&self, layer: Layer, level: u8, near: Option<&NearMiss>) -> Option<Proposal> {
        let found = self.request.level(layer, level);
        let kind = self.kind(layer, found);
        let condition = near.and_then(|miss| self.met_condition(miss));
        let condition = condition.or_else(|| self.narrowing_condition(layer));
        let pattern = self.new_pattern(layer, near);
        let says = self.allow(layer, kind, &pattern, condition.as_deref());
        let own = found.and_then(|level| editable_policy(level, layer)).map(|(_, origin, _)| &*origin.name);
        let raised = self.raises(layer, level, &self.action_name());
        let so = raised.unwrap_or_else(|| self.grants_this(layer, own, kind, &pattern));
        self.saying_more(layer, level, &says).map(|found| found.so(so))
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
    fn saying_more(&self, layer: Layer, level: u8, says: &str) -> Option<Proposal> {
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
        Some(self.of_policy(words, edit, origin, Some(text)))
    }

    /// Whether nobody named the resource of an action that has one: what is meant is not everything there is.
    fn is_unnamed(&self) -> bool {
        let has_types = self.request.facts.is_some_and(|facts| facts.has_resource_types());
        has_types && self.request.request.resource.is_none() && self.request.arn().is_none()
    }

    /// Whether the service has no such action, as far as is known.
    fn is_no_action(&self) -> bool {
        let service = self.request.action.service();
        self.request.facts.is_none() && self.request.world.catalog().service(service).is_some()
    }

    /// Whether anybody could write a policy there: not for a service-linked role, nor for what can have none.
    fn can_have_one_more(&self, layer: Layer) -> bool {
        match layer {
            Layer::IdentityBased => self.request.caller.service_linked.is_none(),
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
            (Layer::ServiceControl, _) | (_, PolicyType::Key) => ", \"Resource\": \"*\"".to_owned(),
            _ => format!(", \"Resource\": {}", quote(pattern)),
        };
        let condition = condition.map(|text| format!(", \"Condition\": {text}")).unwrap_or_default();
        let action = quote(&self.action_name());
        format!("{{\"Effect\": \"Allow\", {principal}\"Action\": {action}{resource}{condition}}}")
    }

    /// The ARN by which a policy names the principal: of a session that of its role.
    fn principal_name(&self) -> Option<String> {
        let caller = &self.request.caller;
        self.request.is_iam_principal().then(|| match &caller.principal.kind {
            PrincipalKind::RoleSession { .. } => {
                caller.parent_arn.as_deref().unwrap_or(&caller.arn).to_owned()
            }
            _ => caller.arn.to_string(),
        })
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
            _ => super::super::wording::name(&self.request.caller),
        };
        let at = level.map(|level| &*level.name).filter(|name| !name.is_empty());
        let has_policy = level.is_some_and(|level| !level.set.is_empty());
        match (layer, at) {
            (Layer::ServiceControl, Some(at)) => format!("attach an SCP to {at} that says"),
            (Layer::ResourceBased, _) => "give the resource a policy that says".to_owned(),
            (Layer::IdentityBased, _) => format!("give {name} a policy that says"),
            (Layer::Session, _) if has_policy => {
                "begin a new session with a session policy that also says".to_owned()
            }
            (Layer::Session, _) => "begin the session with a session policy that says".to_owned(),
            _ => format!("give {name} a {} that also says", layer.noun()),
        }
    }
}

/// Whether a statement grants all that a service has, or more.
pub(super) fn is_of_administrators(view: StatementView<'_>) -> bool {
    let mut actions = view.policy.actions(view.statement).iter();
    view.statement.not_action
        || actions.any(|one| matches!(one.text(view.policy).split_once(':'), None | Some((_, "*"))))
}

/// The policy of a level that is to say more: of a user's policies none that a group shares.
fn editable_policy(level: &Level, layer: Layer) -> Option<(u32, &Origin, &CompiledPolicy)> {
    let all = level.origins.iter().zip(level.set.policies()).enumerate();
    let own = |origin: &Origin| !is_of_aws(origin) && origin.group.is_none();
    let mut found = all.filter(|(_, (origin, _))| own(origin) && layer != Layer::Session);
    found.next().map(|(number, (origin, policy))| (number as u32, origin, &**policy))
}

/// A pattern in the letter case of a text that it would match, were it not for the case.
fn in_the_case_of(pattern: &str, asked: &str) -> String {
    let Some(first) = pattern.find(['*', '?', '$']) else { return asked.to_owned() };
    match asked.get(..first) {
        Some(start) => format!("{start}{}", &pattern[first..]),
        None => pattern.to_owned(),
    }
}

/// The pattern of an ARN with another field.
fn with_field(pattern: &str, field: u8, value: &str) -> Option<String> {
    let mut fields: Vec<&str> = pattern.splitn(6, ':').collect();
    *fields.get_mut(field as usize)? = value;
    Some(fields.join(":"))
}
