//! Canonical printing: elements in AWS's order, two spaces a level, what is written as a list stays one.
//!
//! Law: parsing what is printed gives the same policy.

use super::ast::{ConditionTest, PrincipalElement, PrincipalForm, Statement, Text, TextList};
use super::{LanguageVersion, Policy, PolicyForm};
use crate::source::{is_hidden, push_escape};

impl Policy {
    /// The policy as canonical JSON text, with a newline at the end.
    pub fn print(&self) -> String {
        self.print_in(PolicyForm::AsWritten)
    }

    /// The policy as JSON text of a form, with a newline at the end.
    pub fn print_in(&self, form: PolicyForm) -> String {
        let mut out = Printer { policy: self, form, text: String::new(), first: true };
        out.document();
        out.text.push('\n');
        out.text
    }
}

struct Printer<'p> {
    policy: &'p Policy,
    form: PolicyForm,
    text: String,
    /// Whether the next member is the first of its object.
    first: bool,
}

impl Printer<'_> {
    fn document(&mut self) {
        self.open("{");
        if let Some((version, _)) = self.policy.version() {
            let version = match version {
                LanguageVersion::V2008 => "2008-10-17",
                LanguageVersion::V2012 => "2012-10-17",
            };
            self.key(1, "Version");
            self.quoted(version);
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
        self.names(3, statement.action.patterns);
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
        let mut sorted = tests.to_vec();
        if self.form == PolicyForm::Sorted {
            let key = |test: &ConditionTest| self.policy.text(&test.key).to_ascii_lowercase();
            sorted.sort_by_cached_key(|test| (test.operator.to_string(), key(test)));
        }
        for block in sorted.chunk_by(|a, b| a.operator_text == b.operator_text) {
            self.key(4, &block[0].operator.to_string());
            self.open("{");
            for test in block {
                let key = self.policy.text(&test.key);
                self.key(5, &key);
                self.list(5, test.values);
            }
            self.close(4, "}");
        }
        self.close(3, "}");
    }

    /// A list of actions, of which letter case does not count.
    fn names(&mut self, level: usize, list: TextList) {
        let folded = |text: &Text| self.policy.text(text).to_ascii_lowercase();
        let texts = self.ordered(list, folded);
        self.texts(level, list, &texts);
    }

    fn list(&mut self, level: usize, list: TextList) {
        let texts = self.ordered(list, |text| self.policy.text(text).into_owned());
        self.texts(level, list, &texts);
    }

    /// The texts of a list in the order of the form.
    fn ordered(&self, list: TextList, meant: impl Fn(&Text) -> String) -> Vec<Text> {
        let mut texts = self.policy.texts(list).to_vec();
        if self.form == PolicyForm::Sorted {
            texts.sort_by_cached_key(|text| (meant(text), self.policy.text(text).into_owned()));
            texts.dedup_by_key(|text| meant(text));
        }
        texts
    }

    fn texts(&mut self, level: usize, list: TextList, texts: &[Text]) {
        match texts {
            [one] if !list.bracketed || self.form == PolicyForm::Sorted => self.one(one),
            [] => self.text.push_str("[]"),
            _ => {
                self.open("[");
                for (i, text) in texts.iter().enumerate() {
                    self.text.push_str(if i > 0 { "," } else { "" });
                    self.line(level + 1);
                    self.one(text);
                }
                self.close(level, "]");
            }
        }
        self.first = false;
    }

    fn one(&mut self, text: &Text) {
        let characters = self.policy.text(text);
        if text.quoted || self.form == PolicyForm::Sorted {
            self.quoted(&characters)
        } else {
            self.text.push_str(&characters)
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
        self.text.push_str(if self.first { "" } else { "," });
        self.first = false;
        self.line(level);
        self.quoted(name);
        self.text.push_str(": ");
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
        self.text.push('\n');
        self.text.extend(std::iter::repeat_n("  ", level));
    }
}
