//! Another request: what the tests of a statement ask of keys that somebody can give.

use super::super::samples::samples;
use super::super::test_words::fact;
use super::proposal::{Call, Proposal};
use super::tags::{PRINCIPAL_TAG, RESOURCE_TAG};
use crate::eval::look_at;
use crate::names::{Instant, fold_hash};
use crate::policy::{ConditionTest, Operator};
use crate::question::{Asked, Variation};
use crate::trace::{Mismatch, StatementAt, StatementView};
use crate::world::{ContextValue, Presence, PrincipalKind};

const MFA: &str = "aws:MultiFactorAuthPresent";

impl Asked<'_> {
    /// What of the request, or of the tags, would let the tests of a statement hold, or fail: one of them, or the
    /// failing ones together.
    pub(super) fn met(&self, at: StatementAt, view: StatementView<'_>) -> Vec<Proposal> {
        let each = tests(view).iter().flat_map(|test| self.keys_for(view, test));
        let tags = tests(view).iter().flat_map(|test| self.tags_for(view, test));
        each.chain(tags).chain(self.met_together(at, view)).collect()
    }

    /// Other values of the key of a test, where a request can have others.
    fn keys_for(&self, view: StatementView<'_>, test: &ConditionTest) -> Vec<Proposal> {
        let policy = view.policy.policy();
        let key = policy.text(&test.key);
        if !self.can_be_given(&key) {
            return Vec::new();
        }
        let values = samples(self, policy, test).into_iter().filter(|value| self.can_come(&key, value));
        let fact = fact(self, policy, test);
        values.map(|value| self.given(&key, value, test, &fact)).collect()
    }

    /// Several tests that fail, each met in its turn; `None` where one cannot be, or where one alone fails.
    fn met_together(&self, at: StatementAt, view: StatementView<'_>) -> Option<Proposal> {
        let mut together = Variation::default();
        let mut steps: Vec<Proposal> = Vec::new();
        while let Some(failing) = self.failing(at, &together) {
            let test = tests(view).get(failing as usize)?;
            let options = self.keys_for(view, test).into_iter().chain(self.tags_for(view, test));
            let mut tried = options.map(|option| (option.changing(&together), option));
            let further = |next: &Variation| self.failing(at, next).is_none_or(|next| next > failing);
            let (next, step) = tried.find(|(next, _)| further(next))?;
            (together, _) = (next, steps.push(step));
        }
        (steps.len() > 1).then(|| Proposal::together(steps))
    }

    /// The first test of a statement that fails, with a variation.
    fn failing(&self, at: StatementAt, variation: &Variation) -> Option<u32> {
        variation.ask(&self.request, |again| match look_at(&again.request, at)?.found {
            Err(Mismatch::Condition { test, .. }) => Some(test),
            _ => None,
        })
    }

    /// Whether the one who asks can make the request with another value.
    fn can_be_given(&self, key: &str) -> bool {
        let hash = fold_hash(key.as_bytes());
        let lower = key.to_ascii_lowercase();
        let of_principal = lower.starts_with(PRINCIPAL_TAG) && self.request.caller.is_known;
        let is_tag = of_principal || lower.starts_with(RESOURCE_TAG);
        let open = self.request.presence_or_not_given(hash, key) == Presence::NotGiven && !is_tag;
        let assumed = || self.request.assumed.iter().any(|(name, _)| name.eq_ignore_ascii_case(key));
        let mfa = key.eq_ignore_ascii_case(MFA) && self.is_user();
        open || mfa || self.request.is_given(key) || (assumed() && !lower.starts_with("aws:principal"))
    }

    /// Time only passes: nobody asks yesterday.
    fn can_come(&self, key: &str, value: &ContextValue<'_>) -> bool {
        match value {
            ContextValue::One(value) if is_time(key) => Instant::parse(value)
                .is_some_and(|instant| instant.epoch_seconds() > self.request.request.now),
            _ => !is_time(key),
        }
    }

    fn is_user(&self) -> bool {
        matches!(self.request.caller.principal.kind, PrincipalKind::User { .. } | PrincipalKind::Root(_))
    }

    fn given(&self, key: &str, value: ContextValue<'static>, test: &ConditionTest, fact: &str) -> Proposal {
        let pair = value.pair(key);
        let entry = (key.to_owned().into(), value);
        let ranges = test.operator.operator == Operator::IpAddress;
        let is = |name: &str| key.eq_ignore_ascii_case(name);
        let call = |before, value: &str, after: &str| Call {
            before,
            values: vec![format!("`{value}`")],
            after: after.to_owned(),
        };
        let said = match &entry.1 {
            ContextValue::One(value) if is("aws:RequestedRegion") => {
                Some(call("call the service in Region ", value, ""))
            }
            ContextValue::One(value) if is("sts:ExternalId") => {
                Some(call("pass the external id ", value, " (AWS command line: `--external-id`)"))
            }
            _ => None,
        };
        if let Some(call) = said {
            let words = call.words();
            return Proposal { call: Some(call), ..Proposal::of_key(words, entry, None) };
        }
        let words = match &entry.1 {
            ContextValue::Absent => format!("make the request without {key}"),
            ContextValue::One(value) if is(MFA) && value == "true" => "sign in with MFA".to_owned(),
            ContextValue::One(value) if is("aws:SecureTransport") && value == "true" => {
                "make the request over TLS".to_owned()
            }
            ContextValue::One(value) if is_time(key) => format!("ask again at {value} ({key} is {fact})"),
            ContextValue::One(_) if ranges => format!("make the request from an address {fact}"),
            _ if test.operator.operator == Operator::Null => {
                format!("make the request with {key}, whatever its value")
            }
            _ => format!("make the request with {pair}"),
        };
        Proposal::of_key(words, entry, None)
    }
}

/// The tests of a statement, as they are written.
pub(super) fn tests(view: StatementView<'_>) -> &[ConditionTest] {
    view.written().map_or(&[], |statement| &statement.condition)
}

fn is_time(key: &str) -> bool {
    key.eq_ignore_ascii_case("aws:CurrentTime") || key.eq_ignore_ascii_case("aws:EpochTime")
}
