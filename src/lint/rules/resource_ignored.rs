//! Resources that no action of their statement takes.

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::LintSubject;
use super::pair_never_matches::ArnPattern;
use crate::catalog::ActionFacts;
use crate::facts::pseudo_resource;
use crate::policy::PolicyType;
use crate::source::Severity;

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "resource-ignored",
        severity: Severity::Suggestion,
        what: "a resource that no action of its statement works on",
        why: "it allows and denies nothing",
        kind: PolicyType::IdentityBased,
        example: r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": ["arn:aws:s3:::b/*", "arn:aws:sqs:us-east-1:123456789012:q"]}"#,
        near: r#"{"Effect": "Allow", "Action": ["s3:GetObject", "sqs:*"], "Resource": ["arn:aws:s3:::b/*", "arn:aws:sqs:us-east-1:123456789012:q"]}"#,
        check: Some(ignored),
    },
];

fn ignored(subject: &LintSubject<'_>, found: &mut LintFindings) {
    for statement in subject.statements().filter(|one| one.names_resources() && !one.says.action.negated) {
        let mut actions: Vec<ActionFacts<'_>> = Vec::new();
        let mut is_known = true;
        for (_, pattern) in statement.actions() {
            let before = actions.len();
            let names = subject.catalog.matching_actions(&pattern).map(|action| action.to_string());
            let names: Vec<String> = names.collect();
            actions.extend(names.iter().filter_map(|name| subject.catalog.action(name)));
            is_known &= actions.len() > before;
        }
        // What is not known counts against the finding.
        is_known &= !actions.iter().any(|one| pseudo_resource(one.service().prefix(), one.name()).is_some());
        let formats: Vec<&str> = actions
            .iter()
            .flat_map(|action| action.resource_types())
            .flat_map(|used| used.resource_type().arn_formats())
            .collect();
        for (token, text) in statement.resources().filter(|(_, text)| is_known && text.starts_with("arn:")) {
            let pattern = ArnPattern::of(&text);
            if !formats.iter().any(|format| pattern.may_fit(format)) {
                found.at(statement.place(token), format!("no action of the statement works on `{text}`"));
            }
        }
    }
}
