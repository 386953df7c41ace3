//! Actions in policies that are never asked for them.

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::LintSubject;
use crate::facts::needs_no_permission;
use crate::names::glob_fold;
use crate::policy::PolicyType;
use crate::source::Severity;

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "action-not-here",
        severity: Severity::Warning,
        what: "an action of another service than the resources of the statement",
        why: "the policy of a resource is asked for actions of its own service alone",
        kind: PolicyType::ResourceBased,
        example: r#"{"Principal": {"AWS": "111122223333"}, "Effect": "Allow", "Action": "kms:Decrypt", "Resource": "arn:aws:s3:::b/*"}"#,
        near: r#"{"Principal": {"AWS": "111122223333"}, "Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::b/*"}"#,
        check: Some(place),
    },
    LintRule {
        code: "grant-in-vain",
        severity: Severity::Suggestion,
        what: "a permission that nobody needs, or that no policy gives",
        why: "AWS does not ask the policies about it",
        kind: PolicyType::IdentityBased,
        example: r#"{"Effect": "Deny", "Action": "sts:GetCallerIdentity", "Resource": "*"}"#,
        near: r#"{"Effect": "Allow", "Action": "sts:Get*", "Resource": "*"}"#,
        check: Some(vain),
    },
    LintRule {
        code: "service-wildcard-name",
        severity: Severity::Suggestion,
        what: "a wildcard in the name of a service of an action",
        why: "it also means services that are to come",
        kind: PolicyType::IdentityBased,
        example: r#"{"Effect": "Allow", "Action": "ec*:Get*", "Resource": "*"}"#,
        near: r#"{"Effect": "Allow", "Action": "ec2:Get*", "Resource": "*"}"#,
        check: Some(wildcard),
    },
];

fn place(subject: &LintSubject<'_>, found: &mut LintFindings) {
    if !matches!(subject.kind(), PolicyType::ResourceBased | PolicyType::Key) {
        return;
    }
    for statement in subject.statements().filter(|one| one.names_resources() && !one.says.action.negated) {
        let of_arn =
            |text: &str| text.strip_prefix("arn:").and_then(|rest| rest.split(':').nth(1)).map(str::to_owned);
        let services: Option<Vec<String>> = statement.resources().map(|(_, text)| of_arn(&text)).collect();
        let Some(services) = services.filter(|services| {
            services.iter().all(|service| !service.is_empty() && !service.contains(['*', '?', '$']))
        }) else {
            continue;
        };
        for (token, name) in statement.actions() {
            let Some(action) = subject.catalog.action(&name) else { continue };
            let mut formats = action.resource_types().flat_map(|used| used.resource_type().arn_formats());
            let is_own = |service: &String| action.service().prefix().eq_ignore_ascii_case(service);
            let fits = formats.any(|format| of_arn(format).is_some_and(|own| services.contains(&own)));
            if !fits && !services.iter().any(is_own) {
                found.at(
                    statement.place(token),
                    format!("the policy of `{}` is never asked for `{name}`", services[0]),
                );
            }
        }
    }
}

/// Changes of policies that belong to AWS (D33).
const OF_MANAGED: [&str; 6] = [
    "iam:CreatePolicyVersion", "iam:DeletePolicy", "iam:DeletePolicyVersion", "iam:SetDefaultPolicyVersion",
    "iam:TagPolicy", "iam:UntagPolicy",
];

fn vain(subject: &LintSubject<'_>, found: &mut LintFindings) {
    let is_exempt = matches!(subject.kind(), PolicyType::VpcEndpoint | PolicyType::Trust);
    for statement in subject.statements().filter(|one| !is_exempt && !one.says.action.negated) {
        let of_aws = statement.names_resources()
            && statement.resources().all(|(_, text)| text.starts_with("arn:aws:iam::aws:policy/"));
        for (token, name) in statement.actions().filter(|(_, name)| !name.contains(['*', '?'])) {
            let Some((service, action)) = name.split_once(':') else { continue };
            let what = match (
                needs_no_permission(service, action),
                of_aws && OF_MANAGED.iter().any(|own| glob_fold(own, &name)),
            ) {
                (Some(_), _) if statement.is_allow() => format!("`{name}` needs no permission"),
                (Some(_), _) => format!("`{name}` cannot be denied"),
                (None, true) => "nobody but AWS changes a policy of AWS".to_owned(),
                (None, false) => continue,
            };
            let finding = found.at(statement.place(token), what);
            if !statement.is_allow() {
                finding.severity = Severity::Warning;
            }
        }
    }
}

fn wildcard(subject: &LintSubject<'_>, found: &mut LintFindings) {
    for statement in subject.statements() {
        for (token, pattern) in statement.actions() {
            let Some((service, _)) = pattern.split_once(':') else { continue };
            if service.contains(['*', '?']) && service != "*" {
                found.at(statement.place(token), format!("`{service}` means every service of such a name"));
            }
        }
    }
}
