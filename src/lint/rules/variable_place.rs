//! Variables where AWS puts nothing in (A49f).

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::LintSubject;
use crate::policy::PolicyType;
use crate::source::Severity;

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "variable-place",
        severity: Severity::Warning,
        what: "a policy variable in the first five fields of an ARN",
        why: "AWS puts something in its place in the last field alone",
        kind: PolicyType::IdentityBased,
        example: r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:${aws:RequestedRegion}:111122223333:q"}}"#,
        near: r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:eu-west-1:111122223333:${aws:username}"}}"#,
        check: Some(place),
    },
];

fn place(subject: &LintSubject<'_>, found: &mut LintFindings) {
    for statement in subject.statements() {
        for (token, text) in statement.resources() {
            let Some(at) = text.find("${").filter(|_| text.starts_with("arn:")) else { continue };
            // What a template leaves open has no prefix, and is told as such.
            let is_variable = text[at..].split('}').next().is_some_and(|variable| variable.contains(':'));
            if is_variable && text[..at].matches(':').count() < 5 {
                found.at(statement.place(token), "a policy variable stands before the last field of the ARN");
            }
        }
    }
}
