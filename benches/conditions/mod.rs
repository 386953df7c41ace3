//! Policies of many statements on one action, and what becomes of them by a change.
#![allow(dead_code, reason = "each benchmark uses a part")]

use iamwhy::policy::PolicyType;
use iamwhy::question::Question;
use iamwhy::reason::{AskedVersion, KnownOfCaller, ListedActions, Turn, TwoVersions};
use iamwhy::source::Source;
use iamwhy::world::{Document, GivenPolicies, NamedDocument, World};

/// A policy of so many statements, before or after a change.
pub(crate) type Statements = fn(count: usize, is_changed: bool) -> String;

/// The policies whose comparisons are measured, by what is in them.
pub(crate) const KINDS: [(&str, Statements); 5] = [
    ("on a bucket each under a tag, every tenth loses the tag", conditions),
    ("on a bucket each under a tag, all tags change", buckets),
    ("under one of 40 keys each, all values change", forty_keys),
    ("on one of 20 crossing patterns, under one of 6 tags and 200 networks, every tenth changes", crossing),
    ("on what contains a word each, all words grow", contained),
];

/// So many statements, each on a bucket of its own under a tag; every tenth may lack the condition.
pub(crate) fn conditions(count: usize, is_open: bool) -> String {
    policy(count, |number| match is_open && number % 10 == 0 {
        true => allow(&format!("b{number}/*"), ""),
        false => allow(&format!("b{number}/*"), &tag("team", number)),
    })
}

/// So many statements, each on a bucket of its own under a tag.
pub(crate) fn buckets(count: usize, is_changed: bool) -> String {
    policy(count, |number| allow(&format!("b{number}/*"), &tag("team", number + usize::from(is_changed))))
}

/// So many statements, each on everything under one of forty tags.
pub(crate) fn forty_keys(count: usize, is_changed: bool) -> String {
    let value = |number: usize| if is_changed { number + count } else { number };
    policy(count, |number| allow("*", &tag(&format!("key{}", number % 40), value(number))))
}

/// So many statements whose patterns, tags and networks cross.
pub(crate) fn crossing(count: usize, is_changed: bool) -> String {
    policy(count, |number| {
        let letter = char::from(b'a' + (number % 20) as u8);
        let network = (number + usize::from(is_changed && number % 10 == 0)) % 200;
        let address = format!(r#", "IpAddress": {{"aws:SourceIp": "10.{network}.0.0/16"}}"#);
        allow(&format!("*{letter}*/*"), &(tag(&format!("tag{}", number % 6), 0) + &address))
    })
}

/// So many statements, each on what contains a word.
pub(crate) fn contained(count: usize, is_changed: bool) -> String {
    let more = if is_changed { "1" } else { "" };
    policy(count, |number| allow(&format!("*x{number}y{more}*"), ""))
}

fn tag(key: &str, value: usize) -> String {
    format!(r#""StringEquals": {{"aws:PrincipalTag/{key}": "t{value}"}}"#)
}

fn allow(bucket: &str, condition: &str) -> String {
    format!(
        r#"{{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::{bucket}", "Condition": {{{condition}}}}}"#
    )
}

fn policy(count: usize, statement: impl Fn(usize) -> String) -> String {
    let statements: Vec<String> = (0..count).map(statement).collect();
    format!(r#"{{"Version": "2012-10-17", "Statement": [{}]}}"#, statements.join(","))
}

pub(crate) fn document(text: &str) -> NamedDocument {
    let source = Source::new("P", text);
    NamedDocument { name: "P".into(), document: Document::read(&source, PolicyType::IdentityBased).0 }
}

/// Two versions of a policy that nobody has yet.
pub(crate) fn two_versions<'w>(
    world: &'w World,
    listed: &'w ListedActions,
    texts: [&str; 2],
) -> TwoVersions<'w> {
    let versions = texts.map(|text| {
        let policies = GivenPolicies { identity: Some(vec![document(text)]), ..GivenPolicies::default() };
        let user: iamwhy::Principal = "arn:aws:iam::111122223333:user/bob".parse().expect("a principal");
        AskedVersion { world, question: Question::new(user, "s3:GetObject").policies(policies) }
    });
    let known = KnownOfCaller::Nothing;
    TwoVersions { versions, known, on: None, within: None, turns: &Turn::BOTH, listed }
}
