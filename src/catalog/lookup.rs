use std::cmp::Ordering;

use super::action::ActionFacts;
use super::blob::{Catalog, TableRow, u16_at, u32_at};
use super::key::KeyFacts;
use super::layout::{ACTION_ROW, KEY_ROW, SERVICE_ROW, TYPE_ROW, fingerprint, first_slot};
use super::resource_type::ResourceTypeFacts;
use super::service::ServiceFacts;
use super::template::{fits, glob};
use crate::names::fold_hash;

impl Catalog {
    /// Finds an action by its name in full, such as `s3:GetObject`, in any letter case (A35).
    pub fn action(&self, name: &str) -> Option<ActionFacts<'_>> {
        let name = name.as_bytes();
        probe(&self.action_slots, fold_hash(name))
            .map(|index| ActionFacts(self.row(index)))
            .find(|action| action.is_called(name))
    }

    /// Finds an action by service prefix and name, in any letter case.
    pub fn action_by_parts(&self, service: &str, name: &str) -> Option<ActionFacts<'_>> {
        let action = |index| ActionFacts(self.row(index));
        let range = self.service(service)?.action_range();
        search(range, |index| folded_cmp(action(index).name_bytes(), name.as_bytes())).map(action)
    }

    /// Finds a service by its prefix, in any letter case.
    pub fn service(&self, prefix: &str) -> Option<ServiceFacts<'_>> {
        let service = |index| ServiceFacts(self.row(index));
        let order = |index| folded_cmp(service(index).prefix_bytes(), prefix.as_bytes());
        search(0..rows(&self.services, SERVICE_ROW), order).map(service)
    }

    /// Gives all services, sorted by prefix.
    pub fn services(&self) -> impl ExactSizeIterator<Item = ServiceFacts<'_>> {
        (0..rows(&self.services, SERVICE_ROW)).map(|index| ServiceFacts(self.row(index)))
    }

    /// Gives all actions, service by service.
    pub fn actions(&self) -> impl ExactSizeIterator<Item = ActionFacts<'_>> {
        (0..rows(&self.actions, ACTION_ROW)).map(|index| ActionFacts(self.row(index)))
    }

    /// Gives all condition keys, each name once, sorted.
    pub fn condition_keys(&self) -> impl ExactSizeIterator<Item = KeyFacts<'_>> {
        (0..rows(&self.keys, KEY_ROW)).map(|index| KeyFacts(self.row(index)))
    }

    /// Gives the resource type of that number, if there is one.
    pub fn resource_type(&self, number: u16) -> Option<ResourceTypeFacts<'_>> {
        (number < rows(&self.types, TYPE_ROW)).then(|| ResourceTypeFacts(self.row(number)))
    }

    /// Finds a condition key in any letter case (B2), also one that fills the placeholder of a template: of
    /// several, the one with the longest literal start.
    pub fn condition_key(&self, name: &str) -> Option<KeyFacts<'_>> {
        let name = name.as_bytes();
        probe(&self.key_slots, fold_hash(name))
            .map(|index| KeyFacts(self.row(index)))
            .find(|key| key.name_bytes().eq_ignore_ascii_case(name))
            .or_else(|| self.filled_template(name))
    }

    /// Gives the actions that a pattern such as `s3:Get*` matches: `*` alone every one (A36), without a colon
    /// none (A38); wildcards may stand in the service half, too (A37).
    pub fn matching_actions<'a>(&'a self, pattern: &'a str) -> impl Iterator<Item = ActionFacts<'a>> {
        self.matching_actions_of(pattern, |_| true)
    }

    /// Gives the actions of some services that a pattern matches.
    pub fn matching_actions_of<'a>(
        &'a self,
        pattern: &'a str,
        is_meant: impl Fn(&ServiceFacts<'a>) -> bool,
    ) -> impl Iterator<Item = ActionFacts<'a>> {
        let halves = if pattern == "*" { Some(("*", "*")) } else { pattern.split_once(':') };
        let (service, name) = halves.unwrap_or_default();
        // A name stands for itself, which one look finds.
        let is_name = !pattern.contains(['*', '?']);
        let named = if is_name { self.action(pattern) } else { None };
        let named = named.filter(|action| is_meant(&action.service()));
        let service = if is_name { "" } else { service };
        let start = name.split(['*', '?']).next().unwrap_or_default();
        // `Get*` is all that begins so.
        let is_start = name.len() == start.len() + 1 && name.ends_with('*');
        let matching = self
            .matching_services(service)
            .filter(is_meant)
            .flat_map(move |service| self.actions_beginning_with(start, service))
            .filter(move |action| is_start || glob(name.as_bytes(), action.name_bytes()));
        named.into_iter().chain(matching)
    }

    /// The actions of a service stand in the order of their names: those with a common start stand together.
    fn actions_beginning_with<'a>(
        &'a self,
        start: &'a str,
        service: ServiceFacts<'a>,
    ) -> impl Iterator<Item = ActionFacts<'a>> {
        let action = |index| ActionFacts(self.row(index));
        let (start, all) = (start.as_bytes(), service.action_range());
        let first =
            partition(all.clone(), |index| folded_cmp(action(index).name_bytes(), start) == Ordering::Less);
        let after = partition(first..all.end, |index| starts_with(action(index).name_bytes(), start));
        (first..after).map(action)
    }

    fn matching_services<'a>(&'a self, pattern: &'a str) -> impl Iterator<Item = ServiceFacts<'a>> {
        let is_pattern = pattern.contains(['*', '?']);
        let exact = if is_pattern { None } else { self.service(pattern) };
        let candidates = if is_pattern { 0..rows(&self.services, SERVICE_ROW) } else { 0..0 };
        let matching = candidates
            .map(|index| ServiceFacts(self.row(index)))
            .filter(move |service| glob(pattern.as_bytes(), service.prefix_bytes()));
        exact.into_iter().chain(matching)
    }

    /// The templates are sorted by their literal start: those that fit stand before the name, the longest last.
    fn filled_template(&self, name: &[u8]) -> Option<KeyFacts<'_>> {
        let key = |place| KeyFacts(self.row(u16_at(&self.templates, usize::from(place) * 2)));
        let initial = name.first()?.to_ascii_lowercase();
        let after = partition(0..rows(&self.templates, 2), |place| {
            folded_cmp(key(place).literal_start(), name) != Ordering::Greater
        });
        (0..after)
            .rev()
            .map(key)
            .take_while(|key| key.literal_start().first().is_some_and(|c| c.eq_ignore_ascii_case(&initial)))
            .filter(|key| starts_with(name, key.literal_start()))
            .find(|key| fits(key.name_bytes(), name, <[u8]>::eq_ignore_ascii_case))
    }

    fn row(&self, index: u16) -> TableRow<'_> {
        TableRow { catalog: self, index }
    }
}

/// Gives the indexes whose stored fingerprints agree with a hash, up to the first free slot.
fn probe(slots: &[u8], hash: u64) -> impl Iterator<Item = u16> {
    let count = slots.len() / 4;
    let first = first_slot(hash, count);
    (first..count)
        .chain(0..first)
        .map(move |slot| u32_at(slots, slot * 4))
        .take_while(|slot| *slot as u16 != 0)
        .filter(move |slot| (*slot >> 16) as u16 == fingerprint(hash))
        .map(|slot| slot as u16 - 1)
}

fn rows(table: &[u8], row: usize) -> u16 {
    u16::try_from(table.len() / row).unwrap_or(u16::MAX)
}

/// Finds the row that compares equal.
fn search(range: std::ops::Range<u16>, order: impl Fn(u16) -> Ordering) -> Option<u16> {
    let end = range.end;
    let found = partition(range, |index| order(index) == Ordering::Less);
    (found < end && order(found) == Ordering::Equal).then_some(found)
}

/// Finds the first row that is not before, in a table where all that are before stand first.
fn partition(range: std::ops::Range<u16>, before: impl Fn(u16) -> bool) -> u16 {
    let (mut low, mut high) = (range.start, range.end);
    while low < high {
        let middle = low.midpoint(high);
        if before(middle) { low = middle + 1 } else { high = middle }
    }
    low
}

/// The order of names whose letter case does not count; most letters that meet are in the same case.
fn folded_cmp(left: &[u8], right: &[u8]) -> Ordering {
    let mut pairs = left.iter().zip(right).filter(|(one, other)| one != other);
    let differ = pairs.find(|(one, other)| !one.eq_ignore_ascii_case(other));
    let order = differ.map(|(one, other)| one.to_ascii_lowercase().cmp(&other.to_ascii_lowercase()));
    order.unwrap_or_else(|| left.len().cmp(&right.len()))
}

fn starts_with(name: &[u8], start: &[u8]) -> bool {
    name.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
}
