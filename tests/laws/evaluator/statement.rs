//! Whether a statement applies (0.2), and how it names the principal.

use serde_json::Value;

use super::asked::{Asked, Kind, list};
use super::condition::holds;
use super::pattern::{covers, glob_text};
use super::principal::{Strength, spares, strengths};

/// The layers whose statements name principals (A.3).
pub(crate) const NAMING: [&str; 4] = ["resource", "service_network", "vpc_endpoint", "rcp"];

/// What the statements of a document say.
#[derive(Default, Debug)]
pub(crate) struct Spoken {
    pub(crate) denies: bool,
    pub(crate) allows: bool,
    pub(crate) strengths: Vec<Strength>,
}

impl Spoken {
    pub(crate) fn by(documents: &[&Value], layer: &str, asked: &Asked) -> Self {
        let mut spoken = Self::default();
        for document in documents {
            let current = document["Version"] == "2012-10-17"; // A11
            for statement in statements(document) {
                let Some(found) = applies(statement, current, layer, asked) else { continue };
                if statement["Effect"] == "Deny" {
                    spoken.denies = true;
                } else {
                    spoken.allows = true;
                    spoken.strengths.extend(found);
                }
            }
        }
        spoken
    }
}

pub(super) fn statements(document: &Value) -> Vec<&Value> {
    match &document["Statement"] {
        Value::Array(list) => list.iter().collect(),
        one => vec![one],
    }
}

/// The strengths of a statement that applies; `None` if it does not.
fn applies(statement: &Value, current: bool, layer: &str, asked: &Asked) -> Option<Vec<Strength>> {
    let named = match NAMING.contains(&layer) {
        true => principal(statement, layer, asked)?,
        false => Vec::new(),
    };
    let rest = action(statement, asked)
        && resource(statement, current, layer, asked)
        && holds(&statement["Condition"], current, asked);
    rest.then_some(named)
}

fn principal(statement: &Value, layer: &str, asked: &Asked) -> Option<Vec<Strength>> {
    if let Some(element) = statement.get("NotPrincipal") {
        if statement["Effect"] == "Allow" {
            // A33, D.5 row 10: all who are not listed in any way, as by `*`.
            return strengths(element, layer, asked).is_empty().then(|| vec![Strength::Any]);
        }
        // D28 speaks of users and roles; a federated session is neither.
        let bounded = matches!(asked.kind, Kind::User | Kind::RoleSession)
            && asked.policies("permissions_boundary").is_some();
        return (bounded || !spares(element, asked)).then(|| vec![Strength::Any]);
    }
    let found = strengths(statement.get("Principal")?, layer, asked); // A18
    (!found.is_empty()).then_some(found)
}

pub(super) fn action(statement: &Value, asked: &Asked) -> bool {
    match statement.get("NotAction") {
        Some(patterns) => !list(patterns).iter().any(|pattern| is_action(pattern, asked)), // A39
        None => list(&statement["Action"]).iter().any(|pattern| is_action(pattern, asked)),
    }
}

/// A35–A38.
fn is_action(pattern: &str, asked: &Asked) -> bool {
    if pattern == "*" {
        return true;
    }
    let Some((service, name)) = pattern.split_once(':') else { return false };
    let Some((own_service, own_name)) = asked.action.split_once(':') else { return false };
    let like = |pattern: &str, text: &str| glob_text(&pattern.to_lowercase(), &text.to_lowercase());
    !pattern.contains([' ', ',']) && like(service, own_service) && like(name, own_name)
}

fn resource(statement: &Value, current: bool, layer: &str, asked: &Asked) -> bool {
    let covered = |entries: &Value| list(entries).iter().any(|entry| covers(entry, current, layer, asked));
    match (statement.get("Resource"), statement.get("NotResource")) {
        (_, Some(entries)) => !covered(entries), // A47
        (Some(entries), None) => covered(entries),
        (None, None) => true, // A19, and trust policies
    }
}
