//! Policy documents as the world holds them.

use std::sync::Arc;

use crate::compile::CompiledPolicy;
use crate::policy::{Policy, PolicyType, parse_policy};
use crate::source::{Diagnostic, Parsed, Source};
use crate::syntax::json::each_item;

/// A policy document: compiled, or the reason why it cannot be consulted. Every answer that would have consulted
/// a document that is not good says so, for it could have held a Deny.
#[derive(Clone, Debug)]
pub enum Document {
    /// The policy can be consulted.
    Good(Arc<CompiledPolicy>),
    /// The text has errors.
    Refused(Arc<[Diagnostic]>),
    /// The policy is attached, but nobody gave its text (a dump lacks it).
    Missing,
}

impl Document {
    /// Reads and compiles a text; the warnings come beside.
    pub fn read(source: &Arc<Source>, kind: PolicyType) -> (Self, Vec<Diagnostic>) {
        Self::from_parsed(parse_policy(source, kind))
    }

    /// The compiled policy of a text, if it is one.
    pub fn compile(name: &str, text: &str, kind: PolicyType) -> Option<Arc<CompiledPolicy>> {
        Self::read(&Source::new(name, text), kind).0.compiled().map(Arc::clone)
    }

    /// Reads and compiles a text that is one policy or a list of them; the warnings come beside.
    pub fn read_all(source: &Arc<Source>, kind: PolicyType) -> Vec<(Self, Vec<Diagnostic>)> {
        let mut documents = Vec::new();
        let is_list = each_item(source, |item| documents.push(Self::from_parsed(Policy::lower(item, kind))));
        if is_list { documents } else { vec![Self::read(source, kind)] }
    }

    /// Compiles what a parser understood; the warnings come beside.
    pub fn from_parsed(parsed: Parsed<Policy>) -> (Self, Vec<Diagnostic>) {
        match parsed.accept() {
            Ok((policy, warnings)) => (Self::Good(Arc::new(CompiledPolicy::new(Arc::new(policy)))), warnings),
            Err(diagnostics) => (Self::Refused(diagnostics.into()), Vec::new()),
        }
    }

    /// The text as it was written, if there is a compiled policy.
    pub fn text(&self) -> Option<&str> {
        self.compiled().map(|compiled| compiled.policy().source().slice(compiled.policy().document()))
    }

    /// The compiled policy, if there is one.
    pub fn compiled(&self) -> Option<&Arc<CompiledPolicy>> {
        match self {
            Self::Good(compiled) => Some(compiled),
            _ => None,
        }
    }
}

/// A stored version of a managed policy (A13); not the `Version` element.
#[derive(Clone, Debug)]
pub struct PolicyVersion {
    /// `v1`, `v2` …
    pub id: Box<str>,
    /// Its document.
    pub document: Document,
}

/// A policy with a name and an ARN of its own: managed policy, SCP or RCP.
#[derive(Clone, Debug)]
pub struct ManagedPolicy {
    /// The name.
    pub name: Box<str>,
    /// The ARN.
    pub arn: Box<str>,
    /// The stored versions, oldest first; at least one.
    pub versions: Vec<PolicyVersion>,
    /// Which of them is the default: the only one that is evaluated (A13).
    pub default: usize,
}

impl ManagedPolicy {
    /// A policy with one version.
    pub fn new(name: impl Into<Box<str>>, arn: impl Into<Box<str>>, document: Document) -> Self {
        let versions = vec![PolicyVersion { id: "v1".into(), document }];
        Self { name: name.into(), arn: arn.into(), versions, default: 0 }
    }

    /// The document of the default version.
    pub fn document(&self) -> &Document {
        &self.versions[self.default].document
    }
}
