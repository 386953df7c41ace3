//! A condition key, with everything that requests may have under it, as far as the tests of a class tell it apart.

use std::borrow::Cow;
use std::collections::HashSet;
use std::rc::Rc;

use super::bits::Bits;
use super::texts::told_apart;
use super::truths::Truths;
use crate::compile::{CompiledPolicy, Test};
use crate::policy::{ConditionTest, Operator, OperatorFamily};
use crate::question::space::{addresses, dates, numbers};
use crate::world::{ContextValue, Prepared};

/// How many lists of a key are told apart, at most.
const LISTS: usize = 256;

/// A test with the policy in which it stands.
#[derive(Clone, Copy)]
pub(super) struct TestOf<'p> {
    pub(super) policy: &'p CompiledPolicy,
    pub(super) test: &'p Test,
    /// The test as it is written.
    pub(super) written: &'p ConditionTest,
}

impl<'p> TestOf<'p> {
    /// The values of the policy's side, as they are written.
    pub(super) fn texts(&self) -> impl Iterator<Item = Cow<'p, str>> + use<'p> {
        let policy = self.policy.policy();
        policy.texts(self.written.values).iter().map(|text| policy.text(text))
    }
}

/// A condition key. Each atom is something that a request may have under it, or nothing; whatever it has, one of the
/// atoms makes the same tests hold.
#[derive(Clone)]
pub(super) struct Dimension {
    pub(super) key: Rc<str>,
    pub(super) atoms: Rc<[ContextValue<'static>]>,
    /// For each of the tests that it was made of, the atoms under which it holds.
    pub(super) holds: Rc<[Bits]>,
    /// Whether some value may be missing that the tests tell apart.
    pub(super) is_partial: bool,
    /// In which of the versions a request may have the key as it likes.
    pub(super) is_open: [bool; 2],
}

impl Dimension {
    /// Of a key that a request may have as it likes.
    pub(super) fn free(key: &str, tests: &[TestOf<'_>], request: &Prepared<'_>) -> Self {
        let facts = request.world.catalog().condition_key(key);
        let (singles, is_complete) = singles(tests, request);
        let mut made = Atoms::new(tests, request);
        if !facts.is_some_and(|facts| facts.is_always_present()) {
            made.add(ContextValue::Absent);
        }
        let is_list = facts.is_some_and(|facts| facts.is_multivalued());
        for text in &singles {
            made.add(match is_list {
                true => ContextValue::Many(vec![text.clone().into()]),
                false => ContextValue::One(text.clone().into()),
            });
        }
        let has_sets = tests.iter().any(|of| of.test.operator.set.is_some());
        let all_lists = !(is_list || has_sets) || made.add_lists();
        made.into_dimension(key, tests.len(), !(is_complete && all_lists))
    }
}

/// Atoms as they are found, each with the tests that hold.
struct Atoms<'t, 'r> {
    truths: Truths<'t, 'r>,
    found: Vec<(ContextValue<'static>, Bits)>,
    seen: HashSet<(Bits, bool)>,
}

impl<'t, 'r> Atoms<'t, 'r> {
    fn new(tests: &'t [TestOf<'t>], request: &'r Prepared<'r>) -> Self {
        Self { truths: Truths::new(tests, request), found: Vec::new(), seen: HashSet::new() }
    }

    /// Adds what makes other tests hold than all that was added before.
    fn add(&mut self, value: ContextValue<'static>) -> bool {
        let values: &[Cow<'_, str>] = match &value {
            ContextValue::Absent => &[],
            ContextValue::One(value) => std::slice::from_ref(value),
            ContextValue::Many(values) => values,
        };
        let (holds, is_absent) = (self.truths.of(values), values.is_empty());
        let is_new = self.seen.insert((holds.clone(), is_absent));
        if is_new {
            self.found.push((value, holds));
        }
        is_new
    }

    /// Lists of several of the values, until they make no other tests hold (B18, B19); whether that was all.
    fn add_lists(&mut self) -> bool {
        let singles: Vec<Cow<'static, str>> = self
            .found
            .iter()
            .filter_map(|(value, _)| match value {
                ContextValue::One(text) => Some(text.clone()),
                ContextValue::Many(texts) => texts.first().cloned(),
                ContextValue::Absent => None,
            })
            .collect();
        let mut lists: Vec<Vec<Cow<'static, str>>> = singles.iter().map(|text| vec![text.clone()]).collect();
        // Two values that no test tells apart are no single value, either.
        let twice = singles.first().map(|text| vec![text.clone(), format!("{text}-2").into()]);
        twice.into_iter().for_each(|list| {
            self.add(ContextValue::Many(list));
        });
        let mut at = 0;
        while at < lists.len() && lists.len() < LISTS {
            for single in &singles {
                let mut list = lists[at].clone();
                if list.contains(single) {
                    continue;
                }
                list.push(single.clone());
                if self.add(ContextValue::Many(list.clone())) {
                    lists.push(list);
                }
            }
            at += 1;
        }
        at == lists.len()
    }

    fn into_dimension(self, key: &str, tests: usize, is_partial: bool) -> Dimension {
        let (atoms, made): (Vec<_>, Vec<Bits>) = self.found.into_iter().unzip();
        let mut holds = vec![Bits::none(atoms.len()); tests];
        for (atom, holding) in made.iter().enumerate() {
            holding.iter().for_each(|test| holds[test].insert(atom));
        }
        Dimension {
            key: key.into(),
            holds: holds.into(),
            atoms: atoms.into(),
            is_partial,
            is_open: [true; 2],
        }
    }
}

/// Single values, so that whatever value a request has, one of them makes the same tests hold; and whether that is so.
fn singles(tests: &[TestOf<'_>], request: &Prepared<'_>) -> (Vec<String>, bool) {
    let of =
        |family: OperatorFamily| tests.iter().filter(move |of| of.test.operator.operator.family() == family);
    let texts = |family| of(family).flat_map(TestOf::texts).map(Cow::into_owned).collect::<Vec<String>>();
    use OperatorFamily as F;
    let mut found: Vec<String> = Vec::new();
    if of(F::Bool).next().is_some() {
        found.extend(["true", "false", "True"].map(str::to_owned));
    }
    let (apart, is_complete) = told_apart(tests, request);
    found.extend(apart);
    found.extend(numbers(&texts(F::Numeric)));
    found.extend(dates(&texts(F::Date)));
    found.extend(addresses(&texts(F::Ip)));
    found.extend(texts(F::Binary));
    if of(F::Ip).next().is_some() {
        found.extend(["192.0.2.1", "2001:db8::1"].map(str::to_owned));
    }
    found.extend(["x", ""].map(str::to_owned));
    let typed = [F::Numeric, F::Date, F::Ip];
    let kinds = typed.into_iter().filter(|family| of(*family).next().is_some()).count();
    let has_texts = tests.iter().any(|of| {
        let operator = of.test.operator.operator;
        matches!(operator.family(), F::String | F::Arn) && operator != Operator::Null
    });
    (found, is_complete && kinds + usize::from(has_texts && kinds > 0) <= 1)
}
