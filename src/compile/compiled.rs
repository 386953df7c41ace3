//! The compiled form of a policy.

use std::ops::Range;
use std::sync::Arc;

use super::action_pattern::ActionPattern;
use super::pieces::Piece;
use super::principal_pattern::PrincipalPattern;
use super::resource_pattern::{FieldPattern, ResourcePattern};
use super::test::{Operand, Test};
use crate::names::ActionName;
use crate::policy::{Effect, Policy};
use crate::source::Source;

/// A policy as flat tables. Statements, patterns and tests stand in the order of the AST, so that their numbers
/// are those of [`crate::policy::Token`].
#[derive(Clone, Debug)]
pub struct CompiledPolicy {
    pub(super) policy: Arc<Policy>,
    /// The policy's: one step less on the way to the text of every pattern.
    pub(super) source: Arc<Source>,
    /// The texts of strings with escapes; slices past the end of the source point here.
    pub(super) unescaped: String,
    pub(super) statements: Vec<CompiledStatement>,
    pub(super) actions: Vec<ActionPattern>,
    pub(super) resources: Vec<ResourcePattern>,
    pub(super) principals: Vec<PrincipalPattern>,
    pub(super) tests: Vec<Test>,
    pub(super) operands: Vec<Operand>,
    pub(super) fields: Vec<FieldPattern>,
    pub(super) pieces: Vec<Piece>,
    pub(super) keys: Box<[u64]>,
    pub(super) reads_tags: bool,
}

/// A range of a policy's text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Slice {
    pub(super) start: u32,
    pub(super) len: u32,
}

impl Slice {
    /// The slice without its last byte.
    pub(super) fn without_last(self) -> Self {
        Self { start: self.start, len: self.len.saturating_sub(1) }
    }

    /// The first bytes, and those behind them.
    pub(super) fn split_at(self, length: u32) -> (Self, Self) {
        let behind = Self { start: self.start + length, len: self.len - length };
        (Self { start: self.start, len: length }, behind)
    }
}

/// A statement: its effect and the ranges of its patterns and tests.
#[derive(Clone, Debug)]
pub struct CompiledStatement {
    /// The effect.
    pub effect: Effect,
    /// Whether it has `NotAction`.
    pub not_action: bool,
    /// Which resource element it has.
    pub resource_element: Element,
    /// Which principal element it has.
    pub principal_element: Element,
    pub(super) actions: Range<u32>,
    pub(super) resources: Range<u32>,
    pub(super) principals: Range<u32>,
    pub(super) tests: Range<u32>,
}

/// Which of a pair of elements a statement has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Element {
    /// Neither.
    Absent,
    /// `Resource`, `Principal`.
    Plain,
    /// `NotResource`, `NotPrincipal`.
    Negated,
}

impl CompiledPolicy {
    /// The policy that was compiled.
    pub fn policy(&self) -> &Arc<Policy> {
        &self.policy
    }

    /// The statements in the order of the text.
    pub fn statements(&self) -> &[CompiledStatement] {
        &self.statements
    }

    /// The action patterns of a statement.
    pub fn actions(&self, statement: &CompiledStatement) -> &[ActionPattern] {
        within(&self.actions, &statement.actions)
    }

    /// The first action pattern of a statement that covers an action, by its number.
    pub fn action_pattern_of(&self, statement: &CompiledStatement, action: &ActionName<'_>) -> Option<usize> {
        self.actions(statement).iter().position(|pattern| pattern.matches(self, action))
    }

    /// Whether the action element of a statement covers an action (A35–A39).
    pub fn covers_action(&self, statement: &CompiledStatement, action: &ActionName<'_>) -> bool {
        self.action_pattern_of(statement, action).is_some() != statement.not_action
    }

    /// How many action patterns all statements have together.
    pub(super) fn action_patterns(&self) -> usize {
        self.actions.len()
    }

    /// The resource patterns of a statement.
    pub fn resources(&self, statement: &CompiledStatement) -> &[ResourcePattern] {
        within(&self.resources, &statement.resources)
    }

    /// The principal values of a statement.
    pub fn principals(&self, statement: &CompiledStatement) -> &[PrincipalPattern] {
        within(&self.principals, &statement.principals)
    }

    /// The tests of a statement's condition.
    pub fn tests(&self, statement: &CompiledStatement) -> &[Test] {
        within(&self.tests, &statement.tests)
    }

    /// The values of a test.
    pub fn operands(&self, test: &Test) -> &[Operand] {
        within(&self.operands, &test.operands)
    }

    /// The hashes of all condition keys that the policy reads in tests and variables, sorted.
    pub fn keys(&self) -> &[u64] {
        &self.keys
    }

    /// Whether any resource or value holds a policy variable.
    pub fn has_variables(&self) -> bool {
        !self.pieces.is_empty()
    }

    /// The characters of a slice.
    pub(super) fn slice(&self, slice: Slice) -> &str {
        let source = self.source.text();
        let (start, len) = (slice.start as usize, slice.len as usize);
        match start.checked_sub(source.len()) {
            None => &source[start..start + len],
            Some(start) => self.unescaped.get(start..start + len).unwrap_or_default(),
        }
    }

    /// The bytes of a slice: cheaper than its characters, where they are only compared.
    pub(super) fn bytes(&self, slice: Slice) -> &[u8] {
        let source = self.source.text().as_bytes();
        let (start, len) = (slice.start as usize, slice.len as usize);
        match start.checked_sub(source.len()) {
            None => &source[start..start + len],
            Some(start) => self.unescaped.as_bytes().get(start..start + len).unwrap_or_default(),
        }
    }

    /// Whether any of those keys may be a tag of a resource, such as `ec2:ResourceTag/team`.
    pub fn reads_tags(&self) -> bool {
        self.reads_tags
    }

    /// The bytes that the compiled tables take, the policy's text and AST not counted.
    pub fn memory(&self) -> usize {
        fn table<T>(table: &[T]) -> usize {
            size_of_val(table)
        }
        size_of::<Self>()
            + self.unescaped.len()
            + table(&self.statements)
            + table(&self.actions)
            + table(&self.resources)
            + table(&self.principals)
            + table(&self.tests)
            + table(&self.operands)
            + table(&self.fields)
            + table(&self.pieces)
            + table(&self.keys)
    }
}

fn within<'t, T>(table: &'t [T], range: &Range<u32>) -> &'t [T] {
    &table[range.start as usize..range.end as usize]
}
