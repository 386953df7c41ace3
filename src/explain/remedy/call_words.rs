//! How a call is made so that a key has another value: by which option, through which network, by which sign-in, and who
//! does that.

use std::borrow::Cow;

use super::super::headline::alternatives;
use super::super::misspelt::{is_misspelling, is_slip};
use super::super::test_words::fact;
use super::authority::{By, CALLER};
use super::context::{MFA, REGION, SOURCE_ARN, SOURCE_IP, is_principal_tag, literal};
use super::edit::Takes;
use super::narrow::PASSED_TO;
use super::possible::is_time;
use super::proposal::{CallWords, Proposal};
use super::tags::PRINCIPAL_TAG;
use crate::facts::{self, ClaimSetting, KeySetter};
use crate::names::{Arn, fold_hash, glob, parse_address, parse_network};
use crate::policy::{Operator, OperatorFamily};
use crate::question::Asked;
use crate::question::space::KeyTest;
use crate::syntax::script::write;
use crate::world::{ContextEntry, ContextValue, PrincipalKind};

/// How the key of a tag of the request begins.
const REQUEST_TAG: &str = "aws:RequestTag/";

/// What stands for a wildcard in an example.
const FILL: &str = "x";

impl Asked<'_> {
    /// The call with another value of a key, which a test asks for.
    pub(super) fn call_giving(&self, entry: ContextEntry<'static>, test: KeyTest<'_>) -> Proposal {
        let by = By::Said(self.setter(&entry));
        let is_other = self.is_about_another(&entry);
        let found = self.given_so(entry.clone(), test).by(Some(by));
        let found = if self.came_by_internet(&entry.0) {
            found.giving_too((SOURCE_IP.into(), ContextValue::Absent))
        } else {
            found
        };
        match self.goes_another_way(&entry) {
            _ if is_other => found.taking_of(Takes::Subject).only_at_last(),
            true => found.taking_of(Takes::Network),
            false => found,
        }
    }

    /// Whether a call with that value is about another topic or service, which is no slip of this one's name.
    fn is_about_another(&self, (key, value): &ContextEntry<'static>) -> bool {
        let ContextValue::One(value) = value else { return false };
        let is_near = |own: &[Cow<'_, str>]| own.iter().any(|own| is_slip(own, value));
        [SOURCE_ARN, PASSED_TO].iter().any(|about| about.eq_ignore_ascii_case(key))
            && !is_near(self.request.presence(fold_hash(key.as_bytes()), key).values())
    }

    /// Whether a call comes through an endpoint that is known, and would come through another: what runs in one network
    /// does not choose that of another.
    fn goes_another_way(&self, (key, _): &ContextEntry<'static>) -> bool {
        let is_network = facts::key_origin(key).setter == KeySetter::Network;
        is_network && self.request.source_endpoint().is_some()
    }

    fn given_so(&self, entry: ContextEntry<'static>, test: KeyTest<'_>) -> Proposal {
        if let Some(found) = self.respelt_tag(&entry, test) {
            return found;
        }
        let call = self.if_the_bucket_is_there(&entry).or_else(|| self.through_endpoint(&entry));
        match call.or_else(|| call_with(&entry, test)) {
            Some(call) => {
                let words = call.words();
                Proposal { call: Some(call), ..Proposal::of_key(words, entry, None) }
            }
            None => Proposal::of_key(self.request_with(&entry, test), entry, None),
        }
    }

    /// A tag of the request that is there under a name that looks misspelt, with the one that is asked for.
    fn respelt_tag(&self, (key, value): &ContextEntry<'static>, test: KeyTest<'_>) -> Option<Proposal> {
        let wanted = key.strip_prefix(REQUEST_TAG)?;
        let (own, given) = self.tag_like(wanted)?;
        let value = if test.operator() == Operator::Null { given } else { value.clone() };
        let option = self.option(key, value.only());
        let option = option.map(|option| format!(": `{option}`")).unwrap_or_default();
        let words = format!("write the tag `{wanted}` instead of `{own}`{option}");
        let found = Proposal::of_key(words, (key.clone(), value), None);
        let found = found.giving_too((format!("{REQUEST_TAG}{own}").into(), ContextValue::Absent));
        Some(match self.tag_keys_with(&own, wanted) {
            Some(names) => found.giving_too(("aws:TagKeys".into(), ContextValue::Many(names))),
            None => found,
        })
    }

    /// The names of the tags that the question gives, one of them respelt.
    fn tag_keys_with(&self, own: &str, wanted: &str) -> Option<Vec<Cow<'static, str>>> {
        let mut given = self.request.request.context.iter();
        let (_, value) = given.find(|(key, _)| key.eq_ignore_ascii_case("aws:TagKeys"))?;
        let ContextValue::Many(names) = value else { return None };
        let respelt = |name: &Cow<'_, str>| Cow::Owned(if name == own { wanted } else { name }.to_owned());
        Some(names.iter().map(respelt).collect())
    }

    /// The tag that the request gives under a name that looks like another one misspelt.
    pub(in super::super) fn tag_like(&self, wanted: &str) -> Option<(String, ContextValue<'static>)> {
        let mut given = self.request.request.context.iter();
        given.find_map(|(key, value)| {
            let own = key.strip_prefix(REQUEST_TAG).filter(|own| is_misspelling(own, wanted))?;
            Some((own.to_owned(), value.clone().into_owned()))
        })
    }

    /// Who gives a key another value, in words.
    fn setter(&self, (key, value): &ContextEntry<'static>) -> String {
        let said = match facts::key_origin(key).setter {
            KeySetter::Network => "the caller, by way of that network",
            KeySetter::IdentityProvider => return self.who_sets_claim(key, value),
            KeySetter::Service => "whoever set up the service to call",
            KeySetter::Iam | KeySetter::Owner => "whoever may tag it",
            KeySetter::Caller | KeySetter::SignIn => CALLER,
        };
        said.to_owned()
    }

    /// Who gives a claim another value: a job has its own, a sign-in that of the provider.
    fn who_sets_claim(&self, key: &str, value: &ContextValue<'static>) -> String {
        let value = value.only().unwrap_or_default();
        if let Some(ClaimSetting { by, .. }) = facts::claim_setting(key, value) {
            return by.map_or_else(|| self.who_runs_provider(), str::to_owned);
        }
        match key.to_ascii_lowercase().starts_with("saml:") {
            true => self.who_runs_provider(),
            false => "whoever writes and starts the job".to_owned(),
        }
    }

    fn who_runs_provider(&self) -> String {
        match &self.request.caller.principal.kind {
            PrincipalKind::IdentityProvider(arn) => {
                let name = arn.split_once("-provider/").map_or(&**arn, |(_, name)| name);
                format!("whoever runs identity provider {name}")
            }
            _ => "whoever runs the identity provider".to_owned(),
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

    /// The call through an endpoint that is known here, with where that is.
    fn through_endpoint(&self, (key, value): &ContextEntry<'static>) -> Option<CallWords> {
        let ContextValue::One(id) = value else { return None };
        let endpoint =
            self.request.world.endpoint(id).filter(|_| key.eq_ignore_ascii_case("aws:SourceVpce"))?;
        let of = endpoint.owner.map(|id| format!(" of account {id}")).unwrap_or_default();
        let after = format!(", from inside {}{of} (aws:SourceVpce)", endpoint.vpc);
        Some(CallWords { before: "go through VPC endpoint ", values: vec![format!("`{id}`")], after })
    }

    /// How the holder of a long-term key signs in with MFA.
    fn token_call(&self) -> String {
        let caller = &self.request.caller;
        let account = caller.account.filter(|_| caller.principal.has_long_term_key());
        let call = account.map(|id| {
            let device = format!("arn:{}:iam::{id}:mfa/DEVICE", caller.principal.partition);
            format!(": `aws sts get-session-token --serial-number {device} --token-code CODE` (`aws iam list-mfa-devices` names the device), export the three values that it returns, and repeat the call")
        });
        call.unwrap_or_default()
    }

    /// Whether a value is one of those that a test names.
    fn is_named(&self, test: KeyTest<'_>, value: &str) -> bool {
        test.policy.texts(test.test.values).iter().any(|text| test.policy.text(text) == value)
    }

    /// The option of the AWS command line that gives a key its value.
    fn option(&self, key: &str, value: Option<&str>) -> Option<String> {
        let resource = self.request.resource().text();
        facts::option_for(key, self.request.action.text(), Arn::parse(resource).as_ref(), value)
    }

    /// `subscribe queue q to topic t: …`, where a service is to call for another resource than it does.
    fn called_for(&self, source: &str) -> Option<String> {
        let (source, target) = (Arn::parse(source)?, self.request.arn()?);
        facts::connected(&source, &target)
    }

    /// What a job does for its token to have another subject.
    fn job_with(&self, key: &str, value: &str, test: KeyTest<'_>) -> Option<String> {
        let own = self.request.presence(fold_hash(key.as_bytes()), key).values().first()?;
        let patterns = test.policy.texts(test.test.values).iter().map(|text| test.policy.text(text));
        let wanted = patterns.into_iter().find(|pattern| *pattern == value || glob(&**pattern, value))?;
        let job = facts::job_with_subject(key, own, &wanted)?;
        let like = if *wanted == *value { String::new() } else { format!(", which is like `{wanted}`") };
        Some(format!("{job}: its token then has sub `{value}`{like}"))
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
            ContextValue::One(value) if is_time(key) && self.is_named(test, value) => {
                format!("wait until {value}, and ask again ({key})")
            }
            ContextValue::One(value) if is_time(key) => format!("ask again at {value} ({key} is {})", fact()),
            ContextValue::One(address) if test.operator().family() == OperatorFamily::Ip => {
                from_network(key, address, test)
            }
            _ if test.operator() == Operator::Null => match self.option(key, None) {
                Some(option) => format!("call with `{option}`, whatever the value"),
                None => format!("make the request with {key}, whatever its value"),
            },
            ContextValue::One(vpc) if is("aws:SourceVpc") && literal(test, vpc) => {
                let service = self.request.action.service();
                format!("call from VPC `{vpc}`, through its endpoint for {service} (aws:SourceVpc)")
            }
            ContextValue::Many(keys) if is("dynamodb:LeadingKeys") && !keys.is_empty() => {
                let keys: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
                format!("ask for items whose partition key is {} (dynamodb:LeadingKeys)", alternatives(&keys))
            }
            ContextValue::One(service) if is(PASSED_TO) => format!("pass the role to {service} instead"),
            ContextValue::One(source) if is(SOURCE_ARN) && literal(test, source) => {
                self.called_for(source).unwrap_or_else(|| format!("have {source} make the call"))
            }
            ContextValue::One(value) if is_principal_tag(key) => {
                let tag = key.get(PRINCIPAL_TAG.len()..).unwrap_or_default();
                format!("give {} the tag {}", self.holder_name(), write::pair(tag, &write::value(value)))
            }
            ContextValue::One(text) => match self.option(key, Some(text)) {
                Some(option) if literal(test, text) => format!("call with `{option}`"),
                Some(option) => match like(text, test) {
                    Some(like) => format!("call with a value {like}, such as `{option}`"),
                    None => format!("call with, for example, `{option}`"),
                },
                None => {
                    self.job_with(key, text, test).unwrap_or_else(|| request_from_setter(key, value, test))
                }
            },
            value => request_from_setter(key, value, test),
        }
    }
}

/// The option of a call that gives a key its value, in words.
fn call_with((key, value): &ContextEntry<'static>, test: KeyTest<'_>) -> Option<CallWords> {
    let ContextValue::One(value) = value else { return None };
    let is = |name: &str| key.eq_ignore_ascii_case(name);
    let (before, value, after) = match () {
        () if is(REGION) => ("call in an allowed Region: ", format!("`--region {value}`"), ""),
        () if is("aws:SourceVpce") && literal(test, value) => {
            ("go through VPC endpoint ", format!("`{value}`"), " (aws:SourceVpce)")
        }
        () => return None,
    };
    Some(CallWords { before, values: vec![value], after: after.to_owned() })
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
    let setting =
        value.only().filter(|text| literal(test, text)).and_then(|text| facts::claim_setting(key, text));
    if let Some(setting) = setting {
        return format!("{} ({key})", setting.how);
    }
    let verb = match origin.setter {
        KeySetter::IdentityProvider => "have the identity provider issue a token with",
        KeySetter::Service => "have the service make the call with",
        _ => "make the request with",
    };
    match value {
        ContextValue::One(text) if !literal(test, text) => match like(text, test) {
            Some(like) => format!("{verb} {key} {like}, such as `{text}`"),
            None => format!("{verb} {}, for example", value.pair(key)),
        },
        value => format!("{verb} {}", value.pair(key)),
    }
}

/// Which values are meant, where one is only an example that was made from a pattern: ``like `t3.*` ``.
fn like(example: &str, test: KeyTest<'_>) -> Option<String> {
    let mut patterns = test.policy.texts(test.test.values).iter().map(|text| test.policy.text(text));
    let is_real = |pattern: &str| facts::real_value(&test.key(), pattern).as_deref() == Some(example);
    let made = patterns.find(|pattern| pattern.replace(['*', '?'], FILL) == example || is_real(pattern));
    made.map(|pattern| format!("like `{pattern}`"))
}
