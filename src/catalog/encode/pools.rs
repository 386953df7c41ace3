//! What the blob holds once, however often it is used: strings and lists.

use std::collections::{BTreeMap, BTreeSet};

/// All strings, each at one place; a string that another one starts with shares its bytes.
pub(super) struct Strings<'a> {
    pub(super) bytes: Vec<u8>,
    references: BTreeMap<&'a str, u32>,
}

impl<'a> Strings<'a> {
    pub(super) fn new(strings: BTreeSet<&'a str>) -> Result<Strings<'a>, String> {
        let mut pool = Strings { bytes: Vec::new(), references: BTreeMap::new() };
        let mut longer = ("", 0);
        // Backwards, a string comes right after those that it starts.
        for string in strings.into_iter().rev() {
            if !longer.0.starts_with(string) {
                longer.1 = pool.bytes.len();
                pool.bytes.extend(string.as_bytes());
            }
            longer.0 = string;
            pool.references.insert(string, reference(string, longer.1)?);
        }
        Ok(pool)
    }

    pub(super) fn reference(&self, string: &str) -> Result<u32, String> {
        self.references.get(string).copied().ok_or_else(|| format!("`{string}` is not in the pool"))
    }
}

fn reference(string: &str, offset: usize) -> Result<u32, String> {
    let length = u8::try_from(string.len()).map_err(|_| format!("`{string}` is longer than 255 bytes"))?;
    if offset >= 1 << 24 {
        return Err("the strings are longer than 16 MiB".into());
    }
    Ok(u32::from(length) << 24 | offset as u32)
}

/// Lists of `u16`, equal ones at one place.
pub(super) struct Lists {
    words: Vec<u16>,
    places: BTreeMap<Vec<u16>, u16>,
}

impl Lists {
    pub(super) fn new() -> Lists {
        Lists { words: vec![0], places: BTreeMap::from([(Vec::new(), 0)]) }
    }

    pub(super) fn place(&mut self, items: Vec<u16>) -> Result<u16, String> {
        if let Some(place) = self.places.get(&items) {
            return Ok(*place);
        }
        let place = small(self.words.len())?;
        self.words.push(small(items.len())?);
        self.words.extend(&items);
        self.places.insert(items, place);
        Ok(place)
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.words.into_iter().flat_map(u16::to_le_bytes).collect()
    }
}

/// Makes a number of the size that the tables hold.
pub(super) fn small(number: usize) -> Result<u16, String> {
    u16::try_from(number).map_err(|_| format!("{number} entries are more than the format holds"))
}
