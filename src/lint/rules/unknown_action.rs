//! Actions that the catalog does not list.

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::{LintSubject, LintedStatement};
use crate::facts::is_retired_action;
use crate::policy::PolicyType;
use crate::source::Severity;

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "unknown-action",
        severity: Severity::Warning,
        what: "an action that the catalog does not list",
        why: "it probably covers nothing; the catalog has a date, and AWS has actions that it lists nowhere",
        kind: PolicyType::IdentityBased,
        example: r#"{"Effect": "Allow", "Action": "s3:GetObjct", "Resource": "arn:aws:s3:::b/k"}"#,
        near: r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/k"}"#,
        check: Some(exact),
    },
    LintRule {
        code: "unknown-service",
        severity: Severity::Warning,
        what: "an action of a service that the catalog does not list",
        why: "it probably covers nothing",
        kind: PolicyType::IdentityBased,
        example: r#"{"Effect": "Allow", "Action": "es3:GetObject", "Resource": "arn:aws:s3:::b/k"}"#,
        near: r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/k"}"#,
        check: Some(service),
    },
    LintRule {
        code: "pattern-without-action",
        severity: Severity::Warning,
        what: "a pattern that matches no action of the catalog",
        why: "it probably covers nothing",
        kind: PolicyType::IdentityBased,
        example: r#"{"Effect": "Allow", "Action": "s3:Fetch*", "Resource": "arn:aws:s3:::b/k"}"#,
        near: r#"{"Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::b/k"}"#,
        check: Some(pattern),
    },
];

fn exact(subject: &LintSubject<'_>, found: &mut LintFindings) {
    for statement in subject.statements() {
        for (token, name) in statement.actions() {
            if name.contains(['*', '?', '$']) || subject.catalog.action(&name).is_some() {
                continue;
            }
            let service = name.split_once(':').and_then(|(prefix, _)| subject.catalog.service(prefix));
            if service.is_some() && !is_retired_action(&name) && !is_exception(statement) {
                found.at(statement.place(token), subject.catalog.unlisted_action(&name));
            }
        }
    }
}

fn service(subject: &LintSubject<'_>, found: &mut LintFindings) {
    for statement in subject.statements() {
        for (token, name) in statement.actions() {
            let Some((prefix, _)) = name.split_once(':') else {
                continue;
            };
            let is_pattern = prefix.contains(['*', '?', '$']);
            // A name that is listed has a service; the list of retired names is long: it is asked last.
            let is_listed = || subject.catalog.action(&name).is_some();
            let is_unknown = !is_pattern
                && !is_listed()
                && subject.catalog.service(prefix).is_none()
                && !prefix.contains(' ');
            if is_unknown && !is_retired_action(&name) {
                let near = subject.catalog.nearest_action(&name);
                let near = near.map(|near| format!("; did you mean {near}?")).unwrap_or_default();
                let what = format!(
                    "no service of the catalog of {} is called `{prefix}`{near}",
                    subject.catalog.date()
                );
                found.at(statement.place(token), what);
            }
        }
    }
}

fn pattern(subject: &LintSubject<'_>, found: &mut LintFindings) {
    for statement in subject.statements() {
        for (token, pattern) in statement.actions() {
            let Some((prefix, name)) = pattern.split_once(':') else { continue };
            let is_known = || prefix.contains(['*', '?']) || subject.catalog.service(prefix).is_some();
            let is_pattern = name.contains(['*', '?']);
            let matches = || subject.catalog.matching_actions(&pattern).next().is_some();
            if is_pattern && !matches() && is_known() && !is_retired_action(&pattern) {
                let what =
                    format!("`{pattern}` matches no action of the catalog of {}", subject.catalog.date());
                found.at(statement.place(token), what);
            }
        }
    }
}

/// What is left out by name is told by a rule of its own.
fn is_exception(statement: LintedStatement<'_>) -> bool {
    statement.says.action.negated
}
