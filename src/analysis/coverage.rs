//! Which statements, and which elements of them, were evaluated, matched, decisive.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::compile::{CompiledPolicy, CompiledStatement, StatementRef};
use crate::policy::{Effect, Layer, Policy, PrincipalForm, Statement, Token};
use crate::trace::{Decision, Matched, Mismatch, StatementAt, Trace};
use crate::world::{Level, Prepared, World, is_of_aws};

/// What decisions made of the policies that they consulted; those that AWS wrote are left out.
#[derive(Clone, Debug, Default)]
pub struct Coverage {
    policies: BTreeMap<PolicyKey, CoveredPolicy>,
}

/// A policy by where its text stands: a file that several scripts read is one policy.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PolicyKey {
    /// The name of the source, a path without detours.
    pub file: Box<str>,
    /// Where the document starts in it.
    pub start: u32,
}

/// What decisions made of a policy.
#[derive(Clone, Debug)]
pub struct CoveredPolicy {
    /// The name.
    pub name: String,
    /// The policy.
    pub policy: Arc<Policy>,
    /// The statements in order.
    pub statements: Vec<CoveredStatement>,
}

/// What decisions made of a statement.
#[derive(Clone, Debug, Default)]
pub struct CoveredStatement {
    /// How often the policy was consulted.
    pub evaluated: usize,
    /// How often the statement applied.
    pub matched: usize,
    /// How often it decided.
    pub decisive: usize,
    /// Its actions, resources, principals and tests in order.
    pub elements: Vec<CoveredElement>,
}

/// What decisions made of an element: a pattern of actions or resources, a principal, a test of the condition.
#[derive(Clone, Copy, Debug)]
pub struct CoveredElement {
    /// Which; a test is known by its key.
    pub token: Token,
    /// How often it was looked at.
    pub evaluated: usize,
    /// How often it covered the request, or held.
    pub matched: usize,
    /// How often it did so in a statement that decided.
    pub decisive: usize,
}

impl PolicyKey {
    /// The key of a policy.
    pub fn of(policy: &Policy) -> Self {
        Self { file: straight(policy.source().name()), start: policy.document().start }
    }
}

/// A path without detours: `a/../b` is `b`.
fn straight(path: &str) -> Box<str> {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match (part, parts.last()) {
            ("..", Some(before)) if !matches!(*before, "" | "..") => drop(parts.pop()),
            (".", _) => {}
            _ => parts.push(part),
        }
    }
    parts.join("/").into()
}

impl Coverage {
    /// The policies by file and place.
    pub fn policies(&self) -> impl Iterator<Item = &CoveredPolicy> {
        self.policies.values()
    }

    /// Adds the policies of a world, consulted or not.
    pub fn declare(&mut self, world: &World) {
        for (name, compiled) in world.documents() {
            self.policy(&name, compiled);
        }
    }

    /// Adds a decision.
    pub fn add(&mut self, request: &Prepared<'_>, decision: Decision, trace: &Trace) {
        for layer in Layer::ALL {
            for (number, level) in request.levels(layer).iter().enumerate() {
                let number = number as u8;
                if trace.level(layer, number).is_some() {
                    let looked = Looked { request, decision, trace, layer, number, level };
                    self.add_level(&looked);
                }
            }
        }
    }

    /// Adds what another run found.
    pub fn merge(&mut self, other: Self) {
        for (key, policy) in other.policies {
            match self.policies.get_mut(&key) {
                Some(own) => own.merge(policy),
                None => drop(self.policies.insert(key, policy)),
            }
        }
    }

    fn add_level(&mut self, looked: &Looked<'_>) {
        for (i, compiled) in looked.level.set.policies().iter().enumerate() {
            if is_of_aws(compiled) {
                continue;
            }
            let name = looked.level.origins.get(i).map(|origin| &*origin.name).unwrap_or_default();
            let covered = self.policy(name, compiled);
            for (j, statement) in covered.statements.iter_mut().enumerate() {
                let at = StatementRef { policy: i as u32, statement: j as u32 };
                looked.count(compiled, at, statement);
            }
        }
    }

    fn policy(&mut self, name: &str, compiled: &CompiledPolicy) -> &mut CoveredPolicy {
        let policy = compiled.policy();
        self.policies.entry(PolicyKey::of(policy)).or_insert_with(|| CoveredPolicy {
            name: name.to_owned(),
            policy: Arc::clone(policy),
            statements: policy.statements().iter().map(|own| CoveredStatement::new(policy, own)).collect(),
        })
    }
}

impl CoveredPolicy {
    fn merge(&mut self, other: Self) {
        for (own, other) in self.statements.iter_mut().zip(other.statements) {
            own.evaluated += other.evaluated;
            own.matched += other.matched;
            own.decisive += other.decisive;
            for (own, other) in own.elements.iter_mut().zip(other.elements) {
                own.evaluated += other.evaluated;
                own.matched += other.matched;
                own.decisive += other.decisive;
            }
        }
    }
}

impl CoveredStatement {
    fn new(policy: &Policy, statement: &Statement) -> Self {
        let many = |count: usize| 0..count as u32;
        let resources = statement.resource.map_or(0, |resource| resource.patterns.len());
        let principals = statement.principal.as_ref().map_or(0, |principal| match &principal.form {
            PrincipalForm::Everyone(_) => 1,
            PrincipalForm::Map(entries) => entries.iter().map(|entry| policy.texts(entry.values).len()).sum(),
        });
        let tokens = many(principals).map(Token::Principal);
        let tokens = tokens.chain(many(statement.action.patterns.len()).map(Token::Action));
        let tokens = tokens.chain(many(resources).map(Token::Resource));
        let tokens = tokens.chain(many(statement.condition.len()).map(Token::Key));
        let new = |token| CoveredElement { token, evaluated: 0, matched: 0, decisive: 0 };
        Self { elements: tokens.map(new).collect(), ..Self::default() }
    }
}

/// A level that a decision consulted.
struct Looked<'l> {
    request: &'l Prepared<'l>,
    decision: Decision,
    trace: &'l Trace,
    layer: Layer,
    number: u8,
    level: &'l Level,
}

impl Looked<'_> {
    /// Counts what the decision made of a statement.
    fn count(&self, policy: &CompiledPolicy, at: StatementRef, covered: &mut CoveredStatement) {
        let Some(statement) = policy.statements().get(at.statement as usize) else { return };
        let at = StatementAt { layer: self.layer, level: self.number, statement: at };
        let found = self.trace.statement(at).map(|trace| trace.found);
        let applies = matches!(found, Some(Ok(_)));
        let decides = applies && self.decides(statement.effect);
        covered.evaluated += 1;
        covered.matched += usize::from(applies);
        covered.decisive += usize::from(decides);
        let looked = Elements { looked: self, policy, statement, found };
        for element in &mut covered.elements {
            let Some(matches) = looked.matches(element.token) else { continue };
            element.evaluated += 1;
            element.matched += usize::from(matches);
            element.decisive += usize::from(matches && decides);
        }
    }

    /// Whether a statement of that effect, if it applies here, is among those that decided.
    fn decides(&self, effect: Effect) -> bool {
        match (self.decision, effect) {
            (Decision::ExplicitDeny, Effect::Deny) => true,
            (Decision::Allowed, Effect::Allow) => self.trace.allowed_by.contains(&self.layer),
            _ => false,
        }
    }
}

/// The elements of a statement before a request.
struct Elements<'e> {
    looked: &'e Looked<'e>,
    policy: &'e CompiledPolicy,
    statement: &'e CompiledStatement,
    found: Option<Result<Matched, Mismatch>>,
}

impl Elements<'_> {
    /// Whether an element covers the request; `None` if the evaluation ended before it.
    fn matches(&self, token: Token) -> Option<bool> {
        let (request, level) = (self.looked.request, self.looked.level);
        match token {
            Token::Action(i) => {
                let pattern = self.policy.actions(self.statement).get(i as usize)?;
                Some(pattern.matches(self.policy, &request.action))
            }
            Token::Resource(i) => {
                self.covers_action().then_some(())?;
                let pattern = self.policy.resources(self.statement).get(i as usize)?;
                Some(pattern.matches(self.policy, &request.resource_for(level), request))
            }
            Token::Principal(i) => match self.found? {
                // The first value that names the principal counts.
                Ok(matched) => Some(matched.principal == Some(i)),
                Err(Mismatch::Principal) => Some(false),
                Err(Mismatch::NotPrincipal) => Some(true),
                Err(_) => None,
            },
            Token::Key(i) => match self.found? {
                Ok(_) => Some(true),
                Err(Mismatch::Condition { test, .. }) if i < test => Some(true),
                Err(Mismatch::Condition { test, .. }) if i == test => Some(false),
                Err(_) => None,
            },
            _ => None,
        }
    }

    fn covers_action(&self) -> bool {
        !matches!(self.found, None | Some(Err(Mismatch::Action | Mismatch::NotAction(_))))
    }
}
