//! From AST to tables: one pass over the statements.

use std::sync::Arc;

use super::action_pattern::ActionPattern;
use super::compiled::{CompiledPolicy, CompiledStatement, Element, Slice};
use super::pieces::Piece;
use super::principal_pattern::PrincipalPattern;
use super::test::Test;
use crate::names::fold_hash;
use crate::policy::{
    ConditionTest, LanguageVersion, Policy, PrincipalElement, PrincipalForm, PrincipalType, ResourceElement,
    Statement, Text, TextList,
};

impl CompiledPolicy {
    /// Compiles a policy.
    pub fn new(policy: Arc<Policy>) -> Self {
        let statements = policy.statements().len();
        let (mut actions, mut resources, mut tests, mut operands) = (0, 0, 0, 0);
        for statement in policy.statements() {
            actions += statement.action.patterns.len();
            resources += statement.resource.map_or(0, |resource| resource.patterns.len());
            tests += statement.condition.len();
            operands += statement.condition.iter().map(|test| test.values.len()).sum::<usize>();
        }
        let mut compiled = Self {
            policy: Arc::clone(&policy),
            source: Arc::clone(policy.source()),
            unescaped: String::new(),
            statements: Vec::with_capacity(statements),
            actions: Vec::with_capacity(actions),
            resources: Vec::with_capacity(resources),
            principals: Vec::new(),
            tests: Vec::with_capacity(tests),
            operands: Vec::with_capacity(operands),
            fields: Vec::new(),
            pieces: Vec::new(),
            keys: Box::default(),
            reads_tags: false,
        };
        for statement in policy.statements() {
            let statement = compiled.statement(&policy, statement);
            compiled.statements.push(statement);
        }
        compiled.keys = compiled.all_keys();
        compiled.reads_tags = compiled.names_tags();
        compiled
    }

    /// The policy in which a statement is decided as the first one of another policy, of the same kind and language. The
    /// text stays what it was, and what the old one needed stays in the tables: to ask what would be if.
    pub fn with_statement_of(&self, number: usize, other: &Policy) -> Self {
        let mut compiled = self.clone();
        let says = other.statements().first().map(|says| compiled.statement(other, says));
        if let Some((own, says)) = compiled.statements.get_mut(number).zip(says) {
            *own = says;
        }
        compiled.keys = compiled.all_keys();
        compiled.reads_tags = compiled.names_tags();
        compiled
    }

    fn statement(&mut self, policy: &Policy, statement: &Statement) -> CompiledStatement {
        let actions = self.actions.len() as u32;
        self.add_actions(policy, statement.action.patterns);
        let resources = self.resources.len() as u32;
        let resource_element = self.add_resources(policy, statement.resource.as_ref());
        let principals = self.principals.len() as u32;
        let principal_element = self.add_principals(policy, statement.principal.as_ref());
        let tests = self.tests.len() as u32;
        for test in &statement.condition {
            self.add_test(policy, test);
        }
        CompiledStatement {
            effect: statement.effect,
            not_action: statement.action.negated,
            resource_element,
            principal_element,
            actions: actions..self.actions.len() as u32,
            resources: resources..self.resources.len() as u32,
            principals: principals..self.principals.len() as u32,
            tests: tests..self.tests.len() as u32,
        }
    }

    fn add_actions(&mut self, policy: &Policy, list: TextList) {
        for text in policy.texts(list) {
            let slice = self.add_text(policy, text);
            let pattern = ActionPattern::new(self.slice(slice), slice);
            self.actions.push(pattern);
        }
    }

    fn add_resources(&mut self, policy: &Policy, element: Option<&ResourceElement>) -> Element {
        let Some(element) = element else { return Element::Absent };
        let variables = has_variables(policy);
        for text in policy.texts(element.patterns) {
            let slice = self.add_text(policy, text);
            let pattern = self.resource_pattern(slice, policy.kind(), variables);
            self.resources.push(pattern);
        }
        if element.negated { Element::Negated } else { Element::Plain }
    }

    fn add_principals(&mut self, policy: &Policy, element: Option<&PrincipalElement>) -> Element {
        let Some(element) = element else { return Element::Absent };
        match &element.form {
            PrincipalForm::Everyone(text) => self.add_principal(policy, PrincipalType::Aws, text),
            PrincipalForm::Map(entries) => {
                for entry in entries {
                    for text in policy.texts(entry.values) {
                        self.add_principal(policy, entry.kind, text);
                    }
                }
            }
        }
        if element.negated { Element::Negated } else { Element::Plain }
    }

    fn add_principal(&mut self, policy: &Policy, kind: PrincipalType, text: &Text) {
        let slice = self.add_text(policy, text);
        let pattern = PrincipalPattern::new(kind, self.slice(slice), slice);
        self.principals.push(pattern);
    }

    fn add_test(&mut self, policy: &Policy, test: &ConditionTest) {
        let key = self.add_text(policy, &test.key);
        let hash = fold_hash(self.slice(key).as_bytes());
        let variables = has_variables(policy);
        let start = self.operands.len() as u32;
        for text in policy.texts(test.values) {
            let slice = self.add_text(policy, text);
            let operand = self.operand(test.operator.operator, slice, variables);
            self.operands.push(operand);
        }
        let operands = start..self.operands.len() as u32;
        self.tests.push(Test { operator: test.operator, key, hash, operands });
    }

    /// The slice of a text; what has escapes, or stands in another source, is put into a text of our own.
    fn add_text(&mut self, policy: &Policy, text: &Text) -> Slice {
        if !text.escaped && Arc::ptr_eq(policy.source(), &self.source) {
            return Slice { start: text.span.start, len: text.span.len() as u32 };
        }
        let start = self.source.text().len() + self.unescaped.len();
        let characters = policy.text(text);
        self.unescaped.push_str(&characters);
        Slice { start: start as u32, len: characters.len() as u32 }
    }

    fn all_keys(&self) -> Box<[u64]> {
        let variables = self.pieces.iter().filter_map(|piece| match piece {
            Piece::Variable { hash, .. } => Some(*hash),
            _ => None,
        });
        let mut keys: Vec<u64> = self.tests.iter().map(|test| test.hash).chain(variables).collect();
        keys.sort_unstable();
        keys.dedup();
        keys.into()
    }

    fn names_tags(&self) -> bool {
        let variables = self.pieces.iter().filter_map(|piece| match piece {
            Piece::Variable { key, .. } => Some(*key),
            _ => None,
        });
        self.tests
            .iter()
            .map(|test| test.key)
            .chain(variables)
            .any(|key| may_be_resource_tag(self.bytes(key)))
    }
}

/// All tags stand behind a slash; those of principals and requests are told at sight.
fn may_be_resource_tag(key: &[u8]) -> bool {
    let slash = key.iter().position(|byte| *byte == b'/');
    slash.is_some_and(|slash| {
        ![b"aws:PrincipalTag".as_slice(), b"aws:RequestTag"]
            .iter()
            .any(|own| key[..slash].eq_ignore_ascii_case(own))
    })
}

/// A11: only the current version of the language has variables.
fn has_variables(policy: &Policy) -> bool {
    policy.language() == LanguageVersion::V2012
}
