//! The keys that a question leaves open: those that nobody gave, and those that were assumed.

use crate::compile::Variables;
use crate::facts;
use crate::names::fold_hash;
use crate::policy::{ConditionTest, Policy, Statement, TextPart, holds_variables, parts};
use crate::question::Asked;
use crate::world::{ContextValue, PrincipalKind};

const MFA: [&str; 2] = ["aws:MultiFactorAuthPresent", "aws:MultiFactorAuthAge"];
const VIA: [&str; 3] = ["aws:CalledVia", "aws:CalledViaFirst", "aws:CalledViaLast"];
const REGION: &str = "aws:RequestedRegion";

/// The keys that a question leaves open.
pub(super) struct OpenKeys<'q, 'a> {
    asked: &'q Asked<'a>,
    /// Those that have a value, or none, only because something was assumed.
    assumed: Vec<&'static str>,
}

impl<'q, 'a> OpenKeys<'q, 'a> {
    pub(super) fn of(asked: &'q Asked<'a>) -> Self {
        // Who asks has one id, and MFA does not travel into the sessions of roles (C.2).
        let fixed = |key: &str| !key.starts_with("aws:") || key == "aws:userid" || MFA.contains(&key);
        let mut assumed: Vec<&'static str> = asked.assumed().into_keys().filter(|key| !fixed(key)).collect();
        let is_free = |key: &&str| asked.reads(key) && !asked.request.is_given(key);
        let kind = &asked.request.caller.principal.kind;
        if matches!(kind, PrincipalKind::User { .. } | PrincipalKind::Root(_)) {
            assumed.extend(MFA.into_iter().filter(is_free));
        }
        if assumed.contains(&"aws:ViaAWSService") {
            assumed.extend(VIA.into_iter().filter(is_free));
        }
        Self { asked, assumed }
    }

    pub(super) fn has_assumed(&self) -> bool {
        !self.assumed.is_empty()
    }

    pub(super) fn contains(&self, key: &str) -> bool {
        self.is_assumed(key) || self.asked.is_not_given(key) || self.asked.request.is_partly_known(key)
    }

    fn is_assumed(&self, key: &str) -> bool {
        self.assumed.iter().any(|assumed| assumed.eq_ignore_ascii_case(key))
    }

    /// Whether a key can have a value; of those that nobody gave every value is thought of.
    pub(super) fn may_be(&self, key: &str, value: &ContextValue<'_>) -> bool {
        let is = |name: &str| key.eq_ignore_ascii_case(name);
        match value {
            names if self.asked.request.is_partly_known(key) => {
                self.asked.request.could_have_service_names(names)
            }
            _ if !self.is_assumed(key) => true,
            ContextValue::Absent => MFA.into_iter().chain(VIA).any(is),
            ContextValue::One(region) if is(REGION) => {
                facts::is_region(region) && self.asked.can_come(key, value)
            }
            _ => self.asked.can_come(key, value),
        }
    }

    /// Why a key is open: nobody gave it, or what it was taken to be.
    pub(super) fn why(&self, key: &str) -> String {
        let value = self.asked.request.variable(fold_hash(key.as_bytes()), key);
        match (self.is_assumed(key), value) {
            _ if self.asked.request.is_partly_known(key) => "its names in a Region are not known".to_owned(), // I12
            (false, _) => "nobody gave it".to_owned(),
            (true, None) => "absent as it was asked".to_owned(),
            (true, Some(value)) => format!("{value} as it was asked"),
        }
    }

    /// The keys of a statement that are open, each once.
    pub(super) fn of_statement(&self, policy: &Policy, statement: &Statement) -> Vec<String> {
        let tested = statement.condition.iter().flat_map(|test| self.of_test(policy, test));
        let patterns = statement.resource.iter().flat_map(|resource| policy.texts(resource.patterns));
        let named = patterns.flat_map(|text| self.of_text(&policy.text(text)));
        let mut found: Vec<String> = Vec::new();
        for key in tested.chain(named) {
            if !found.iter().any(|own| own.eq_ignore_ascii_case(&key)) {
                found.push(key);
            }
        }
        found
    }

    /// Whether a test hangs on an open key.
    pub(super) fn of_test(&self, policy: &Policy, test: &ConditionTest) -> Vec<String> {
        let key = policy.text(&test.key).into_owned();
        let named = policy.texts(test.values).iter().flat_map(|text| self.of_text(&policy.text(text)));
        Some(key).filter(|key| self.contains(key)).into_iter().chain(named).collect()
    }

    /// The open keys that the variables of a text name.
    pub(super) fn of_text(&self, text: &str) -> Vec<String> {
        if !holds_variables(text) {
            return Vec::new();
        }
        let key = |part| match part {
            TextPart::Variable { key, .. } if self.contains(key) => Some(key.to_owned()),
            _ => None,
        };
        parts(text).filter_map(key).collect()
    }
}
