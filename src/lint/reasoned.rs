//! What is so of all requests, asked of the reasoning for one statement at a time.

use std::borrow::Cow;
use std::sync::Arc;

use super::engine::{EMPTY, own};
use super::subject::{LintSubject, LintedStatement};
use crate::names::glob;
use crate::policy::{PolicyType, StatementEdit, Token, policy_of};
use crate::reason::{Anybody, DiffVerdict, ListedActions, PolicyDifference};
use crate::source::Source;
use crate::world::{Document, NamedDocument};

/// How many actions a statement may name at most to be looked at: beyond that nothing is said.
const MOST_ACTIONS: usize = 200;

impl<'p> LintSubject<'p> {
    /// Whether its statements say by themselves whom they concern: the reasoning is about such policies.
    pub(super) fn can_be_reasoned_about(&self) -> bool {
        let is_plain = matches!(
            self.kind(),
            PolicyType::IdentityBased
                | PolicyType::PermissionsBoundary
                | PolicyType::Session
                | PolicyType::ServiceControl
        );
        is_plain && self.is_sound
    }

    /// What differs between two versions of a policy for some actions.
    pub(super) fn difference(
        &self,
        actions: Vec<String>,
        versions: [Option<String>; 2],
    ) -> Option<PolicyDifference> {
        let listed = ListedActions::named(actions.into_iter());
        let anybody = Anybody { world: &EMPTY, listed: &listed, principal: Arc::new(own()?) };
        Some(anybody.difference(versions.map(|text| text.map(read).into_iter().collect())))
    }

    /// Whether two versions of a policy allow the same, for all requests for some actions.
    pub(super) fn is_same(&self, actions: Vec<String>, versions: [Option<String>; 2]) -> bool {
        self.difference(actions, versions).is_some_and(|found| found.verdict() == DiffVerdict::Equal)
    }

    /// The policy of some of its statements, as far as they are about some actions, and of one more.
    pub(super) fn only(
        &self,
        statements: &[LintedStatement<'_>],
        actions: &[String],
        beside: &'static str,
    ) -> String {
        let about = |statement: &LintedStatement<'_>| {
            let own: Vec<&String> = actions.iter().filter(|action| statement.covers_action(action)).collect();
            let edit = StatementEdit::new(self.policy, statement.at).filter(|_| !own.is_empty())?;
            Some(edit.with_action(&serde_json::json!(own).to_string()).statement())
        };
        let texts: Vec<String> = statements.iter().filter_map(about).collect();
        let beside = Some(beside).filter(|text| !text.is_empty());
        policy_of(&texts.iter().map(String::as_str).chain(beside).collect::<Vec<_>>().join(", "))
    }

    /// A statement as an Allow of one of the actions that it names, and edits of it.
    pub(super) fn edit_of_one_action(
        &self,
        statement: LintedStatement<'p>,
        action: &str,
    ) -> Option<StatementEdit<'p>> {
        let edit = StatementEdit::new(self.policy, statement.at)?;
        Some(edit.with_action(&format!("\"{action}\"")).replaced(Token::Effect, "\"Allow\""))
    }

    /// The actions that a statement is about; `None` where they are too many for all of them to be looked at.
    pub(super) fn actions_of(&self, statement: LintedStatement<'_>) -> Option<Vec<String>> {
        let mut all = Vec::new();
        for (_, pattern) in statement.actions() {
            let known = self.catalog.matching_actions(&pattern).take(MOST_ACTIONS + 1);
            all.extend(known.map(|action| action.to_string()));
            if all.len() > MOST_ACTIONS || statement.says.action.negated {
                return None;
            }
        }
        all.sort_unstable();
        all.dedup();
        Some(all)
    }
}

impl LintedStatement<'_> {
    /// Whether another statement may apply wherever this one does: a cheap question, asked before the reasoning is.
    pub(super) fn may_be_within(self, other: LintedStatement<'_>) -> bool {
        let is_tested = |key: Cow<'_, str>| self.reads(&[&*key]);
        let are_covered = || {
            let theirs: Vec<Cow<'_, str>> = other.resources().map(|(_, text)| text).collect();
            self.resources().all(|(_, own)| theirs.iter().any(|pattern| glob(&**pattern, &*own)))
        };
        other.tests().all(|(_, test)| is_tested(other.key(test)))
            && (!self.names_resources() || !other.names_resources() || are_covered())
    }
}

fn read(text: String) -> NamedDocument {
    let (document, _) = Document::read(&Source::new("part", text), PolicyType::IdentityBased);
    NamedDocument { name: "part".into(), document }
}
