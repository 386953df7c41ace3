//! The service in an ARN (A41, A45).

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::LintSubject;
use crate::names::Arn;
use crate::policy::PolicyType;
use crate::source::Severity;

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "arn-service-case",
        severity: Severity::Warning,
        what: "a service in an ARN with capital letters",
        why: "letter case counts there: no resource has it",
        kind: PolicyType::IdentityBased,
        example: r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:S3:::b/k"}"#,
        near: r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::B/K"}"#,
        check: Some(case),
    },
    LintRule {
        code: "arn-service-wildcard",
        severity: Severity::Warning,
        what: "a wildcard in the service of an ARN",
        why: "IAM refuses to save it",
        kind: PolicyType::IdentityBased,
        example: r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s*:::b/k"}"#,
        near: r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}"#,
        check: Some(wildcard),
    },
];

fn case(subject: &LintSubject<'_>, found: &mut LintFindings) {
    for statement in subject.statements() {
        for (token, text) in statement.resources() {
            let Some(service) = Arn::parse(&text).map(|arn| arn.service()) else { continue };
            let folded = service.to_ascii_lowercase();
            if folded != service && !service.contains(['$', '{']) {
                let what = format!("letter case counts in ARNs, and no service is called `{service}` there");
                found.advise(statement.place(token), what, format!("write `{folded}`"));
            }
        }
    }
}

fn wildcard(subject: &LintSubject<'_>, found: &mut LintFindings) {
    for statement in subject.statements() {
        for (token, text) in statement.resources() {
            let Some(service) = Arn::parse(&text).map(|arn| arn.service()) else { continue };
            if service.contains(['*', '?']) {
                let what = format!("the service of the ARN is `{service}`, and it may hold no wildcard");
                found.advise(statement.place(token), what, "write one ARN for each service, or `*` alone");
            }
        }
    }
}
