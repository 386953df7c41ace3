//! Whose token lets somebody in.

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::LintSubject;
use crate::facts::shared_provider;
use crate::policy::{PolicyType, PrincipalType};
use crate::source::Severity;
use crate::world::claims::{keys, unclaimed_providers};

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "missing-claim",
        severity: Severity::Error,
        what: "a shared identity provider, and no condition on whose token it is",
        why: "everybody who uses the provider could assume the role; AWS refuses to save it",
        kind: PolicyType::Trust,
        example: r#"{"Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/gitlab.com"}, "Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity", "Condition": {"StringEquals": {"gitlab.com:aud": "x"}}}"#,
        near: r#"{"Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/gitlab.com"}, "Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity", "Condition": {"StringEquals": {"gitlab.com:sub": "project_path:acme/app:ref_type:branch:ref:main"}}}"#,
        check: Some(missing),
    },
    LintRule {
        code: "oidc-any",
        severity: Severity::Security,
        what: "an identity provider of your own, and no condition on whose token it is",
        why: "everybody whom the provider knows may assume the role",
        kind: PolicyType::Trust,
        example: r#"{"Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/login.example.com"}, "Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity"}"#,
        near: r#"{"Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/login.example.com"}, "Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity", "Condition": {"StringEquals": {"login.example.com:aud": "x"}}}"#,
        check: Some(any),
    },
];

const TO_ASSUME: &str = "sts:AssumeRoleWithWebIdentity";

fn missing(subject: &LintSubject<'_>, found: &mut LintFindings) {
    if subject.kind() != PolicyType::Trust {
        return;
    }
    let compiled = subject.compiled();
    for provider in unclaimed_providers(compiled) {
        let statements = subject.statements().filter(|statement| statement.is_allow());
        let mut named =
            statements.flat_map(|one| one.principals().map(move |(token, _, text)| (one, token, text)));
        let is_own =
            |text: &str| shared_provider(text).is_some_and(|shared| shared.issuer == provider.issuer);
        if let Some((statement, token, _)) = named.find(|(.., text)| is_own(text)) {
            let what = format!("everybody who uses {} could assume the role", provider.issuer);
            found.advise(statement.place(token), what, format!("test {} in a condition", keys(provider)));
        }
    }
}

fn any(subject: &LintSubject<'_>, found: &mut LintFindings) {
    if subject.kind() != PolicyType::Trust {
        return;
    }
    for statement in subject.statements().filter(|one| one.is_allow() && one.covers_action(TO_ASSUME)) {
        for (token, kind, text) in statement.principals() {
            let Some((_, issuer)) = text.split_once(":oidc-provider/") else { continue };
            let is_own = kind == Some(PrincipalType::Federated) && shared_provider(&text).is_none();
            if is_own && statement.says.condition.is_empty() {
                let what = format!("everybody whom {issuer} knows may assume the role");
                found.advise(statement.place(token), what, format!("test `{issuer}:sub` or `{issuer}:aud`"));
            }
        }
    }
}
