//! The policy that rules look at, and its statements with the places of what they say.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashMap;
use std::sync::Arc;

use crate::catalog::Catalog;
use crate::compile::CompiledPolicy;
use crate::names::{HashedKeys, fold_hash, glob_fold, parse_bool};
use crate::policy::{
    ConditionTest, Effect, Operator, Policy, PolicyType, PrincipalForm, PrincipalType, Statement, TextList,
    Token,
};
use crate::source::Place;

/// A policy under the eyes of rules.
pub(super) struct LintSubject<'p> {
    pub(super) policy: &'p Policy,
    pub(super) catalog: &'p Catalog,
    /// Whether nothing is wrong with it that AWS would refuse: only then the engine can be asked.
    pub(super) is_sound: bool,
    pub(super) compiled: OnceCell<Arc<CompiledPolicy>>,
    /// What its statements name in what they allow.
    allowed: OnceCell<AllowedActions<'p>>,
    /// What allows everything, which several rules ask.
    pub(super) everything: OnceCell<Option<Place>>,
    /// The statements that others say, each with those.
    pub(super) said_again: OnceCell<Vec<(LintedStatement<'p>, Vec<LintedStatement<'p>>)>>,
}

impl<'p> LintSubject<'p> {
    pub(super) fn new(policy: &'p Policy, catalog: &'p Catalog, is_sound: bool) -> Self {
        Self {
            policy,
            catalog,
            is_sound,
            compiled: OnceCell::new(),
            allowed: OnceCell::new(),
            everything: OnceCell::new(),
            said_again: OnceCell::new(),
        }
    }

    pub(super) fn kind(&self) -> PolicyType {
        self.policy.kind()
    }

    /// Whether some statement allows an action on something: a cheap question, asked before the engine is.
    pub(super) fn may_allow(&self, action: &str) -> bool {
        let allowed = self.allowed.get_or_init(|| AllowedActions::of(self.statements()));
        if allowed.letters & letter(action) == 0 {
            return allowed.leaves_open;
        }
        let service = action.split(':').next().unwrap_or_default();
        let named = allowed.by_service.get(&fold_hash(service.as_bytes())).into_iter().flatten();
        allowed.leaves_open || named.into_iter().any(|pattern| glob_fold(pattern, action))
    }

    pub(super) fn statements(&self) -> impl Iterator<Item = LintedStatement<'p>> {
        let policy = self.policy;
        policy.statements().iter().enumerate().map(move |(at, says)| LintedStatement { policy, at, says })
    }
}

/// The patterns of actions in what a policy allows, by the hash of the service that they begin with.
#[derive(Default)]
struct AllowedActions<'p> {
    by_service: HashMap<u64, Vec<Cow<'p, str>>, HashedKeys>,
    /// The letters with which these services begin: most of what is asked for begins with none of them.
    letters: u64,
    /// Whether one leaves open which service is meant.
    leaves_open: bool,
}

impl<'p> AllowedActions<'p> {
    fn of(statements: impl Iterator<Item = LintedStatement<'p>>) -> Self {
        let mut allowed = Self::default();
        for statement in statements.filter(|one| one.is_allow()) {
            allowed.leaves_open |= statement.says.action.negated;
            for (_, pattern) in statement.actions() {
                let service = pattern.split(':').next().unwrap_or_default();
                allowed.leaves_open |= service.contains(['*', '?']);
                allowed.letters |= letter(&pattern);
                let hash = fold_hash(service.as_bytes());
                allowed.by_service.entry(hash).or_default().push(pattern);
            }
        }
        allowed
    }
}

/// The bit of the first letter of a name, in any case.
fn letter(name: &str) -> u64 {
    1 << (name.bytes().next().unwrap_or_default().to_ascii_lowercase() & 63)
}

/// A statement of the policy.
#[derive(Clone, Copy)]
pub(super) struct LintedStatement<'p> {
    policy: &'p Policy,
    pub(super) at: usize,
    pub(super) says: &'p Statement,
}

/// Tests of one key and those of their values, with what can be pointed at.
pub(super) type NumberedTest<'p> = (u32, &'p ConditionTest);

impl<'p> LintedStatement<'p> {
    pub(super) fn is_allow(self) -> bool {
        self.says.effect == Effect::Allow
    }

    pub(super) fn place(self, token: Token) -> Place {
        self.policy.place(self.at, token)
    }

    /// The patterns of `Action` or `NotAction`.
    pub(super) fn actions(self) -> impl Iterator<Item = (Token, Cow<'p, str>)> {
        self.texts(self.says.action.patterns).map(|(at, text)| (Token::Action(at), text))
    }

    /// Whether its actions cover one of that name.
    pub(super) fn covers_action(self, name: &str) -> bool {
        self.actions().any(|(_, pattern)| glob_fold(&pattern, name)) != self.says.action.negated
    }

    /// The patterns of `Resource` or `NotResource`.
    pub(super) fn resources(self) -> impl Iterator<Item = (Token, Cow<'p, str>)> {
        let list = self.says.resource.map(|resource| resource.patterns);
        list.into_iter().flat_map(move |list| self.texts(list)).map(|(at, text)| (Token::Resource(at), text))
    }

    /// Whether the resources are those that are named.
    pub(super) fn names_resources(self) -> bool {
        self.says.resource.is_some_and(|resource| !resource.negated)
    }

    /// The tests of the condition.
    pub(super) fn tests(self) -> impl Iterator<Item = NumberedTest<'p>> {
        (0..).zip(self.says.condition.iter())
    }

    /// Whether the condition tests one of these keys, somehow.
    pub(super) fn reads(self, keys: &[&str]) -> bool {
        self.tests().any(|(_, test)| keys.iter().any(|key| key.eq_ignore_ascii_case(&self.key(test))))
    }

    /// Whether an operator that is not negated names values of one of these keys.
    pub(super) fn requires(self, keys: &[&str]) -> bool {
        let mut tests = self.tests();
        tests.any(|(_, test)| {
            let is_named = keys.iter().any(|key| key.eq_ignore_ascii_case(&self.key(test)));
            let is_bare = test.operator.operator == Operator::Null || test.operator.operator.is_negated();
            is_named && !is_bare && !test.operator.holds_without_key()
        })
    }

    /// Whether the condition says that a key is absent, or that it is there.
    pub(super) fn asks_presence(self, key: &str, is_absent: bool) -> bool {
        self.tests().any(|one| {
            let is_null =
                one.1.operator.operator == Operator::Null && self.key(one.1).eq_ignore_ascii_case(key);
            is_null && self.values(one).any(|(_, value)| parse_bool(&value) == Some(is_absent))
        })
    }

    pub(super) fn key(self, test: &ConditionTest) -> Cow<'p, str> {
        self.policy.text(&test.key)
    }

    /// The values of a test.
    pub(super) fn values(
        self,
        (number, test): NumberedTest<'p>,
    ) -> impl Iterator<Item = (Token, Cow<'p, str>)> {
        self.texts(test.values).map(move |(value, text)| (Token::Value { test: number, value }, text))
    }

    /// The principals, each with its type; `None` for the bare `"*"`.
    pub(super) fn principals(self) -> impl Iterator<Item = (Token, Option<PrincipalType>, Cow<'p, str>)> {
        let mut found = Vec::new();
        match self.says.principal.as_ref().map(|principal| &principal.form) {
            Some(PrincipalForm::Everyone(text)) => found.push((None, self.policy.text(text))),
            Some(PrincipalForm::Map(entries)) => {
                for entry in entries {
                    found.extend(self.texts(entry.values).map(|(_, text)| (Some(entry.kind), text)));
                }
            }
            None => {}
        }
        (0..).zip(found).map(|(at, (kind, text))| (Token::Principal(at), kind, text))
    }

    fn texts(self, list: TextList) -> impl Iterator<Item = (u32, Cow<'p, str>)> {
        (0..).zip(self.policy.texts(list).iter().map(move |text| self.policy.text(text)))
    }
}
