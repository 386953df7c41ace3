//! What is allowed on every role.

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::LintSubject;
use crate::policy::PolicyType;
use crate::source::Severity;

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "pass-role-any",
        severity: Severity::Security,
        what: "`iam:PassRole` on every role, to every service",
        why: "whoever has it can have a service do what the most powerful role of the account may",
        kind: PolicyType::IdentityBased,
        example: r#"{"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*"}"#,
        near: r#"{"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*", "Condition": {"StringEquals": {"iam:PassedToService": "lambda.amazonaws.com"}}}"#,
        check: Some(pass_role),
    },
    LintRule {
        code: "assume-any",
        severity: Severity::Security,
        what: "`sts:AssumeRole` on every role",
        why: "whoever has it becomes each role whose trust policy lets the account in",
        kind: PolicyType::IdentityBased,
        example: r#"{"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*"}"#,
        near: r#"{"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "arn:aws:iam::123456789012:role/Deploy"}"#,
        check: Some(assume),
    },
    LintRule {
        code: "create-slr-any",
        severity: Severity::Suggestion,
        what: "`iam:CreateServiceLinkedRole` for every service",
        why: "a condition on `iam:AWSServiceName` says which service is meant",
        kind: PolicyType::IdentityBased,
        example: r#"{"Effect": "Allow", "Action": "iam:CreateServiceLinkedRole", "Resource": "*"}"#,
        near: r#"{"Effect": "Allow", "Action": "iam:CreateServiceLinkedRole", "Resource": "*", "Condition": {"StringEquals": {"iam:AWSServiceName": "ecs.amazonaws.com"}}}"#,
        check: Some(create),
    },
];

/// Roles that no policy means by name.
const ANY_ROLE: &str = "arn:aws:iam::123456789012:role/iamwhy-witness";
const ANY_LINKED_ROLE: &str =
    "arn:aws:iam::123456789012:role/aws-service-role/witness.amazonaws.com/AWSServiceRoleForWitness";

fn pass_role(subject: &LintSubject<'_>, found: &mut LintFindings) {
    let what = "every role may be passed to every service";
    let help = "name the roles under `Resource`, or test `iam:PassedToService`";
    told(subject, found, ("iam:PassRole", ANY_ROLE), what, help);
}

fn assume(subject: &LintSubject<'_>, found: &mut LintFindings) {
    let what = "every role may be assumed that lets the account in";
    told(subject, found, ("sts:AssumeRole", ANY_ROLE), what, "name the roles under `Resource`");
}

fn create(subject: &LintSubject<'_>, found: &mut LintFindings) {
    let what = "the role of every service may be created";
    let request = ("iam:CreateServiceLinkedRole", ANY_LINKED_ROLE);
    told(subject, found, request, what, "test `iam:AWSServiceName`");
}

/// Tells it where the engine allows a request about a role that nobody can have meant; an administrator is told by a rule
/// of its own.
fn told(
    subject: &LintSubject<'_>,
    found: &mut LintFindings,
    (action, role): (&str, &str),
    what: &str,
    help: &str,
) {
    if subject.kind() != PolicyType::IdentityBased {
        return;
    }
    let Some((statement, token)) = subject.grantor(action, role) else { return };
    if subject.grants(action, role) && subject.everything().is_none() {
        let witness = format!("{what}: `{action}` on `{role}` is allowed");
        found.advise(statement.place(token), witness, help);
    }
}
