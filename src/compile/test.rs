//! Compiled tests of a condition: the operator, the key's hash and typed values.

use std::ops::Range;

use data_encoding::{BASE64, BASE64_NOPAD};
use ipnet::IpNet;

use super::arn_fields::cut;
use super::pieces::{Matching, Pieces};
use super::{CompiledPolicy, ResourcePattern, Slice, Variables};
use crate::names::{Arn, Instant, Number, glob, parse_bool, parse_network};
use crate::policy::{ConditionOperator, Operator, OperatorFamily, holds_variables};

/// One key under one operator.
#[derive(Clone, Debug)]
pub struct Test {
    /// The operator.
    pub operator: ConditionOperator,
    /// The key as it is written.
    pub key: Slice,
    /// The case-folding hash of the key.
    pub hash: u64,
    /// The range of the policy's operands.
    pub(super) operands: Range<u32>,
}

/// A value on the policy's side, typed for its operator.
#[derive(Clone, Debug)]
pub enum Operand {
    /// Text to be compared as it is, whatever the type of the key (B14), or with wildcards under `StringLike`.
    Text(Slice),
    /// Text with policy variables.
    Pieces(Pieces),
    /// A number.
    Number(Number),
    /// An instant.
    Instant(Instant),
    /// A boolean, also that of `Null`.
    Bool(bool),
    /// A range of addresses.
    Network(IpNet),
    /// Bytes.
    Bytes(Box<Bytes>),
    /// An ARN pattern of six fields; of fewer, one that never matches (B9).
    Arn(ResourcePattern),
    /// Text that is no value of the operator's type: never equal to anything (B7, B11).
    Invalid,
}

/// A value of `BinaryEquals`.
#[derive(Clone, Debug)]
pub struct Bytes {
    /// What the base64 text of the policy stands for.
    decoded: Vec<u8>,
    /// The same in canonical base64.
    encoded: String,
}

/// A value of the request is compared with one of these outcomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// The values match.
    Match,
    /// They do not.
    NoMatch,
    /// One of them is not of the operator's type.
    Invalid,
}

impl CompiledPolicy {
    pub(super) fn operand(&mut self, operator: Operator, slice: Slice, variables: bool) -> Operand {
        let text = self.slice(slice);
        let has_variables = variables && holds_variables(text);
        match operator.family() {
            OperatorFamily::String if has_variables => Operand::Pieces(self.add_pieces(slice)),
            OperatorFamily::String => Operand::Text(slice),
            OperatorFamily::Bool if has_variables => Operand::Pieces(self.add_pieces(slice)), // A49
            OperatorFamily::Numeric => Number::parse(text).map_or(Operand::Invalid, Operand::Number),
            OperatorFamily::Date => Instant::parse(text).map_or(Operand::Invalid, Operand::Instant),
            OperatorFamily::Bool | OperatorFamily::Null => {
                parse_bool(text).map_or(Operand::Invalid, Operand::Bool)
            }
            OperatorFamily::Ip => parse_network(text).map_or(Operand::Invalid, Operand::Network),
            OperatorFamily::Binary => {
                Bytes::parse(text).map_or(Operand::Invalid, |bytes| Operand::Bytes(Box::new(bytes)))
            }
            // B9: where the colons are out of a variable, only the values tell the components.
            OperatorFamily::Arn if has_variables && cut(text, slice).is_none() => {
                Operand::Pieces(self.add_pieces(slice))
            }
            OperatorFamily::Arn => Operand::Arn(self.arn_operand(slice, variables)),
        }
    }

    /// Compares one value of the request with one of the policy, under the positive twin of the operator.
    pub fn compare(
        &self,
        operator: Operator,
        operand: &Operand,
        value: &str,
        variables: &impl Variables,
    ) -> Comparison {
        match operand {
            Operand::Text(slice) => self.compare_text(operator, self.slice(*slice), value).into(),
            Operand::Pieces(_) if operator.family() == OperatorFamily::Arn && Arn::parse(value).is_none() => {
                Comparison::NoMatch
            }
            Operand::Pieces(pieces) => {
                match self.pieces_match(*pieces, value, variables, matching(operator)) {
                    Some(equal) => equal.into(),
                    None => Comparison::NoMatch, // A49b
                }
            }
            Operand::Number(number) => typed(Number::parse(value), |v| ordered(operator, v.cmp(number))),
            Operand::Instant(instant) => typed(Instant::parse(value), |v| ordered(operator, v.cmp(instant))),
            Operand::Bool(expected) => typed(parse_bool(value), |v| v == *expected),
            Operand::Network(network) => typed(crate::names::parse_address(value), |v| network.contains(&v)),
            Operand::Bytes(bytes) => bytes.are(value).into(),
            Operand::Arn(pattern) => self.compare_arn(pattern, value, variables).into(),
            Operand::Invalid => Comparison::Invalid,
        }
    }

    /// The text of an operand that is compared as text or ARN; `None` for typed ones and those with variables.
    pub fn operand_text(&self, operand: &Operand) -> Option<&str> {
        match operand {
            Operand::Text(slice) => Some(self.slice(*slice)),
            Operand::Arn(pattern) => Some(self.slice(pattern.text)),
            _ => None,
        }
    }

    /// Visits the keys of the policy variables in the values of a test.
    pub fn test_variables<'p>(&'p self, test: &Test, visit: &mut dyn FnMut(u64, &'p str)) {
        for operand in self.operands(test) {
            match operand {
                Operand::Pieces(pieces) => self.piece_keys(*pieces, visit),
                Operand::Arn(pattern) => pattern.visit_variables(self, visit),
                _ => {}
            }
        }
    }

    fn compare_text(&self, operator: Operator, pattern: &str, value: &str) -> bool {
        match operator {
            Operator::StringLike | Operator::StringNotLike => glob(pattern, value),
            Operator::StringEqualsIgnoreCase | Operator::StringNotEqualsIgnoreCase => {
                pattern.eq_ignore_ascii_case(value) || lower(pattern).eq(lower(value))
            }
            _ => pattern == value,
        }
    }

    /// B9: component by component; fewer than six on either side do not match.
    fn compare_arn(&self, pattern: &ResourcePattern, value: &str, variables: &impl Variables) -> bool {
        Arn::parse(value).is_some_and(|arn| pattern.matches_arn(self, &arn, variables))
    }
}

/// The characters of a text in lower case, one by one: a new text would allocate.
fn lower(text: &str) -> impl Iterator<Item = char> {
    text.chars().flat_map(char::to_lowercase)
}

impl From<bool> for Comparison {
    fn from(equal: bool) -> Self {
        if equal { Self::Match } else { Self::NoMatch }
    }
}

fn typed<T>(value: Option<T>, matches: impl Fn(T) -> bool) -> Comparison {
    value.map_or(Comparison::Invalid, |value| matches(value).into())
}

fn ordered(operator: Operator, order: std::cmp::Ordering) -> bool {
    use Operator as O;
    match operator {
        O::NumericLessThan | O::DateLessThan => order.is_lt(),
        O::NumericLessThanEquals | O::DateLessThanEquals => order.is_le(),
        O::NumericGreaterThan | O::DateGreaterThan => order.is_gt(),
        O::NumericGreaterThanEquals | O::DateGreaterThanEquals => order.is_ge(),
        _ => order.is_eq(),
    }
}

fn matching(operator: Operator) -> Matching {
    use Operator as O;
    Matching {
        wildcards: matches!(operator, O::StringLike | O::StringNotLike)
            || operator.family() == OperatorFamily::Arn,
        ignore_case: matches!(operator, O::StringEqualsIgnoreCase | O::StringNotEqualsIgnoreCase | O::Bool),
    }
}

impl Bytes {
    /// Reads base64 with or without padding.
    fn parse(text: &str) -> Option<Self> {
        let decoded =
            BASE64.decode(text.as_bytes()).or_else(|_| BASE64_NOPAD.decode(text.as_bytes())).ok()?;
        Some(Self { encoded: BASE64.encode(&decoded), decoded })
    }

    /// The request may carry the bytes themselves or their base64, with or without padding. There is one base64 of
    /// them, so it is compared as text: decoding the request's value would allocate.
    fn are(&self, value: &str) -> bool {
        let encoded = self.encoded.as_str();
        value.as_bytes() == self.decoded || value == encoded || value == encoded.trim_end_matches('=')
    }
}
