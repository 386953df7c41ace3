//! Another request: what the tests of a statement ask of keys that somebody can give.

use std::borrow::Cow;

use super::super::headline::alternatives;
use super::super::misspelt::is_misspelling;
use super::super::test_words::fact;
use super::authority::{By, CALLER};
use super::proposal::{CallWords, Proposal};
use super::tags::{PRINCIPAL_TAG, one};
use crate::facts::{self, KeySetter, is_region};
use crate::names::{Instant, fold_hash, has_wildcard, parse_address, parse_network};
use crate::policy::{ConditionTest, Operator, OperatorFamily};
use crate::question::Asked;
use crate::question::search::{ContextSearch, Goal, Statements, values_for};
use crate::question::space::KeyTest;
use crate::syntax::script::write;
use crate::trace::StatementView;
use crate::world::{ContextEntry, ContextValue, Presence, PrincipalKind};

/// How many tests of a statement are met alone.
const TESTS: usize = 64;

/// How many values of a key are tried alone.
const TRIED_ALONE: usize = 24;

/// How many requests are tried where several keys are changed together.
const TRIED: usize = 500;

const REGION: &str = "aws:RequestedRegion";
/// On what it hangs which side of a slip is to be mended.
pub(super) const POLICY_IS_RIGHT: &str = "the policy is right";
pub(super) const REQUEST_IS_RIGHT: &str = "the request is right";
const MFA: &str = "aws:MultiFactorAuthPresent";

impl Asked<'_> {
    /// What of the request, or of the tags, would let the tests of a statement hold, or fail: one of them, or the
    /// failing ones together.
    pub(super) fn met(&self, view: StatementView<'_>) -> Vec<Proposal> {
        let tests = || tests(view).iter().take(TESTS);
        let each = tests().flat_map(|test| self.keys_for(view, test));
        let tags = tests().flat_map(|test| self.tags_for(view, test));
        each.chain(tags).chain(self.met_together(view)).collect()
    }

    /// Other values of the key of a test, where a request can have others.
    fn keys_for(&self, view: StatementView<'_>, test: &ConditionTest) -> Vec<Proposal> {
        let test = KeyTest { policy: view.policy.policy(), test };
        let key = test.key();
        if !self.can_be_given(&key) {
            return Vec::new();
        }
        let values = values_for(self, test).into_iter().filter(|value| self.can_come(&key, value));
        let given = |value: ContextValue<'static>| {
            let fact = self.fact_behind(&key, &value);
            let found = self.given((key.clone().into_owned().into(), value), test);
            fact.into_iter().fold(found, Proposal::provided)
        };
        values.take(TRIED_ALONE).map(given).collect()
    }

    /// On what it hangs whether another value of a key is the right one: what is meant, or which side is misspelt.
    fn fact_behind(&self, key: &str, value: &ContextValue<'_>) -> Option<String> {
        let ContextValue::One(value) = value else { return None };
        let own = self.request.presence_or_not_given(fold_hash(key.as_bytes()), key);
        match own {
            _ if facts::says_what_is_meant(key) => Some(format!("{value} will do as well")),
            Presence::Known([own]) if is_misspelling(value, own) => Some(POLICY_IS_RIGHT.to_owned()),
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
                Some(test) => Some(self.given(entry, tests[test])),
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
        open || mfa || self.request.is_given(key) || (assumed() && !lower.starts_with("aws:principal"))
    }

    /// Whether somebody who has to do with the call sets a key; what services say of a call only they can say.
    fn can_be_set(&self, key: &str) -> bool {
        match facts::key_origin(key).setter {
            KeySetter::Service => matches!(self.request.caller.principal.kind, PrincipalKind::Service(_)),
            KeySetter::Iam | KeySetter::Owner => self.is_tag(key) || is_principal_tag(key),
            _ => true,
        }
    }

    /// Time only passes: nobody asks yesterday. I14: nobody calls a global service in another Region, or asks for what
    /// lies in one Region in another. Ids of the network have their beginnings.
    pub(in crate::explain) fn can_come(&self, key: &str, value: &ContextValue<'_>) -> bool {
        let is = |name: &str| key.eq_ignore_ascii_case(name);
        match value {
            ContextValue::One(claim) if facts::says_what_is_meant(key) && has_wildcard(claim) => false,
            ContextValue::One(region) if is(REGION) => self.has_endpoint_in(region) && self.lies_in(region),
            ContextValue::One(id) if is("aws:SourceVpce") => id.starts_with("vpce-"),
            ContextValue::One(id) if is("aws:SourceVpc") => id.starts_with("vpc-"),
            ContextValue::One(value) if is_time(key) => Instant::parse(value)
                .is_some_and(|instant| instant.epoch_seconds() > self.request.request.now),
            _ => !is_time(key),
        }
    }

    fn has_endpoint_in(&self, region: &str) -> bool {
        self.request.global_regions().is_none_or(|regions| regions.contains(&region))
    }

    /// Whether the resource is in a Region, or in none.
    fn lies_in(&self, region: &str) -> bool {
        self.request.resource_region().is_none_or(|own| own == region)
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

    /// Who gives a key another value, in words.
    fn setter(&self, key: &str) -> &'static str {
        match facts::key_origin(key).setter {
            KeySetter::Network => "whoever runs the network that the call comes through",
            KeySetter::IdentityProvider => "an administrator of the identity provider",
            KeySetter::Service => "whoever set up the service to call",
            KeySetter::Iam | KeySetter::Owner => "whoever may tag it",
            KeySetter::Caller | KeySetter::SignIn => CALLER,
        }
    }

    fn given(&self, entry: ContextEntry<'static>, test: KeyTest<'_>) -> Proposal {
        let by = By::Said(self.setter(&entry.0).to_owned());
        self.given_so(entry, test).by(Some(by))
    }

    fn given_so(&self, entry: ContextEntry<'static>, test: KeyTest<'_>) -> Proposal {
        match self.if_the_bucket_is_there(&entry).or_else(|| call_with(&entry, test)) {
            Some(call) => {
                let words = call.words();
                Proposal { call: Some(call), ..Proposal::of_key(words, entry, None) }
            }
            None => Proposal::of_key(self.request_with(&entry, test), entry, None),
        }
    }

    /// A bucket is where it is: that it is in another Region than the assumed one can only be said.
    fn if_the_bucket_is_there(&self, (key, value): &ContextEntry<'static>) -> Option<CallWords> {
        let bucket = self.request.bucket_of_unknown_region().filter(|_| key.eq_ignore_ascii_case(REGION))?;
        let ContextValue::One(region) = value else { return None };
        let name = bucket.rsplit(':').next().unwrap_or_default();
        let after = format!(", say so: `aws s3api get-bucket-location --bucket {name}` tells");
        Some(CallWords { before: "if the bucket is in Region ", values: vec![format!("`{region}`")], after })
    }

    /// How the holder of a long-term key signs in with MFA.
    fn token_call(&self) -> &'static str {
        match self.request.caller.principal.has_long_term_key() {
            true => " (AWS command line: `aws sts get-session-token --serial-number ARN --token-code CODE`)",
            false => "",
        }
    }

    /// What to do for a key to have a value, where that is no option of the call.
    fn request_with(&self, (key, value): &ContextEntry<'static>, test: KeyTest<'_>) -> String {
        let is = |name: &str| key.eq_ignore_ascii_case(name);
        let fact = || fact(self, test.policy, test.test);
        match value {
            ContextValue::Absent => format!("make the request without {key}"),
            ContextValue::One(value) if is(MFA) && value == "true" => {
                format!("sign in with MFA{}", self.token_call())
            }
            ContextValue::One(value) if is("aws:SecureTransport") && value == "true" => {
                "make the request over TLS".to_owned()
            }
            ContextValue::One(value) if is_time(key) => format!("ask again at {value} ({key} is {})", fact()),
            ContextValue::One(address) if test.operator().family() == OperatorFamily::Ip => {
                from_network(key, address, test)
            }
            _ if test.operator() == Operator::Null => {
                format!("make the request with {key}, whatever its value")
            }
            ContextValue::One(value) if is_principal_tag(key) => {
                let tag = key.get(PRINCIPAL_TAG.len()..).unwrap_or_default();
                format!("give {} the tag {}", self.holder_name(), write::pair(tag, &write::value(value)))
            }
            value => request_from_setter(key, value, test),
        }
    }
}

/// The option of a call that gives a key its value, in words.
fn call_with((key, value): &ContextEntry<'static>, test: KeyTest<'_>) -> Option<CallWords> {
    let ContextValue::One(value) = value else { return None };
    let is = |name: &str| key.eq_ignore_ascii_case(name);
    let (before, after) = if is(REGION) {
        ("call the service in Region ", "")
    } else if is("aws:SourceVpce") && literal(test, value) {
        ("go through VPC endpoint ", " (aws:SourceVpce)")
    } else if is("sts:ExternalId") && literal(test, value) {
        ("pass the external id ", " (AWS command line: `--external-id`)")
    } else {
        return None;
    };
    Some(CallWords { before, values: vec![format!("`{value}`")], after: after.to_owned() })
}

/// A call from one of the networks of a test, or from outside of them: nobody chooses one address.
fn from_network(key: &str, address: &str, test: KeyTest<'_>) -> String {
    let networks: Vec<Cow<'_, str>> =
        test.policy.texts(test.test.values).iter().map(|text| test.policy.text(text)).collect();
    let own = parse_address(address);
    let holds = |text: &Cow<'_, str>| {
        parse_network(text).zip(own).is_some_and(|(network, own)| network.contains(&own))
    };
    let outside = if networks.iter().any(holds) { "" } else { "outside " };
    let names: Vec<String> = networks.iter().map(|network| format!("`{network}`")).collect();
    let word = if names.len() == 1 { "the network " } else { "network " };
    format!("call from {outside}{word}{} ({key})", alternatives(&names))
}

/// A request with a value of a key, by whoever sets it; a value that no policy names is an example.
fn request_from_setter(key: &str, value: &ContextValue<'_>, test: KeyTest<'_>) -> String {
    let origin = facts::key_origin(key);
    let verb = match origin.setter {
        KeySetter::IdentityProvider => "have the identity provider issue a token with",
        KeySetter::Service => "have the service make the call with",
        _ => "make the request with",
    };
    let invented = matches!(value, ContextValue::One(value) if !literal(test, value));
    let example = if invented { ", for example" } else { "" };
    let how = origin.how.map(|how| format!(" (AWS command line: `{how}`)")).unwrap_or_default();
    format!("{verb} {}{example}{how}", value.pair(key))
}

/// The tests of a statement, as they are written.
pub(super) fn tests(view: StatementView<'_>) -> &[ConditionTest] {
    view.written().map_or(&[], |statement| &statement.condition)
}

/// Nobody signs in without MFA so that a request is allowed: the key follows from who asks.
fn denies_mfa(key: &str, value: &ContextValue<'_>) -> bool {
    key.eq_ignore_ascii_case(MFA) && !matches!(value, ContextValue::One(value) if value == "true")
}

fn is_principal_tag(key: &str) -> bool {
    key.get(..PRINCIPAL_TAG.len()).is_some_and(|start| start.eq_ignore_ascii_case(PRINCIPAL_TAG))
}

/// Whether a value stands in a test as it is, and was not made to fit its pattern.
fn literal(test: KeyTest<'_>, value: &str) -> bool {
    let family = test.operator().family();
    let read = matches!(family, OperatorFamily::String | OperatorFamily::Arn);
    let stands = |text: &str| text == value || !has_wildcard(text);
    !read || test.policy.texts(test.test.values).iter().any(|text| stands(&test.policy.text(text)))
}

fn is_time(key: &str) -> bool {
    key.eq_ignore_ascii_case("aws:CurrentTime") || key.eq_ignore_ascii_case("aws:EpochTime")
}
