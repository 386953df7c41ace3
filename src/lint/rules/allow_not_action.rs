//! What is allowed by what is left out.

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::LintSubject;
use crate::policy::{PolicyType, Token};
use crate::source::Severity;

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "allow-not-action",
        severity: Severity::Security,
        what: "`NotAction` in what is allowed",
        why: "every action is allowed that is not named, also those that AWS adds later",
        kind: PolicyType::IdentityBased,
        example: r#"{"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}"#,
        near: r#"{"Effect": "Deny", "NotAction": "iam:*", "Resource": "*"}"#,
        check: Some(action),
    },
    LintRule {
        code: "allow-not-resource",
        severity: Severity::Security,
        what: "`NotResource` in what is allowed",
        why: "every resource is allowed that is not named, also in other accounts",
        kind: PolicyType::IdentityBased,
        example: r#"{"Effect": "Allow", "Action": "s3:GetObject", "NotResource": "arn:aws:s3:::b/k"}"#,
        near: r#"{"Effect": "Deny", "Action": "s3:GetObject", "NotResource": "arn:aws:s3:::b/k"}"#,
        check: Some(resource),
    },
];

fn action(subject: &LintSubject<'_>, found: &mut LintFindings) {
    let is_limit = matches!(subject.kind(), PolicyType::ServiceControl | PolicyType::PermissionsBoundary);
    for statement in subject.statements().filter(|one| one.is_allow() && one.says.action.negated && !is_limit)
    {
        let what = "`NotAction` allows every action that is not named, also those that AWS adds later";
        found.advise(statement.place(Token::ActionKey), what, "name what is meant under `Action`");
    }
}

fn resource(subject: &LintSubject<'_>, found: &mut LintFindings) {
    let is_limit = matches!(subject.kind(), PolicyType::ServiceControl | PolicyType::PermissionsBoundary);
    let negated =
        subject.statements().filter(|one| one.says.resource.is_some_and(|resource| resource.negated));
    for statement in negated.filter(|one| one.is_allow() && !is_limit) {
        let what = "`NotResource` allows every resource that is not named";
        found.advise(statement.place(Token::ResourceKey), what, "name what is meant under `Resource`");
    }
}
