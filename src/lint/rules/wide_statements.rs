//! Allows that name a whole service, or every resource.

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::{LintSubject, LintedStatement};
use crate::catalog::ActionFacts;
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
            let Some(service) = subject.catalog.service(service) else { continue };
            let is_allowed = |action: ActionFacts<'_>| is_granted(subject, statement, &action.to_string());
            if service.actions().any(is_allowed) {
                let (count, prefix) = (service.actions().len(), service.prefix());
                let what = format!("all {count} actions of `{prefix}`, and those that AWS adds");
                found.at(statement.place(token), what);
            }
        }
    }
}

fn resource(subject: &LintSubject<'_>, found: &mut LintFindings) {
    for statement in subject.statements().filter(|one| one.is_allow() && !one.says.action.negated) {
        let star = statement.resources().find(|(_, text)| *text == *"*").map(|(token, _)| token);
        let Some(token) = star.filter(|_| statement.names_resources()) else { continue };
        let could = |name: &str| {
            let mut all = subject.catalog.matching_actions(name).filter(|action| action.has_resource_types());
            all.any(|action| is_granted(subject, statement, &action.to_string()))
        };
        let names = statement.actions().map(|(_, name)| name.into_owned());
        let names: Vec<String> = names.filter(|name| could(name)).map(|name| format!("`{name}`")).collect();
        if !names.is_empty() {
            let what = format!("{} could be allowed on some resources alone", first_of(MOST, &names));
            found.at(statement.place(token), what);
        }
    }
}

/// Whether the engine allows an action by a statement; what is allowed by another policy type the statement says itself.
fn is_granted(subject: &LintSubject<'_>, statement: LintedStatement<'_>, action: &str) -> bool {
    subject.kind() != PolicyType::IdentityBased || subject.witness(statement, action).is_some()
}

/// How many actions are named.
const MOST: usize = 3;
