//! The statements of a policy, made smaller one after the other: each step is asked of the engine for all requests.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::{Value, json};

use super::answer::{KeptRequest, NarrowedStatement};
use super::patterns::resource_patterns;
use crate::catalog::{ActionSet, Catalog};
use crate::names::glob;
use crate::policy::{Effect, Policy};
use crate::reason::anybody::made;
use crate::source::first_of;
use crate::world::WorldError;

/// Into how many statements one is split, at most: with more of them nobody sees what it allows.
const MOST: usize = 6;

/// How many patterns are named, at most.
const NAMED: usize = 6;

/// A policy on its way.
pub(super) struct Narrowing<'a> {
    policy: &'a Arc<Policy>,
    kept: &'a [&'a KeptRequest],
    catalog: &'a Catalog,
    /// What is left of each statement.
    statements: Vec<Vec<Value>>,
    narrowed: Vec<NarrowedStatement>,
}

impl<'a> Narrowing<'a> {
    pub(super) fn new(policy: &'a Arc<Policy>, kept: &'a [&'a KeptRequest], catalog: &'a Catalog) -> Self {
        let text = |span| serde_json::from_str(policy.source().slice(span)).unwrap_or_default();
        let statements = policy.statements().iter().map(|own| vec![text(own.span)]).collect();
        Self { policy, kept, catalog, statements, narrowed: Vec::new() }
    }

    /// The last first, as what stands twice is wanted where it stands first.
    pub(super) fn run(&mut self) -> Result<(), WorldError> {
        for at in (0..self.statements.len()).rev() {
            if self.policy.statements()[at].effect == Effect::Allow {
                self.narrow(at)?;
            }
        }
        self.narrowed.reverse();
        Ok(())
    }

    pub(super) fn into_narrowed(self) -> Vec<NarrowedStatement> {
        self.narrowed
    }

    /// The policy as it is now; where nothing is left of it, one that allows nothing.
    pub(super) fn text(&self) -> String {
        let mut left: Vec<String> = self.statements.iter().flatten().map(Value::to_string).collect();
        if left.is_empty() {
            left.push(r#"{"Effect": "Deny", "Action": "*", "Resource": "*"}"#.to_owned());
        }
        self.policy.with_statements(left.iter().map(String::as_str))
    }

    fn narrow(&mut self, at: usize) -> Result<(), WorldError> {
        let own = std::mem::take(&mut self.statements[at]);
        let needing = self.denied()?;
        if needing.is_empty() {
            let was = own.first().map(said).unwrap_or_default();
            self.narrowed.push(NarrowedStatement { statement: at, was, left: Vec::new() });
            return Ok(());
        }
        for smaller in own.first().map(|own| self.smaller(own, &needing)).unwrap_or_default() {
            self.statements[at] = smaller;
            if self.statements[at] != own && self.denied()?.is_empty() {
                let was = own.first().map(said).unwrap_or_default();
                let left = self.statements[at].iter().map(said).collect();
                self.narrowed.push(NarrowedStatement { statement: at, was, left });
                return Ok(());
            }
        }
        self.statements[at] = own;
        Ok(())
    }

    /// The requests that are denied now.
    fn denied(&self) -> Result<Vec<&'a KeptRequest>, WorldError> {
        let is_empty = self.statements.iter().all(Vec::is_empty);
        let policy = (!is_empty).then(|| made("least", self.text()));
        let mut denied = Vec::new();
        for request in self.kept {
            if !request.is_allowed(policy.as_ref())? {
                denied.push(*request);
            }
        }
        Ok(denied)
    }

    /// What could stand in place of a statement, the smallest first: statements for actions with the same resources, or
    /// one with fewer actions alone.
    fn smaller(&self, own: &Value, needing: &[&KeptRequest]) -> Vec<Vec<Value>> {
        let mut by_action: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for KeptRequest { question, .. } in needing {
            by_action
                .entry(&question.action)
                .or_default()
                .insert(question.resource.as_deref().unwrap_or("*"));
        }
        let mut by_resources: BTreeMap<Vec<String>, Vec<&str>> = BTreeMap::new();
        for (action, resources) in &by_action {
            by_resources.entry(self.resources(own, resources)).or_default().push(action);
        }
        let one = |(number, (resources, actions)): (usize, (&Vec<String>, &Vec<&str>))| {
            self.with(own, actions, Some(resources), number > 0)
        };
        let split: Vec<Value> = by_resources.iter().enumerate().map(one).collect();
        let all: Vec<&str> = by_action.keys().copied().collect();
        let resources: BTreeSet<&str> = by_action.values().flatten().copied().collect();
        let together = self.with(own, &all, Some(&self.resources(own, &resources)), false);
        let several = (split.len() <= MOST).then_some(split);
        several.into_iter().chain([vec![together], vec![self.with(own, &all, None, false)]]).collect()
    }

    /// Patterns that cover some resources; those of the statement where they are no smaller.
    fn resources(&self, own: &Value, used: &BTreeSet<&str>) -> Vec<String> {
        let current = texts(&own["Resource"]);
        let patterns = resource_patterns(used);
        let is_within = |pattern: &String| current.iter().any(|own| glob(own.as_str(), pattern.as_str()));
        let is_smaller = own.get("NotResource").is_some() || patterns.iter().all(is_within);
        let has_variables = current.iter().any(|own| own.contains("${"));
        if is_smaller && !has_variables { patterns } else { current }
    }

    /// A statement with other actions and resources; of several that come of one the first keeps its Sid.
    fn with(
        &self,
        own: &Value,
        actions: &[&str],
        resources: Option<&Vec<String>>,
        is_another: bool,
    ) -> Value {
        let mut set = ActionSet::none(self.catalog);
        let unlisted: Vec<String> =
            actions.iter().filter(|action| !set.add(action)).map(|action| (*action).to_owned()).collect();
        let actions = [set.patterns(), unlisted].concat();
        let renamed = own.as_object().into_iter().flatten().filter_map(|(key, value)| match key.as_str() {
            "Sid" if is_another => None,
            "Action" | "NotAction" => Some(("Action", list(&actions, value))),
            "Resource" | "NotResource" => match resources {
                Some(resources) if !resources.is_empty() => Some(("Resource", list(resources, value))),
                _ => Some((key.as_str(), value.clone())),
            },
            key => Some((key, value.clone())),
        });
        Value::Object(renamed.map(|(key, value)| (key.to_owned(), value)).collect())
    }
}

/// A list as it was written, where it says the same; one text alone where it is one.
fn list(texts_now: &[String], was: &Value) -> Value {
    let fold =
        |texts: Vec<String>| texts.into_iter().map(|text| text.to_ascii_lowercase()).collect::<BTreeSet<_>>();
    if fold(texts(was)) == fold(texts_now.to_vec()) {
        return was.clone();
    }
    match texts_now {
        [one] => json!(one),
        several => json!(several),
    }
}

fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(one) => vec![one.clone()],
        Value::Array(all) => all.iter().filter_map(|one| one.as_str().map(str::to_owned)).collect(),
        _ => Vec::new(),
    }
}

/// What a statement allows, in a line.
fn said(statement: &Value) -> String {
    let part = |plain: &str, negated: &str| match statement.get(negated) {
        Some(but) => format!("everything but {}", first_of(NAMED, &texts(but))),
        None => first_of(NAMED, &texts(&statement[plain])),
    };
    format!("{} on {}", part("Action", "NotAction"), part("Resource", "NotResource"))
}
