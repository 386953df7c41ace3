//! Actions in other letters than AWS writes them.

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::LintSubject;
use crate::policy::PolicyType;
use crate::source::Severity;

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "action-case",
        severity: Severity::Suggestion,
        what: "an action in other letters than AWS writes it",
        why: "letter case does not count in actions; those who search for the name do not find it",
        kind: PolicyType::IdentityBased,
        example: r#"{"Effect": "Allow", "Action": "s3:getobject", "Resource": "arn:aws:s3:::b/k"}"#,
        near: r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/k"}"#,
        check: Some(case),
    },
];

fn case(subject: &LintSubject<'_>, found: &mut LintFindings) {
    for statement in subject.statements() {
        for (token, name) in statement.actions() {
            let listed = subject.catalog.action(&name).map(|action| action.to_string());
            if let Some(listed) = listed.filter(|listed| **listed != *name) {
                found.at(statement.place(token), format!("AWS writes `{listed}`"));
            }
        }
    }
}
