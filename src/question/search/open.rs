//! The statements of a question that context keys could let apply, and what they say of the keys.

use crate::compile::Variables;
use crate::names::{DistinctNames, fold_hash};
use crate::policy::{Policy, Statement, TextPart, parts};
use crate::question::Asked;
use crate::question::space::{KeyTest, pieces, template, variables};
use crate::trace::{Mismatch, StatementTrace};

/// The value of a variable that no test says anything about, and one that hardly any other key has.
const ANY_VALUE: &str = "x";

/// The statements of a question that context keys could let apply, or keep from it.
pub struct Statements<'p> {
    open: Vec<(&'p Policy, &'p Statement)>,
    /// How many statements were looked at.
    asked: usize,
}

impl<'p> Statements<'p> {
    /// Those of a question that has been asked, in all its versions.
    pub fn of(versions: &'p [Asked<'_>]) -> Self {
        let open = |trace: &&StatementTrace| {
            let by_condition = matches!(trace.found, Ok(_) | Err(Mismatch::Condition { .. }));
            by_condition || trace.truth.hangs()
        };
        let of_version = |asked: &'p Asked<'_>| {
            asked.trace.statements.iter().filter(open).filter_map(|trace| {
                let view = asked.request.statement(trace.at)?;
                let policy: &Policy = view.policy.policy();
                Some((policy, view.written()?))
            })
        };
        let asked = versions.iter().map(|asked| asked.trace.statements.len()).sum();
        Self { open: versions.iter().flat_map(of_version).collect(), asked }
    }

    /// How many statements the question has been asked of, and how many tests those have that are open: what it takes
    /// to ask it again.
    pub(super) fn size(&self) -> usize {
        let tests: usize = self.open.iter().map(|(_, statement)| statement.condition.len()).sum();
        self.asked + tests
    }

    /// All their tests.
    pub fn tests(&self) -> impl Iterator<Item = KeyTest<'p>> {
        self.open.iter().flat_map(|(policy, statement)| KeyTest::of(policy, statement))
    }

    /// The keys that they read, also as variables, each once; the first ones.
    pub(super) fn keys(&self, wanted: impl Fn(&str) -> bool, most: usize) -> Vec<String> {
        let tested = self.tests().map(|test| test.key().into_owned());
        let mut found = DistinctNames::new();
        let all = tested.chain(self.variables()).filter(|key| wanted(key));
        all.map(|key| found.insert(key)).filter(|(_, is_new)| *is_new).take(most).for_each(drop);
        found.into_vec()
    }

    /// Whether a key and another are compared with each other: what one may be hangs on the other.
    pub(super) fn hangs_together(&self, key: &str) -> bool {
        let is_key = |other: &str| other.eq_ignore_ascii_case(key);
        let of_key = self.tests().filter(|test| is_key(&test.key()));
        self.variables().any(|name| is_key(&name))
            || of_key.flat_map(|test| test_texts(test)).any(|text| variables(&text).next().is_some())
    }

    /// Values of the keys that variables name: what stands in their place in the request.
    pub(super) fn values_of_variables(&self, asked: &Asked<'_>) -> impl Iterator<Item = (String, String)> {
        let resource = asked.request.resource().text().to_owned();
        let of_resources = self.resources().map(move |text| (text, Some(resource.clone())));
        let of_tests = self.tests().flat_map(|test| {
            let value = known_value(asked, &test.key());
            test_texts(test).map(move |text| (text, value.clone()))
        });
        of_resources.chain(of_tests).flat_map(|(text, value)| {
            let names: Vec<String> = variables(&text).map(str::to_owned).collect();
            let whole = value.clone().unwrap_or_else(|| ANY_VALUE.to_owned());
            let values: Vec<String> = pieces(&whole)
                .map(str::to_owned)
                .chain(in_place_of_variable(&text, &whole))
                .chain([whole.clone(), ANY_VALUE.to_owned()])
                .collect();
            names
                .into_iter()
                .flat_map(move |name| values.clone().into_iter().map(move |value| (name.clone(), value)))
        })
    }

    fn variables(&self) -> impl Iterator<Item = String> {
        let texts = self.resources().chain(self.tests().flat_map(test_texts));
        texts.flat_map(|text| variables(&text).map(str::to_owned).collect::<Vec<_>>())
    }

    fn resources(&self) -> impl Iterator<Item = String> {
        self.open.iter().flat_map(|(policy, statement)| {
            let patterns = statement.resource.iter().flat_map(|resource| policy.texts(resource.patterns));
            patterns.map(|text| template(policy, &policy.text(text), &|_| None))
        })
    }
}

/// What the variable of a text has where the text is a whole value: in `${aws:username}/*` of `bob/*` it is `bob`.
fn in_place_of_variable(text: &str, whole: &str) -> Option<String> {
    let (mut before, mut after, mut found) = (String::new(), String::new(), 0);
    for part in parts(text) {
        match part {
            TextPart::Variable { .. } => found += 1,
            TextPart::Plain(text) | TextPart::Literal(text) | TextPart::Malformed(text) => {
                if found == 0 { &mut before } else { &mut after }.push_str(text);
            }
        }
    }
    let end = whole.len().checked_sub(after.len()).filter(|end| found == 1 && before.len() <= *end)?;
    let same = |at: Option<&str>, own: &str| at.is_some_and(|at| at.eq_ignore_ascii_case(own));
    let around = same(whole.get(..before.len()), &before) && same(whole.get(end..), &after);
    whole.get(before.len()..end).filter(|_| around).map(str::to_owned)
}

fn test_texts(test: KeyTest<'_>) -> impl Iterator<Item = String> {
    let texts = test.policy.texts(test.test.values).iter();
    texts.map(move |text| template(test.policy, &test.policy.text(text), &|_| None))
}

/// What a key is known to have, where that is one value.
pub(super) fn known_value(asked: &Asked<'_>, key: &str) -> Option<String> {
    asked.request.variable(fold_hash(key.as_bytes()), key).map(str::to_owned)
}
