//! The values of a test that are plain texts, to be looked up where a request has many.

use std::borrow::Cow;
use std::collections::HashSet;

use super::test::{KELVIN_SIGN, lower, matching};
use super::{CompiledPolicy, Operand, Test};
use crate::names::has_wildcard;
use crate::policy::OperatorFamily;

/// What the values of a test say: those that are equal to one text alone, and the others.
pub struct LiteralTexts<'p> {
    texts: HashSet<Cow<'p, str>>,
    others: Vec<&'p Operand>,
    ignore_case: bool,
}

impl CompiledPolicy {
    /// The values of a test of texts; `None` where the operator compares something else.
    pub fn literal_texts(&self, test: &Test) -> Option<LiteralTexts<'_>> {
        let operator = test.operator.operator;
        if operator.family() != OperatorFamily::String {
            return None;
        }
        let how = matching(operator);
        let mut table =
            LiteralTexts { texts: HashSet::new(), others: Vec::new(), ignore_case: how.ignore_case };
        for operand in self.operands(test) {
            match operand.text(self).filter(|text| !how.wildcards || !has_wildcard(text)) {
                Some(text) => {
                    let text = table.folded(text);
                    table.texts.insert(text);
                }
                None => table.others.push(operand),
            }
        }
        Some(table)
    }
}

impl<'p> LiteralTexts<'p> {
    /// Whether a value of the request is one of the texts.
    pub fn contains(&self, value: &str) -> bool {
        self.texts.contains(&*self.folded(value))
    }

    /// The values with wildcards or variables: each must be compared.
    pub fn others(&self) -> &[&'p Operand] {
        &self.others
    }

    /// Texts that differ in letter case alone become the same one, where the operator takes them for equal.
    fn folded<'t>(&self, text: &'t str) -> Cow<'t, str> {
        match self.ignore_case {
            true => {
                lower(text).map(|(small, is_kelvin)| if is_kelvin { KELVIN_SIGN } else { small }).collect()
            }
            false => Cow::Borrowed(text),
        }
    }
}
