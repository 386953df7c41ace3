//! The context keys of a request that is to meet a condition.

use super::patterns::{FILLING, Filler};
use super::values::values;
use crate::catalog::Catalog;
use crate::policy::{ConditionTest, Part, Policy, Statement, parts};
use crate::world::{Caller, ContextEntry, ContextValue};

/// The keys that the condition of a statement reads, each with the values that are tried.
pub(super) struct Keys<'p> {
    caller: &'p Caller,
    /// Whether values hold variables (A11).
    variables: bool,
    tried: Vec<Tried>,
    /// The key of each test.
    of_test: Vec<usize>,
}

struct Tried {
    name: String,
    values: Vec<ContextValue<'static>>,
    at: usize,
}

impl<'p> Keys<'p> {
    pub(super) fn new(
        policy: &Policy,
        statement: &Statement,
        filler: &Filler,
        caller: &'p Caller,
        endpoint: Option<&str>,
    ) -> Self {
        let mut groups: Vec<(String, Vec<&ConditionTest>)> = Vec::new();
        let mut of_test = Vec::new();
        for test in &statement.condition {
            let name = policy.text(&test.key).into_owned();
            let known = groups.iter().position(|(known, _)| known.eq_ignore_ascii_case(&name));
            let at = known.unwrap_or(groups.len());
            match known {
                Some(at) => groups[at].1.push(test),
                None => groups.push((name, vec![test])),
            }
            of_test.push(at);
        }
        let tried = groups.into_iter().map(|(name, tests)| {
            let multivalued =
                Catalog::embedded().condition_key(&name).is_some_and(|key| key.is_multivalued());
            Tried { values: values(policy, filler, &tests, multivalued), name, at: 0 }
        });
        let mut keys = Self { caller, variables: filler.variables, tried: tried.collect(), of_test };
        endpoint.into_iter().for_each(|id| keys.fix("aws:SourceVpce", id));
        keys
    }

    /// Gives a key one value that is not to change.
    fn fix(&mut self, name: &str, value: &str) {
        let values = vec![ContextValue::One(value.to_owned().into())];
        match self.tried.iter_mut().find(|key| key.name.eq_ignore_ascii_case(name)) {
            Some(key) => key.values = values,
            None => self.tried.push(Tried { name: name.to_owned(), values, at: 0 }),
        }
    }

    /// The names of the keys.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.tried.iter().map(|key| key.name.as_str())
    }

    /// Begins anew.
    pub(super) fn rewind(&mut self) {
        self.tried.iter_mut().for_each(|key| key.at = 0);
    }

    /// Whether the key of a test is given a value.
    pub(super) fn is_given(&self, test: usize) -> bool {
        *self.tried[self.of_test[test]].value() != ContextValue::Absent
    }

    /// Goes on to the next value of a test's key; where it has none left, to that of a key which its values name by a
    /// variable. `false` if there is none either.
    pub(super) fn next(&mut self, test: usize) -> bool {
        let at = self.of_test[test];
        if self.tried[at].advance() {
            return true;
        }
        let values = std::mem::take(&mut self.tried[at].values);
        let advanced = values.iter().flat_map(texts).any(|text| self.next_in(text));
        self.tried[at] = Tried { name: std::mem::take(&mut self.tried[at].name), values, at: 0 };
        advanced
    }

    /// Goes on to the next value of a key that a text names by a variable. `false` if there is none.
    pub(super) fn next_in(&mut self, text: &str) -> bool {
        let variables = self.variables && text.contains("${");
        let names = |key: &Tried, part| matches!(part, Part::Variable { key: named, .. } if key.name.eq_ignore_ascii_case(named));
        let named = |key: &&mut Tried| variables && parts(text).any(|part| names(key, part));
        self.tried.iter_mut().filter(named).any(Tried::advance)
    }

    /// A resource and the keys with all variables resolved; a key that only a variable reads is given a value.
    pub(super) fn fill(&self, resource: &str) -> (String, Vec<ContextEntry<'static>>) {
        let mut more = Vec::new();
        let resource = self.resolved(resource, &mut more);
        let mut context = Vec::with_capacity(self.tried.len());
        for key in &self.tried {
            let value = match key.value() {
                ContextValue::Absent => ContextValue::Absent,
                ContextValue::One(text) => ContextValue::One(self.resolved(text, &mut more).into()),
                ContextValue::Many(all) => {
                    let resolved = all.iter().map(|text| self.resolved(text, &mut more).into());
                    ContextValue::Many(resolved.collect())
                }
            };
            context.push((key.name.clone().into(), value));
        }
        context.append(&mut more);
        (resource, context)
    }

    fn resolved(&self, text: &str, more: &mut Vec<ContextEntry<'static>>) -> String {
        if !self.variables || !text.contains("${") {
            return text.to_owned();
        }
        let resolved = parts(text).map(|part| match part {
            Part::Plain(text) | Part::Literal(text) | Part::Malformed(text) => text.to_owned(),
            Part::Variable { key, default } => self.variable(key, default, more),
        });
        resolved.collect()
    }

    fn variable(&self, key: &str, default: Option<&str>, more: &mut Vec<ContextEntry<'static>>) -> String {
        if let Some(tried) = self.tried.iter().find(|tried| tried.name.eq_ignore_ascii_case(key)) {
            return match tried.value() {
                ContextValue::One(text) if !text.contains("${") => text.to_string(),
                _ => default.unwrap_or(FILLING).to_owned(),
            };
        }
        let own = self.caller.keys.iter().find(|own| own.name.eq_ignore_ascii_case(key));
        if let Some(ContextValue::One(text)) = own.map(|own| &own.value) {
            return text.to_string();
        }
        if !more.iter().any(|(known, _)| known.eq_ignore_ascii_case(key)) {
            more.push((key.to_owned().into(), ContextValue::One(FILLING.into())));
        }
        FILLING.to_owned()
    }
}

impl Tried {
    fn value(&self) -> &ContextValue<'static> {
        self.values.get(self.at).unwrap_or(&ContextValue::Absent)
    }

    fn advance(&mut self) -> bool {
        let more = self.at + 1 < self.values.len();
        self.at += usize::from(more);
        more
    }
}

fn texts<'v>(value: &'v ContextValue<'static>) -> impl Iterator<Item = &'v str> {
    let all = match value {
        ContextValue::Absent => &[],
        ContextValue::One(text) => std::slice::from_ref(text),
        ContextValue::Many(all) => all.as_slice(),
    };
    all.iter().map(|text| &**text)
}
