//! Names of which each comes once.

use std::collections::HashMap;

/// Up to how many names are compared with each other one by one.
const FEW: usize = 8;

/// Names in the order in which they came first, each once whatever the case of its letters.
#[derive(Clone, Debug, Default)]
pub struct DistinctNames<T> {
    names: Vec<T>,
    /// Where each stands, by the name in small letters; empty as long as they are few.
    places: HashMap<Box<str>, usize>,
}

impl<T: AsRef<str>> DistinctNames<T> {
    /// No names.
    pub fn new() -> Self {
        Self { names: Vec::new(), places: HashMap::new() }
    }

    /// Where a name stands.
    pub fn position(&self, name: &str) -> Option<usize> {
        match self.places.is_empty() {
            true => self.names.iter().position(|known| known.as_ref().eq_ignore_ascii_case(name)),
            false => self.places.get(&*name.to_ascii_lowercase()).copied(),
        }
    }

    /// Whether a name is among them.
    pub fn contains(&self, name: &str) -> bool {
        self.position(name).is_some()
    }

    /// Adds a name if it is new, and says where it stands and whether it was new.
    pub fn insert(&mut self, name: T) -> (usize, bool) {
        if let Some(known) = self.position(name.as_ref()) {
            return (known, false);
        }
        let place = self.names.len();
        self.names.push(name);
        match place {
            0..FEW => {}
            FEW => self.places = self.names.iter().enumerate().map(|(at, name)| (lower(name), at)).collect(),
            _ => drop(self.places.insert(lower(&self.names[place]), place)),
        }
        (place, true)
    }

    /// The names.
    pub fn into_vec(self) -> Vec<T> {
        self.names
    }
}

impl<T: AsRef<str>> Extend<T> for DistinctNames<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, names: I) {
        for name in names {
            self.insert(name);
        }
    }
}

impl<T: AsRef<str>> FromIterator<T> for DistinctNames<T> {
    fn from_iter<I: IntoIterator<Item = T>>(names: I) -> Self {
        let mut found = Self::new();
        found.extend(names);
        found
    }
}

fn lower<T: AsRef<str>>(name: &T) -> Box<str> {
    name.as_ref().to_ascii_lowercase().into()
}
