//! Lists without anything in them (A9).

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::LintSubject;
use crate::policy::{PolicyType, Token};
use crate::source::{Place, Severity};

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "empty-list",
        severity: Severity::Warning,
        what: "a list of actions or resources without anything in it",
        why: "the statement says nothing; for `NotResource` it excludes nothing",
        kind: PolicyType::IdentityBased,
        example: r#"{"Effect": "Allow", "Action": [], "Resource": "arn:aws:s3:::b/k"}"#,
        near: r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/k"}"#,
        check: Some(lists),
    },
    LintRule {
        code: "empty-values",
        severity: Severity::Warning,
        what: "a condition key with an empty list of values",
        why: "it never holds, or only where the key is absent",
        kind: PolicyType::IdentityBased,
        example: r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/k", "Condition": {"StringEquals": {"aws:PrincipalTag/a": []}}}"#,
        near: r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/k", "Condition": {"StringEquals": {"aws:PrincipalTag/a": ["b"]}}}"#,
        check: Some(values),
    },
];

fn lists(subject: &LintSubject<'_>, found: &mut LintFindings) {
    for statement in subject.statements() {
        if statement.says.action.patterns.is_empty() {
            let place = Place::new(subject.policy.source(), statement.says.action.patterns.span);
            found.at(place, "the list of actions is empty, so the statement says nothing");
        }
        let Some(resource) = statement.says.resource.filter(|resource| resource.patterns.is_empty()) else {
            continue;
        };
        let what = if resource.negated { "it excludes nothing" } else { "the statement says nothing" };
        let place = Place::new(subject.policy.source(), resource.patterns.span);
        found.at(place, format!("the list of resources is empty, so {what}"));
    }
}

fn values(subject: &LintSubject<'_>, found: &mut LintFindings) {
    for statement in subject.statements() {
        for (number, test) in statement.tests().filter(|(_, test)| test.values.is_empty()) {
            let what = format!("`{}` is compared with no value", statement.key(test));
            found.at(statement.place(Token::Key(number)), what);
        }
    }
}
