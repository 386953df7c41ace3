//! ARNs in place of the names of issuers.

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::LintSubject;
use crate::policy::{PolicyType, Token};
use crate::source::Severity;

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "key-form",
        severity: Severity::Warning,
        what: "the ARN of a provider as the prefix of a condition key",
        why: "the keys of a provider begin with the name of its issuer",
        kind: PolicyType::Trust,
        example: r#"{"Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/login.example.com"}, "Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity", "Condition": {"StringEquals": {"arn:aws:iam::111122223333:oidc-provider/login.example.com:sub": "a"}}}"#,
        near: r#"{"Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/login.example.com"}, "Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity", "Condition": {"StringEquals": {"login.example.com:sub": "a"}}}"#,
        check: Some(form),
    },
];

fn form(subject: &LintSubject<'_>, found: &mut LintFindings) {
    for statement in subject.statements() {
        for (number, test) in statement.tests() {
            let key = statement.key(test);
            let Some((_, issuer)) = key.split_once(":oidc-provider/").filter(|_| key.starts_with("arn:"))
            else {
                continue;
            };
            found.advise(
                statement.place(Token::Key(number)),
                "no key begins with the ARN of a provider",
                format!("write `{issuer}`"),
            );
        }
    }
}
