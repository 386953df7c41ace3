//! The condition keys of all services and the global ones, each name once.

use std::collections::BTreeMap;

use super::input::{GlobalKey, ServiceInput};
use super::pools::{Strings, small};
use crate::catalog::layout::{ALWAYS, GLOBAL, LEGACY, MULTIVALUED};
use crate::catalog::template;

/// The types of values, in the order of their numbers.
const KINDS: [&str; 7] = ["String", "ARN", "Bool", "Numeric", "Date", "IPAddress", "Binary"];

/// What a key tells about, in the order of the numbers.
pub(super) const CATEGORIES: [&str; 6] =
    ["service", "principal", "session", "network", "resource", "request"];

/// The condition keys by folded name; the place in this order is the index of a key.
pub(super) struct KeyMap<'a> {
    rows: BTreeMap<String, KeyRow<'a>>,
    indexes: BTreeMap<String, u16>,
}

struct KeyRow<'a> {
    name: &'a str,
    kinds: u8,
    flags: u8,
    category: u8,
}

impl<'a> KeyMap<'a> {
    /// Collects the keys; where a global key and one of a service have one name, the global one counts.
    pub(super) fn new(services: &'a [ServiceInput], globals: &'a [GlobalKey]) -> Result<KeyMap<'a>, String> {
        let mut rows = BTreeMap::new();
        for global in globals {
            rows.insert(global.key.to_ascii_lowercase(), global_row(global)?);
        }
        for (name, kind) in services.iter().flat_map(|service| &service.conditions) {
            rows.entry(name.to_ascii_lowercase()).or_insert(service_row(name, kind)?);
        }
        // The last index is left out, because slots hold index + 1.
        let indexed = rows.keys().enumerate().map(|(at, name)| Ok((name.clone(), small(at + 1)? - 1)));
        let indexes = indexed.collect::<Result<_, String>>()?;
        Ok(KeyMap { rows, indexes })
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &'a str> {
        self.rows.values().map(|row| row.name)
    }

    pub(super) fn indexes<'b>(
        &self,
        names: impl IntoIterator<Item = &'b String>,
    ) -> Result<Vec<u16>, String> {
        names.into_iter().map(|name| self.index(name)).collect()
    }

    fn index(&self, name: &str) -> Result<u16, String> {
        let index = self.indexes.get(&name.to_ascii_lowercase()).copied();
        index.ok_or_else(|| format!("condition key `{name}` is used but not defined"))
    }

    pub(super) fn table(&self, strings: &Strings) -> Result<Vec<u8>, String> {
        let mut table = Vec::new();
        for row in self.rows.values() {
            table.extend(strings.reference(row.name)?.to_le_bytes());
            table.extend([row.kinds, row.flags, row.category, literal_start(row.name).len() as u8]);
        }
        Ok(table)
    }

    /// Gives the indexes of the templates in the order that the lookup wants.
    pub(super) fn templates(&self) -> Vec<u8> {
        let templates = self.indexes.iter().filter(|(name, _)| literal_start(name).len() < name.len());
        let mut sorted: Vec<_> = templates.map(|(name, index)| (literal_start(name), name, index)).collect();
        sorted.sort();
        sorted.into_iter().flat_map(|(_, _, index)| index.to_le_bytes()).collect()
    }
}

fn global_row(key: &GlobalKey) -> Result<KeyRow<'_>, String> {
    let flag = |set: bool, flag: u8| if set { flag } else { 0 };
    let second = key.types.iter().find(|kind| **kind != key.r#type);
    let second = second.map_or(Ok(0), |kind| kind_number(kind).map(|number| number + 1))?;
    Ok(KeyRow {
        name: &key.key,
        kinds: kind_number(&key.r#type)? | second << 4,
        flags: GLOBAL | flag(key.multi, MULTIVALUED) | flag(key.always, ALWAYS) | flag(key.legacy, LEGACY),
        category: category_number(&key.category)?,
    })
}

fn service_row<'a>(name: &'a str, kind: &str) -> Result<KeyRow<'a>, String> {
    let (kind, flags) = match kind.strip_prefix("ArrayOf") {
        Some(item) => (item, MULTIVALUED),
        None => (kind, 0),
    };
    Ok(KeyRow { name, kinds: kind_number(kind)?, flags, category: 0 })
}

fn literal_start(name: &str) -> &str {
    name.get(..template::cut(name.as_bytes()).0.len()).unwrap_or(name)
}

fn kind_number(kind: &str) -> Result<u8, String> {
    number(kind, &KINDS, "type of a condition key")
}

fn category_number(category: &str) -> Result<u8, String> {
    number(category, &CATEGORIES, "category of a condition key")
}

/// Gives the number of a word, which is its place among the words.
pub(super) fn number(word: &str, words: &[&str], what: &str) -> Result<u8, String> {
    let place = words.iter().position(|known| *known == word);
    place.map(|place| place as u8).ok_or_else(|| format!("unknown {what} `{word}`"))
}
