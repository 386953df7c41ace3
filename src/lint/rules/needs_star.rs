//! Actions without resource types under an ARN (A46).

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::LintSubject;
use crate::facts::pseudo_resource;
use crate::policy::PolicyType;
use crate::source::Severity;

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "needs-star",
        severity: Severity::Warning,
        what: "an action without resource types in a statement that names resources",
        why: "it is asked for `*` alone, so the statement never covers it",
        kind: PolicyType::IdentityBased,
        example: r#"{"Effect": "Allow", "Action": "ec2:DescribeInstances", "Resource": "arn:aws:ec2:eu-west-1:111122223333:instance/i-1"}"#,
        near: r#"{"Effect": "Allow", "Action": "ec2:DescribeInstances", "Resource": "*"}"#,
        check: Some(star),
    },
];

fn star(subject: &LintSubject<'_>, found: &mut LintFindings) {
    for statement in subject.statements().filter(|one| one.names_resources() && !one.says.action.negated) {
        let mut resources = statement.resources().peekable();
        let is_specific =
            |text: &str| text.starts_with("arn:") && !text.ends_with('*') && !text.contains('$');
        if resources.peek().is_none() || !resources.all(|(_, text)| is_specific(&text)) {
            continue;
        }
        for (token, name) in statement.actions() {
            let Some(action) = subject.catalog.action(&name).filter(|action| !action.has_resource_types())
            else {
                continue;
            };
            if pseudo_resource(action.service().prefix(), action.name()).is_none() {
                let what =
                    format!("`{name}` has no resource types, so it is asked for `*` and never covered here");
                found.advise(
                    statement.place(token),
                    what,
                    "put it into a statement with `\"Resource\": \"*\"`",
                );
            }
        }
    }
}
