//! Actions of which many want to know who has them.

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::LintSubject;
use crate::catalog::AccessLevel;
use crate::names::glob_fold;
use crate::policy::PolicyType;
use crate::source::{Severity, first_of};

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "permissions-management",
        severity: Severity::Security,
        what: "actions that change permissions",
        why: "whoever has them can change what others, or they themselves, may do",
        kind: PolicyType::IdentityBased,
        example: r#"{"Effect": "Allow", "Action": "s3:PutBucketPolicy", "Resource": "arn:aws:s3:::b"}"#,
        near: r#"{"Effect": "Allow", "Action": "s3:GetBucketPolicy", "Resource": "arn:aws:s3:::b"}"#,
        check: Some(managing),
    },
    LintRule {
        code: "credentials",
        severity: Severity::Security,
        what: "actions that give out credentials",
        why: "what they give out works elsewhere, and outlasts the permission",
        kind: PolicyType::IdentityBased,
        example: r#"{"Effect": "Allow", "Action": "redshift:GetClusterCredentials", "Resource": "*"}"#,
        near: r#"{"Effect": "Allow", "Action": "redshift:DescribeClusters", "Resource": "*"}"#,
        check: Some(credentials),
    },
    LintRule {
        code: "exfiltration",
        severity: Severity::Security,
        what: "actions that read data, on every resource",
        why: "whoever has them reads whatever the account keeps there",
        kind: PolicyType::IdentityBased,
        example: r#"{"Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": "*"}"#,
        near: r#"{"Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-Ab12Cd"}"#,
        check: Some(reading),
    },
];

/// Calls whose answers hold a key, a token or a password, by the API references of their services.
const GIVING: [&str; 17] = [
    "codeartifact:GetAuthorizationToken",
    "cognito-identity:GetCredentialsForIdentity",
    "cognito-identity:GetOpenIdToken",
    "cognito-identity:GetOpenIdTokenForDeveloperIdentity",
    "connect:GetFederationToken",
    "ec2:GetPasswordData",
    "ecr:GetAuthorizationToken",
    "iam:CreateAccessKey",
    "iam:CreateServiceSpecificCredential",
    "iam:ResetServiceSpecificCredential",
    "lightsail:DownloadDefaultKeyPair",
    "lightsail:GetInstanceAccessDetails",
    "lightsail:GetRelationalDatabaseMasterUserPassword",
    "redshift:GetClusterCredentials",
    "redshift:GetClusterCredentialsWithIAM",
    "sts:GetFederationToken",
    "sts:GetSessionToken",
];

/// Calls whose answers hold what somebody stored, by the API references of their services.
const READING: [&str; 11] = [
    "dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:Query", "dynamodb:Scan", "kinesis:GetRecords",
    "s3:GetObject", "secretsmanager:GetSecretValue", "sqs:ReceiveMessage", "ssm:GetParameter",
    "ssm:GetParameters", "ssm:GetParametersByPath",
];

fn managing(subject: &LintSubject<'_>, found: &mut LintFindings) {
    let changes = |name: &str| -> Vec<String> {
        let all = subject.catalog.matching_actions(name);
        let own = all.filter(|action| action.level() == AccessLevel::PermissionsManagement);
        own.map(|action| action.to_string()).collect()
    };
    told(subject, found, false, "can change permissions", changes);
}

fn credentials(subject: &LintSubject<'_>, found: &mut LintFindings) {
    told(subject, found, false, "gives out credentials", |name| among(&GIVING, name));
}

fn reading(subject: &LintSubject<'_>, found: &mut LintFindings) {
    told(subject, found, true, "reads what is stored anywhere in the account", |name| among(&READING, name));
}

fn among(known: &[&str], pattern: &str) -> Vec<String> {
    known.iter().filter(|action| glob_fold(pattern, action)).map(|action| (*action).to_owned()).collect()
}

/// Tells of the patterns that cover such actions, as far as the engine allows them by what the statement names.
fn told(
    subject: &LintSubject<'_>,
    found: &mut LintFindings,
    only_on_all: bool,
    what: &str,
    such: impl Fn(&str) -> Vec<String>,
) {
    if subject.kind() != PolicyType::IdentityBased {
        return;
    }
    for statement in subject.statements().filter(|one| one.is_allow() && !one.says.action.negated) {
        let is_on_all = statement.names_resources() && statement.resources().any(|(_, text)| *text == *"*");
        for (token, pattern) in statement.actions().filter(|_| is_on_all || !only_on_all) {
            let mut allowed = such(&pattern);
            allowed.retain(|name| subject.witness(statement, name).is_some());
            let Some(witness) = allowed.first().and_then(|name| subject.witness(statement, name)) else {
                continue;
            };
            let names: Vec<String> = allowed.iter().map(|name| format!("`{name}`")).collect();
            let what = format!("{} {what}: allowed on `{witness}`", first_of(MOST, &names));
            found.at(statement.place(token), what);
        }
    }
}

/// How many actions are named.
const MOST: usize = 3;
