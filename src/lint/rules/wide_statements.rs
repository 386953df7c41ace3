//! Allows that name a whole service, or every resource.

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::LintSubject;
use crate::policy::PolicyType;
use crate::source::{Severity, first_of};

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "svc-star",
        severity: Severity::Security,
        what: "every action of a service",
        why: "what AWS adds to the service tomorrow is allowed, too",
        kind: PolicyType::IdentityBased,
        example: r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::b/*"}"#,
        near: r#"{"Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::b/*"}"#,
        check: Some(service),
    },
    LintRule {
        code: "resource-star",
        severity: Severity::Security,
        what: "actions on every resource that could name theirs",
        why: "whoever has it reaches all of them, in the whole account",
        kind: PolicyType::IdentityBased,
        example: r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}"#,
        near: r#"{"Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*"}"#,
        check: Some(resource),
    },
];

fn service(subject: &LintSubject<'_>, found: &mut LintFindings) {
    for statement in subject.statements().filter(|one| one.is_allow() && !one.says.action.negated) {
        for (token, pattern) in statement.actions() {
            let Some((service, "*")) = pattern.split_once(':') else { continue };
            let count = subject.catalog.service(service).map(|service| service.actions().len());
            if let Some(count) = count {
                let what = format!("all {count} actions of `{service}`, and those that AWS adds");
                found.at(statement.place(token), what);
            }
        }
    }
}

fn resource(subject: &LintSubject<'_>, found: &mut LintFindings) {
    for statement in subject.statements().filter(|one| one.is_allow() && !one.says.action.negated) {
        let star = statement.resources().find(|(_, text)| *text == *"*").map(|(token, _)| token);
        let Some(token) = star.filter(|_| statement.names_resources() && statement.says.condition.is_empty())
        else {
            continue;
        };
        let could =
            |name: &str| subject.catalog.matching_actions(name).any(|action| action.has_resource_types());
        let names = statement.actions().map(|(_, name)| name.into_owned());
        let names: Vec<String> = names.filter(|name| could(name)).map(|name| format!("`{name}`")).collect();
        if !names.is_empty() {
            let what = format!("{} could be allowed on some resources alone", first_of(MOST, &names));
            found.at(statement.place(token), what);
        }
    }
}

/// How many actions are named.
const MOST: usize = 3;
