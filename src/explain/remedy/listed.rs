//! The lists that a Deny keeps of those whom it lets by: accounts, endpoints, networks.

use super::changes::EditTarget;
use super::edit::Takes;
use super::proposal::Proposal;
use super::widened::as_value;
use crate::names::fold_hash;
use crate::policy::{ConditionTest, OperatorFamily, Token};
use crate::question::Asked;
use crate::syntax::json::quote;
use crate::world::Presence;

pub(super) const PRINCIPAL_ACCOUNT: &str = "aws:PrincipalAccount";

impl Asked<'_> {
    /// The value that the request has, added to a list that is kept for such: of accounts, or of endpoints and VPCs where
    /// the one that it comes through is known.
    pub(super) fn listed(&self, on: &EditTarget<'_>) -> Option<Proposal> {
        let is_known = self.request.source_endpoint().is_some();
        let is_listed = |key: &str| {
            let is = |name: &str| key.eq_ignore_ascii_case(name);
            is(PRINCIPAL_ACCOUNT) || (is_known && (is("aws:SourceVpce") || is("aws:SourceVpc")))
        };
        Some(self.excepted(on, is_listed)?.taking_of(Takes::Entry))
    }

    /// The value that the request has for a key, added to those that the Deny makes an exception for.
    pub(super) fn excepted(&self, on: &EditTarget<'_>, is_key: impl Fn(&str) -> bool) -> Option<Proposal> {
        let policy = on.view.policy.policy();
        let tests = on.view.written()?.condition.iter().enumerate();
        let families = [OperatorFamily::String, OperatorFamily::Arn, OperatorFamily::Ip];
        let fits = |test: &ConditionTest| {
            let operator = test.operator.operator;
            let listing = operator.is_negated() && families.contains(&operator.family());
            listing && !test.values.is_empty() && is_key(&policy.text(&test.key))
        };
        tests.filter(|(_, test)| fits(test)).find_map(|(number, test)| {
            let key = policy.text(&test.key);
            let Presence::Known([value]) = self.request.presence(fold_hash(key.as_bytes()), &key) else {
                return None;
            };
            let value = as_value(test.operator.operator.family(), value);
            let token = Token::Value { test: number as u32, value: 0 };
            let what = format!("add {} to the exceptions of {key}", quote(&value));
            let whom = self.whoever(&key, &value);
            let found = self.reworded(on, token, &what, on.edit.longer(token, &[value]))?;
            Some(found.so(self.lifts(on.view.at, &whom)))
        })
    }

    /// Whom an exception for a value of a key is for.
    fn whoever(&self, key: &str, value: &str) -> String {
        match key.to_ascii_lowercase().as_str() {
            "aws:principalarn" => self.holder_name(),
            "aws:principalaccount" => format!("everybody of account {value}"),
            "aws:principalorgid" => format!("everybody of organization {value}"),
            "aws:sourceip" => format!("whoever calls from {value}"),
            _ => format!("every call with {key} {value}"),
        }
    }
}
