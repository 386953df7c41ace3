//! The canonical form: two policies with the same statements print the same, whatever their order, letter case and
//! lists are.
//!
//! Law: it decides as the policy does, and is its own canonical form.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::ast::{ConditionTest, PrincipalElement, PrincipalForm, PrincipalType, Statement, Text, TextList};
use super::condition::OperatorFamily;
use super::{LanguageVersion, Policy, holds_variables, parse_policy};
use crate::names::{AccountId, Arn};
use crate::source::Source;

/// How names are spelled whose letter case does not count; a name that nobody knows stays as it is.
#[derive(Clone, Copy, Debug)]
pub struct Spelling {
    /// Names and patterns of actions (A35).
    pub action: fn(&str) -> String,
    /// Condition keys (B2).
    pub key: fn(&str) -> String,
}

impl Policy {
    /// The policy in its canonical form, with a newline at the end.
    pub fn print_canonical(&self, spelling: Spelling) -> String {
        let canonical = Canonical { policy: self, spelling };
        let text = canonical.document().to_string();
        let read = parse_policy(&Source::new(self.source().name(), text), self.kind()).value;
        read.map_or_else(|| self.print(), |policy| policy.print())
    }
}

struct Canonical<'p> {
    policy: &'p Policy,
    spelling: Spelling,
}

impl Canonical<'_> {
    fn document(&self) -> Value {
        let mut document = Map::new();
        document.insert("Version".to_owned(), self.language().as_str().into());
        if let Some(id) = self.policy.id() {
            document.insert("Id".to_owned(), self.text(id).into());
        }
        // No decision depends on the order of statements.
        let statements = self.policy.statements().iter().map(|one| self.statement(one));
        let statements: BTreeMap<String, Value> = statements.map(|one| (one.to_string(), one)).collect();
        document.insert("Statement".to_owned(), statements.into_values().collect());
        Value::Object(document)
    }

    /// Without variables the old language says what today's does (A11).
    fn language(&self) -> LanguageVersion {
        let is_old = self.policy.language() == LanguageVersion::V2008;
        let texts = self.policy.all_texts().iter();
        let needs_old = is_old && texts.into_iter().any(|text| holds_variables(&self.policy.text(text)));
        if needs_old { LanguageVersion::V2008 } else { LanguageVersion::V2012 }
    }

    fn statement(&self, statement: &Statement) -> Value {
        let mut members = Map::new();
        if let Some(sid) = statement.sid.as_ref().filter(|sid| !sid.span.is_empty()) {
            members.insert("Sid".to_owned(), self.text(sid).into());
        }
        members.insert("Effect".to_owned(), statement.effect.as_str().into());
        if let Some(principal) = &statement.principal {
            let name = if principal.negated { "NotPrincipal" } else { "Principal" };
            members.insert(name.to_owned(), self.principal(principal));
        }
        let name = if statement.action.negated { "NotAction" } else { "Action" };
        members.insert(name.to_owned(), self.list(statement.action.patterns, self.spelling.action));
        if let Some(resource) = &statement.resource {
            let name = if resource.negated { "NotResource" } else { "Resource" };
            members.insert(name.to_owned(), self.list(resource.patterns, str::to_owned));
        }
        // One without tests holds always (B1).
        if !statement.condition.is_empty() {
            members.insert("Condition".to_owned(), self.condition(&statement.condition));
        }
        Value::Object(members)
    }

    /// `{"AWS": "*"}` is the bare `"*"` (A21).
    fn principal(&self, principal: &PrincipalElement) -> Value {
        let entries = match &principal.form {
            PrincipalForm::Everyone(text) => return self.text(text).into(),
            PrincipalForm::Map(entries) => entries,
        };
        let mut types: BTreeMap<&str, Value> = BTreeMap::new();
        for entry in entries {
            let spelled: fn(&str) -> String = match entry.kind {
                PrincipalType::Aws => of_account,
                _ => str::to_owned,
            };
            types.insert(entry.kind.as_str(), self.list(entry.values, spelled));
        }
        match types.get(PrincipalType::Aws.as_str()) {
            Some(everyone) if types.len() == 1 && everyone == "*" => everyone.clone(),
            _ => types.into_iter().map(|(kind, values)| (kind.to_owned(), values)).collect(),
        }
    }

    fn condition(&self, tests: &[ConditionTest]) -> Value {
        let mut blocks: BTreeMap<String, BTreeMap<String, Value>> = BTreeMap::new();
        for test in tests {
            let is_word =
                matches!(test.operator.operator.family(), OperatorFamily::Bool | OperatorFamily::Null);
            let spelled = if is_word { str::to_ascii_lowercase } else { str::to_owned };
            let (operator, key) = (test.operator.to_string(), (self.spelling.key)(&self.text(&test.key)));
            blocks.entry(operator).or_default().insert(key, self.list(test.values, spelled));
        }
        let object = |block: BTreeMap<String, Value>| block.into_iter().collect::<Value>();
        blocks.into_iter().map(|(operator, block)| (operator, object(block))).collect()
    }

    /// The texts of a list, each once and in order; one is that one.
    fn list(&self, list: TextList, spelled: fn(&str) -> String) -> Value {
        let texts = self.policy.texts(list).iter().map(|text| spelled(&self.text(text)));
        let texts: BTreeSet<String> = texts.collect();
        match texts.first() {
            Some(one) if texts.len() == 1 => Value::from(one.as_str()),
            _ => texts.into_iter().collect(),
        }
    }

    fn text(&self, text: &Text) -> String {
        self.policy.text(text).into_owned()
    }
}

/// An account has two names (A22); the id is the one that nobody takes for the root user.
fn of_account(principal: &str) -> String {
    let arn = Arn::parse(principal).filter(|arn| arn.partition() == "aws" && arn.service() == "iam");
    let account = arn.filter(|arn| arn.resource() == "root").map(|arn| arn.account());
    account.filter(|id| AccountId::parse(id).is_some()).unwrap_or(principal).to_owned()
}
