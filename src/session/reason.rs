//! What made a decision, as expectations state it.

use super::failure::Failure;
use crate::explain::{Answer, Because, Verdict};
use crate::policy::Layer;
use crate::syntax::script;
use crate::trace::GateName;
use crate::world::WorldError;

/// What is to have made a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A gate.
    Gate(GateName),
    /// A layer, and perhaps a policy and a statement of it.
    Layer {
        /// The word for the layer, or the narrower `trust`, `key`, `task`.
        word: Box<str>,
        /// The layer.
        layer: Layer,
        /// The name of the policy.
        policy: Option<Box<str>>,
        /// The Sid of the statement, or its number from 1.
        statement: Option<Box<str>>,
    },
}

impl Reason {
    pub(crate) fn read(reason: &script::ReasonWords<'_>) -> Result<Self, Failure> {
        let word = &*reason.word.text;
        let text = |word: &script::Word<'_>| (&*word.text).into();
        match (GateName::parse(word), Layer::parse(word)) {
            (Some(gate), _) => Ok(Self::Gate(gate)),
            (_, Some(layer)) => Ok(Self::Layer {
                word: word.into(),
                layer,
                policy: reason.policy.as_ref().map(text),
                statement: reason.statement.as_ref().map(text),
            }),
            (None, None) => Err(unknown(word).into()),
        }
    }

    /// Whether it made the decision: for an implicit deny the first that AWS would name, otherwise any of them.
    pub fn holds(&self, answer: &Answer) -> bool {
        match self {
            Self::Gate(gate) => answer.gate.as_ref().is_some_and(|own| own.name == gate.as_str()),
            Self::Layer { .. } if answer.decision == Verdict::ImplicitDeny => {
                answer.because.first().is_some_and(|because| self.names(because))
            }
            Self::Layer { .. } => answer.because.iter().any(|because| self.names(because)),
        }
    }

    fn names(&self, because: &Because) -> bool {
        let Self::Layer { word, layer, policy, statement } = self else { return false };
        let narrow = matches!(&**word, "trust" | "key" | "task");
        let same_layer = Layer::parse(because.policy_type) == Some(*layer);
        let layer = same_layer && (!narrow || because.policy_type == &**word);
        let policy = policy.as_deref().is_none_or(|name| because.policy.as_deref() == Some(name));
        layer && policy && statement.as_deref().is_none_or(|statement| is_statement(because, statement))
    }
}

fn is_statement(because: &Because, word: &str) -> bool {
    let number = because.statement.map(|number| (number + 1).to_string());
    because.sid.as_deref() == Some(word) || number.as_deref() == Some(word)
}

fn unknown(word: &str) -> WorldError {
    let known: Vec<&str> = GateName::ALL
        .into_iter()
        .map(GateName::as_str)
        .chain(Layer::ALL.into_iter().map(Layer::word))
        .chain(["trust", "key", "task"])
        .collect();
    let error = WorldError::new("unknown-reason", word, format!("`{word}` is neither a layer nor a gate"));
    error.suggest(known.iter().copied()).otherwise(format!("one of {}", known.join(", ")))
}

/// What made a decision, in the words of `because`.
pub(super) fn reasons_of(answer: &Answer) -> String {
    if let Some(gate) = &answer.gate {
        return gate.name.to_owned();
    }
    let mut reasons: Vec<String> = Vec::new();
    for reason in answer.because.iter().map(reason_of) {
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    reasons.join(", ")
}

fn reason_of(because: &Because) -> String {
    let word = match (because.policy_type, Layer::parse(because.policy_type)) {
        (narrow @ ("trust" | "key" | "task"), _) => narrow,
        (_, Some(layer)) => layer.word(),
        (key, None) => key,
    };
    let Some(policy) = &because.policy else { return format!("{word} (no Allow)") };
    let number = because.statement.map(|number| (number + 1).to_string());
    match because.sid.clone().or(number) {
        Some(statement) => format!("{word} {policy} statement {statement}"),
        None => format!("{word} {policy}"),
    }
}
