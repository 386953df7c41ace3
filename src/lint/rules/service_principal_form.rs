//! Names of service principals (A28).

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::LintSubject;
use crate::policy::{PolicyType, PrincipalType};
use crate::source::Severity;

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "service-principal-form",
        severity: Severity::Warning,
        what: "a service principal that is not of the form `service.amazonaws.com`",
        why: "no service is called so, and it covers nobody",
        kind: PolicyType::Trust,
        example: r#"{"Principal": {"Service": "lambda"}, "Effect": "Allow", "Action": "sts:AssumeRole"}"#,
        near: r#"{"Principal": {"Service": "lambda.amazonaws.com"}, "Effect": "Allow", "Action": "sts:AssumeRole"}"#,
        check: Some(form),
    },
];

/// How the names of service principals end.
const ENDS: [&str; 7] = [
    ".amazonaws.com", ".amazonaws.com.cn", ".amazon.com", ".aws.internal", ".aws.amazon.com",
    ".amazonaws.eu", ".c2s.ic.gov",
];

fn form(subject: &LintSubject<'_>, found: &mut LintFindings) {
    for statement in subject.statements() {
        for (token, kind, text) in statement.principals() {
            let has_form = ENDS.iter().any(|end| text.ends_with(end)) || text.contains(['*', '$']);
            if kind == Some(PrincipalType::Service) && !has_form {
                let name = text.split('.').next().unwrap_or_default();
                let what = format!("`{text}` is the name of no service principal");
                found.advise(
                    statement.place(token),
                    what,
                    format!("perhaps `{name}.amazonaws.com` is meant"),
                );
            }
        }
    }
}
