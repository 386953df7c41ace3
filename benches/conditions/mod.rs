//! Policies of many statements, each on a bucket of its own under a tag.

use std::fmt::Write as _;

use iamwhy::policy::PolicyType;
use iamwhy::question::Question;
use iamwhy::reason::{AskedVersion, KnownOfCaller, ListedActions, Turn, TwoVersions};
use iamwhy::source::Source;
use iamwhy::world::{Document, GivenPolicies, NamedDocument, World};

/// So many statements; every tenth may lack the condition.
pub(crate) fn conditions(count: usize, is_open: bool) -> String {
    let mut statements = String::new();
    for number in 0..count {
        let condition = match is_open && number % 10 == 0 {
            true => String::new(),
            false => {
                format!(r#", "Condition": {{"StringEquals": {{"aws:PrincipalTag/team": "t{number}"}}}}"#)
            }
        };
        let comma = if number == 0 { "" } else { "," };
        let _ = write!(
            statements,
            r#"{comma}{{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b{number}/*"{condition}}}"#
        );
    }
    if count == 0 {
        statements.push_str(r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}"#);
    }
    format!(r#"{{"Version": "2012-10-17", "Statement": [{statements}]}}"#)
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
