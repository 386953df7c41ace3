//! Variables in the language of 2008 (A11).

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::LintSubject;
use crate::policy::{LanguageVersion, PolicyType, TextPart, parts};
use crate::source::Severity;

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "variable-in-old-version",
        severity: Severity::Warning,
        what: "a policy variable in a policy without `\"Version\": \"2012-10-17\"`",
        why: "it is taken as plain text",
        kind: PolicyType::IdentityBased,
        example: r#"{"Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/${aws:username}/*"}}"#,
        near: r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/${aws:username}/*"}}"#,
        check: Some(variable),
    },
];

fn variable(subject: &LintSubject<'_>, found: &mut LintFindings) {
    if subject.policy.language() == LanguageVersion::V2012 {
        return;
    }
    for statement in subject.statements() {
        let values = statement.tests().flat_map(|test| statement.values(test));
        for (token, text) in statement.resources().chain(values) {
            if parts(&text).any(|part| matches!(part, TextPart::Variable { .. })) {
                let what = format!("`{text}` is taken as it stands: the language of 2008 has no variables");
                found.advise(statement.place(token), what, "write `\"Version\": \"2012-10-17\"`");
            }
        }
    }
}
