//! One identity-based policy in place of several: what says the same of other actions or resources is one statement, and what
//! changes nothing is left out.

use serde_json::{Map, Value, json};

use super::anybody::{Anybody, made};
use super::check::{Check, CheckKind};
use crate::policy::{LanguageVersion, Policy};
use crate::world::NamedDocument;

/// The name of the policy.
const NAME: &str = "one policy";

/// What may be joined where all else is the same.
const JOINED: [&str; 2] = ["Action", "Resource"];

/// One identity-based policy in place of several.
#[derive(Clone, Debug)]
pub struct OnePolicy {
    /// The policy, as it is printed.
    pub text: String,
    /// How many statements those have in whose place it is.
    pub statements: usize,
    /// That both allow the same.
    pub check: Check,
}

impl Anybody<'_> {
    /// One policy in place of these; `None` where they say nothing, or cannot be read.
    pub fn one_policy(&self, policies: &[NamedDocument]) -> Option<OnePolicy> {
        let read = policies.iter().filter_map(|policy| policy.document.compiled());
        let statements: Vec<Value> = read.flat_map(|compiled| statements(compiled.policy())).collect();
        let count = statements.len();
        let joined = JOINED.into_iter().fold(statements, joined);
        if joined.is_empty() {
            return None;
        }
        let all = made(NAME, json!({"Version": "2012-10-17", "Statement": joined}).to_string());
        let dead = self.dead(&all)?;
        let one = dead.policies.first().map_or(all, |shorter| made(NAME, shorter.without.clone()));
        let text = one.document.compiled()?.policy().print();
        let difference = self.difference([policies.to_vec(), vec![one]]);
        Some(OnePolicy { text, statements: count, check: Check::new(CheckKind::Equivalent, difference) })
    }
}

/// The statements of a policy without their names, in the language of today.
fn statements(policy: &Policy) -> impl Iterator<Item = Value> + '_ {
    let is_old = policy.language() == LanguageVersion::V2008;
    policy.statements().iter().filter_map(move |own| {
        let mut said: Value = serde_json::from_str(policy.source().slice(own.span)).ok()?;
        said.as_object_mut()?.remove("Sid");
        Some(if is_old { literal(said) } else { said })
    })
}

/// A11: in the old language a variable is the text that it is.
fn literal(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(text.replace("${", "${$}{")),
        Value::Array(list) => list.into_iter().map(literal).collect(),
        Value::Object(map) => map.into_iter().map(|(key, value)| (key, literal(value))).collect(),
        other => other,
    }
}

/// Statements that differ in one list alone, as one with both lists.
fn joined(statements: Vec<Value>, element: &str) -> Vec<Value> {
    let mut all: Vec<(Value, Value)> = Vec::new();
    for mut statement in statements {
        let own = statement.as_object_mut().and_then(|map| map.remove(element));
        let key = sorted(&statement);
        match (own, all.iter_mut().find(|(known, _)| *known == key)) {
            (Some(own), Some((_, Value::Object(known)))) if known.contains_key(element) => {
                let both = union(known.get(element), &own);
                known.insert(element.to_owned(), both);
            }
            (None, Some((_, known))) if known.get(element).is_none() => {}
            (own, _) => {
                let whole = with(&statement, element, own);
                all.push((key, whole));
            }
        }
    }
    all.into_iter().map(|(_, statement)| statement).collect()
}

fn with(statement: &Value, element: &str, own: Option<Value>) -> Value {
    let entries =
        statement.as_object().into_iter().flatten().map(|(key, value)| (key.clone(), value.clone()));
    entries.chain(own.map(|own| (element.to_owned(), own))).collect::<Map<_, _>>().into()
}

/// The same with lists and names in one order; a list of one is the one.
fn sorted(value: &Value) -> Value {
    match value {
        Value::Array(list) => {
            let mut list: Vec<Value> = list.iter().map(sorted).collect();
            list.sort_by_key(Value::to_string);
            list.dedup();
            if let [one] = &list[..] { one.clone() } else { list.into() }
        }
        Value::Object(map) => {
            let mut entries: Vec<(String, Value)> =
                map.iter().map(|(key, value)| (key.clone(), sorted(value))).collect();
            entries.sort_by(|(one, _), (other, _)| one.cmp(other));
            entries.into_iter().collect::<Map<_, _>>().into()
        }
        other => other.clone(),
    }
}

fn union(known: Option<&Value>, more: &Value) -> Value {
    let items = |value: &Value| match value {
        Value::Array(list) => list.clone(),
        one => vec![one.clone()],
    };
    let mut all = known.map(items).unwrap_or_default();
    for one in items(more) {
        if !all.contains(&one) {
            all.push(one);
        }
    }
    if let [one] = &all[..] { one.clone() } else { all.into() }
}
