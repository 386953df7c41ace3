//! Which statements decided.

use serde::Serialize;

use crate::policy::{Effect, Layer, PolicyType, Token};
use crate::question::Asked;
use crate::source::Place;
use crate::trace::{Decision, StatementAt};
use crate::world::{Origin, PrincipalKind};

/// A statement that decided, or a layer in which the Allow that was needed is missing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Because {
    /// A layer's key, or the narrower `trust`, `key`, `task`.
    pub policy_type: &'static str,
    /// The name of the policy; absent where it is a layer that lacks an Allow.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy: Option<String>,
    /// The Sid of the statement.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sid: Option<String>,
    /// The number of the statement, from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub statement: Option<u32>,
    /// The file that the policy was read from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The line of the statement, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// The column of the statement, from 1, in Unicode scalar values.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<u32>,
    /// Where the statement stands in the request.
    #[serde(skip)]
    pub at: Option<StatementAt>,
}

impl Because {
    /// What people call the statement: the policy, and the Sid or else the number, which counts from 1 for people; once
    /// where policy and Sid have one name.
    pub fn name(&self) -> Option<String> {
        let policy = self.policy.as_ref()?;
        Some(match (&self.sid, self.statement?) {
            (Some(sid), _) if sid == policy => policy.clone(),
            (Some(sid), _) if !sid.is_empty() => format!("{policy} · {sid}"),
            (_, number) => format!("{policy}, statement {}", number + 1),
        })
    }
}

/// The order in which AWS's message picks the kind of policy, explicit denies (G5).
const EXPLICIT: [Layer; 7] = [
    Layer::ServiceControl,
    Layer::ResourceControl,
    Layer::VpcEndpoint,
    Layer::ResourceBased,
    Layer::IdentityBased,
    Layer::PermissionsBoundary,
    Layer::Session,
];

/// The order in which AWS's message picks the kind of policy, implicit denies (G5).
const IMPLICIT: [Layer; 6] = [
    Layer::ServiceControl,
    Layer::VpcEndpoint,
    Layer::ResourceBased,
    Layer::IdentityBased,
    Layer::PermissionsBoundary,
    Layer::Session,
];

impl Asked<'_> {
    /// What decided, the one that AWS's message names first. Empty where a gate decided, and where root's own
    /// right did.
    pub fn because(&self) -> Vec<Because> {
        if self.trace.gate.is_some() {
            return Vec::new();
        }
        match self.decision {
            Decision::ExplicitDeny => EXPLICIT.into_iter().flat_map(|layer| self.denying(layer)).collect(),
            Decision::ImplicitDeny => {
                let blocked = IMPLICIT.into_iter().filter(|layer| self.lacks_allow(*layer));
                blocked.map(|layer| self.missing(layer)).collect()
            }
            Decision::Allowed => {
                self.trace.allowed_by.iter().flat_map(|layer| self.allowing(*layer)).collect()
            }
        }
    }

    fn denying(&self, layer: Layer) -> Vec<Because> {
        let levels = self.trace.levels.iter().filter(|level| level.layer == layer);
        let mut found = Vec::new();
        for level in levels {
            let applying = self.applying(layer, level.level, Effect::Deny);
            match (applying.is_empty(), level.outcome.denies) {
                // D37: no Deny statement, but the public one for which S3 keeps others out.
                (true, Some(statement)) => {
                    found.push(self.statement(StatementAt { layer, level: level.level, statement }));
                }
                _ => found.extend(applying.into_iter().map(|at| self.statement(at))),
            }
        }
        found
    }

    fn allowing(&self, layer: Layer) -> Vec<Because> {
        let levels = self.trace.levels.iter().filter(|level| level.layer == layer);
        let applying = levels.flat_map(|level| self.applying(layer, level.level, Effect::Allow));
        applying.map(|at| self.statement(at)).collect()
    }

    pub(super) fn applying(&self, layer: Layer, level: u8, effect: Effect) -> Vec<StatementAt> {
        let statements = self.trace.statements.iter();
        let here = statements.filter(|trace| trace.at.layer == layer && trace.at.level == level);
        here.filter(|trace| trace.effect == effect && trace.found.is_ok()).map(|trace| trace.at).collect()
    }

    /// I6: nothing is said of the policy of the resource, or of those of a stranger, where they are not known and another
    /// layer decides.
    fn lacks_allow(&self, layer: Layer) -> bool {
        let blocked_by = &self.trace.blocked_by;
        let is_unknown = match layer {
            Layer::ResourceBased => self.request.unknown_policy().is_some(),
            layer => self.is_strangers(layer),
        };
        let decides = !is_unknown || blocked_by.len() == 1 || self.could_turn();
        blocked_by.contains(&layer) && decides
    }

    fn missing(&self, layer: Layer) -> Because {
        Because { policy_type: self.policy_type(layer), ..Because::default() }
    }

    /// A statement as an answer names it.
    pub fn statement(&self, at: StatementAt) -> Because {
        let place = self.place(at, Token::Statement);
        let start = place.as_ref().map(Place::line_column);
        let origin = self.origin(at);
        Because {
            policy: origin.map(|origin| origin.name.to_string()),
            sid: self.sid(at),
            statement: Some(at.statement.statement),
            file: place.as_ref().map(|place| place.source.name().to_owned()),
            line: start.map(|start| start.line),
            column: start.map(|start| start.column),
            at: Some(at),
            ..self.missing(at.layer)
        }
    }

    /// The place of an element of a statement.
    pub fn place(&self, at: StatementAt, token: Token) -> Option<Place> {
        let view = self.request.statement(at)?;
        Some(view.policy.policy().place(view.number, token))
    }

    /// Where the policy of a statement comes from.
    pub fn origin(&self, at: StatementAt) -> Option<&Origin> {
        self.request.statement(at)?.origin()
    }

    fn sid(&self, at: StatementAt) -> Option<String> {
        let view = self.request.statement(at)?;
        view.policy.policy().sid(view.number).map(Into::into)
    }

    /// The key of a layer, or the narrower word.
    pub fn policy_type(&self, layer: Layer) -> &'static str {
        match (layer, self.request.side.kind, &self.request.caller.principal.kind) {
            (Layer::ResourceBased, Some(PolicyType::Trust), _) => "trust",
            (Layer::ResourceBased, Some(PolicyType::Key), _) => "key",
            (Layer::Session, _, PrincipalKind::AssumedRoot { .. }) => "task",
            _ => layer.key(),
        }
    }
}
