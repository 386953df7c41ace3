//! Permissions that lead to any other.

use std::sync::LazyLock;

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::LintSubject;
use super::super::witness::resources_of;
use crate::catalog::Catalog;
use crate::facts::{EscalationMethod, MethodGain, NeedOn, escalation_methods};
use crate::policy::PolicyType;
use crate::source::{Place, Severity, first_of};

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

#[rustfmt::skip]
pub(super) const ON_REQUEST: &[LintRule] = &[
    LintRule {
        code: "uses-running-role",
        severity: Severity::Security,
        what: "a permission to act through something that has a role already: a machine, a function, a job",
        why: "whoever has it has the rights of that role",
        kind: PolicyType::IdentityBased,
        example: r#"{"Effect": "Allow", "Action": "ssm:SendCommand", "Resource": "*"}"#,
        near: r#"{"Effect": "Allow", "Action": "ssm:SendCommand", "Resource": "arn:aws:ec2:us-east-1:123456789012:instance/i-0a1b2c3d4e5f60718"}"#,
        check: Some(running),
    },
];

/// Names that no policy means.
const SELF: &str = "arn:aws:iam::123456789012:user/example-user";
const USER: &str = "arn:aws:iam::123456789012:user/iamwhy-witness";
const GROUP: &str = "arn:aws:iam::123456789012:group/iamwhy-witness";
const ROLE: &str = "arn:aws:iam::123456789012:role/iamwhy-witness";
const POLICY: &str = "arn:aws:iam::123456789012:policy/iamwhy-witness";
const PROVIDER: &str = "arn:aws:iam::123456789012:saml-provider/iamwhy-witness";
const ROOT: &str = "arn:aws:iam::123456789012:root";

/// What leads past a boundary.
static PAST: LazyLock<[EscalationMethod; 4]> = LazyLock::new(|| {
    let method = |what, needs: &[(&'static str, NeedOn)]| EscalationMethod {
        id: "past-boundary",
        actor: None,
        passed_to: None,
        trusted: Vec::new(),
        gains: MethodGain::Everything,
        needs: needs.to_vec(),
        what,
    };
    let on_user = |action| (action, NeedOn::User);
    let user = ["iam:CreateUser", "iam:PutUserPolicy", "iam:CreateAccessKey"].map(on_user);
    let role = ["iam:CreateRole", "iam:PutRolePolicy"].map(|action| (action, NeedOn::Role));
    [
        method("take the boundary away", &[("iam:DeleteUserPermissionsBoundary", NeedOn::Itself)]),
        method("rewrite the boundary", &[("iam:CreatePolicyVersion", NeedOn::OwnPolicy)]),
        method("make a user without a boundary", &user),
        method("make a role without a boundary", &role),
    ]
});

fn escalation(subject: &LintSubject<'_>, found: &mut LintFindings) {
    // Whose own role it would be is not known, and `assume-any` tells of roles that may be assumed.
    let is_told = |method: &&EscalationMethod| {
        let of_role = method.actor == Some("role") || method.id == "sts-assume-role";
        method.is_certain() && !of_role
    };
    if subject.kind() == PolicyType::IdentityBased && subject.everything().is_none() {
        told(subject, found, escalation_methods().iter().filter(is_told));
    }
}

fn running(subject: &LintSubject<'_>, found: &mut LintFindings) {
    if subject.kind() == PolicyType::IdentityBased && subject.everything().is_none() {
        let methods = escalation_methods().iter();
        told(subject, found, methods.filter(|method| method.gains == MethodGain::Running));
    }
}

fn boundary(subject: &LintSubject<'_>, found: &mut LintFindings) {
    if subject.kind() == PolicyType::PermissionsBoundary {
        told(subject, found, PAST.iter());
    }
}

/// Tells of the first way that is open, and how many more are.
fn told(
    subject: &LintSubject<'_>,
    found: &mut LintFindings,
    methods: impl Iterator<Item = &'static EscalationMethod>,
) {
    let mut open = methods.filter_map(|method| Some((opened(subject, method)?, method)));
    let Some(((place, requests), method)) = open.next() else { return };
    // Of what a call is asked for several times the first is named.
    let first = requests.chunk_by(|one, other| one.0 == other.0).filter_map(|same| same.first());
    let names: Vec<String> = first.map(|(action, resource)| format!("`{action}` on `{resource}`")).collect();
    let are = if names.len() == 1 { "is" } else { "are" };
    let message = format!("with this one can {}: {} {are} allowed", method.what, names.join(" and "));
    let more: Vec<String> = open.map(|(_, method)| method.what.to_owned()).collect();
    let finding = found.at(place, message);
    finding.help = (!more.is_empty()).then(|| format!("one can also {}", first_of(MOST, &more)));
}

/// How many further ways are told.
const MOST: usize = 3;

/// Actions, each with a resource.
type Requests = Vec<(&'static str, String)>;

/// Where the first of the actions is allowed, if the engine allows all of them.
fn opened(subject: &LintSubject<'_>, method: &EscalationMethod) -> Option<(Place, Requests)> {
    if !method.needs.iter().all(|(action, _)| subject.may_allow(action)) {
        return None;
    }
    let mut requests = Vec::new();
    for (action, target) in &method.needs {
        requests.extend(resources(subject.catalog, action, *target)?.into_iter().map(|one| (*action, one)));
    }
    let (action, resource) = requests.first()?;
    let (statement, token) = subject.grantor(action, resource)?;
    let is_allowed = |(action, resource): &(&str, String)| {
        let passed = method.passed_to.filter(|_| *action == "iam:PassRole");
        subject.grants_with(action, resource, passed.map(|service| ("iam:PassedToService", service)))
    };
    requests.iter().all(is_allowed).then(|| (statement.place(token), requests))
}

/// What a call of an action is asked for; `None` for an action that the catalog does not list.
fn resources(catalog: &Catalog, action: &str, target: NeedOn) -> Option<Vec<String>> {
    let named = match target {
        NeedOn::Itself => SELF,
        NeedOn::User => USER,
        NeedOn::Group | NeedOn::OwnGroup => GROUP,
        NeedOn::Role | NeedOn::PassedRole => ROLE,
        NeedOn::OwnPolicy | NeedOn::PolicyOfRole => POLICY,
        NeedOn::ProviderOfRole => PROVIDER,
        NeedOn::MemberRoot => ROOT,
        NeedOn::Anything => return resources_of(catalog, action),
    };
    Some(vec![named.to_owned()])
}
