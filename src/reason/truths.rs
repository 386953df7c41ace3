//! Which tests of a key hold for some values.
//!
//! A test that compares texts exactly holds alike for all values that it does not name: of many such tests few have to be
//! asked.

use std::borrow::Cow;
use std::collections::HashMap;

use super::bits::Bits;
use super::dimension::TestOf;
use crate::compile::OperandView;
use crate::eval;
use crate::names::has_wildcard;
use crate::policy::Operator;
use crate::world::Prepared;

/// The tests of a key, by the values that they name.
pub(super) struct Truths<'t, 'r> {
    tests: &'t [TestOf<'t>],
    request: &'r Prepared<'r>,
    /// The tests that compare exactly, by each text that they name.
    naming: HashMap<&'t str, Vec<usize>>,
    /// The tests that are asked of all values.
    others: Vec<usize>,
    /// The tests that hold for no value, for one, and for several, where they name none of them.
    unnamed: [Bits; 3],
}

impl<'t, 'r> Truths<'t, 'r> {
    pub(super) fn new(tests: &'t [TestOf<'t>], request: &'r Prepared<'r>) -> Self {
        let mut naming: HashMap<&str, Vec<usize>> = HashMap::new();
        let mut others = Vec::new();
        for (number, of) in tests.iter().enumerate() {
            match named_exactly(of, request) {
                Some(texts) => {
                    texts.into_iter().for_each(|text| naming.entry(text).or_default().push(number))
                }
                None => others.push(number),
            }
        }
        let longest = naming.keys().map(|text| text.len()).max().unwrap_or_default();
        let mut truths = Self { tests, request, naming, others, unnamed: [0; 3].map(Bits::none) };
        truths.unnamed = [0, 1, 2].map(|count| {
            let values = vec![Cow::from("x".repeat(longest + 1)); count];
            Bits::those(tests.len(), |test| truths.holds(test, &values))
        });
        truths
    }

    /// The tests that hold for these values; none for a key that is absent.
    pub(super) fn of(&self, values: &[Cow<'_, str>]) -> Bits {
        let mut holding = self.unnamed[values.len().min(2)].clone();
        let naming = values.iter().filter_map(|value| self.naming.get(&**value)).flatten();
        for test in self.others.iter().chain(naming) {
            holding.put(*test, self.holds(*test, values));
        }
        holding
    }

    fn holds(&self, test: usize, values: &[Cow<'_, str>]) -> bool {
        let TestOf { policy, test, .. } = self.tests[test];
        eval::holds_for(self.request, policy, test, values)
    }
}

/// The texts that a test names, where it is all the same to it which other value there is.
fn named_exactly<'t>(of: &TestOf<'t>, request: &Prepared<'_>) -> Option<Vec<&'t str>> {
    use Operator as O;
    let has_wildcards = match of.test.operator.operator {
        O::Null => return Some(Vec::new()),
        O::StringEquals | O::StringNotEquals => false,
        O::StringLike | O::StringNotLike => true,
        _ => return None,
    };
    // Under another reading of the rules more values may be equal.
    if request.settings().reading().is_some() {
        return None;
    }
    let operands = of.policy.operands(of.test).iter();
    let text = |view| match view {
        OperandView::Text(text) if !(has_wildcards && has_wildcard(text)) => Some(text),
        _ => None,
    };
    operands.map(|operand| text(operand.view(of.policy))).collect()
}
