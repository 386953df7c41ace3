//! What is said about the tokens of a statement that applies.

use super::test_words;
use crate::compile::{Comparison, Element, Test};
use crate::names::has_wildcard;
use crate::policy::{Effect, Operator, OperatorFamily, SetOperator, Token};
use crate::question::Asked;
use crate::source::Label;
use crate::trace::{Matched, StatementAt, StatementView};
use crate::world::{Presence, PrincipalKind};

/// How much a label says.
type Weight = u8;
const OBVIOUS: Weight = 0;
const FITTING: Weight = 1;
const TELLING: Weight = 2;

/// How many values of a test are compared with how many of its key, to point at the one that matches.
const COMPARED: usize = 1_000;

impl Asked<'_> {
    pub(super) fn label(&self, at: StatementAt, token: Token, text: impl Into<String>) -> Option<Label> {
        Some(Label { place: self.place(at, token)?, text: text.into() })
    }

    /// The tokens by which a statement applies, in the order of the text: all, and those that tell most.
    pub(super) fn matched_labels(&self, at: StatementAt, matched: Matched) -> (Vec<Label>, Vec<Label>) {
        let Some(view) = self.request.statement(at) else { return Default::default() };
        let verb = if view.statement.effect == Effect::Deny { "denies" } else { "allows" };
        let mut found = vec![
            (OBVIOUS, self.label(at, Token::Effect, verb)),
            self.principal_label(view, matched),
            self.action_label(view, matched),
            self.resource_label(view, matched),
        ];
        for (i, test) in view.policy.tests(view.statement).iter().enumerate() {
            found.push((TELLING, self.test_label(view, i as u32, test)));
        }
        for (i, name) in self.left_out_in_vain(view) {
            let text = format!("leaves out nothing: {}", self.no_such_action(name));
            found.push((TELLING, self.label(at, Token::Action(i), text)));
        }
        let mut found: Vec<(Weight, Label)> =
            found.into_iter().filter_map(|(weight, label)| Some((weight, label?))).collect();
        found.sort_by_key(|(_, label)| label.place.span.start);
        let most = found.iter().map(|(weight, _)| *weight).max();
        let telling = found.iter().filter(|(weight, _)| Some(*weight) == most);
        let telling = telling.map(|(_, label)| label.clone()).collect();
        (found.into_iter().map(|(_, label)| label).collect(), telling)
    }

    fn action_label(&self, view: StatementView<'_>, matched: Matched) -> (Weight, Option<Label>) {
        let action = self.request.action;
        let Some(i) = matched.action else {
            let text = format!("does not list {}", action.text());
            return (TELLING, self.label(view.at, Token::ActionKey, text));
        };
        let pattern = view.policy.actions(view.statement).get(i as usize).map(|p| p.text(view.policy));
        let text = match pattern.unwrap_or_default() {
            "*" => "covers every action".to_owned(),
            exact if action.is(exact) => "is the action".to_owned(),
            _ => format!("covers {}", action.text()),
        };
        (FITTING, self.label(view.at, Token::Action(i), text))
    }

    fn resource_label(&self, view: StatementView<'_>, matched: Matched) -> (Weight, Option<Label>) {
        let negated = view.statement.resource_element == Element::Negated;
        let Some(i) = matched.resource else {
            let label = || self.label(view.at, Token::ResourceKey, "does not list the resource");
            return (TELLING, negated.then(label).flatten());
        };
        let pattern = view.policy.resources(view.statement).get(i as usize);
        let (weight, text) = match pattern.map(|p| p.text(view.policy)).unwrap_or_default() {
            "*" => (OBVIOUS, "covers every resource"),
            exact if exact == self.request.resource().text() => (FITTING, "is the resource"),
            _ => (FITTING, "covers the resource"),
        };
        (weight, self.label(view.at, Token::Resource(i), text))
    }

    fn principal_label(&self, view: StatementView<'_>, matched: Matched) -> (Weight, Option<Label>) {
        let name = super::wording::name(&self.request.caller);
        let Some(i) = matched.principal else {
            let negated = view.statement.principal_element == Element::Negated;
            let text = || self.why_not_spared(view).unwrap_or_else(|| format!("does not spare {name}"));
            let label = || self.label(view.at, Token::PrincipalKey, text());
            return (TELLING, negated.then(label).flatten());
        };
        let pattern = view.policy.principals(view.statement).get(i as usize);
        let (weight, text) = match pattern.map(|p| p.text(view.policy)).unwrap_or_default() {
            "*" => (OBVIOUS, "names everyone".to_owned()),
            _ => (FITTING, format!("names {name}")),
        };
        (weight, self.label(view.at, Token::Principal(i), text))
    }

    /// Why `NotPrincipal` does not spare somebody whom it lists (D26, D28).
    fn why_not_spared(&self, view: StatementView<'_>) -> Option<String> {
        let name = super::wording::name(&self.request.caller);
        self.is_listed(view).then(|| match self.is_bounded() {
            true => format!("lists {name}, but spares nobody who has a permissions boundary"),
            false => format!("lists {name}, but not every part of it: {}", self.unlisted(view).join(", ")),
        })
    }

    fn is_listed(&self, view: StatementView<'_>) -> bool {
        let caller = &self.request.caller;
        let own = [Some(&*caller.arn), caller.parent_arn.as_deref()];
        view.lists(&own.into_iter().flatten().collect::<Vec<_>>())
    }

    fn is_bounded(&self) -> bool {
        self.request.caller.has_boundary && self.request.caller.boundary.is_some()
    }

    /// D28: whether `NotPrincipal` lists the principal, which does not help, because it has a boundary.
    pub(super) fn ignores_exception(&self, at: StatementAt) -> bool {
        let negated = |view: &StatementView<'_>| view.statement.principal_element == Element::Negated;
        let view = self.request.statement(at).filter(negated);
        self.is_bounded() && view.is_some_and(|view| self.is_listed(view))
    }

    /// What `NotPrincipal` must list, too, to spare the principal: account, role and session (D26).
    pub(super) fn unlisted(&self, view: StatementView<'_>) -> Vec<String> {
        let caller = &self.request.caller;
        let account = caller
            .account
            .map(|id| (id.to_string(), format!("arn:{}:iam::{id}:root", caller.principal.partition)));
        let is_session = matches!(caller.principal.kind, PrincipalKind::RoleSession { .. });
        let parent = caller.parent_arn.as_deref().filter(|_| is_session);
        let members = parent.into_iter().chain([&*caller.arn]).filter(|member| !view.lists(&[member]));
        let account = account.filter(|(id, arn)| !view.lists(&[id, arn])).map(|(_, arn)| arn);
        account.into_iter().chain(members.map(str::to_owned)).collect()
    }

    fn test_label(&self, view: StatementView<'_>, i: u32, test: &Test) -> Option<Label> {
        let (policy, operator) = (view.policy, test.operator.operator);
        let key = test.key(policy);
        let Presence::Known(values) = self.request.presence(test.hash, key) else {
            let why = self.lets_pass(view, i, test);
            let absent = self.why_absent_key(test.hash, key).unwrap_or_else(|| self.has_no(key));
            return self.label(view.at, Token::Key(i), format!("{absent}{why}"));
        };
        let matches = |operand| {
            let compare = |value: &str| policy.compare(operator, operand, value, &self.request);
            values.iter().take(COMPARED).any(|value| compare(value) == Comparison::Match)
        };
        let operands = policy.operands(test).iter();
        let value = if operator.is_negated() { None } else { operands.take(COMPARED).position(matches) };
        let (token, word) = match value {
            Some(value) => {
                let token = Token::Value { test: i, value: value as u32 };
                (token, self.denied_switch(view, test) + &self.compared_so(view, i, test))
            }
            None => (Token::Key(i), format!(", {}", self.in_words(view, i, test_words::fact))),
        };
        self.label(view.at, token, format!("{key} is {}{}{word}", said(values), self.assumption(key)))
    }

    /// How a value is compared with the only one of a test, where that is not simply by being the same: `, not before …`.
    fn compared_so(&self, view: StatementView<'_>, i: u32, test: &Test) -> String {
        let policy = view.policy;
        let texts = || policy.operands(test).iter().filter_map(|operand| operand.text(policy));
        let is_pattern = || texts().any(has_wildcard);
        let says_more = match test.operator.operator.family() {
            OperatorFamily::Date => true,
            OperatorFamily::Arn => is_pattern(),
            OperatorFamily::String => test.operator.operator == Operator::StringLike && is_pattern(),
            _ => false,
        };
        match says_more && policy.operands(test).len() == 1 && test.operator.set.is_none() {
            true => format!(", {}", self.in_words(view, i, test_words::fact)),
            false => String::new(),
        }
    }

    /// What a switch would have to be that a Deny reads: `, not `true``.
    fn denied_switch(&self, view: StatementView<'_>, test: &Test) -> String {
        let is_read = test.operator.operator == Operator::Bool && view.statement.effect == Effect::Deny;
        let texts = || view.policy.operands(test).iter().filter_map(|operand| operand.text(view.policy));
        match texts().next().filter(|_| is_read && texts().count() == 1) {
            Some("false") => ", not `true`".to_owned(),
            Some("true") => ", not `false`".to_owned(),
            _ => String::new(),
        }
    }

    /// Why a test holds although the key is absent (B.3).
    fn lets_pass(&self, view: StatementView<'_>, i: u32, test: &Test) -> String {
        match (test.operator.operator, test.operator.set) {
            (Operator::Null, _) => String::new(),
            (_, Some(SetOperator::ForAllValues)) => ", and of no values all fit".to_owned(),
            (operator, None) if operator.is_negated() => {
                format!(", which counts as {}", self.in_words(view, i, test_words::fact))
            }
            _ => ", and `…IfExists` takes that for a match".to_owned(),
        }
    }

    /// That a key is absent, as people say it: whose tag it is that is missing.
    pub(super) fn has_no(&self, key: &str) -> String {
        let tag = |service: &str| {
            let start = key.get(..service.len()).filter(|start| start.eq_ignore_ascii_case(service));
            start.and_then(|_| key.get(service.len()..))
        };
        match (tag("aws:PrincipalTag/"), tag("aws:ResourceTag/"), tag("aws:RequestTag/")) {
            (Some(tag), ..) => format!("{} has no tag `{tag}` ({key})", self.holder_name()),
            (_, Some(tag), _) => format!("the resource has no tag `{tag}` ({key})"),
            (.., Some(tag)) => format!("the request sets no tag `{tag}` ({key})"),
            _ => format!("the request has no {key}"),
        }
    }

    /// Why a key is absent, where that is known.
    fn why_absent_key(&self, hash: u64, key: &str) -> Option<String> {
        if self.request.presence_or_not_given(hash, key) == Presence::NotGiven {
            let like = key.strip_prefix("aws:RequestTag/").and_then(|tag| self.tag_like(tag));
            let like =
                like.map(|(own, _)| format!("; the request has `{own}`, which looks like it misspelt"));
            return Some(format!("{key} is not given{}", like.unwrap_or_default()));
        }
        let long_term = self.request.caller.principal.has_long_term_key();
        if long_term && key.to_ascii_lowercase().starts_with("aws:multifactorauth") {
            return Some(format!("a request with a long-term access key carries no {key}"));
        }
        let account = self.request.caller.account?;
        let outside = self.request.world.organization_of(account).is_none();
        let of_organization = ["aws:PrincipalOrgID", "aws:PrincipalOrgPaths"];
        let concerns = of_organization.iter().any(|name| key.eq_ignore_ascii_case(name)) && outside;
        let why = || format!("account {account} is in no organization, so the request carries no {key}");
        (concerns && !self.request.is_given(key)).then(why)
    }

    /// ` (assumed)` beside the value of a key that was filled in.
    pub(super) fn assumption(&self, key: &str) -> &'static str {
        let own = self.request.assumed.iter().chain(&self.request.caller.assumed);
        let assumed = own.into_iter().any(|(name, _)| name.eq_ignore_ascii_case(key));
        if assumed && !self.request.is_given(key) { " (assumed)" } else { "" }
    }

    /// A test of a statement in words.
    pub(super) fn in_words(&self, view: StatementView<'_>, test: u32, words: test_words::Words) -> String {
        let policy = view.policy.policy();
        let test = view.written().and_then(|statement| statement.condition.get(test as usize));
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
