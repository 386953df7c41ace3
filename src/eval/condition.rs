//! Conditions (B.2, B.3).

use std::borrow::Cow;

use crate::compile::{Comparison, CompiledPolicy, Operand, OperandView, Test};
use crate::policy::{ConditionOperator, Operator, OperatorFamily, SetOperator};
use crate::trace::{ConditionMismatch, Truth};
use crate::world::{Prepared, Presence};

/// The values of a request under one key.
type Values<'v> = &'v [Cow<'v, str>];

/// Whether a test holds, with missing keys absent.
pub(super) fn holds(request: &Prepared<'_>, policy: &CompiledPolicy, test: &Test) -> bool {
    holds_for(request, policy, test, request.presence(test.hash, test.key(policy)).values())
}

/// Whether a test holds, or could with keys that nobody gave; those keys are added.
pub(super) fn truth<'p>(
    request: &Prepared<'_>,
    policy: &'p CompiledPolicy,
    test: &Test,
    presence: Presence<'_>,
    add: &mut impl FnMut(&'p str),
) -> Truth {
    let key = test.key(policy);
    let now = holds_for(request, policy, test, presence.values());
    let settled = now && test.operator.set == Some(SetOperator::ForAnyValue);
    let mut hangs = presence == Presence::NotGiven || (!settled && request.is_partly_known(key));
    if hangs {
        add(key);
    }
    if policy.has_variables() {
        policy.test_variables(test, &mut |hash, key| {
            if request.presence_or_not_given(hash, key) == Presence::NotGiven {
                hangs = true;
                add(key);
            }
        });
    }
    if hangs { Truth::hanging(now) } else { Truth::certain(now) }
}

/// Why a test does not hold whose key is there so.
pub(super) fn mismatch(test: &Test, presence: Presence<'_>) -> ConditionMismatch {
    match presence {
        Presence::Absent => ConditionMismatch::Absent,
        Presence::NotGiven => ConditionMismatch::NotGiven,
        Presence::Known(values) if values.len() > 1 && test.operator.set.is_none() => {
            ConditionMismatch::Multivalued
        }
        Presence::Known(_) => ConditionMismatch::Value,
    }
}

/// Whether a test holds for values, whatever the request has: the truth tables of B.3; no values = absent (B12).
pub fn holds_for(request: &Prepared<'_>, policy: &CompiledPolicy, test: &Test, values: Values<'_>) -> bool {
    let ConditionOperator { set, operator, if_exists } = test.operator;
    if operator == Operator::Null {
        return null(policy, test, values.is_empty());
    }
    let one = |value: &Cow<'_, str>| matches_one(request, policy, test, value);
    match (set, values) {
        (None, []) => if_exists || operator.is_negated(), // B15, B16
        (None, [value]) => one(value) && !takes_no_single(request, policy, test), // B18
        (None, _) => false,
        (Some(set), values) if values.len() * policy.operands(test).len() >= MANY => {
            holds_for_many(request, policy, test, (set, values))
        }
        // B19: a single value is a set of one; B21: the order of values does not matter.
        (Some(SetOperator::ForAllValues), values) => values.iter().all(one),
        (Some(SetOperator::ForAnyValue), values) => values.iter().any(one), // IfExists changes nothing here
    }
}

/// From how many comparisons of each value with each on, the policy's are looked up in a table. Fewer are made without
/// allocating.
const MANY: usize = 10_000;

#[cold]
fn holds_for_many(
    request: &Prepared<'_>,
    policy: &CompiledPolicy,
    test: &Test,
    (set, values): (SetOperator, Values<'_>),
) -> bool {
    let operator = test.operator.operator;
    // The table knows nothing of other readings of the values.
    let table = request.settings().reading().is_none().then(|| policy.operand_table(test));
    let one = |value: &Cow<'_, str>| match &table {
        Some(table) => matches(request, policy, operator, table.candidates(value), value),
        None => matches_one(request, policy, test, value),
    };
    match set {
        SetOperator::ForAllValues => values.iter().all(one),
        SetOperator::ForAnyValue => values.iter().any(one),
    }
}

/// B18: the switch that a multivalued key without set operator never matches, not even with one value. A key is
/// multivalued if the catalog says so, or if the question gives it as a list.
fn takes_no_single(request: &Prepared<'_>, policy: &CompiledPolicy, test: &Test) -> bool {
    if request.settings().single_value_without_set_operator {
        return false;
    }
    let key = test.key(policy);
    request.is_list(test.hash, key)
        || request.world.catalog().condition_key(key).is_some_and(|key| key.is_multivalued())
}

/// B12, B13.
fn null(policy: &CompiledPolicy, test: &Test, is_null: bool) -> bool {
    let agrees = |value| matches!(value, OperandView::Bool(expected) if expected == is_null);
    match test.operator.set {
        Some(SetOperator::ForAllValues) => true,
        Some(SetOperator::ForAnyValue) => false,
        None => policy.operands(test).iter().any(|operand| agrees(operand.view(policy))),
    }
}

/// One value against all of the policy's: any for a positive operator, none for a negated one (B1).
fn matches_one(request: &Prepared<'_>, policy: &CompiledPolicy, test: &Test, value: &str) -> bool {
    matches(request, policy, test.operator.operator, policy.operands(test).iter(), value)
}

#[inline]
fn matches<'p>(
    request: &Prepared<'_>,
    policy: &CompiledPolicy,
    operator: Operator,
    mut operands: impl Iterator<Item = &'p Operand>,
    value: &str,
) -> bool {
    let reading = request.settings().reading();
    let compare = |operand: &Operand| {
        let otherwise = reading.and_then(|reading| policy.compare_reading(reading, operator, operand, value));
        otherwise.unwrap_or_else(|| policy.compare(operator, operand, value, request))
    };
    if !operator.is_negated() {
        return operands.any(|operand| compare(operand) == Comparison::Match);
    }
    // B7: what is no number or date makes the comparison fail, under a negated operator, too.
    let fails_if_invalid = matches!(operator.family(), OperatorFamily::Numeric | OperatorFamily::Date);
    operands.all(|operand| match compare(operand) {
        Comparison::Match => false,
        Comparison::NoMatch => true,
        Comparison::Invalid => !fails_if_invalid,
    })
}
