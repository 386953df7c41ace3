//! Compiled tests of a condition: the operator, the key's hash and typed values.

use std::ops::Range;

use data_encoding::{BASE64, BASE64_NOPAD};
use ipnet::IpNet;

use super::arn_fields::cut;
use super::pieces::{Matching, Pieces};
use super::{CompiledPolicy, ResourcePattern, Slice, Variables};
use crate::names::{Arn, Instant, Number, glob, parse_bool, parse_network};
use crate::policy::{ConditionOperator, Operator, OperatorFamily, TextPart, holds_variables};

/// One key under one operator.
#[derive(Clone, Debug)]
pub struct Test {
    /// The operator.
    pub operator: ConditionOperator,
    pub(super) key: Slice,
    /// The case-folding hash of the key.
    pub hash: u64,
    /// The range of the policy's operands.
    pub(super) operands: Range<u32>,
}

/// A value on the policy's side, typed for its operator.
#[derive(Clone, Debug)]
pub struct Operand(pub(super) Typed);

#[derive(Clone, Debug)]
pub(super) enum Typed {
    Text(Slice),
    Pieces(Pieces),
    Number(Number),
    Instant(Instant),
    Bool(bool),
    Network(IpNet),
    Bytes(Box<Bytes>),
    Arn(ResourcePattern),
    /// Text that is no value of the operator's type.
    Invalid(Slice),
}

/// A value on the policy's side, for whoever reads it.
#[derive(Clone, Debug)]
pub enum OperandView<'p> {
    /// Text to be compared as it is, whatever the type of the key (B14), or with wildcards under `StringLike`.
    Text(&'p str),
    /// Text with policy variables.
    Parts(Vec<TextPart<'p>>),
    /// A number.
    Number(&'p Number),
    /// An instant.
    Instant(&'p Instant),
    /// A boolean, also that of `Null`.
    Bool(bool),
    /// A range of addresses.
    Network(IpNet),
    /// Bytes.
    Bytes(&'p [u8]),
    /// An ARN pattern of six fields; of fewer, one that never matches (B9).
    Arn(&'p ResourcePattern),
    /// Text that is no value of the operator's type: never equal to anything (B7, B11).
    Invalid,
}

impl Test {
    /// The key as it is written.
    pub fn key<'p>(&self, policy: &'p CompiledPolicy) -> &'p str {
        policy.slice(self.key)
    }
}

impl Operand {
    /// What the value says.
    pub fn view<'p>(&'p self, policy: &'p CompiledPolicy) -> OperandView<'p> {
        match &self.0 {
            Typed::Text(slice) => OperandView::Text(policy.slice(*slice)),
            Typed::Pieces(pieces) => OperandView::Parts(policy.pieces_parts(*pieces)),
            Typed::Number(number) => OperandView::Number(number),
            Typed::Instant(instant) => OperandView::Instant(instant),
            Typed::Bool(bool) => OperandView::Bool(*bool),
            Typed::Network(network) => OperandView::Network(*network),
            Typed::Bytes(bytes) => OperandView::Bytes(&bytes.decoded),
            Typed::Arn(pattern) => OperandView::Arn(pattern),
            Typed::Invalid(_) => OperandView::Invalid,
        }
    }

    /// The text of a value that is compared as text or ARN; `None` for typed ones and those with variables.
    pub fn text<'p>(&self, policy: &'p CompiledPolicy) -> Option<&'p str> {
        match &self.0 {
            Typed::Text(slice) => Some(policy.slice(*slice)),
            Typed::Arn(pattern) => Some(pattern.text(policy)),
            _ => None,
        }
    }
}

/// A value of `BinaryEquals`.
#[derive(Clone, Debug)]
pub(super) struct Bytes {
    /// What the base64 text of the policy stands for.
    decoded: Vec<u8>,
    /// The value in canonical base64.
    encoded: String,
}

/// A value of the request is compared with one of these outcomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// The values match.
    Match,
    /// The values do not match.
    NoMatch,
    /// One of them is not of the operator's type.
    Invalid,
}

impl CompiledPolicy {
    pub(super) fn operand(&mut self, operator: Operator, slice: Slice, variables: bool) -> Operand {
        Operand(self.typed(operator, slice, variables))
    }

    fn typed(&mut self, operator: Operator, slice: Slice, variables: bool) -> Typed {
        let text = self.slice(slice);
        let has_variables = variables && holds_variables(text);
        match operator.family() {
            OperatorFamily::String if has_variables => Typed::Pieces(self.add_pieces(slice)),
            OperatorFamily::String => Typed::Text(slice),
            OperatorFamily::Bool if has_variables => Typed::Pieces(self.add_pieces(slice)), // A49
            OperatorFamily::Numeric => Number::parse(text).map_or(Typed::Invalid(slice), Typed::Number),
            OperatorFamily::Date => Instant::parse(text).map_or(Typed::Invalid(slice), Typed::Instant),
            OperatorFamily::Bool | OperatorFamily::Null => {
                parse_bool(text).map_or(Typed::Invalid(slice), Typed::Bool)
            }
            OperatorFamily::Ip => parse_network(text).map_or(Typed::Invalid(slice), Typed::Network),
            OperatorFamily::Binary => {
                Bytes::parse(text).map_or(Typed::Invalid(slice), |bytes| Typed::Bytes(Box::new(bytes)))
            }
            // B9: where the colons are out of a variable, only the values tell the components.
            OperatorFamily::Arn if has_variables && cut(text, slice).is_none() => {
                Typed::Pieces(self.add_pieces(slice))
            }
            OperatorFamily::Arn => Typed::Arn(self.arn_operand(slice, variables)),
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
        match &operand.0 {
            Typed::Text(slice) => self.compare_text(operator, self.slice(*slice), value).into(),
            Typed::Pieces(_) if operator.family() == OperatorFamily::Arn && Arn::parse(value).is_none() => {
                Comparison::NoMatch
            }
            Typed::Pieces(pieces) => {
                match self.pieces_match(*pieces, value, variables, matching(operator)) {
                    Some(equal) => equal.into(),
                    None => Comparison::NoMatch, // A49b
                }
            }
            Typed::Number(number) => typed(Number::parse(value), |v| ordered(operator, v.cmp(number))),
            Typed::Instant(instant) => typed(Instant::parse(value), |v| ordered(operator, v.cmp(instant))),
            Typed::Bool(expected) => typed(parse_bool(value), |v| v == *expected),
            Typed::Network(network) => typed(crate::names::parse_address(value), |v| network.contains(&v)),
            Typed::Bytes(bytes) => bytes.are(value).into(),
            Typed::Arn(pattern) => self.compare_arn(pattern, value, variables).into(),
            Typed::Invalid(_) => Comparison::Invalid,
        }
    }

    /// Visits the keys of the policy variables in the values of a test.
    pub fn test_variables<'p>(&'p self, test: &Test, visit: &mut dyn FnMut(u64, &'p str)) {
        for operand in self.operands(test) {
            match &operand.0 {
                Typed::Pieces(pieces) => self.piece_keys(*pieces, visit),
                Typed::Arn(pattern) => pattern.visit_variables(self, visit),
                _ => {}
            }
        }
    }

    fn compare_text(&self, operator: Operator, pattern: &str, value: &str) -> bool {
        match operator {
            Operator::StringLike | Operator::StringNotLike => glob(pattern, value),
            Operator::StringEqualsIgnoreCase | Operator::StringNotEqualsIgnoreCase => {
                same_ignoring_case(pattern, value)
            }
            _ => pattern == value,
        }
    }

    /// B9: component by component; fewer than six on either side do not match.
    fn compare_arn(&self, pattern: &ResourcePattern, value: &str, variables: &impl Variables) -> bool {
        Arn::parse(value).is_some_and(|arn| pattern.matches_arn(self, &arn, variables))
    }
}

pub(super) const KELVIN_SIGN: char = '\u{212a}';

/// Whether two texts differ in letter case alone. The Kelvin sign is a letter of its own here (H.2).
fn same_ignoring_case(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other) || lower(one).eq(lower(other))
}

/// The characters of a text in lower case, one by one: a new text would allocate. Beside each, whether it was the Kelvin
/// sign, whose small letter is a k.
pub(super) fn lower(text: &str) -> impl Iterator<Item = (char, bool)> {
    text.chars().flat_map(|c| c.to_lowercase().map(move |small| (small, c == KELVIN_SIGN)))
}

impl From<bool> for Comparison {
    fn from(equal: bool) -> Self {
        if equal { Self::Match } else { Self::NoMatch }
    }
}

fn typed<T>(value: Option<T>, matches: impl Fn(T) -> bool) -> Comparison {
    value.map_or(Comparison::Invalid, |value| matches(value).into())
}

pub(super) fn ordered(operator: Operator, order: std::cmp::Ordering) -> bool {
    use Operator as O;
    match operator {
        O::NumericLessThan | O::DateLessThan => order.is_lt(),
        O::NumericLessThanEquals | O::DateLessThanEquals => order.is_le(),
        O::NumericGreaterThan | O::DateGreaterThan => order.is_gt(),
        O::NumericGreaterThanEquals | O::DateGreaterThanEquals => order.is_ge(),
        _ => order.is_eq(),
    }
}

/// How values of an operator are compared as texts.
pub(super) fn matching(operator: Operator) -> Matching {
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

    /// The texts that are equal to it.
    pub(super) fn texts(&self) -> [&[u8]; 3] {
        let encoded = self.encoded.as_str();
        [&self.decoded, encoded.as_bytes(), encoded.trim_end_matches('=').as_bytes()]
    }

    /// The request may carry the bytes themselves or their base64, with or without padding. There is one base64 of
    /// them, so it is compared as text: decoding the request's value would allocate.
    fn are(&self, value: &str) -> bool {
        self.texts().contains(&value.as_bytes())
    }
}
