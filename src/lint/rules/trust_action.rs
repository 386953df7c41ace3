//! Actions of trust policies.

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::LintSubject;
use crate::names::glob_fold;
use crate::policy::PolicyType;
use crate::source::Severity;

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "trust-action",
        severity: Severity::Error,
        what: "an action in a trust policy that assumes no role",
        why: "AWS refuses to save it",
        kind: PolicyType::Trust,
        example: r#"{"Principal": {"AWS": "111122223333"}, "Effect": "Allow", "Action": "s3:GetObject"}"#,
        near: r#"{"Principal": {"AWS": "111122223333"}, "Effect": "Allow", "Action": ["sts:AssumeRole", "sts:TagSession"]}"#,
        check: Some(trust_action),
    },
];

/// What a trust policy may allow.
const KNOWN: [&str; 6] = [
    "sts:AssumeRole", "sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity", "sts:TagSession",
    "sts:SetSourceIdentity", "sts:SetContext",
];

fn trust_action(subject: &LintSubject<'_>, found: &mut LintFindings) {
    if subject.kind() != PolicyType::Trust {
        return;
    }
    for statement in subject.statements().filter(|one| !one.says.action.negated) {
        for (token, pattern) in statement.actions() {
            if !KNOWN.iter().any(|known| glob_fold(&pattern, known)) {
                let what = format!("`{pattern}` assumes no role, and a trust policy is about nothing else");
                let help = "permissions of the role stand in policies that are attached to it";
                found.advise(statement.place(token), what, help);
            }
        }
    }
}
