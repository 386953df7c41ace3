//! What is said about the tokens of a statement that applies.

use super::parts::Parts;
use super::{Asked, terms};
use crate::compile::{Comparison, Element, Test};
use crate::policy::{Effect, Operator, SetOperator, Token};
use crate::source::Label;
use crate::trace::{Matched, StatementAt};
use crate::world::{Presence, PrincipalKind};

impl Asked<'_> {
    pub(super) fn label(&self, at: StatementAt, token: Token, text: impl Into<String>) -> Option<Label> {
        Some(Label { place: self.place(at, token)?, text: text.into() })
    }

    pub(super) fn matched_labels(&self, at: StatementAt, matched: Matched) -> Vec<Label> {
        let Some(parts) = self.parts(at) else { return Vec::new() };
        let verb = if parts.statement.effect == Effect::Deny { "denies" } else { "allows" };
        let mut labels = vec![
            self.label(at, Token::Effect, verb),
            self.principal_label(at, parts, matched),
            self.action_label(at, parts, matched),
            self.resource_label(at, parts, matched),
        ];
        for (i, test) in parts.policy.tests(parts.statement).iter().enumerate() {
            labels.push(self.test_label(at, parts, i as u32, test));
        }
        let mut labels: Vec<Label> = labels.into_iter().flatten().collect();
        labels.sort_by_key(|label| label.place.span.start);
        labels
    }

    fn action_label(&self, at: StatementAt, parts: Parts<'_>, matched: Matched) -> Option<Label> {
        let action = self.request.action;
        let Some(i) = matched.action else {
            return self.label(at, Token::ActionKey, format!("does not list {}", action.text()));
        };
        let pattern = parts.policy.actions(parts.statement).get(i as usize)?;
        let text = match parts.policy.slice(pattern.text) {
            "*" => "covers every action".to_owned(),
            exact if action.is(exact) => "is the action".to_owned(),
            _ => format!("covers {}", action.text()),
        };
        self.label(at, Token::Action(i), text)
    }

    fn resource_label(&self, at: StatementAt, parts: Parts<'_>, matched: Matched) -> Option<Label> {
        let Some(i) = matched.resource else {
            let negated = parts.statement.resource_element == Element::Negated;
            return negated.then(|| self.label(at, Token::ResourceKey, "does not list the resource"))?;
        };
        let pattern = parts.policy.resources(parts.statement).get(i as usize)?;
        let text = match parts.policy.slice(pattern.text) {
            "*" => "covers every resource",
            exact if exact == self.request.resource().text() => "is the resource",
            _ => "covers the resource",
        };
        self.label(at, Token::Resource(i), text)
    }

    fn principal_label(&self, at: StatementAt, parts: Parts<'_>, matched: Matched) -> Option<Label> {
        let name = super::question::name(self.request.caller);
        match (matched.principal, parts.statement.principal_element) {
            (Some(i), _) => {
                let pattern = parts.policy.principals(parts.statement).get(i as usize)?;
                let text = match parts.policy.slice(pattern.text) {
                    "*" => "names everyone".to_owned(),
                    _ => format!("names {name}"),
                };
                self.label(at, Token::Principal(i), text)
            }
            (None, Element::Negated) => self.label(
                at,
                Token::PrincipalKey,
                self.why_not_spared(parts).unwrap_or_else(|| format!("does not spare {name}")),
            ),
            _ => None,
        }
    }

    /// Why `NotPrincipal` does not spare somebody whom it lists (D26, D28).
    fn why_not_spared(&self, parts: Parts<'_>) -> Option<String> {
        let caller = self.request.caller;
        let own = [Some(&*caller.arn), caller.parent_arn.as_deref()];
        let name = super::question::name(caller);
        let listed = parts.lists(&own.into_iter().flatten().collect::<Vec<_>>());
        Some(match (listed, caller.has_boundary && caller.boundary.is_some()) {
            (false, _) => return None,
            (true, true) => {
                format!("lists {name}, but spares nobody who has a permissions boundary (D28)")
            }
            (true, false) => {
                format!("lists {name}, but not every part of it: {}", self.unlisted(parts).join(", "))
            }
        })
    }

    /// What `NotPrincipal` must list, too, to spare the principal: account, role and session (D26).
    pub(super) fn unlisted(&self, parts: Parts<'_>) -> Vec<String> {
        let caller = self.request.caller;
        let account = caller
            .account
            .map(|id| (id.to_string(), format!("arn:{}:iam::{id}:root", caller.principal.partition)));
        let is_session = matches!(caller.principal.kind, PrincipalKind::RoleSession { .. });
        let parent = caller.parent_arn.as_deref().filter(|_| is_session);
        let members = parent.into_iter().chain([&*caller.arn]).filter(|member| !parts.lists(&[member]));
        let account = account.filter(|(id, arn)| !parts.lists(&[id, arn])).map(|(_, arn)| arn);
        account.into_iter().chain(members.map(str::to_owned)).collect()
    }

    fn test_label(&self, at: StatementAt, parts: Parts<'_>, i: u32, test: &Test) -> Option<Label> {
        let (policy, operator) = (parts.policy, test.operator.operator);
        let key = policy.slice(test.key);
        let Presence::Known(values) = self.request.presence(test.hash, key) else {
            let why = self.lets_pass(parts, i, test);
            return self.label(at, Token::Key(i), format!("the request has no {key}{why}"));
        };
        let matches = |operand| {
            let compare = |value: &str| policy.compare(operator, operand, value, &self.request);
            values.iter().any(|value| compare(value) == Comparison::Match)
        };
        let value = policy.operands(test).iter().position(matches).filter(|_| !operator.is_negated());
        let (token, word) = match value {
            Some(value) => (Token::Value { test: i, value: value as u32 }, String::new()),
            None => (Token::Key(i), format!(", {}", self.in_words(parts, i, terms::fact))),
        };
        self.label(at, token, format!("{key} is {}{word}", said(values)))
    }

    /// Why a test holds although the key is absent (B.3).
    fn lets_pass(&self, parts: Parts<'_>, i: u32, test: &Test) -> String {
        match (test.operator.operator, test.operator.set) {
            (Operator::Null, _) => String::new(),
            (_, Some(SetOperator::ForAllValues)) => ", and of no values all fit".to_owned(),
            (operator, None) if operator.is_negated() => {
                format!(", so it is {}", self.in_words(parts, i, terms::fact))
            }
            _ => ", and `IfExists` applies then, too".to_owned(),
        }
    }

    /// A test of a statement in words.
    pub(super) fn in_words(&self, parts: Parts<'_>, test: u32, words: terms::Words) -> String {
        let policy = parts.policy.policy();
        let statement = policy.statements().get(parts.number);
        let test = statement.and_then(|statement| statement.condition.get(test as usize));
        test.map(|test| words(self, policy, test)).unwrap_or_default()
    }
}

/// The values of a key, as people read them.
pub(super) fn said(values: &[std::borrow::Cow<'_, str>]) -> String {
    match values {
        [] => "empty".to_owned(),
        [one] => format!("`{one}`"),
        many => format!("`{}`", many.join("`, `")),
    }
}
