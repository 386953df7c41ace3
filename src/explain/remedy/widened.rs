//! A test that takes one value more: the one that the request has.

use std::borrow::Cow;
use std::collections::HashSet;

use super::super::headline::alternatives;
use super::super::misspelt::{differ_in_stage, is_slip};
use super::changed::changed;
use super::changes::EditTarget;
use super::context::{SOURCE_ARN, tests};
use super::proposal::Proposal;
use super::slip::{REQUEST_IS_RIGHT, Slip};
use crate::facts::{self, KeySetter};
use crate::names::{Arn, Instant, fold_hash, glob};
use crate::policy::{ConditionTest, Operator, OperatorFamily, Token};
use crate::question::Asked;
use crate::question::space::variables;
use crate::syntax::json::quote;
use crate::world::Presence;

/// Why what has an end may be rightly denied.
pub(super) const OVER: &str = "its time is over";

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
            OperatorFamily::Date if is_limit(operator) => self.with_another_end(on, token, operator, value),
            OperatorFamily::Bool | OperatorFamily::Null | OperatorFamily::Binary => None,
            family => {
                if let Some(found) = self.respelt(on, number, value) {
                    return Some(found);
                }
                if let Some(found) = self.of_the_source(on, number, value) {
                    return Some(found);
                }
                if let Some(found) = self.of_another_stage(on, number, value) {
                    return Some(found);
                }
                let own = policy.texts(test.values);
                let known: HashSet<Cow<'_, str>> = own.iter().map(|own| policy.text(own)).collect();
                let is_new = |value: &&Cow<'_, str>| !known.contains(&**value);
                let texts: Vec<String> =
                    values.iter().filter(is_new).map(|value| as_value(family, value)).collect();
                let found = self.besides_value(on, number, &key, &texts)?;
                let found = Proposal { limit: self.opened_to_more(on.view.at.layer), ..found };
                // A variable gives everyone their own; a fixed value would be everyone's.
                let own = own.iter().any(|own| variables(&policy.text(own)).next().is_some());
                Some(if own { found.only_at_last() } else { found })
            }
        }
    }
}

impl Asked<'_> {
    /// The account of the resource for which a service calls, in place of another that the same statement asks of it: with
    /// that no call ever fitted, for what it names is in one account.
    fn of_the_source(&self, on: &EditTarget<'_>, number: u32, value: &str) -> Option<Proposal> {
        let (policy, all) = (on.view.policy.policy(), tests(on.view));
        let test = all.get(number as usize)?;
        let source = self.request.given_value(SOURCE_ARN)?;
        let is_open = |text: &str| text.rsplit(':').next().is_none_or(|name| name.contains(['*', '?', '$']));
        let is_named = |text: &str| !is_open(text) && glob(text, source);
        let names = |other: &ConditionTest| {
            policy.text(&other.key).eq_ignore_ascii_case(SOURCE_ARN)
                && matches!(policy.texts(other.values), [one] if is_named(&policy.text(one)))
        };
        let alone = policy.texts(test.values).len() == 1 && self.follows_from_source(&policy.text(&test.key));
        let found = alone && all.iter().any(names);
        found.then(|| self.instead(on, Token::Value { test: number, value: 0 }, value))?
    }

    /// The resource for which a service calls, in place of the one value that a test has, which is of another stage or of
    /// what it took the place of.
    fn of_another_stage(&self, on: &EditTarget<'_>, number: u32, value: &str) -> Option<Proposal> {
        let (policy, test) = (on.view.policy.policy(), tests(on.view).get(number as usize)?);
        let [old] = policy.texts(test.values) else { return None };
        let old = policy.text(old);
        let (own, asked) = (Arn::parse(&old)?, Arn::parse(value)?);
        let new = own.with_field(5, asked.resource());
        let is_of_source = policy.text(&test.key).eq_ignore_ascii_case(SOURCE_ARN) && glob(&new, value);
        let found = (is_of_source && differ_in_stage(own.resource(), asked.resource()))
            .then(|| self.instead(on, Token::Value { test: number, value: 0 }, &new))??;
        Some(
            found.taking(format!("calls for {old}, which looks like another stage or what was there before")),
        )
    }

    /// The value that the request has in place of one that is the same but for a slip, where nothing else that is known
    /// has that; else beside it.
    fn respelt(&self, on: &EditTarget<'_>, number: u32, value: &str) -> Option<Proposal> {
        let policy = on.view.policy.policy();
        let test = tests(on.view).get(number as usize)?;
        let own = policy.texts(test.values);
        let at = own.iter().position(|own| is_slip(&policy.text(own), value))?;
        let old = policy.text(&own[at]);
        let slip = Slip::new(value, &*old, on.view.at);
        let (key, token) = (policy.text(&test.key), Token::Value { test: number, value: at as u32 });
        let found = match self.is_unused(&slip) {
            true => {
                let found = self.instead(on, token, value)?;
                found.taking(format!("whoever comes with `{old}`: nobody known here"))
            }
            false => self.besides_value(on, number, &key, &[value.to_owned()])?,
        };
        let is_of_iam = facts::key_origin(&key).setter == KeySetter::Iam;
        Some(if is_of_iam { found } else { found.of_slip(slip).provided(REQUEST_IS_RIGHT) })
    }

    /// More values that a test takes.
    fn besides_value(
        &self,
        on: &EditTarget<'_>,
        number: u32,
        key: &str,
        texts: &[String],
    ) -> Option<Proposal> {
        let token = Token::Value { test: number, value: 0 };
        let names: Vec<String> = texts.iter().map(|text| quote(text)).collect();
        let what = format!("also let {key} be {}", alternatives(&names));
        let mut found = self.reworded(on, token, &what, on.edit.longer(token, texts))?;
        let old = on.edit.token(token).trim_matches('"');
        let unchecked = texts.iter().find_map(|new| facts::unchecked_branch(key, old, new));
        found.edit.careful = unchecked.map(|unchecked| match facts::let_in_by_branch(old) {
            Some(job) => format!("the old value stays, so {job} still gets in. {}", with_capital(&unchecked)),
            None => unchecked,
        });
        Some(found)
    }

    /// The environment of a job in place of its branch: beside that, a job without the environment still gets in.
    pub(super) fn in_place_of_branch(&self, on: &EditTarget<'_>, number: u32) -> Option<Proposal> {
        let (policy, test) = (on.view.policy.policy(), tests(on.view).get(number as usize)?);
        let ([old], key) = (policy.texts(test.values), policy.text(&test.key)) else { return None };
        let old = policy.text(old);
        let Presence::Known([value]) = self.request.presence(fold_hash(key.as_bytes()), &key) else {
            return None;
        };
        let unchecked = facts::unchecked_branch(&key, &old, value)?;
        let mut found = self.instead(on, Token::Value { test: number, value: 0 }, value)?;
        found.edit.careful = Some(unchecked);
        let found = found.taking(facts::let_in_by_branch(&old)?);
        Some(Proposal { limit: self.opened_to_more(on.view.at.layer), ..found })
    }

    /// Another end, which is for the one who wrote it to choose: what is tried is a day from now.
    fn with_another_end(
        &self,
        on: &EditTarget<'_>,
        token: Token,
        operator: Operator,
        value: &str,
    ) -> Option<Proposal> {
        let (tried, named) = (later(operator, value)?, self.named(on.view.at));
        let (name, what) = match is_end(operator) {
            true => ("<the new end>", "the time until which it is meant to hold"),
            false => ("<the new start>", "the time from which it is meant to hold"),
        };
        let mut found = self.instead(on, token, &tried)?;
        let old = on.edit.token(token);
        found.edit.words =
            format!("in {named}, write \"{name}\" instead of {old}: {what} (`apply 1` sets tomorrow)");
        let own = on.view.policy.policy().place(on.view.number, Token::Statement);
        let says = found.edit.statement.as_ref().map(|says| says.replace(&tried, name));
        found.edit.changed = says.as_ref().map(|says| changed(own.text(), says)).unwrap_or_default();
        found.edit.statement = says;
        found.limit = Some(self.statement(on.view.at).name().unwrap_or(named));
        found.edit.since = Some(if is_end(operator) { OVER } else { "its time has not begun" }.to_owned());
        Some(found)
    }
}

/// A sentence that begins one.
fn with_capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
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

/// Whether an operator holds up to its limit.
fn is_end(operator: Operator) -> bool {
    matches!(operator, Operator::DateLessThan | Operator::DateLessThanEquals)
}

/// A day after or before an instant, as the operator asks.
fn later(operator: Operator, value: &str) -> Option<String> {
    let at = Instant::parse(value)?.epoch_seconds();
    let at = if is_end(operator) { at.saturating_add(DAY) } else { at.saturating_sub(DAY) };
    Some(Instant::from_epoch_seconds(at).to_iso())
}
