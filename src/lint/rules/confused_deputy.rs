//! Services that act for somebody else.

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::LintSubject;
use crate::policy::{PolicyType, PrincipalType};
use crate::source::Severity;

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "confused-deputy",
        severity: Severity::Security,
        what: "a service let in, whoever it acts for",
        why: "anybody with an account of AWS may have the service use the resource",
        kind: PolicyType::ResourceBased,
        example: r#"{"Principal": {"Service": "sns.amazonaws.com"}, "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:us-east-1:111122223333:q"}"#,
        near: r#"{"Principal": {"Service": "sns.amazonaws.com"}, "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:us-east-1:111122223333:q", "Condition": {"ArnEquals": {"aws:SourceArn": "arn:aws:sns:us-east-1:111122223333:t"}}}"#,
        check: Some(deputy),
    },
];

/// What says for whom a service acts.
const GUARDS: [&str; 6] = [
    "aws:SourceArn", "aws:SourceAccount", "aws:SourceOrgID", "aws:SourceOrgPaths", "aws:SourceOwner",
    "kms:CallerAccount",
];

fn deputy(subject: &LintSubject<'_>, found: &mut LintFindings) {
    if !matches!(subject.kind(), PolicyType::ResourceBased | PolicyType::Key) {
        return;
    }
    for statement in subject.statements().filter(|one| one.is_allow()) {
        let says_whom = |key: &str| key.to_ascii_lowercase().starts_with("kms:encryptioncontext:aws:");
        let is_guarded =
            statement.requires(&GUARDS) || statement.tests().any(|(_, test)| says_whom(&statement.key(test)));
        for (token, kind, text) in statement.principals().filter(|_| !is_guarded) {
            if kind == Some(PrincipalType::Service) {
                let what = format!("`{text}` is let in, whichever account it acts for");
                found.advise(statement.place(token), what, "test `aws:SourceArn` or `aws:SourceAccount`");
            }
        }
    }
}
