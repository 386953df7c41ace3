//! The context keys of a request that is looked for, each with the values that are tried.

use super::filler::{FILLING, Filler};
use super::key_test::{KeyTest, by_key, variables};
use super::values::values;
use crate::policy::{TextPart, parts};
use crate::world::{ContextEntry, ContextValue};

/// What a key is known to have.
type KnownValue<'k> = Box<dyn Fn(&str) -> Option<String> + 'k>;

/// Context keys, each with the values that are tried. A key of which none is chosen is not given.
pub struct Keys<'k> {
    /// What the others are known to have.
    known: KnownValue<'k>,
    tried: Vec<Tried>,
}

struct Tried {
    name: String,
    values: Vec<ContextValue<'static>>,
    chosen: Option<usize>,
}

impl<'k> Keys<'k> {
    /// The keys of these tests, none of them given; `known` says what others have.
    pub fn new<'p>(
        tests: impl Iterator<Item = KeyTest<'p>>,
        filler: &Filler<'_>,
        known: impl Fn(&str) -> Option<String> + 'k,
    ) -> Self {
        let groups = by_key(tests);
        let is_tried = |key: &str| groups.iter().any(|(name, _)| name.eq_ignore_ascii_case(key));
        let others = |key: &str| known(key).filter(|_| !is_tried(key));
        let tried = groups.iter().map(|(name, tests)| Tried {
            name: name.to_string(),
            values: values(filler, tests, &others),
            chosen: None,
        });
        let tried = tried.collect();
        Self { known: Box::new(known), tried }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.tried.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.tried.is_empty()
    }

    /// The name of a key.
    pub fn name(&self, key: usize) -> &str {
        &self.tried[key].name
    }

    /// The names of the keys.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.tried.iter().map(|key| key.name.as_str())
    }

    /// The number of a key.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.names().position(|known| known.eq_ignore_ascii_case(name))
    }

    /// How many values of a key are tried.
    pub fn values(&self, key: usize) -> usize {
        self.tried[key].values.len()
    }

    /// A key has one value and no other.
    pub fn fix(&mut self, name: &str, value: &str) {
        if let Some(key) = self.position(name) {
            self.tried.remove(key);
        }
        self.add(name, value);
    }

    /// One more value of a key.
    pub fn add(&mut self, name: &str, value: &str) {
        let value = ContextValue::One(value.to_owned().into());
        match self.position(name) {
            Some(key) if self.tried[key].values.contains(&value) => {}
            Some(key) => self.tried[key].values.push(value),
            None => self.tried.push(Tried { name: name.to_owned(), values: vec![value], chosen: None }),
        }
    }

    /// Keeps the values that a key may have.
    pub fn retain(&mut self, may_be: impl Fn(&str, &ContextValue<'_>) -> bool) {
        for key in &mut self.tried {
            key.values.retain(|value| may_be(&key.name, value));
        }
    }

    /// The value that is chosen of a key.
    pub fn chosen(&self, key: usize) -> Option<usize> {
        self.tried[key].chosen
    }

    /// Chooses a value of a key, or none.
    pub fn choose(&mut self, key: usize, value: Option<usize>) {
        self.tried[key].chosen = value;
    }

    /// Chooses the value of that number of every key, or none.
    pub fn choose_all(&mut self, value: Option<usize>) {
        self.tried.iter_mut().for_each(|key| key.chosen = value);
    }

    /// Whether a key is given a value.
    pub fn is_given(&self, key: usize) -> bool {
        self.tried[key].value().is_some_and(|value| *value != ContextValue::Absent)
    }

    /// A key, and those that its value names by a variable.
    pub fn with_named(&self, key: usize) -> Vec<usize> {
        let texts = self.tried[key].value().into_iter().flat_map(texts);
        std::iter::once(key).chain(texts.flat_map(|text| self.named_in(text))).collect()
    }

    /// The keys that a text names by a variable.
    pub fn named_in(&self, text: &str) -> Vec<usize> {
        variables(text).filter_map(|name| self.position(name)).collect()
    }

    /// A resource and the chosen values with all variables resolved; a key that only a variable reads is given a
    /// value.
    pub fn fill(&self, resource: &str) -> (String, Vec<ContextEntry<'static>>) {
        let mut more = Vec::new();
        let resource = self.resolved(resource, &mut more);
        let mut context = Vec::with_capacity(self.tried.len());
        for key in &self.tried {
            let Some(value) = key.value() else { continue };
            let value = match value {
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
        if !text.contains("${") {
            return text.to_owned();
        }
        let resolved = parts(text).map(|part| match part {
            TextPart::Plain(text) | TextPart::Literal(text) | TextPart::Malformed(text) => text.to_owned(),
            TextPart::Variable { key, default } => self.variable(key, default, more),
        });
        resolved.collect()
    }

    fn variable(&self, key: &str, default: Option<&str>, more: &mut Vec<ContextEntry<'static>>) -> String {
        if let Some(tried) = self.position(key) {
            return match self.tried[tried].value() {
                Some(ContextValue::One(text)) if !text.contains("${") => text.to_string(),
                _ => default.unwrap_or(FILLING).to_owned(),
            };
        }
        if let Some(known) = (self.known)(key).or(default.map(str::to_owned)) {
            return known;
        }
        if !more.iter().any(|(known, _)| known.eq_ignore_ascii_case(key)) {
            more.push((key.to_owned().into(), ContextValue::One(FILLING.into())));
        }
        FILLING.to_owned()
    }
}

impl Tried {
    fn value(&self) -> Option<&ContextValue<'static>> {
        self.chosen.and_then(|at| self.values.get(at))
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
