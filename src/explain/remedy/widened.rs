//! A test that takes one value more: the one that the request has.

use std::borrow::Cow;

use super::super::headline::alternatives;
use super::changes::EditTarget;
use super::context::tests;
use super::proposal::Proposal;
use crate::names::{Instant, fold_hash};
use crate::policy::{Operator, OperatorFamily, Token};
use crate::question::Asked;
use crate::question::space::variables;
use crate::syntax::json::quote;
use crate::world::Presence;

/// A day in seconds.
const DAY: i64 = 86_400;

impl Asked<'_> {
    /// The value that the request has, added to those that a test takes, or in place of the limit.
    pub(super) fn widened(&self, on: &EditTarget<'_>, number: u32) -> Option<Proposal> {
        let policy = on.view.policy.policy();
        let test = tests(on.view).get(number as usize)?;
        let key = policy.text(&test.key);
        let Presence::Known(values) = self.request.presence(fold_hash(key.as_bytes()), &key) else {
            return None;
        };
        let operator = test.operator.operator;
        let value = values.first().filter(|_| !operator.is_negated() && !test.values.is_empty())?;
        let token = Token::Value { test: number, value: 0 };
        match operator.family() {
            OperatorFamily::Numeric if is_limit(operator) => self.instead(on, token, value),
            OperatorFamily::Date if is_limit(operator) => self.instead(on, token, &later(operator, value)?),
            OperatorFamily::Bool | OperatorFamily::Null | OperatorFamily::Binary => None,
            family => {
                let own = policy.texts(test.values);
                let known = |value: &&Cow<'_, str>| !own.iter().any(|own| policy.text(own) == ***value);
                let texts: Vec<String> =
                    values.iter().filter(known).map(|value| as_value(family, value)).collect();
                let names: Vec<String> = texts.iter().map(|text| quote(text)).collect();
                let what = format!("let {key} be {}, too", alternatives(&names));
                let found = self.reworded(on, token, &what, on.edit.longer(token, &texts))?;
                // A variable gives everyone their own; a fixed value would be everyone's.
                let own = own.iter().any(|own| variables(&policy.text(own)).next().is_some());
                Some(if own { found.only_at_last() } else { found })
            }
        }
    }
}

/// A value of a request as a policy writes it.
pub(super) fn as_value(family: OperatorFamily, value: &str) -> String {
    match family {
        OperatorFamily::Ip if value.contains(':') => format!("{value}/128"),
        OperatorFamily::Ip => format!("{value}/32"),
        _ => value.to_owned(),
    }
}

/// Whether an operator compares with a limit, so that another one takes nothing from anybody.
fn is_limit(operator: Operator) -> bool {
    !matches!(operator, Operator::NumericEquals | Operator::DateEquals)
}

/// A day after or before an instant, as the operator asks.
fn later(operator: Operator, value: &str) -> Option<String> {
    let at = Instant::parse(value)?.epoch_seconds();
    let less = matches!(operator, Operator::DateLessThan | Operator::DateLessThanEquals);
    let at = if less { at.saturating_add(DAY) } else { at.saturating_sub(DAY) };
    Some(Instant::from_epoch_seconds(at).to_iso())
}
