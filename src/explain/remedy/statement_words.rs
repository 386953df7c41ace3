//! What a statement says, in words, and what of it is new.

use std::collections::HashSet;

use super::super::headline::{alternatives, up_to};
use super::super::test_words::term;
use super::proposal::{Patch, Proposal};
use crate::compile::{CompiledPolicy, CompiledStatement, Element};
use crate::names::has_wildcard;
use crate::policy::{ConditionTest, Effect, OperatorFamily, PolicyType};

/// How many patterns are named.
const NAMED: usize = 4;

/// A statement with the policy in which it stands.
pub(super) struct StatementWords<'p> {
    pub(super) policy: &'p CompiledPolicy,
    pub(super) one: &'p CompiledStatement,
}

pub(super) fn written(policy: &CompiledPolicy, number: usize) -> Option<StatementWords<'_>> {
    Some(StatementWords { policy, one: policy.statements().get(number)? })
}

impl<'p> StatementWords<'p> {
    pub(super) fn actions(&self) -> Vec<String> {
        self.policy.actions(self.one).iter().map(|pattern| pattern.text(self.policy).to_owned()).collect()
    }

    pub(super) fn resources(&self) -> Vec<String> {
        self.policy.resources(self.one).iter().map(|pattern| pattern.text(self.policy).to_owned()).collect()
    }

    pub(super) fn principals(&self) -> Vec<String> {
        self.policy.principals(self.one).iter().map(|pattern| pattern.text(self.policy).to_owned()).collect()
    }

    /// The condition that takes more texts or addresses than before, in words: ``aws:PrincipalOrgID is `o-1` ``.
    pub(super) fn newly_met(&self, old: &Self, number: usize) -> Option<String> {
        let both = self.tests(number).into_iter().zip(old.tests(number));
        let mut wider = both.filter_map(|((test, new), (_, old))| {
            let operator = test.operator.operator;
            let lists = matches!(
                operator.family(),
                OperatorFamily::String | OperatorFamily::Arn | OperatorFamily::Ip
            );
            let added: Vec<String> = unknown(&old, &new).map(|value| format!("`{value}`")).collect();
            let key = self.policy.policy().text(&test.key);
            (lists && !operator.is_negated() && !added.is_empty())
                .then(|| format!("{key} is {}", alternatives(&added)))
        });
        wider.next()
    }

    /// The tests of the statement but for those of one key, in words: what it still asks. For whom a token was issued goes
    /// without saying.
    pub(super) fn still_asks(&self, number: usize, but: Option<&str>) -> Vec<String> {
        let policy = self.policy.policy();
        let is_other = |key: &str| !key.ends_with(":aud") && but != Some(key);
        let tests = self.tests(number).into_iter().filter(|(test, _)| is_other(&policy.text(&test.key)));
        let words = |(test, values): (&ConditionTest, Vec<String>)| match values
            .iter()
            .any(|text| has_wildcard(text))
        {
            true => term(policy, test),
            false => term(policy, test).replacen(" is like ", " is ", 1),
        };
        tests.map(words).collect()
    }

    /// The tests of the statement as they are written, each with its values.
    fn tests(&self, number: usize) -> Vec<(&'p ConditionTest, Vec<String>)> {
        let policy = self.policy.policy();
        let values = |test: &ConditionTest| {
            policy.texts(test.values).iter().map(|text| policy.text(text).into_owned()).collect()
        };
        let written = policy.statements().get(number);
        written.iter().flat_map(|one| &*one.condition).map(|test| (test, values(test))).collect()
    }

    /// Resources in words.
    pub(super) fn on(&self, resources: &[String]) -> String {
        match (self.one.resource_element, resources) {
            (Element::Absent, _) => String::new(),
            (Element::Negated, _) => format!(" on every resource but {}", few(&self.resources())),
            (Element::Plain, [one]) if one == "*" && self.policy.policy().kind() == PolicyType::Key => {
                " on this key".to_owned()
            }
            (Element::Plain, [one]) if one == "*" => " on every resource".to_owned(),
            (Element::Plain, names) => format!(" on {}", few(names)),
        }
    }
}

/// What of the new names is new; all of them where none is.
pub(super) fn fresh(old: Vec<String>, new: Vec<String>) -> Vec<String> {
    let added: Vec<String> = unknown(&old, &new).cloned().collect();
    if added.is_empty() { new } else { added }
}

/// What of the new texts is not among the old ones.
pub(super) fn unknown<'t>(old: &'t [String], new: &'t [String]) -> impl Iterator<Item = &'t String> {
    let old: HashSet<&String> = old.iter().collect();
    new.iter().filter(move |text| !old.contains(text))
}

/// The actions that a change of an Allow grants; nothing where it is no Allow that is changed.
pub(super) fn granted(proposal: &Proposal) -> Option<Vec<String>> {
    let Patch::Policy(edit) = &proposal.change else { return None };
    let new = edit.document.as_ref()?;
    let old = |number: usize| proposal.replaces.as_ref().and_then(|old| written(old, number));
    let same = |new: &StatementWords<'_>, old: &StatementWords<'_>| {
        new.actions() == old.actions()
            && new.resources() == old.resources()
            && new.principals() == old.principals()
    };
    let mut found = Vec::new();
    for (number, one) in new.statements().iter().enumerate() {
        let new = StatementWords { policy: new, one };
        let is_new = old(number).is_none_or(|old| !same(&new, &old));
        if is_new && one.effect == Effect::Allow && !one.not_action {
            found.extend(fresh(old(number).map(|old| old.actions()).unwrap_or_default(), new.actions()));
        }
    }
    (!found.is_empty()).then_some(found)
}

pub(super) fn few(names: &[String]) -> String {
    up_to(NAMED, names)
}
