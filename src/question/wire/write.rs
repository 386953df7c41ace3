//! A question as data, in the form in which it is read.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::question::Question;
use crate::world::{ContextValue, Principal, PrincipalKind};

/// A question without the policies that came with it. With an `id` it is a line of a batch.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct WireQuestion {
    /// The principal.
    pub principal: WirePrincipal,
    /// Who issued a federated user session.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// The action.
    pub action: String,
    /// The resource.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource: Option<String>,
    /// The account that owns the resource, where the request says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource_account: Option<String>,
    /// The context keys of the request; those that follow from it are not listed.
    pub context: BTreeMap<String, WireValue>,
}

/// A principal as `batch` reads it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum WirePrincipal {
    /// An ARN, or `anonymous`.
    Named(String),
    /// An AWS service.
    Service {
        /// Its name, such as `s3.amazonaws.com`.
        service: String,
    },
}

/// The value of a context key: one, several, or `null` where the key is absent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum WireValue {
    /// A single value.
    One(String),
    /// A multivalued key.
    Many(Vec<String>),
    /// An absent key.
    Absent(()),
}

impl Default for WirePrincipal {
    fn default() -> Self {
        Self::Named(String::new())
    }
}

impl From<&Principal> for WirePrincipal {
    fn from(principal: &Principal) -> Self {
        match &principal.kind {
            PrincipalKind::Service(name) => Self::Service { service: name.to_string() },
            _ => Self::Named(principal.arn()),
        }
    }
}

impl From<&ContextValue<'_>> for WireValue {
    fn from(value: &ContextValue<'_>) -> Self {
        match value {
            ContextValue::Absent => Self::Absent(()),
            ContextValue::One(text) => Self::One(text.to_string()),
            ContextValue::Many(all) => Self::Many(all.iter().map(ToString::to_string).collect()),
        }
    }
}

impl From<&Question> for WireQuestion {
    fn from(question: &Question) -> Self {
        let principal = &question.principal;
        let issuer = match &principal.kind {
            PrincipalKind::FederatedUser { issuer, .. } => issuer.as_deref().map(str::to_owned),
            _ => None,
        };
        Self {
            principal: principal.as_ref().into(),
            issuer,
            action: question.action.to_string(),
            resource: question.resource.as_deref().map(str::to_owned),
            resource_account: question.assumptions.resource_account.map(|account| account.to_string()),
            context: question
                .assumptions
                .context
                .iter()
                .map(|(key, value)| (key.to_string(), value.into()))
                .collect(),
        }
    }
}

/// The id of a request, echoed as it was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Id {
    /// A string.
    Text(String),
    /// A number.
    Number(serde_json::Number),
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Number(number) => number.fmt(f),
        }
    }
}
