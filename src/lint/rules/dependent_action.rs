//! Actions that AWS says are needed beside others.

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::LintSubject;
use crate::policy::PolicyType;
use crate::source::{Severity, first_of};

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "dependent-action",
        severity: Severity::Suggestion,
        what: "an action without those that AWS lists as needed beside it",
        why: "another policy of the same principal may have them",
        kind: PolicyType::IdentityBased,
        example: r#"{"Effect": "Allow", "Action": "ec2:RunInstances", "Resource": "*"}"#,
        near: r#"{"Effect": "Allow", "Action": ["ec2:*", "iam:PassRole", "ssm:GetParameters"], "Resource": "*"}"#,
        check: Some(dependent),
    },
];

fn dependent(subject: &LintSubject<'_>, found: &mut LintFindings) {
    if subject.kind() != PolicyType::IdentityBased {
        return;
    }
    for statement in subject.statements().filter(|one| one.is_allow() && !one.says.action.negated) {
        for (token, name) in statement.actions() {
            let needed =
                subject.catalog.action(&name).into_iter().flat_map(|action| action.dependent_actions());
            let missing = needed.map(|action| action.to_string()).filter(|action| !subject.may_allow(action));
            let missing: Vec<String> = missing.map(|action| format!("`{action}`")).collect();
            if !missing.is_empty() {
                let what = format!(
                    "`{name}` may also need {}, which this policy does not allow",
                    first_of(MOST, &missing)
                );
                found.at(statement.place(token), what);
            }
        }
    }
}

/// How many actions are named.
const MOST: usize = 4;
