//! Context keys that make conditions hold, and texts with their wildcards and variables filled.

use crate::names::Instant;
use crate::policy::{ConditionTest, LanguageVersion, Operator, OperatorFamily, Part, Policy, parts};
use crate::world::{ContextEntry, ContextValue, Principal};

/// What stands for a wildcard.
const FILLING: &str = "x";

/// An account where a policy and a principal leave it open.
const ANY_ACCOUNT: &str = "123456789012";

/// Makes what one statement asks for.
pub(super) struct Maker<'p> {
    policy: &'p Policy,
    account: String,
    /// The keys so far.
    pub(super) context: Vec<ContextEntry<'static>>,
}

impl<'p> Maker<'p> {
    pub(super) fn new(policy: &'p Policy, principal: &Principal) -> Self {
        let account = principal.account().map_or_else(|| ANY_ACCOUNT.to_owned(), |id| id.to_string());
        Self { policy, account, context: Vec::new() }
    }

    /// Adds a value that lets a test hold; where the key has one already, that stays.
    pub(super) fn satisfy(&mut self, test: &ConditionTest) {
        let key = self.policy.text(&test.key).into_owned();
        if self.context.iter().any(|(known, _)| known.eq_ignore_ascii_case(&key)) {
            return;
        }
        let first = self.policy.texts(test.values).first().map(|text| self.policy.text(text).into_owned());
        let first = first.unwrap_or_default();
        let value = match self.value(test.operator.operator, &first) {
            None => ContextValue::Absent,
            Some(value) if test.operator.set.is_some() => ContextValue::Many(vec![value.into()]),
            Some(value) => ContextValue::One(value.into()),
        };
        self.context.push((key.into(), value));
    }

    /// A value that stands in the relation of the operator to a policy's value.
    fn value(&mut self, operator: Operator, own: &str) -> Option<String> {
        Some(match (operator.family(), operator.is_negated()) {
            (OperatorFamily::Null, _) if own.eq_ignore_ascii_case("true") => return None,
            (OperatorFamily::Null, _) => FILLING.to_owned(),
            (OperatorFamily::Numeric, _) => number(operator, own),
            (OperatorFamily::Date, _) => date(operator, own),
            (OperatorFamily::Ip, false) => own.split('/').next().unwrap_or_default().to_owned(),
            (OperatorFamily::Ip, true) => "192.0.2.77".to_owned(),
            (OperatorFamily::Arn, true) => "arn:aws:iam::999999999999:user/other".to_owned(),
            (OperatorFamily::Arn, false) => self.arn(own),
            (_, true) => format!("other than {own}"),
            (OperatorFamily::String, false) => self.text(own, operator == Operator::StringLike),
            (OperatorFamily::Bool | OperatorFamily::Binary, false) => own.to_owned(),
        })
    }

    /// A text that a pattern covers.
    fn text(&mut self, pattern: &str, wildcards: bool) -> String {
        let fill = |text: &str| if wildcards { text.replace(['*', '?'], FILLING) } else { text.to_owned() };
        if self.policy.language() == LanguageVersion::V2008 {
            return fill(pattern); // A11: no variables
        }
        let filled = parts(pattern).map(|part| match part {
            Part::Plain(text) => fill(text),
            Part::Literal(text) | Part::Malformed(text) => text.to_owned(),
            Part::Variable { key, .. } => self.variable(key),
        });
        filled.collect()
    }

    /// An ARN that a pattern covers, its Region and account such as there are.
    pub(super) fn arn(&mut self, pattern: &str) -> String {
        let fields: Vec<String> = pattern
            .splitn(6, ':')
            .enumerate()
            .map(|(number, field)| match (number, field) {
                (1, "*") => "aws".to_owned(),
                (3, "*") => "us-east-1".to_owned(),
                (4, "*") => self.account.clone(),
                _ => self.text(field, true),
            })
            .collect();
        fields.join(":")
    }

    /// The value of a key that a variable names; given if nobody has.
    fn variable(&mut self, key: &str) -> String {
        let known = self.context.iter().find(|(known, _)| known.eq_ignore_ascii_case(key));
        if let Some((_, ContextValue::One(value))) = known {
            return value.to_string();
        }
        self.context.push((key.to_owned().into(), ContextValue::One(FILLING.into())));
        FILLING.to_owned()
    }
}

fn number(operator: Operator, own: &str) -> String {
    let step = match operator {
        Operator::NumericLessThan => -1,
        Operator::NumericGreaterThan | Operator::NumericNotEquals => 1,
        _ => return own.to_owned(),
    };
    let whole = own.split('.').next().and_then(|digits| digits.parse::<i64>().ok()).unwrap_or_default();
    whole.saturating_add(step).to_string()
}

fn date(operator: Operator, own: &str) -> String {
    const DAY: i64 = 86_400;
    let step = match operator {
        Operator::DateLessThan => -DAY,
        Operator::DateGreaterThan | Operator::DateNotEquals => DAY,
        _ => return own.to_owned(),
    };
    let instant = Instant::parse(own).map_or(0, Instant::epoch_seconds);
    Instant::from_epoch_seconds(instant.saturating_add(step)).to_iso()
}
