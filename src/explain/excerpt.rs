//! The texts behind an answer, with the smallest tokens that decided.

use super::headline::list;
use super::{ConditionHint, Hint, NearMiss, ResourceHint};
use crate::compile::PrincipalPatternKind;
use crate::eval::look_at;
use crate::policy::{Effect, Layer, Token};
use crate::question::Asked;
use crate::source::{Label, Place};
use crate::trace::{Decision, Mismatch, StatementAt};
use crate::world::Principal;

/// How many statements are shown, at most.
const SHOWN: usize = 3;

/// A statement with the tokens that matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// What the statement has to do with the answer.
    pub kind: ExcerptKind,
    /// What it does, in words: `NoDelete, statement 1 (identity-based), denies it`.
    pub title: String,
    /// Which statement.
    pub at: StatementAt,
    /// The whole statement.
    pub statement: Place,
    /// The policy that it belongs to.
    pub policy: Option<Place>,
    /// The tokens, in the order of the text.
    pub labels: Vec<Label>,
    /// Those of them that tell most: that a Deny denies, and that `*` covers everything, goes without saying.
    pub telling: Vec<Label>,
    /// What would help.
    pub help: Option<String>,
}

/// What a statement has to do with an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExcerptKind {
    /// The statement allows.
    Allows,
    /// The statement denies.
    Denies,
    /// The statement would have allowed, had no gate come first.
    WouldAllow,
    /// The statement came near, but for one element.
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
                found.extend(near.iter().take(1).filter_map(|miss| self.nearest(miss)));
                found
            }
            Decision::ImplicitDeny => near.iter().take(SHOWN).filter_map(|miss| self.nearest(miss)).collect(),
        }
    }

    fn deciding(&self, kind: ExcerptKind, verb: &str) -> Vec<Excerpt> {
        let deciding = self.because().into_iter().filter_map(|because| Some((because.at?, because)));
        deciding
            .take(SHOWN)
            .filter_map(|(at, because)| {
                let matched = self.trace.statement(at)?.found.ok().unwrap_or_default();
                let title = format!("{}{} {verb}", self.name_statement(&because), self.through(at));
                let (labels, telling) = self.matched_labels(at, matched);
                self.excerpt(kind, title, at, labels).map(|excerpt| Excerpt { telling, ..excerpt })
            })
            .collect()
    }

    /// D37: the statement that makes a policy public.
    fn public(&self) -> Vec<Excerpt> {
        let because = self.because().into_iter().take(1);
        because
            .filter_map(|because| {
                let at = because.at?;
                let everyone =
                    self.request.statement(at)?.everyone().map_or(Token::PrincipalKey, Token::Principal);
                let labels = [self.label(at, Token::Effect, "allows"), self.label(at, everyone, "everyone")];
                let title = format!("{} makes the bucket public", self.name_statement(&because));
                let mut labels: Vec<Label> = labels.into_iter().flatten().collect();
                labels.sort_by_key(|label| label.place.span.start);
                self.excerpt(ExcerptKind::Denies, title, at, labels)
            })
            .collect()
    }

    /// `, through group admins,` or `, attached to ou Prod,`
    fn through(&self, at: StatementAt) -> String {
        let group = self.origin(at).and_then(|origin| origin.group.as_ref());
        let level = self.request.level(at.layer, at.level).map(|level| &level.name);
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
        let statements = self.request.statements(Layer::IdentityBased, Effect::Allow);
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
                let name = self.named(at);
                let title = format!("{name}{} {verb}", self.through(at));
                self.excerpt(ExcerptKind::WouldAllow, title, at, labels)
            })
            .collect()
    }

    fn nearest(&self, miss: &NearMiss) -> Option<Excerpt> {
        let through = self.through(miss.at);
        let verb = match (miss.mismatch, &miss.hint) {
            _ if miss.effect == Effect::Deny => "nearly denies it",
            (Mismatch::Action, None) => "allows something else",
            _ => "comes near",
        };
        let differs = match (&miss.differs[..], miss.mismatch) {
            (_, Mismatch::RootOverride) | ([], _) => String::new(),
            (_, Mismatch::Action) if verb == "allows something else" => String::new(),
            ([one], _) => format!(": only the {one} differs, all else matches"),
            (several, _) => format!(", but {} differ", list(several)),
        };
        let title = format!("{}{through} {verb}{differs}", self.named(miss.at));
        let first = Label { place: miss.place.clone(), text: miss.reason.clone() };
        let others = miss.others.iter().filter(|_| verb != "allows something else").cloned();
        let labels: Vec<Label> = std::iter::once(first).chain(others).collect();
        // What can be given is said where the remedies are.
        let told = |hint: &&Hint| match hint {
            Hint::Condition(ConditionHint::NotGiven { .. }) => false,
            Hint::Resource(ResourceHint::OtherField { field: 3, asked }) => asked.is_empty(),
            _ => true,
        };
        let help = miss.hint.as_ref().filter(told).map(ToString::to_string);
        let help = help.or_else(|| self.unknown_holder(miss));
        self.excerpt(ExcerptKind::Nearest, title, miss.at, labels).map(|excerpt| Excerpt { help, ..excerpt })
    }

    /// Somebody of the principal's account whom a statement names, and of whom the world knows nothing.
    fn unknown_holder(&self, miss: &NearMiss) -> Option<String> {
        let view = self.request.statement(miss.at).filter(|_| miss.mismatch == Mismatch::Principal)?;
        let patterns = view.policy.principals(view.statement).iter();
        let entity = |kind| matches!(kind, PrincipalPatternKind::User | PrincipalPatternKind::Role);
        let mut named = patterns.filter(|pattern| entity(pattern.kind)).map(|p| p.text(view.policy));
        let unknown = named.find(|arn| {
            let principal = Principal::parse_arn(arn);
            principal.is_some_and(|principal| {
                principal.account() == self.request.caller.account
                    && !self.request.world.caller(&principal, self.request.request.policies).is_known
            })
        })?;
        Some(format!("or call as {unknown}, whom it names; what that is allowed at home is not known here"))
    }

    fn excerpt(
        &self,
        kind: ExcerptKind,
        title: String,
        at: StatementAt,
        labels: Vec<Label>,
    ) -> Option<Excerpt> {
        let statement = self.place(at, Token::Statement)?;
        let telling = labels.clone();
        Some(Excerpt { kind, title, at, statement, policy: self.policy(at), labels, telling, help: None })
    }

    /// The whole text of the policy of a statement.
    fn policy(&self, at: StatementAt) -> Option<Place> {
        let policy = self.request.statement(at)?.policy.policy();
        Some(Place::new(policy.source(), policy.document()))
    }
}
