//! Values of conditions read otherwise than AWS's documentation says, as others measured it (H.2).

use super::CompiledPolicy;
use super::test::{Comparison, Operand, Typed, matching, ordered};
use crate::names::Number;
use crate::policy::{Operator, OperatorFamily};

/// What is read otherwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ValueReading {
    /// `Bool` reads every text but `true` as false (B11).
    pub other_text_is_false: bool,
    /// `1e1` is the number 10 (B7).
    pub exponents: bool,
    /// `StringEqualsIgnoreCase` takes the Kelvin sign for a k.
    pub folds_kelvin_sign: bool,
}

impl CompiledPolicy {
    /// Compares a value so, under the positive twin of the operator; `None` where nothing is read otherwise.
    pub fn compare_reading(
        &self,
        reading: ValueReading,
        operator: Operator,
        operand: &Operand,
        value: &str,
    ) -> Option<Comparison> {
        match (operator.family(), &operand.0) {
            (OperatorFamily::Bool, Typed::Bool(_) | Typed::Invalid(_)) if reading.other_text_is_false => {
                let expected = matches!(operand.0, Typed::Bool(true));
                Some((value.eq_ignore_ascii_case("true") == expected).into())
            }
            (OperatorFamily::Numeric, typed) if reading.exponents => {
                let expected = match typed {
                    Typed::Number(number) => *number,
                    Typed::Invalid(slice) => Number::parse_with_exponent(self.slice(*slice))?,
                    _ => return None,
                };
                let value = Number::parse_with_exponent(value)?;
                Some(ordered(operator, value.cmp(&expected)).into())
            }
            (OperatorFamily::String, Typed::Text(slice))
                if reading.folds_kelvin_sign && matching(operator).ignore_case =>
            {
                Some(folded(self.slice(*slice)).eq(folded(value)).into())
            }
            _ => None,
        }
    }
}

/// The characters in lower case; the Kelvin sign's is a k.
fn folded(text: &str) -> impl Iterator<Item = char> {
    text.chars().flat_map(char::to_lowercase)
}
