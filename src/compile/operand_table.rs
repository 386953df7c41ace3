//! The values of a test in tables, to be looked up where a request has many.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::net::IpAddr;

use ipnet::IpNet;

use super::resource_pattern::ResourceKind;
use super::test::{KELVIN_SIGN, Typed, lower, matching};
use super::{CompiledPolicy, Operand, Test};
use crate::names::{Instant, Number, parse_address};

/// The values of a test by what they could be equal to. Of those that are equal one is kept.
pub struct OperandTable<'p> {
    ignore_case: bool,
    texts: HashMap<Cow<'p, [u8]>, &'p Operand>,
    /// Patterns by what stands before their first wildcard.
    heads: Parts<'p>,
    /// Patterns that begin with a wildcard, by what stands behind their last one.
    tails: Parts<'p>,
    numbers: BTreeMap<Number, &'p Operand>,
    instants: BTreeMap<Instant, &'p Operand>,
    networks: HashMap<IpNet, &'p Operand>,
    network_lengths: BTreeSet<u8>,
    /// Values with variables or a wildcard at both ends, which each must be compared; `true`, `false`, and one that is
    /// no value of the operator's type.
    others: Vec<&'p Operand>,
}

/// Values by a text that whatever they cover begins or ends with.
#[derive(Default)]
struct Parts<'p> {
    by_text: HashMap<&'p [u8], Vec<&'p Operand>>,
    lengths: BTreeSet<usize>,
}

impl CompiledPolicy {
    /// The values of a test, to be looked up.
    pub fn operand_table(&self, test: &Test) -> OperandTable<'_> {
        let how = matching(test.operator.operator);
        let mut table = OperandTable::new(how.ignore_case);
        let mut kinds_seen = [false; 3];
        for operand in self.operands(test) {
            match &operand.0 {
                Typed::Text(slice) if how.wildcards => table.add_pattern(self.slice(*slice), operand),
                Typed::Text(slice) => table.add_text(self.slice(*slice), operand),
                Typed::Arn(pattern) => match pattern.kind {
                    ResourceKind::Any | ResourceKind::OfApi => table.others.push(operand),
                    _ => table.add_pattern(pattern.text(self), operand),
                },
                Typed::Number(number) => table.numbers.extend([(*number, operand)]),
                Typed::Instant(instant) => table.instants.extend([(*instant, operand)]),
                Typed::Network(network) => table.add_network(network.trunc(), operand),
                Typed::Bytes(bytes) => table.texts.extend(bytes.texts().map(|text| (text.into(), operand))),
                Typed::Bool(value) => table.add_once(&mut kinds_seen[usize::from(*value)], operand),
                Typed::Invalid(_) => table.add_once(&mut kinds_seen[2], operand),
                Typed::Pieces(_) => table.others.push(operand),
            }
        }
        table
    }
}

impl<'p> OperandTable<'p> {
    fn new(ignore_case: bool) -> Self {
        Self {
            ignore_case,
            texts: HashMap::new(),
            heads: Parts::default(),
            tails: Parts::default(),
            numbers: BTreeMap::new(),
            instants: BTreeMap::new(),
            networks: HashMap::new(),
            network_lengths: BTreeSet::new(),
            others: Vec::new(),
        }
    }

    fn add_once(&mut self, is_seen: &mut bool, operand: &'p Operand) {
        if !std::mem::replace(is_seen, true) {
            self.others.push(operand);
        }
    }

    fn add_text(&mut self, text: &'p str, operand: &'p Operand) {
        let text = self.folded(text);
        self.texts.insert(text, operand);
    }

    fn add_pattern(&mut self, text: &'p str, operand: &'p Operand) {
        let is_open = |c| matches!(c, '*' | '?' | '$' | '{' | '}');
        let head = text.split(is_open).next().unwrap_or_default();
        let tail = text.rsplit(is_open).next().unwrap_or_default();
        match (head, tail) {
            ("", "") => self.others.push(operand),
            ("", tail) => self.tails.add(tail, operand),
            (head, _) => self.heads.add(head, operand),
        }
    }

    fn add_network(&mut self, network: IpNet, operand: &'p Operand) {
        self.network_lengths.insert(network.prefix_len());
        self.networks.insert(network, operand);
    }

    /// The values that could match a value of the request, and one for each way in which it could be no value of the
    /// operator's type: whatever it is compared with otherwise does not match.
    pub fn candidates<'t>(&'t self, value: &'t str) -> impl Iterator<Item = &'p Operand> + 't {
        let bytes = value.as_bytes();
        let texts = self.texts.get(&*self.folded(value)).into_iter();
        let heads = self.heads.of(move |length| bytes.get(..length));
        let tails = self.tails.of(move |length| bytes.get(bytes.len().checked_sub(length)?..));
        let numbers = near(&self.numbers, Number::parse(value));
        let instants = near(&self.instants, Instant::parse(value));
        let networks = parse_address(value).into_iter().flat_map(|address| self.networks_of(address));
        let typed = numbers.chain(instants).chain(networks);
        self.others.iter().chain(texts).copied().chain(heads).chain(tails).chain(typed)
    }

    fn networks_of(&self, address: IpAddr) -> impl Iterator<Item = &'p Operand> + '_ {
        let around = self.network_lengths.iter().filter_map(move |length| IpNet::new(address, *length).ok());
        around.filter_map(|network| self.networks.get(&network.trunc()).copied())
    }

    /// Texts that differ in letter case alone become the same one, where the operator takes them for equal.
    fn folded<'t>(&self, text: &'t str) -> Cow<'t, [u8]> {
        match self.ignore_case {
            true => {
                let small = lower(text).map(|(small, is_kelvin)| if is_kelvin { KELVIN_SIGN } else { small });
                Cow::Owned(small.collect::<String>().into_bytes())
            }
            false => Cow::Borrowed(text.as_bytes()),
        }
    }
}

/// The value that is equal, and the least and the greatest: what is less than any value is less than the greatest.
fn near<'p, T: Ord>(
    all: &BTreeMap<T, &'p Operand>,
    value: Option<T>,
) -> impl Iterator<Item = &'p Operand> + use<'p, T> {
    let equal = value.and_then(|value| all.get(&value).copied());
    let ends = [all.values().next().copied(), all.values().next_back().copied(), equal];
    ends.into_iter().flatten()
}

impl<'p> Parts<'p> {
    fn add(&mut self, text: &'p str, operand: &'p Operand) {
        self.lengths.insert(text.len());
        self.by_text.entry(text.as_bytes()).or_default().push(operand);
    }

    /// The values under each beginning, or end, of a text.
    fn of<'t>(
        &'t self,
        part: impl Fn(usize) -> Option<&'t [u8]> + 't,
    ) -> impl Iterator<Item = &'p Operand> + 't {
        let parts = self.lengths.iter().map_while(move |length| part(*length));
        parts.filter_map(|part| self.by_text.get(part)).flatten().copied()
    }
}
