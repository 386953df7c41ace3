//! Another request, or other tags: what the tests of a statement ask of keys that somebody can give.

use std::borrow::Cow;

use super::super::again::as_pair;
use super::super::headline::alternatives;
use super::super::parts::Parts;
use super::super::rewrite::{Rewrite, quote};
use super::super::samples::{from_resource, samples};
use super::super::terms::fact;
use super::super::{Asked, NearMiss};
use super::{Candidate, Change};
use crate::names::{Instant, fold_hash};
use crate::policy::{ConditionTest, Operator, OperatorFamily, Part, Token, parts as text_parts};
use crate::world::{ContextValue, Presence, PrincipalKind};

const MFA: &str = "aws:MultiFactorAuthPresent";
const PRINCIPAL_TAG: &str = "aws:principaltag/";
const RESOURCE_TAG: &str = "aws:resourcetag/";

/// A day in seconds.
const DAY: i64 = 86_400;

impl Asked<'_> {
    /// Other values of the keys that a statement asks for, where a request can have others.
    pub(super) fn given_keys(&self, parts: Parts<'_>) -> Vec<Candidate> {
        let policy = parts.policy.policy();
        let mut found = Vec::new();
        for test in tests(parts) {
            let key = policy.text(&test.key).into_owned();
            if !self.can_be_given(&key) {
                continue;
            }
            let values = samples(self, policy, test).into_iter().filter(|value| self.can_come(&key, value));
            let fact = fact(self, policy, test);
            found.extend(values.map(|value| self.given(&key, value, test, &fact)));
        }
        found
    }

    /// Whether the one who asks can make the request with another value.
    fn can_be_given(&self, key: &str) -> bool {
        let hash = fold_hash(key.as_bytes());
        let lower = key.to_ascii_lowercase();
        let is_tag = lower.starts_with(PRINCIPAL_TAG) || lower.starts_with(RESOURCE_TAG);
        let open = self.request.presence_or_not_given(hash, key) == Presence::NotGiven && !is_tag;
        let assumed = || self.request.assumed.iter().any(|(name, _)| name.eq_ignore_ascii_case(key));
        let mfa = key.eq_ignore_ascii_case(MFA) && self.is_user();
        open || mfa || self.request.is_given(key) || (assumed() && !lower.starts_with("aws:principal"))
    }

    /// Time only passes: nobody asks yesterday.
    fn can_come(&self, key: &str, value: &ContextValue<'_>) -> bool {
        match value {
            ContextValue::One(value) if is_time(key) => Instant::parse(value)
                .is_some_and(|instant| instant.epoch_seconds() > self.request.request.now),
            _ => !is_time(key),
        }
    }

    fn is_user(&self) -> bool {
        matches!(self.request.caller.principal.kind, PrincipalKind::User { .. } | PrincipalKind::Root(_))
    }

    fn given(&self, key: &str, value: ContextValue<'static>, test: &ConditionTest, fact: &str) -> Candidate {
        let entry = (key.to_owned().into(), value);
        let pair = as_pair(&entry);
        let ranges = test.operator.operator == Operator::IpAddress;
        let is = |name: &str| key.eq_ignore_ascii_case(name);
        let words = match &entry.1 {
            ContextValue::Absent => format!("make the request without {key}"),
            ContextValue::One(value) if is(MFA) && value == "true" => format!("sign in with MFA ({pair})"),
            ContextValue::One(value) if is("aws:SecureTransport") && value == "true" => {
                format!("make the request over TLS ({pair})")
            }
            ContextValue::One(value) if is("aws:RequestedRegion") => {
                format!("make the request in Region {value} ({pair})")
            }
            ContextValue::One(value) if is_time(key) => format!("ask again at {value} ({key} is {fact})"),
            ContextValue::One(_) if ranges => {
                format!("make the request from an address {fact} ({pair})")
            }
            _ if test.operator.operator == Operator::Null => {
                format!("make the request with {key}, whatever its value")
            }
            _ => format!("make the request with {pair}"),
        };
        Candidate::new(words, Change::Key(entry))
    }

    /// Tags of principal and resource that would fulfil what a statement asks: attribute-based access control.
    pub(super) fn tagged(&self, parts: Parts<'_>) -> Vec<Candidate> {
        let policy = parts.policy.policy();
        let mut found = Vec::new();
        for test in tests(parts) {
            let key = policy.text(&test.key).into_owned();
            let values = samples(self, policy, test).into_iter().filter_map(one);
            found.extend(values.filter_map(|value| self.tag(&key, value)));
            for text in policy.texts(test.values) {
                let own = match self.request.presence(fold_hash(key.as_bytes()), &key) {
                    Presence::Known([value]) => value.to_string(),
                    _ => continue,
                };
                found.extend(variables(&policy.text(text)).filter_map(|name| self.tag(&name, own.clone())));
            }
        }
        let resources = policy.statements()[parts.number].resource;
        for text in resources.iter().flat_map(|resource| policy.texts(resource.patterns)) {
            for name in variables(&policy.text(text)) {
                let pieces = from_resource(self).into_iter().filter_map(one);
                found.extend(pieces.filter_map(|piece| self.tag(&name, piece)));
            }
        }
        found
    }

    fn tag(&self, key: &str, value: String) -> Option<Candidate> {
        let (kind, tag) = key.split_once('/').filter(|_| !value.is_empty())?;
        let (who, target) = match format!("{}/", kind.to_ascii_lowercase()).as_str() {
            PRINCIPAL_TAG => self.entity()?,
            RESOURCE_TAG => {
                let arn = self.request.arn()?.text().to_owned();
                (arn.clone(), format!("resource {arn}"))
            }
            _ => return None,
        };
        let pair = as_pair(&(tag.to_owned().into(), ContextValue::One(value.clone().into())));
        let words = format!("give {who} the tag {pair}");
        let entry = (key.to_owned().into(), ContextValue::One(value.into()));
        let commands = vec![format!("tag {target} {pair}")];
        Some(Candidate { commands, ..Candidate::new(words, Change::Key(entry)) })
    }

    /// The user or role that has tags, in words and as commands name it.
    pub(super) fn entity(&self) -> Option<(String, String)> {
        if !self.request.caller.is_known {
            return None;
        }
        let entity = match &self.request.caller.principal.kind {
            PrincipalKind::User { name, .. } => format!("user {name}"),
            PrincipalKind::RoleSession { role, .. } => format!("role {role}"),
            _ => return None,
        };
        Some((entity.clone(), entity))
    }

    /// The value that the request has, added to those that a test takes, or in place of the limit.
    pub(super) fn widened(&self, miss: &NearMiss, parts: Parts<'_>, number: u32) -> Option<Candidate> {
        let policy = parts.policy.policy();
        let test = tests(parts).get(number as usize)?;
        let key = policy.text(&test.key);
        let Presence::Known(values) = self.request.presence(fold_hash(key.as_bytes()), &key) else {
            return None;
        };
        let operator = test.operator.operator;
        let value = values.first().filter(|_| !operator.is_negated() && !test.values.is_empty())?;
        let rewrite = Rewrite::new(policy, miss.at.statement.statement)?;
        let token = Token::Value { test: number, value: 0 };
        match operator.family() {
            OperatorFamily::Numeric => self.instead(miss.at, &rewrite, token, value),
            OperatorFamily::Date => self.instead(miss.at, &rewrite, token, &later(operator, value)?),
            OperatorFamily::Bool | OperatorFamily::Null | OperatorFamily::Binary => None,
            family => {
                let own = policy.texts(test.values);
                let known = |value: &&Cow<'_, str>| !own.iter().any(|own| policy.text(own) == ***value);
                let texts: Vec<String> =
                    values.iter().filter(known).map(|value| as_value(family, value)).collect();
                let names: Vec<String> = texts.iter().map(|text| quote(text)).collect();
                let words = format!("in {}, let {key} be {}, too", self.named(miss.at), alternatives(&names));
                let found = self.rewritten(miss.at, token, words, Some(rewrite.longer(token, &texts)))?;
                // A variable gives everyone their own; a fixed value would be everyone's.
                let own = own.iter().any(|own| variables(&policy.text(own)).next().is_some());
                Some(if own { found.only_at_last() } else { found })
            }
        }
    }
}

/// A value of a request as a policy writes it.
pub(super) fn as_value(family: OperatorFamily, value: &str) -> String {
    match family {
        OperatorFamily::Ip if value.contains(':') => format!("{value}/128"),
        OperatorFamily::Ip => format!("{value}/32"),
        _ => value.to_owned(),
    }
}

/// The tests of a statement, as they are written.
fn tests(parts: Parts<'_>) -> &[ConditionTest] {
    parts.policy.policy().statements().get(parts.number).map_or(&[], |statement| &statement.condition)
}

/// A day after or before an instant, as the operator asks.
fn later(operator: Operator, value: &str) -> Option<String> {
    let at = Instant::parse(value)?.epoch_seconds();
    let less = matches!(operator, Operator::DateLessThan | Operator::DateLessThanEquals);
    let at = if less { at.saturating_add(DAY) } else { at.saturating_sub(DAY) };
    Some(Instant::from_epoch_seconds(at).to_iso())
}

fn is_time(key: &str) -> bool {
    key.eq_ignore_ascii_case("aws:CurrentTime") || key.eq_ignore_ascii_case("aws:EpochTime")
}

fn one(value: ContextValue<'static>) -> Option<String> {
    match value {
        ContextValue::One(value) => Some(value.into_owned()),
        _ => None,
    }
}

/// The keys of the variables in a text.
fn variables(text: &str) -> impl Iterator<Item = String> {
    let keys = text_parts(text).filter_map(|part| match part {
        Part::Variable { key, .. } => Some(key.to_owned()),
        _ => None,
    });
    keys.collect::<Vec<_>>().into_iter()
}
