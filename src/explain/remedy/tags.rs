//! Tags of principal and resource: what attribute-based access control asks for.

use super::super::misspelt::is_misspelling;
use super::authority::By;
use super::proposal::Proposal;
use super::slip::Slip;
use crate::facts;
use crate::names::Arn;
use crate::names::fold_hash;
use crate::policy::ConditionTest;
use crate::question::Asked;
use crate::question::search::values_for;
use crate::question::space::{KeyTest, pieces, variables};
use crate::syntax::script::write;
use crate::trace::StatementView;
use crate::world::{Change, ContextValue, Presence, Principal, PrincipalKind, Request, Tags, Target};

pub(super) const PRINCIPAL_TAG: &str = "aws:principaltag/";

impl Asked<'_> {
    /// Tags that would let a test hold: the tag that it asks for, or that its variables stand for.
    pub(super) fn tags_for(&self, view: StatementView<'_>, test: &ConditionTest) -> Vec<Proposal> {
        let policy = view.policy.policy();
        let key = policy.text(&test.key);
        let values = values_for(self, KeyTest { policy, test }).into_iter().filter_map(one);
        let mut found: Vec<Proposal> = values.filter_map(|value| self.tag(&key, value)).collect();
        if let Presence::Known([own]) = self.request.presence(fold_hash(key.as_bytes()), &key) {
            for text in policy.texts(test.values) {
                found
                    .extend(variables(&policy.text(text)).filter_map(|name| self.tag(name, own.to_string())));
            }
        }
        found
    }

    /// Tags that the variables in the resources of a statement stand for.
    pub(super) fn tags_for_resources(&self, view: StatementView<'_>) -> Vec<Proposal> {
        let policy = view.policy.policy();
        let resource = view.written().and_then(|statement| statement.resource);
        let mut found = Vec::new();
        for text in resource.iter().flat_map(|resource| policy.texts(resource.patterns)) {
            for name in variables(&policy.text(text)) {
                let resource = self.request.resource();
                found.extend(pieces(resource.text()).filter_map(|piece| self.tag(name, piece.to_owned())));
            }
        }
        found
    }

    pub(super) fn tag(&self, key: &str, value: String) -> Option<Proposal> {
        let (kind, tag) = key.split_once('/').filter(|_| !value.is_empty())?;
        let (who, target, arn, account) = match format!("{}/", kind.to_ascii_lowercase()).as_str() {
            PRINCIPAL_TAG if self.comes_with_session(key) => return self.session_tag(key, tag, value),
            PRINCIPAL_TAG => {
                let account = self.request.caller.account?;
                let entity = self.entity()?;
                let (kind, name) = entity.split_once(' ')?;
                (entity.clone(), Some(entity.clone()), self.entity_arn(account, kind, name), Some(account))
            }
            _ => {
                let arn = self.request.tagged_arn(key)?;
                let is_declared = self.request.world.resource(arn).is_some();
                if is_declared && !self.would_have(key, arn, (tag, &value)) {
                    return None;
                }
                let target = is_declared.then(|| format!("resource {}", write::arn(arn)));
                (arn.to_owned(), target, arn.to_owned(), self.request.owner)
            }
        };
        let pair = write::pair(tag, &write::value(&value));
        let made = account.zip(target.as_deref());
        let made = made.and_then(|(account, target)| self.tagged(account, target, (tag, &value)));
        let number = account.map(|id| id.to_string()).unwrap_or_default();
        let line = Arn::parse(&arn).and_then(|target| facts::tag_command(&target, &number, (tag, &value)));
        let line = line.map(|line| format!(": `{line}`")).unwrap_or_default();
        let named = Arn::parse(&who).filter(|arn| !line.is_empty() && arn.service() != "s3");
        let named = named.map_or(&*who, |arn| arn.resource());
        let words = format!("give {named} the tag {pair}{line}");
        let slip = self.slip_of_tag(key, tag, &value);
        let by = account.zip(Arn::parse(&arn)).map(|(account, parsed)| {
            By::whoever_tags(facts::tagging_action(&parsed), &arn, account, (tag, &value))
        });
        let entry = (key.to_owned().into(), ContextValue::One(value.into()));
        let found = Proposal::of_key(words, entry, target.map(|target| format!("tag {target} {pair}")))
            .within(self.request.caller.account)
            .by(by);
        let old_tag = self.old_tag(key, tag);
        let of_resource = old_tag.as_ref().filter(|_| who == arn);
        let limit = of_resource.map(|old| format!("what is tagged {old}"));
        let fact = match &old_tag {
            Some(_) => format!("{} is mis-tagged", short_name(&who)),
            None => format!("{} is to have {pair}", short_name(&who)),
        };
        Some(Proposal { made: made.into_iter().collect(), limit, old_tag, slip, ..found.provided(fact) })
    }

    /// That the tag that is there is the other one misspelt.
    fn slip_of_tag(&self, key: &str, tag: &str, value: &str) -> Option<Slip> {
        match self.request.presence(fold_hash(key.as_bytes()), key) {
            Presence::Known([old]) if is_misspelling(old, value) => Some(Slip::of_tag(tag, value, old)),
            _ => None,
        }
    }

    /// The tag that another one takes the place of: it sets apart what has it.
    fn old_tag(&self, key: &str, tag: &str) -> Option<String> {
        let Presence::Known([old]) = self.request.presence(fold_hash(key.as_bytes()), key) else {
            return None;
        };
        Some(write::pair(tag, &write::value(old)))
    }

    /// Whether a key would have the value once a declared resource has the tag: tags of buckets count under ABAC alone.
    fn would_have(&self, key: &str, arn: &str, (tag, value): (&str, &str)) -> bool {
        let Some(account) = self.request.owner.or(self.request.caller.account) else { return false };
        let tags = Tags::from([(tag.into(), value.into())]);
        let mut world = self.request.world.clone();
        if world.apply(Change::Tag { account, target: Target::Resource(arn.into()), tags }).is_err() {
            return false;
        }
        let request = Request { ..self.request.request };
        let again = world.prepare(self.request.caller.clone(), request);
        again.is_ok_and(|again| {
            again.presence(fold_hash(key.as_bytes()), key) == Presence::Known(&[value.into()])
        })
    }

    /// Whether a key is a tag of principal or resource.
    pub(super) fn is_tag(&self, key: &str) -> bool {
        key.to_ascii_lowercase().starts_with(PRINCIPAL_TAG) || self.request.tagged_arn(key).is_some()
    }

    /// Whose policies the principal has, as commands name it: of a federated user the user who asked for the session.
    pub(super) fn holder(&self) -> Option<String> {
        let issuer = match &self.request.caller.principal.kind {
            PrincipalKind::FederatedUser { issuer, .. } => Principal::parse_arn(issuer.as_deref()?)?,
            _ => return self.entity(),
        };
        match issuer.kind {
            PrincipalKind::User { name, .. } => Some(format!("user {name}")),
            _ => None,
        }
    }

    /// The user or role that has policies and tags, as commands name it.
    pub(super) fn entity(&self) -> Option<String> {
        if !self.request.caller.is_known {
            return None;
        }
        match &self.request.caller.principal.kind {
            PrincipalKind::User { name, .. } => Some(format!("user {name}")),
            PrincipalKind::RoleSession { role, .. } => Some(format!("role {role}")),
            _ => None,
        }
    }
}

/// `user oona`, `the instance`: who or what has a tag, where the ARN stands beside it.
fn short_name(who: &str) -> String {
    let Some(arn) = Arn::parse(who) else { return who.to_owned() };
    let kind = arn.resource().split_once(['/', ':']).map(|(kind, _)| kind);
    let kind = kind.filter(|_| arn.service() != "s3").unwrap_or("resource");
    format!("the {kind}")
}

pub(super) fn one(value: ContextValue<'static>) -> Option<String> {
    match value {
        ContextValue::One(value) => Some(value.into_owned()),
        _ => None,
    }
}
