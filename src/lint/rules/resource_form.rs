//! ARNs of a form that no resource of the service has.

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::LintSubject;
use super::pair_never_matches::ArnPattern;
use crate::policy::PolicyType;
use crate::source::Severity;

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "resource-form",
        severity: Severity::Warning,
        what: "an ARN of a form that no resource of its service has",
        why: "it covers nothing",
        kind: PolicyType::IdentityBased,
        example: r#"{"Effect": "Allow", "Action": "iam:GetRole", "Resource": "arn:aws:iam::111122223333:roles/App"}"#,
        near: r#"{"Effect": "Allow", "Action": "iam:GetRole", "Resource": "arn:aws:iam::111122223333:ro*"}"#,
        check: Some(form),
    },
];

/// How the last field of the ARNs of IAM begins; `*` stands for what else there may be.
const OF_IAM: [&str; 13] = [
    "user/", "role/", "group/", "policy/", "instance-profile/", "mfa/", "u2f/", "server-certificate/",
    "saml-provider/", "oidc-provider/", "access-report/", "sms-mfa/", "role-template/",
];

fn form(subject: &LintSubject<'_>, found: &mut LintFindings) {
    for statement in subject.statements() {
        for (token, text) in statement.resources() {
            let fields: Vec<&str> = text.splitn(6, ':').collect();
            let ["arn", _, service, region, account, name] = fields[..] else { continue };
            // A43: a star before the last field reaches over the colon behind it.
            let is_open = [service, region, account].iter().any(|field| field.contains(['*', '?', '$']))
                && service != "iam";
            if is_open || name.starts_with('$') {
                continue;
            }
            if service == "iam" && !account.contains(['*', '?', '$']) && !is_of_iam(name) {
                let help = "they begin with `user/`, `role/`, `group/`, `policy/` and the like";
                let finding = found.at(statement.place(token), "no ARN of IAM is of this form");
                finding.help = Some(help.to_owned());
                if matches!(subject.kind(), PolicyType::IdentityBased | PolicyType::PermissionsBoundary) {
                    finding.severity = Severity::Error;
                }
            } else if service != "iam" && !fits_a_type(subject, service, &text) {
                found.at(
                    statement.place(token),
                    format!("no resource of `{service}` has an ARN of this form"),
                );
            }
        }
    }
}

/// Whether a name may be that of something in IAM: the account's root user, or what begins like one of its kinds.
fn is_of_iam(name: &str) -> bool {
    let before = name.split(['*', '?', '$']).next().unwrap_or_default();
    let is_pattern = before.len() < name.len();
    name == "root"
        || OF_IAM.iter().any(|begins| before.starts_with(begins) || is_pattern && begins.starts_with(before))
}

/// Whether the catalog lists a type of the service that an ARN may be of; of a service without types nothing is known.
fn fits_a_type(subject: &LintSubject<'_>, service: &str, arn: &str) -> bool {
    let Some(known) = subject.catalog.service(service) else { return true };
    let mut formats = known.resource_types().flat_map(|one| one.arn_formats()).peekable();
    let pattern = ArnPattern::of(arn);
    formats.peek().is_none() || formats.any(|format| pattern.may_fit(format))
}
