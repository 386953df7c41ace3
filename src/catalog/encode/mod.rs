//! From lists of facts to the blob that a program embeds.

mod feed;
mod input;
mod keys;
mod known;
mod pools;

use std::collections::{BTreeMap, BTreeSet};

pub use self::feed::{FeedEntry, FeedService};
pub use self::known::encode_feed;

use self::input::{Action, GlobalKey, ResourceType, ServiceInput};
use self::keys::{KeyMap, number};
use self::pools::{Lists, Strings, small};
use super::{layout, template};
use crate::names::fold_hash;

/// Makes the stored form of a catalog from the services and the global condition keys, one JSON object a line.
///
/// Equal input gives equal bytes. Dependent actions that are not in the catalog are left out.
///
/// # Errors
/// Says what is wrong with the input, or which limit of the format it exceeds.
pub fn encode(catalog_jsonl: &str, global_keys_jsonl: &str, date: &str) -> Result<Vec<u8>, String> {
    let services = input::services(catalog_jsonl).map_err(|error| format!("services, {error}"))?;
    let globals = input::global_keys(global_keys_jsonl).map_err(|error| format!("global keys, {error}"))?;
    encode_input(&services, &globals, date)
}

fn encode_input(services: &[ServiceInput], globals: &[GlobalKey], date: &str) -> Result<Vec<u8>, String> {
    let keys = KeyMap::new(services, globals)?;
    let mut encoder = Encoder::new(services, keys)?;
    for (index, service) in services.iter().enumerate() {
        encoder.service(small(index)?, service)?;
    }
    encoder.finish(date, services)
}

struct Encoder<'a> {
    keys: KeyMap<'a>,
    strings: Strings<'a>,
    action_indexes: BTreeMap<String, u16>,
    key_lists: Lists,
    use_lists: Lists,
    action_lists: Lists,
    services: Vec<u8>,
    actions: Vec<u8>,
    types: Vec<u8>,
    formats: Vec<u8>,
}

impl<'a> Encoder<'a> {
    fn new(services: &'a [ServiceInput], keys: KeyMap<'a>) -> Result<Encoder<'a>, String> {
        let mut strings: BTreeSet<&str> = services.iter().flat_map(strings_of).collect();
        strings.extend(keys.names());
        Ok(Encoder {
            strings: Strings::new(strings)?,
            keys,
            action_indexes: action_indexes(services)?,
            key_lists: Lists::new(),
            use_lists: Lists::new(),
            action_lists: Lists::new(),
            services: Vec::new(),
            actions: Vec::new(),
            types: Vec::new(),
            formats: Vec::new(),
        })
    }

    fn service(&mut self, index: u16, service: &ServiceInput) -> Result<(), String> {
        let first_action = small(self.actions.len() / layout::ACTION_ROW)?;
        let first_type = small(self.types.len() / layout::TYPE_ROW)?;
        for (name, resource_type) in &service.resources {
            self.resource_type(index, name, resource_type)?;
        }
        let types: BTreeMap<&str, u16> =
            service.resources.keys().map(String::as_str).zip(first_type..).collect();
        for action in &service.actions {
            self.action(index, action, &types).map_err(|error| format!("{}: {error}", service.service))?;
        }
        self.services.extend(self.strings.reference(&service.service)?.to_le_bytes());
        self.services.extend(self.strings.reference(&service.name)?.to_le_bytes());
        let keys = self.key_list(service.conditions.keys())?;
        let (actions, types) = (small(service.actions.len())?, small(types.len())?);
        push(&mut self.services, [first_action, actions, first_type, types, keys, service.rcp.into()]);
        Ok(())
    }

    fn resource_type(&mut self, service: u16, name: &str, facts: &ResourceType) -> Result<(), String> {
        let first_format = small(self.formats.len() / layout::FORMAT_ROW)?;
        for format in &facts.arn {
            self.formats.extend(self.strings.reference(format)?.to_le_bytes());
            self.formats.extend([resource_start(format)?, template::literal_len(format.as_bytes()) as u8]);
        }
        self.types.extend(self.strings.reference(name)?.to_le_bytes());
        let keys = self.key_list(&facts.conditions)?;
        push(&mut self.types, [service, first_format, small(facts.arn.len())?, keys]);
        Ok(())
    }

    fn action(&mut self, service: u16, action: &Action, types: &BTreeMap<&str, u16>) -> Result<(), String> {
        let levels = ["List", "Read", "Write", "Tagging", "Permissions management"];
        let level = number(&action.level, &levels, "access level")?;
        self.actions.extend(self.strings.reference(&action.name)?.to_le_bytes());
        let dependent = action.dependent.iter();
        let dependent = dependent
            .filter_map(|name| self.action_indexes.get(&name.to_ascii_lowercase()).copied())
            .collect();
        let row = [
            service,
            level.into(),
            self.key_list(&action.conditions)?,
            self.use_list(action, types)?,
            self.action_lists.place(dependent)?,
        ];
        push(&mut self.actions, row);
        Ok(())
    }

    fn use_list(&mut self, action: &Action, types: &BTreeMap<&str, u16>) -> Result<u16, String> {
        let mut words = Vec::new();
        for used in &action.resources {
            let index = types.get(used.r#type.as_str()).filter(|index| **index < layout::REQUIRED);
            let index = index.ok_or_else(|| format!("no resource type `{}`", used.r#type))?;
            words.push(if used.required { index | layout::REQUIRED } else { *index });
            words.push(self.key_list(&used.conditions)?);
        }
        self.use_lists.place(words)
    }

    fn key_list<'b>(&mut self, names: impl IntoIterator<Item = &'b String>) -> Result<u16, String> {
        self.key_lists.place(self.keys.indexes(names)?)
    }

    fn finish(self, date: &str, services: &[ServiceInput]) -> Result<Vec<u8>, String> {
        let mut sections: [Vec<u8>; layout::SECTIONS] = Default::default();
        sections[layout::KEYS] = self.keys.table(&self.strings)?;
        sections[layout::TEMPLATES] = self.keys.templates();
        sections[layout::KEY_SLOTS] = slots(self.keys.names().map(str::to_owned));
        sections[layout::ACTION_SLOTS] = slots(services.iter().flat_map(full_names));
        sections[layout::POOL] = self.strings.bytes;
        sections[layout::SERVICES] = self.services;
        sections[layout::ACTIONS] = self.actions;
        sections[layout::TYPES] = self.types;
        sections[layout::FORMATS] = self.formats;
        sections[layout::KEY_LISTS] = self.key_lists.into_bytes();
        sections[layout::USE_LISTS] = self.use_lists.into_bytes();
        sections[layout::ACTION_LISTS] = self.action_lists.into_bytes();
        assemble(date, &sections)
    }
}

fn resource_start(format: &str) -> Result<u8, String> {
    let fifth_colon = format.match_indices(':').nth(4).and_then(|(at, _)| u8::try_from(at + 1).ok());
    fifth_colon.ok_or_else(|| format!("ARN format `{format}` has fewer than six fields"))
}

fn strings_of(service: &ServiceInput) -> impl Iterator<Item = &str> {
    let types = service.resources.iter();
    [service.service.as_str(), service.name.as_str()]
        .into_iter()
        .chain(service.actions.iter().map(|action| action.name.as_str()))
        .chain(types.flat_map(|(name, facts)| std::iter::once(name).chain(&facts.arn).map(String::as_str)))
}

fn full_names(service: &ServiceInput) -> impl Iterator<Item = String> {
    service.actions.iter().map(|action| format!("{}:{}", service.service, action.name))
}

fn action_indexes(services: &[ServiceInput]) -> Result<BTreeMap<String, u16>, String> {
    let mut indexes = BTreeMap::new();
    for (index, name) in services.iter().flat_map(full_names).enumerate() {
        // The last index is left out, because slots hold index + 1.
        let index = small(index + 1)? - 1;
        if indexes.insert(name.to_ascii_lowercase(), index).is_some() {
            return Err(format!("action `{name}` is there twice"));
        }
    }
    Ok(indexes)
}

/// Makes a table of hash slots with open addressing, a third of them free.
fn slots(names: impl Iterator<Item = String>) -> Vec<u8> {
    let hashes: Vec<u64> = names.map(|name| fold_hash(name.as_bytes())).collect();
    let count = hashes.len() + hashes.len() / 2 + 1;
    let mut slots = vec![0_u32; count];
    for (hash, number) in hashes.into_iter().zip(1_u32..) {
        let mut slot = layout::first_slot(hash, count);
        while slots[slot] != 0 {
            slot = (slot + 1) % count;
        }
        slots[slot] = u32::from(layout::fingerprint(hash)) << 16 | number;
    }
    slots.into_iter().flat_map(u32::to_le_bytes).collect()
}

fn push<const N: usize>(table: &mut Vec<u8>, numbers: [u16; N]) {
    table.extend(numbers.into_iter().flat_map(u16::to_le_bytes));
}

fn assemble(date: &str, sections: &[Vec<u8>; layout::SECTIONS]) -> Result<Vec<u8>, String> {
    let is_date = date.bytes().all(|c| c.is_ascii_digit() || c == b'-');
    if date.len() != layout::DATE_LEN || !is_date {
        return Err(format!("`{date}` is not a date such as `2026-11-23`"));
    }
    let mut blob = [layout::MAGIC.as_slice(), date.as_bytes()].concat();
    blob.resize(layout::SECTION_TABLE, 0);
    let mut offset = layout::SECTION_TABLE + sections.len() * 8;
    for section in sections {
        let place = [offset, section.len()].map(|number| u32::try_from(number).unwrap_or(u32::MAX));
        blob.extend(place.into_iter().flat_map(u32::to_le_bytes));
        offset += section.len();
    }
    blob.extend(sections.iter().flatten());
    Ok(blob)
}
