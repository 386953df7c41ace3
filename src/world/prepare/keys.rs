//! The condition keys of a request, as far as policies read them.

use std::borrow::Cow;

use super::Prepared;
use crate::compile::{Variables, bit_of};
use crate::facts;
use crate::names::fold_hash;
use crate::world::context::{ContextValue, Key, Presence, find};

impl<'a> Prepared<'a> {
    /// Whether a key is there.
    pub fn presence(&self, hash: u64, name: &str) -> Presence<'_> {
        match self.find(hash, name) {
            Some(key) => key.presence(),
            None => Presence::Absent, // B6: also a key that nobody knows
        }
    }

    /// Whether a key is there, with keys told apart that are missing only because nobody gave them. Slower than
    /// [`Self::presence`]: for explanations.
    pub fn presence_or_not_given(&self, hash: u64, name: &str) -> Presence<'_> {
        match self.find(hash, name) {
            Some(key) => key.presence(),
            None if self.could_be_given(name) => Presence::NotGiven,
            None => Presence::Absent,
        }
    }

    /// Whether the key is there as a list, be it of one value (B18).
    pub fn is_list(&self, hash: u64, name: &str) -> bool {
        self.find(hash, name).is_some_and(|key| matches!(key.value, ContextValue::Many(_)))
    }

    pub(super) fn find(&self, hash: u64, name: &str) -> Option<&Key<'_>> {
        find(&self.keys, hash, name).or_else(|| find(&self.caller.keys, hash, name))
    }

    /// Whether any policy of the request reads this key.
    pub fn reads(&self, hash: u64) -> bool {
        self.key_bits & bit_of(hash) != 0 && self.is_read(hash)
    }

    /// Whether any policy of the request may read a tag of a resource, such as `ec2:ResourceTag/team`.
    pub(in crate::world) fn reads_tags(&self) -> bool {
        self.layers().flat_map(|layer| self.levels(layer)).any(|level| level.set.reads_tags())
    }

    /// Apart and without iterators inside each other: the question that preparation asks most.
    #[inline(never)]
    fn is_read(&self, hash: u64) -> bool {
        for layer in self.layers() {
            for level in self.levels(layer) {
                if level.set.reads(hash) {
                    return true;
                }
            }
        }
        false
    }

    /// Whether the question says anything about a key, be it that it is absent.
    pub fn is_given(&self, name: &str) -> bool {
        self.request.context.iter().any(|(key, _)| key.eq_ignore_ascii_case(name))
    }

    /// The single value that the question gives for a key, be it in a list.
    pub fn given_value(&self, name: &str) -> Option<&'a str> {
        let (_, value) = self.request.context.iter().find(|(key, _)| key.eq_ignore_ascii_case(name))?;
        value.only()
    }

    /// The Region that the question names.
    pub fn requested_region(&self) -> Option<&str> {
        self.given_value("aws:RequestedRegion")
    }

    /// The Regions in which the service can be called, where it has not an endpoint in every Region (I14).
    pub fn global_regions(&self) -> Option<&'static [&'static str]> {
        facts::global_regions(self.action.service(), &self.caller.principal.partition)
    }

    /// The VPC that the request comes from: given, or that of the endpoint.
    pub fn source_vpc(&self) -> Option<&str> {
        self.given_value("aws:SourceVpc").or_else(|| self.source_endpoint().map(|endpoint| &*endpoint.vpc))
    }

    /// I11: whether the request carries a key of the endpoint that it comes through.
    pub(in crate::world) fn carries_endpoint_key(&self, name: &str) -> bool {
        facts::carries_endpoint_key(name, self.action.service(), self.action.name())
    }

    /// D.3-2: what the question gives, then what can be known.
    pub(super) fn fill_keys(&mut self) {
        let levels = self.layers().flat_map(|layer| self.levels(layer));
        self.key_bits = levels.fold(0, |bits, level| bits | level.set.key_bits());
        if self.key_bits == 0 {
            return;
        }
        for (name, value) in self.request.context {
            let hash = fold_hash(name.as_bytes());
            if self.reads(hash) && self.resource_carries(name) {
                self.keys.push(Key::new(&**name, borrowed(value)));
            }
        }
        self.derive_keys();
        self.keys.sort_unstable_by_key(|key| key.hash);
    }

    /// Fills the keys anew: other policies read other keys.
    pub(in crate::world) fn refill_keys(&mut self) {
        self.keys.clear();
        self.assumed.clear();
        self.note_layers();
        self.fill_keys();
    }
}

impl Variables for Prepared<'_> {
    /// A49b: only a single value that is present and not empty resolves a variable.
    fn variable(&self, hash: u64, key: &str) -> Option<&str> {
        match self.find(hash, key)?.value {
            ContextValue::One(ref value) if !value.is_empty() => Some(value),
            _ => None,
        }
    }
}

fn borrowed<'a>(value: &'a ContextValue<'_>) -> ContextValue<'a> {
    match value {
        ContextValue::Absent => ContextValue::Absent,
        ContextValue::One(value) => ContextValue::One(Cow::Borrowed(value)),
        ContextValue::Many(values) => {
            ContextValue::Many(values.iter().map(|v| Cow::Borrowed(&**v)).collect())
        }
    }
}
