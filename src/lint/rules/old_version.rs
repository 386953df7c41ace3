//! Which version of the policy language is meant.

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::LintSubject;
use crate::policy::{LanguageVersion, PolicyType};
use crate::source::{Place, Severity, Span};

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "missing-version",
        severity: Severity::Warning,
        what: "a policy without `Version`",
        why: "it is read in the language of 2008, without policy variables; AWS refuses managed policies, boundaries and resource control policies without it",
        kind: PolicyType::IdentityBased,
        example: r#"{"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}"#,
        near: r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/k"}"#,
        check: Some(missing),
    },
    LintRule {
        code: "old-version",
        severity: Severity::Suggestion,
        what: "`\"Version\": \"2008-10-17\"`",
        why: "the language of 2008 has no policy variables",
        kind: PolicyType::IdentityBased,
        example: r#"{"Version": "2008-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}"#,
        near: r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/k"}"#,
        check: Some(old),
    },
];

const HELP: &str = "write `\"Version\": \"2012-10-17\"`";

fn missing(subject: &LintSubject<'_>, found: &mut LintFindings) {
    if subject.policy.version().is_some() {
        return;
    }
    let start = subject.policy.document().start;
    let place = Place::new(subject.policy.source(), Span::new(start, start + 1));
    let finding = found.at(place, "the policy says no version, so the language of 2008 is meant");
    finding.help = Some(HELP.to_owned());
    finding.severity = match subject.kind() {
        PolicyType::PermissionsBoundary | PolicyType::ResourceControl => Severity::Error,
        PolicyType::Trust => Severity::Warning,
        _ => Severity::Suggestion,
    };
}

fn old(subject: &LintSubject<'_>, found: &mut LintFindings) {
    if let Some((LanguageVersion::V2008, text)) = subject.policy.version() {
        let place = Place::new(subject.policy.source(), text.token());
        found.advise(place, "this is the language of 2008, which has no policy variables", HELP);
    }
}
