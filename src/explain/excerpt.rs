//! The texts behind an answer, with the smallest tokens that decided.

use super::{Asked, NearMiss, terms};
use crate::compile::{Comparison, CompiledPolicy, CompiledStatement, Element, PrincipalPatternKind, Test};
use crate::eval::look_at;
use crate::policy::{Effect, Layer, Operator, SetOperator, Token};
use crate::source::{Label, Place};
use crate::trace::{Decision, Matched, Mismatch, StatementAt};
use crate::world::{Presence, PrincipalKind};

/// How many statements are shown, at most.
const SHOWN: usize = 3;

/// A statement with the tokens that matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// What the statement has to do with the answer.
    pub kind: ExcerptKind,
    /// The same in words: `NoDelete, statement 1 (identity-based), denies it`.
    pub title: String,
    /// Which statement.
    pub at: StatementAt,
    /// The policy that it belongs to.
    pub policy: Option<Place>,
    /// The tokens, in the order of the text.
    pub labels: Vec<Label>,
    /// What would help.
    pub help: Option<String>,
}

/// What a statement has to do with an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExcerptKind {
    /// It allows.
    Allows,
    /// It denies.
    Denies,
    /// It would have allowed, had no gate come first.
    WouldAllow,
    /// It came near, but for one element.
    Nearest,
}

impl ExcerptKind {
    /// The word for programs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Allows => "allows",
            Self::Denies => "denies",
            Self::WouldAllow => "would-allow",
            Self::Nearest => "nearest",
        }
    }
}

/// A statement of a request with the tables that it belongs to.
#[derive(Clone, Copy)]
pub(super) struct Parts<'p> {
    pub(super) policy: &'p CompiledPolicy,
    pub(super) statement: &'p CompiledStatement,
    /// The number of the statement in the policy.
    pub(super) number: usize,
}

impl Parts<'_> {
    /// Whether the statement reads a key, be it as a variable.
    pub(super) fn reads(self, hash: u64) -> bool {
        let mut found = false;
        let mut look = |own: u64, _: &str| found |= own == hash;
        for test in self.policy.tests(self.statement) {
            look(test.hash, "");
            self.policy.test_variables(test, &mut look);
        }
        self.policy.resource_variables(self.statement, &mut look);
        found
    }

    /// The value of `Principal` that is everyone.
    pub(super) fn everyone(self) -> Option<u32> {
        let patterns = self.policy.principals(self.statement);
        let at = patterns.iter().position(|pattern| pattern.kind == PrincipalPatternKind::Everyone);
        at.map(|at| at as u32)
    }

    /// Whether a value of the principal element is one of these texts.
    pub(super) fn lists(self, texts: &[&str]) -> bool {
        let patterns = self.policy.principals(self.statement);
        patterns.iter().any(|pattern| texts.contains(&self.policy.slice(pattern.text)))
    }
}

impl Asked<'_> {
    /// The statements behind the answer, the deciding ones first.
    pub fn excerpts(&self, near: &[NearMiss]) -> Vec<Excerpt> {
        if self.trace.gate.is_some() {
            return self.would_allow().into_iter().take(1).collect();
        }
        match self.decision {
            Decision::ExplicitDeny if self.is_restricted() => self.public(),
            Decision::ExplicitDeny => self.deciding(ExcerptKind::Denies, "denies it"),
            Decision::Allowed => {
                let mut found = self.deciding(ExcerptKind::Allows, "allows it");
                found.extend(near.iter().take(1).map(|miss| self.nearest(miss)));
                found
            }
            Decision::ImplicitDeny => near.iter().take(SHOWN).map(|miss| self.nearest(miss)).collect(),
        }
    }

    fn deciding(&self, kind: ExcerptKind, verb: &str) -> Vec<Excerpt> {
        let deciding = self.because().into_iter().filter_map(|because| Some((because.at?, because)));
        deciding
            .take(SHOWN)
            .filter_map(|(at, because)| {
                let matched = self.trace.statement(at)?.found.ok().unwrap_or_default();
                let title = format!("{}{} {verb}", self.name_statement(&because), self.through(at));
                Some(Excerpt {
                    kind,
                    title,
                    at,
                    policy: self.policy(at),
                    labels: self.matched_labels(at, matched),
                    help: None,
                })
            })
            .collect()
    }

    /// D37: the statement that makes a policy public.
    fn public(&self) -> Vec<Excerpt> {
        let because = self.because().into_iter().take(1);
        because
            .filter_map(|because| {
                let at = because.at?;
                let everyone = self.parts(at)?.everyone().map_or(Token::PrincipalKey, Token::Principal);
                let labels = [self.label(at, Token::Effect, "allows"), self.label(at, everyone, "everyone")];
                let title = format!("{} makes the bucket public", self.name_statement(&because));
                let mut labels: Vec<Label> = labels.into_iter().flatten().collect();
                labels.sort_by_key(|label| label.place.span.start);
                Some(Excerpt {
                    kind: ExcerptKind::Denies,
                    title,
                    at,
                    policy: self.policy(at),
                    labels,
                    help: None,
                })
            })
            .collect()
    }

    /// `, through group admins,` or `, attached to ou Prod,`
    fn through(&self, at: StatementAt) -> String {
        let group = self.origin(at).and_then(|origin| origin.group.as_ref());
        let level = self.request.levels(at.layer).get(at.level as usize).map(|level| &level.name);
        match (group, level.filter(|name| !name.is_empty())) {
            (Some(group), _) => format!(", through group {group},"),
            (None, Some(level)) => format!(", attached to {level},"),
            (None, None) => String::new(),
        }
    }

    /// What the identity-based policies would have allowed, had the gate let it pass.
    pub(super) fn would_allow(&self) -> Vec<Excerpt> {
        if self.decision.is_allowed() {
            return Vec::new();
        }
        let statements = self.statements(Layer::IdentityBased, Effect::Allow);
        statements
            .filter_map(|at| {
                let matched = look_at(&self.request, at)?.found.ok()?;
                let token = matched.action.map_or(Token::ActionKey, Token::Action);
                let unknown = self.trace.gate.as_ref().is_some_and(|gate| gate.unknown);
                let (text, verb) = match unknown {
                    true => ("this allows it", "helps if policies decide"),
                    false => ("this would have allowed it", "does not help"),
                };
                let labels = self.label(at, token, text).into_iter().collect();
                let name = self.name_statement(&self.statement(at));
                let title = format!("{name}{} {verb}", self.through(at));
                Some(Excerpt {
                    kind: ExcerptKind::WouldAllow,
                    title,
                    at,
                    policy: self.policy(at),
                    labels,
                    help: None,
                })
            })
            .collect()
    }

    fn nearest(&self, miss: &NearMiss) -> Excerpt {
        let through = self.through(miss.at);
        let verb = match (miss.mismatch, &miss.hint) {
            _ if miss.effect == Effect::Deny => "nearly denies it",
            (Mismatch::Action, None) => "allows something else",
            _ => "comes near",
        };
        let title = format!("{}{through} {verb}", self.name_statement(&self.statement(miss.at)));
        let labels = vec![Label { place: miss.place.clone(), text: miss.reason.clone() }];
        let help = miss.hint.as_ref().map(ToString::to_string);
        Excerpt { kind: ExcerptKind::Nearest, title, at: miss.at, policy: self.policy(miss.at), labels, help }
    }

    /// The statements of an effect at all levels of a layer.
    pub(super) fn statements(&self, layer: Layer, effect: Effect) -> impl Iterator<Item = StatementAt> {
        self.request.levels(layer).iter().enumerate().flat_map(move |(level, found)| {
            found.set.all(effect).map(move |statement| StatementAt { layer, level: level as u8, statement })
        })
    }

    pub(super) fn parts(&self, at: StatementAt) -> Option<Parts<'_>> {
        let level = self.request.levels(at.layer).get(at.level as usize)?;
        let policy = level.set.policies().get(at.statement.policy as usize)?;
        let number = at.statement.statement as usize;
        Some(Parts { policy, statement: policy.statements().get(number)?, number })
    }

    /// The whole text of the policy of a statement.
    fn policy(&self, at: StatementAt) -> Option<Place> {
        let policy = self.parts(at)?.policy.policy();
        Some(Place::new(policy.source(), policy.document()))
    }

    fn label(&self, at: StatementAt, token: Token, text: impl Into<String>) -> Option<Label> {
        Some(Label { place: self.place(at, token)?, text: text.into() })
    }

    fn matched_labels(&self, at: StatementAt, matched: Matched) -> Vec<Label> {
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
