//! The rules that the evaluator follows, by their addresses.

use std::fmt;

use super::rule::Rule;
use super::rules_a::RULES_A;
use super::rules_b::RULES_B;
use super::rules_c::RULES_C;
use super::rules_d::RULES_D;
use super::rules_e::RULES_E;
use super::rules_g::RULES_G;
use super::rules_i::RULES_I;
use super::rules_r::RULES_R;

/// The address of a rule; it exists, by construction. Ordered as the rules are written: A to E, R, G, I.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId(u16);

/// The rule with this address, looked up while compiling: an unknown one does not compile in a `const` block.
///
/// ```
/// use iamwhy::facts::rule;
/// assert_eq!(const { rule("D14a") }.to_string(), "D14a");
/// ```
///
/// # Panics
/// When there is no such rule. For addresses that people type there is [`RuleId::find`].
pub const fn rule(id: &str) -> RuleId {
    match position(id) {
        Some(index) => RuleId(index),
        None => panic!("no rule has this address"),
    }
}

impl RuleId {
    /// Looks up an address that somebody typed; letter case does not count.
    pub fn find(id: &str) -> Option<Self> {
        let id = id.trim();
        Self::all().find(|rule| rule.as_str().eq_ignore_ascii_case(id))
    }

    /// All rules in order.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..count()).map(Self)
    }

    /// What is known of the rule.
    pub const fn facts(self) -> &'static Rule {
        let (mut table, mut index) = (0, self.0 as usize);
        while index >= TABLES[table].len() {
            index -= TABLES[table].len();
            table += 1;
        }
        &TABLES[table][index]
    }

    /// The address as it is written.
    pub const fn as_str(self) -> &'static str {
        self.facts().id
    }
}

impl fmt::Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RuleId({self})")
    }
}

const TABLES: [&[Rule]; 8] = [RULES_A, RULES_B, RULES_C, RULES_D, RULES_E, RULES_R, RULES_G, RULES_I];

const fn count() -> u16 {
    let (mut count, mut table) = (0, 0);
    while table < TABLES.len() {
        count += TABLES[table].len();
        table += 1;
    }
    count as u16
}

const fn position(id: &str) -> Option<u16> {
    let mut index = 0;
    while index < count() {
        if same(RuleId(index).as_str(), id) {
            return Some(index);
        }
        index += 1;
    }
    None
}

const fn same(left: &str, right: &str) -> bool {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    let mut at = 0;
    while at < left.len() && at < right.len() && left[at] == right[at] {
        at += 1;
    }
    at == left.len() && at == right.len()
}
