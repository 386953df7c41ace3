//! Names in `NotAction` that leave nothing out.

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::LintSubject;
use crate::facts::is_retired_action;
use crate::policy::PolicyType;
use crate::source::Severity;

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "not-action-typo",
        severity: Severity::Warning,
        what: "a name in `NotAction` that the catalog does not list",
        why: "it leaves nothing out: what was meant is covered",
        kind: PolicyType::IdentityBased,
        example: r#"{"Effect": "Allow", "NotAction": "iam:CreteUser", "Resource": "arn:aws:s3:::b/k"}"#,
        near: r#"{"Effect": "Allow", "NotAction": "iam:CreateUser", "Resource": "arn:aws:s3:::b/k"}"#,
        check: Some(typo),
    },
];

fn typo(subject: &LintSubject<'_>, found: &mut LintFindings) {
    for statement in subject.statements().filter(|one| one.says.action.negated) {
        for (token, name) in statement.actions() {
            let is_known = subject.catalog.action(&name).is_some() || is_retired_action(&name);
            if !is_known && !name.contains(['*', '?', '$']) {
                let does = if statement.is_allow() { "allowed" } else { "denied" };
                let what = format!("{}, so what is meant is {does}", subject.catalog.unlisted_action(&name));
                found.at(statement.place(token), what);
            }
        }
    }
}
