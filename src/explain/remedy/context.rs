//! Another request: what the tests of a statement ask of keys that somebody can give.

use super::super::misspelt::is_slip;
use super::proposal::Proposal;
use super::slip::{POLICY_IS_RIGHT, Slip};
use super::tags::{PRINCIPAL_TAG, one};
use crate::facts::{self, KeySetter, is_region};
use crate::names::{fold_hash, glob, has_wildcard};
use crate::policy::{ConditionTest, OperatorFamily};
use crate::question::Asked;
use crate::question::search::{ContextSearch, Goal, Statements, values_for};
use crate::question::space::KeyTest;
use crate::trace::{StatementAt, StatementView};
use crate::world::{ContextEntry, ContextValue, Presence};

/// How many tests of a statement are met alone.
const TESTS: usize = 64;

/// How many values of a key are tried alone.
const TRIED_ALONE: usize = 24;

/// How many requests are tried where several keys are changed together.
const TRIED: usize = 500;

pub(super) const REGION: &str = "aws:RequestedRegion";
/// The key that tells for which resource a service calls.
pub(super) const SOURCE_ARN: &str = "aws:SourceArn";
/// The key that tells from which public address a call comes; none that comes through an endpoint has it.
pub(super) const SOURCE_IP: &str = "aws:SourceIp";
pub(super) const MFA: &str = "aws:MultiFactorAuthPresent";

impl Asked<'_> {
    /// What of the request, or of the tags, would let the tests of a statement hold, or fail: one of them, or the
    /// failing ones together.
    pub(super) fn met(&self, view: StatementView<'_>) -> Vec<Proposal> {
        let tests = || tests(view).iter().take(TESTS);
        let each = tests().flat_map(|test| self.keys_for(view, test));
        let tags = tests().flat_map(|test| self.tags_for(view, test));
        // The other side of a comparison with a tag of the session stands first: nobody makes data to fit it.
        let (of_session, others): (Vec<_>, Vec<_>) = each
            .chain(tags)
            .partition(|found| found.keys().any(|key| is_principal_tag(key) && self.comes_with_session(key)));
        of_session.into_iter().chain(others).chain(self.met_together(view)).collect()
    }

    /// Other values of the key of a test, where a request can have others.
    fn keys_for(&self, view: StatementView<'_>, test: &ConditionTest) -> Vec<Proposal> {
        let test = KeyTest { policy: view.policy.policy(), test };
        let key = test.key();
        if !self.can_be_given(&key) || (is_principal_tag(&key) && self.comes_with_session(&key)) {
            return Vec::new();
        }
        let values = values_for(self, test).into_iter().map(|value| real(&key, value, test));
        let values = values.filter(|value| self.can_come(&key, value));
        let given = |value: ContextValue<'static>| {
            let fact = self.fact_behind(&key, &value);
            let slip = self.slip_behind(&key, &value, view.at);
            let found = self.call_giving((key.clone().into_owned().into(), value), test);
            let found = fact.into_iter().fold(found, Proposal::provided);
            slip.into_iter().fold(found, |found, slip| found.of_slip(slip).provided(POLICY_IS_RIGHT))
        };
        values.take(TRIED_ALONE).map(given).collect()
    }

    /// On what it hangs whether another value of a key is the right one: what is meant.
    fn fact_behind(&self, key: &str, value: &ContextValue<'_>) -> Option<String> {
        let ContextValue::One(value) = value else { return None };
        if key.eq_ignore_ascii_case(REGION) {
            return self.but_for_the_edge().map(str::to_owned);
        }
        facts::says_what_is_meant(key).then(|| format!("{value} will do as well"))
    }

    /// That another Region will do for a call in us-east-1, which for some purposes can be made nowhere else.
    pub(super) fn but_for_the_edge(&self) -> Option<&'static str> {
        let own = self.request.arn().map(|arn| arn.region()).filter(|region| !region.is_empty());
        let is_there = own.or_else(|| self.request.requested_region()) == Some(facts::GLOBAL_REGION);
        let (service, action) = (self.request.action.service(), self.request.action.name());
        is_there.then(|| facts::but_for_the_edge(service, action))?
    }

    /// Whether the resource is of a kind that is in its Region alone.
    pub(super) fn is_bound_to_region(&self) -> bool {
        self.request.arn().is_some_and(|arn| facts::is_bound_to_region(&arn))
    }

    /// That the value of a request is another one misspelt.
    fn slip_behind(&self, key: &str, value: &ContextValue<'_>, at: StatementAt) -> Option<Slip> {
        let ContextValue::One(value) = value else { return None };
        match self.request.presence_or_not_given(fold_hash(key.as_bytes()), key) {
            Presence::Known([own]) if is_slip(value, own) => {
                Some(Slip::new(value.as_ref(), own.as_ref(), at))
            }
            _ => None,
        }
    }

    /// Other values of several keys of a statement, where no single one lets its tests hold.
    fn met_together(&self, view: StatementView<'_>) -> Option<Proposal> {
        let read = view.keys_read();
        let reads = |key: &str| read.contains(&fold_hash(key.as_bytes()));
        let free = |key: &str| reads(key) && (self.can_be_given(key) || self.is_tag(key));
        let tests: Vec<KeyTest<'_>> = KeyTest::of(view.policy.policy(), view.written()?).collect();
        self.together(free, Goal::Applies(view.at), &tests).filter(|found| found.is_of_several())
    }

    /// Other values of the keys that the policies read, with which all of them together allow the request.
    pub(super) fn other_call(&self) -> Option<Proposal> {
        let tests: Vec<KeyTest<'_>> = Statements::of(std::slice::from_ref(self)).tests().collect();
        self.together(|key| self.can_be_given(key), Goal::Allowed(true), &tests)
    }

    fn together(&self, free: impl Fn(&str) -> bool, goal: Goal, tests: &[KeyTest<'_>]) -> Option<Proposal> {
        let may_be = |key: &str, value: &ContextValue<'_>| match self.can_be_given(key) {
            true => self.can_come(key, value) && !denies_mfa(key, value),
            false => matches!(value, ContextValue::One(tag) if !tag.is_empty()),
        };
        let mut found = ContextSearch::new(std::slice::from_ref(self), free, may_be, TRIED).find(goal)?;
        let number = |key: &str| tests.iter().position(|test| test.key().eq_ignore_ascii_case(key));
        found.sort_by_key(|(key, _)| number(key).unwrap_or(tests.len()));
        let step =
            |entry: ContextEntry<'static>| match number(&entry.0).filter(|_| self.can_be_given(&entry.0)) {
                Some(test) => Some(self.call_giving(entry, tests[test])),
                None => self.tag(&entry.0, one(entry.1)?),
            };
        let steps: Vec<Proposal> = found.into_iter().map(step).collect::<Option<_>>()?;
        (!steps.is_empty()).then(|| Proposal::together(steps))
    }

    /// Whether the one who asks can make the request with another value.
    fn can_be_given(&self, key: &str) -> bool {
        let hash = fold_hash(key.as_bytes());
        let lower = key.to_ascii_lowercase();
        let of_principal = lower.starts_with(PRINCIPAL_TAG) && self.request.caller.is_known;
        let is_tag = of_principal || self.request.tagged_arn(key).is_some();
        if !self.can_be_set(key) {
            return false;
        }
        let open = self.request.presence_or_not_given(hash, key) == Presence::NotGiven && !is_tag;
        let assumed = || self.request.assumed.iter().any(|(name, _)| name.eq_ignore_ascii_case(key));
        let mfa = key.eq_ignore_ascii_case(MFA) && self.request.caller.principal.is_iam_user_or_root();
        open || mfa
            || self.came_by_internet(key)
            || self.request.is_given(key)
            || (assumed() && !lower.starts_with("aws:principal"))
    }

    /// Whether a key is absent since the call came by the internet, and it could come through an endpoint (C12).
    pub(super) fn came_by_internet(&self, key: &str) -> bool {
        let of_endpoint =
            ["aws:SourceVpce", "aws:SourceVpc"].iter().any(|name| name.eq_ignore_ascii_case(key));
        of_endpoint && self.request.is_given(SOURCE_IP) && !self.request.is_given(key)
    }

    /// Whether it is a call that comes before any sign-in with MFA: a device is registered by it.
    pub(super) fn comes_before_mfa(&self) -> bool {
        facts::comes_before_mfa(&self.action_name())
    }

    /// Whether a key tells whose the resource is for which the service calls, and the question names that resource.
    pub(super) fn follows_from_source(&self, key: &str) -> bool {
        let is_of_source = ["aws:SourceAccount", "aws:SourceOrg"]
            .iter()
            .any(|start| key.get(..start.len()).is_some_and(|own| own.eq_ignore_ascii_case(start)));
        is_of_source && self.request.is_given(key) && self.request.is_given(SOURCE_ARN)
    }

    /// Whether somebody who has to do with the call sets a key; what services say of a call only they can say, and nobody
    /// signs in with an MFA device to register it.
    fn can_be_set(&self, key: &str) -> bool {
        match facts::key_origin(key).setter {
            KeySetter::Service => self.is_of_a_service() && !self.follows_from_source(key),
            KeySetter::Iam | KeySetter::Owner => self.is_tag(key) || is_principal_tag(key),
            KeySetter::SignIn if key.eq_ignore_ascii_case(MFA) => {
                !self.comes_before_mfa() && !self.is_of_a_service()
            }
            _ => !self.is_of_a_service(), // nobody has a service send another option, or through another network
        }
    }

    /// The Regions that the statements behind a denial name, and in which the service can be called.
    pub(super) fn allowed_regions(&self) -> Vec<ContextValue<'static>> {
        let tests = Statements::of(std::slice::from_ref(self));
        let of_region = tests.tests().filter(|test| test.key().eq_ignore_ascii_case(REGION));
        let values = of_region.take(TESTS).flat_map(|test| values_for(self, test));
        let named = |value: &ContextValue<'static>| matches!(value, ContextValue::One(one) if is_region(one) && self.has_endpoint_in(one));
        let mut found: Vec<ContextValue<'static>> = Vec::new();
        for value in values.filter(named) {
            if !found.contains(&value) && found.len() < TRIED_ALONE {
                found.push(value);
            }
        }
        found
    }
}

/// The tests of a statement, as they are written.
pub(super) fn tests(view: StatementView<'_>) -> &[ConditionTest] {
    view.written().map_or(&[], |statement| &statement.condition)
}

/// A value that there is, in place of one that was made up from a pattern.
fn real(key: &str, value: ContextValue<'static>, test: KeyTest<'_>) -> ContextValue<'static> {
    let texts = || test.policy.texts(test.test.values).iter().map(|text| test.policy.text(text));
    match &value {
        ContextValue::One(made) if !texts().any(|text| text == *made) => {
            let pattern = texts().find(|text| has_wildcard(text) && glob(&**text, &**made));
            let found = pattern.and_then(|pattern| facts::real_value(key, &pattern));
            found.map_or(value, |found| ContextValue::One(found.into()))
        }
        _ => value,
    }
}

/// Nobody signs in without MFA so that a request is allowed: the key follows from who asks.
fn denies_mfa(key: &str, value: &ContextValue<'_>) -> bool {
    key.eq_ignore_ascii_case(MFA) && !matches!(value, ContextValue::One(value) if value == "true")
}

pub(super) fn is_principal_tag(key: &str) -> bool {
    key.get(..PRINCIPAL_TAG.len()).is_some_and(|start| start.eq_ignore_ascii_case(PRINCIPAL_TAG))
}

/// Whether a value stands in a test as it is, and was not made to fit its pattern.
pub(super) fn literal(test: KeyTest<'_>, value: &str) -> bool {
    let family = test.operator().family();
    let read = matches!(family, OperatorFamily::String | OperatorFamily::Arn);
    let covers = |text: &str| text != value && has_wildcard(text) && glob(text, value);
    !read || !test.policy.texts(test.test.values).iter().any(|text| covers(&test.policy.text(text)))
}
