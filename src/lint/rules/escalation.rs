//! Permissions that lead to any other.

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::LintSubject;
use crate::policy::PolicyType;
use crate::source::{Place, Severity};

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "grants-escalation",
        severity: Severity::Security,
        what: "a permission by which somebody can give himself any other",
        why: "whoever has it is an administrator in a few steps",
        kind: PolicyType::IdentityBased,
        example: r#"{"Effect": "Allow", "Action": "iam:PutUserPolicy", "Resource": "*"}"#,
        near: r#"{"Effect": "Allow", "Action": "iam:PutUserPolicy", "Resource": "arn:aws:iam::123456789012:user/bots/*"}"#,
        check: Some(escalation),
    },
    LintRule {
        code: "boundary-open",
        severity: Severity::Security,
        what: "a boundary that lets its holder make identities beyond it",
        why: "what the boundary keeps him from, they may do for him",
        kind: PolicyType::PermissionsBoundary,
        example: r#"{"Effect": "Allow", "Action": "iam:*", "Resource": "*"}"#,
        near: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}, {"Effect": "Allow", "Action": ["iam:CreateRole", "iam:PutRolePolicy"], "Resource": "*", "Condition": {"ArnEquals": {"iam:PermissionsBoundary": "arn:aws:iam::123456789012:policy/Limit"}}}]}"#,
        check: Some(boundary),
    },
];

/// An action on a resource, and the value of `iam:PassedToService` if it hands on a role.
type Needed = (&'static str, &'static str, Option<&'static str>);

const SELF: &str = "arn:aws:iam::123456789012:user/example-user";
const USER: &str = "arn:aws:iam::123456789012:user/iamwhy-witness";
const GROUP: &str = "arn:aws:iam::123456789012:group/iamwhy-witness";
const ROLE: &str = "arn:aws:iam::123456789012:role/iamwhy-witness";
const POLICY: &str = "arn:aws:iam::123456789012:policy/iamwhy-witness";

const fn on(action: &'static str, resource: &'static str) -> Needed {
    (action, resource, None)
}

const fn pass(service: &'static str) -> Needed {
    ("iam:PassRole", ROLE, Some(service))
}

/// What leads to everything, and how: what each needs, and what it does.
#[rustfmt::skip]
const WAYS: [(&[Needed], &str); 18] = [
    (&[on("iam:PutUserPolicy", SELF)], "gives oneself a policy"),
    (&[on("iam:AttachUserPolicy", SELF)], "attaches any policy to oneself"),
    (&[on("iam:CreatePolicyVersion", POLICY)], "rewrites the policies of the account"),
    (&[on("iam:AddUserToGroup", GROUP)], "joins any group"),
    (&[on("iam:PutGroupPolicy", GROUP)], "gives any group a policy"),
    (&[on("iam:AttachGroupPolicy", GROUP)], "attaches any policy to any group"),
    (&[on("iam:CreateAccessKey", USER)], "makes keys of any user"),
    (&[on("iam:CreateLoginProfile", USER)], "makes a password of any user"),
    (&[on("iam:UpdateLoginProfile", USER)], "sets the password of any user"),
    (&[on("iam:UpdateAssumeRolePolicy", ROLE)], "lets oneself into any role"),
    (&[on("iam:PutRolePolicy", ROLE), on("sts:AssumeRole", ROLE)], "gives a role a policy and assumes it"),
    (&[on("iam:AttachRolePolicy", ROLE), on("sts:AssumeRole", ROLE)], "attaches any policy to a role and assumes it"),
    (&[pass("lambda.amazonaws.com"), on("lambda:CreateFunction", "arn:aws:lambda:us-east-1:123456789012:function:iamwhy-witness"), on("lambda:InvokeFunction", "arn:aws:lambda:us-east-1:123456789012:function:iamwhy-witness")], "runs code of one's own as any role of Lambda"),
    (&[pass("ec2.amazonaws.com"), on("ec2:RunInstances", "arn:aws:ec2:us-east-1:123456789012:instance/i-0a1b2c3d4e5f60718")], "starts a machine as any role of EC2"),
    (&[pass("cloudformation.amazonaws.com"), on("cloudformation:CreateStack", "arn:aws:cloudformation:us-east-1:123456789012:stack/iamwhy-witness/1")], "has CloudFormation make anything as any of its roles"),
    (&[pass("codebuild.amazonaws.com"), on("codebuild:CreateProject", "arn:aws:codebuild:us-east-1:123456789012:project/iamwhy-witness"), on("codebuild:StartBuild", "arn:aws:codebuild:us-east-1:123456789012:project/iamwhy-witness")], "runs a build as any role of CodeBuild"),
    (&[pass("glue.amazonaws.com"), on("glue:CreateJob", "arn:aws:glue:us-east-1:123456789012:job/iamwhy-witness"), on("glue:StartJobRun", "arn:aws:glue:us-east-1:123456789012:job/iamwhy-witness")], "runs code of one's own as any role of Glue"),
    (&[pass("ecs-tasks.amazonaws.com"), on("ecs:RegisterTaskDefinition", "*"), on("ecs:RunTask", "arn:aws:ecs:us-east-1:123456789012:task-definition/iamwhy-witness:1")], "runs a container as any role of ECS"),
];

/// What leads past a boundary.
#[rustfmt::skip]
const PAST: [(&[Needed], &str); 4] = [
    (&[on("iam:DeleteUserPermissionsBoundary", SELF)], "takes the boundary away"),
    (&[on("iam:CreatePolicyVersion", POLICY)], "rewrites the boundary"),
    (&[on("iam:CreateUser", USER), on("iam:PutUserPolicy", USER), on("iam:CreateAccessKey", USER)], "makes a user without a boundary"),
    (&[on("iam:CreateRole", ROLE), on("iam:PutRolePolicy", ROLE)], "makes a role without a boundary"),
];

fn escalation(subject: &LintSubject<'_>, found: &mut LintFindings) {
    if subject.kind() == PolicyType::IdentityBased && subject.everything().is_none() {
        told(subject, found, &WAYS);
    }
}

fn boundary(subject: &LintSubject<'_>, found: &mut LintFindings) {
    if subject.kind() == PolicyType::PermissionsBoundary {
        told(subject, found, &PAST);
    }
}

/// Tells of the first way that is open, and how many more are.
fn told(subject: &LintSubject<'_>, found: &mut LintFindings, ways: &[(&[Needed], &str)]) {
    let mut open = ways.iter().filter_map(|(needed, what)| Some((needed, *what, opened(subject, needed)?)));
    let Some((needed, what, place)) = open.next() else { return };
    let names: Vec<String> =
        needed.iter().map(|(action, resource, _)| format!("`{action}` on `{resource}`")).collect();
    let message = format!(
        "this {what}: {} {} allowed",
        names.join(" and "),
        if names.len() == 1 { "is" } else { "are" }
    );
    let more: Vec<String> =
        open.map(|(needed, ..)| format!("`{}`", needed[needed.len().min(2) - 1].0)).collect();
    let finding = found.at(place, message);
    finding.help = (!more.is_empty()).then(|| format!("as far lead {}", more.join(", ")));
}

/// Where the first of the actions is allowed, if the engine allows all of them.
fn opened(subject: &LintSubject<'_>, needed: &[Needed]) -> Option<Place> {
    let grantor = |(action, resource, _): &Needed| subject.grantor(action, resource);
    let grantors: Option<Vec<_>> = needed.iter().map(grantor).collect();
    let (statement, token) = *grantors?.first()?;
    let is_allowed = |(action, resource, service): &Needed| {
        let context = service.map(|service| ("iam:PassedToService", service));
        subject.grants_with(action, resource, context)
    };
    needed.iter().all(is_allowed).then(|| statement.place(token))
}
