//! Printing: elements in AWS's order, two spaces a level, what is written as a list stays one.
//!
//! Law: parsing what is printed gives the same policy.

use super::Policy;
use super::ast::{ConditionTest, PrincipalElement, PrincipalForm, Statement, Text, TextList};
use crate::source::{is_hidden, push_escape};

impl Policy {
    /// The policy as JSON text, with a newline at the end.
    pub fn print(&self) -> String {
        // Policies are stored on one line; in lines they are not quite twice as long.
        let text = String::with_capacity(self.document().len() * 2);
        let mut out = Printer { policy: self, source: self.source().text(), text, first: true };
        out.document();
        out.text.push('\n');
        out.text
    }
}

struct Printer<'p> {
    policy: &'p Policy,
    /// The text that the policy was read from.
    source: &'p str,
    text: String,
    /// Whether the next member is the first of its object.
    first: bool,
}

impl Printer<'_> {
    fn document(&mut self) {
        self.open("{");
        if let Some((version, _)) = self.policy.version() {
            self.key(1, "Version");
            self.quoted(version.as_str());
        }
        if let Some(id) = self.policy.id() {
            self.key(1, "Id");
            self.one(id);
        }
        self.key(1, "Statement");
        self.open("[");
        for (i, statement) in self.policy.statements().iter().enumerate() {
            self.text.push_str(if i > 0 { "," } else { "" });
            self.line(2);
            self.statement(statement);
        }
        self.close(1, "]");
        self.close(0, "}");
    }

    fn statement(&mut self, statement: &Statement) {
        self.open("{");
        if let Some(sid) = &statement.sid {
            self.key(3, "Sid");
            self.one(sid);
        }
        self.key(3, "Effect");
        self.quoted(statement.effect.as_str());
        if let Some(principal) = &statement.principal {
            self.principal(principal);
        }
        self.key(3, if statement.action.negated { "NotAction" } else { "Action" });
        self.list(3, statement.action.patterns);
        if let Some(resource) = &statement.resource {
            self.key(3, if resource.negated { "NotResource" } else { "Resource" });
            self.list(3, resource.patterns);
        }
        if statement.condition_span.is_some() {
            self.condition(&statement.condition);
        }
        self.close(2, "}");
    }

    fn principal(&mut self, principal: &PrincipalElement) {
        self.key(3, if principal.negated { "NotPrincipal" } else { "Principal" });
        match &principal.form {
            PrincipalForm::Everyone(text) => self.one(text),
            PrincipalForm::Map(entries) => {
                self.open("{");
                for entry in entries {
                    self.key(4, entry.kind.as_str());
                    self.list(4, entry.values);
                }
                self.close(3, "}");
            }
        }
    }

    fn condition(&mut self, tests: &[ConditionTest]) {
        self.key(3, "Condition");
        self.open("{");
        for block in tests.chunk_by(|a, b| a.operator_text == b.operator_text) {
            self.separate(4);
            self.quoted(&block[0].operator.to_string());
            self.text.push_str(": ");
            self.tests(block);
        }
        self.close(3, "}");
    }

    fn tests(&mut self, tests: &[ConditionTest]) {
        self.open("{");
        for test in tests {
            self.separate(5);
            self.one(&test.key);
            self.text.push_str(": ");
            self.list(5, test.values);
        }
        self.close(4, "}");
    }

    fn list(&mut self, level: usize, list: TextList) {
        match self.policy.texts(list) {
            [one] if !list.bracketed => self.one(one),
            [] => self.text.push_str("[]"),
            texts => {
                self.open("[");
                for text in texts {
                    self.separate(level + 1);
                    self.one(text);
                }
                self.close(level, "]");
            }
        }
        self.first = false;
    }

    fn one(&mut self, text: &Text) {
        let token = text.token();
        let raw = &self.source[token.start as usize..token.end as usize];
        // Most texts print as they are written.
        if !text.escaped && raw.bytes().all(|byte| (b' '..0x7f).contains(&byte)) {
            self.text.push_str(raw);
        } else if text.quoted {
            self.quoted(&self.policy.text(text));
        } else {
            self.text.push_str(raw);
        }
    }

    fn quoted(&mut self, characters: &str) {
        self.text.push('"');
        for character in characters.chars() {
            match character {
                '"' => self.text.push_str("\\\""),
                '\\' => self.text.push_str("\\\\"),
                c if is_hidden(c) => push_escape(&mut self.text, c),
                c => self.text.push(c),
            }
        }
        self.text.push('"');
    }

    fn key(&mut self, level: usize, name: &str) {
        self.separate(level);
        self.text.push('"');
        self.text.push_str(name);
        self.text.push_str("\": ");
    }

    /// Begins a member or an item on a line of its own.
    fn separate(&mut self, level: usize) {
        self.text.push_str(if self.first { "" } else { "," });
        self.first = false;
        self.line(level);
    }

    fn open(&mut self, bracket: &str) {
        self.text.push_str(bracket);
        self.first = true;
    }

    fn close(&mut self, level: usize, bracket: &str) {
        if !self.first || !self.text.ends_with(['{', '[']) {
            self.line(level);
        }
        self.text.push_str(bracket);
        self.first = false;
    }

    fn line(&mut self, level: usize) {
        const BLANKS: &str = "\n                ";
        self.text.push_str(BLANKS.get(..=2 * level).unwrap_or(BLANKS));
    }
}
