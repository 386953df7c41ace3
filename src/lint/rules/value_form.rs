//! Values of another form than a key has.

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::LintSubject;
use crate::facts::is_region;
use crate::names::AccountId;
use crate::policy::{OperatorFamily, PolicyType};
use crate::source::Severity;

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "value-form",
        severity: Severity::Warning,
        what: "a value of another form than its key ever has",
        why: "the key never has that value",
        kind: PolicyType::IdentityBased,
        example: r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/k", "Condition": {"StringEquals": {"aws:SourceVpce": "vpc-0a1b2c3d"}}}"#,
        near: r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/k", "Condition": {"StringEquals": {"aws:SourceVpce": "vpce-0a1b2c3d"}}}"#,
        check: Some(form),
    },
];

/// How the values of keys begin, and what that is called.
const BEGINNINGS: [(&str, &str, &str); 7] = [
    ("aws:SourceVpc", "vpc-", "the id of a VPC"),
    ("aws:SourceVpce", "vpce-", "the id of a VPC endpoint"),
    ("aws:PrincipalOrgID", "o-", "the id of an organization"),
    ("aws:ResourceOrgID", "o-", "the id of an organization"),
    ("aws:SourceOrgID", "o-", "the id of an organization"),
    ("aws:VpceOrgID", "o-", "the id of an organization"),
    ("s3:x-amz-server-side-encryption-aws-kms-key-id", "arn:", "the ARN of a key"),
];
const ACCOUNTS: [&str; 4] =
    ["aws:PrincipalAccount", "aws:ResourceAccount", "aws:SourceAccount", "aws:VpceAccount"];
const PATHS: [&str; 4] =
    ["aws:PrincipalOrgPaths", "aws:ResourceOrgPaths", "aws:SourceOrgPaths", "aws:VpceOrgPaths"];

fn form(subject: &LintSubject<'_>, found: &mut LintFindings) {
    for statement in subject.statements() {
        for test in statement.tests() {
            if test.1.operator.operator.family() != OperatorFamily::String {
                continue;
            }
            let key = statement.key(test.1);
            for (token, value) in statement.values(test) {
                let is_open = value.contains(['*', '?', '$', '<', '{']) || value.is_empty();
                if let Some(meant) = meant(&key, &value).filter(|_| !is_open) {
                    found.at(statement.place(token), format!("`{value}` is not {meant}, which `{key}` has"));
                }
            }
        }
    }
}

/// What a key has in place of a value that it cannot have.
fn meant(key: &str, value: &str) -> Option<&'static str> {
    let is = |known: &&str| known.eq_ignore_ascii_case(key);
    if let Some((_, begins, what)) = BEGINNINGS.iter().find(|(known, ..)| is(known)) {
        return (!value.starts_with(begins)).then_some(what);
    }
    if ACCOUNTS.iter().any(is) {
        return AccountId::parse(value).is_none().then_some("the 12 digits of an account");
    }
    if PATHS.iter().any(is) {
        return (!value.ends_with('/')).then_some("a path with `/` at its end");
    }
    let shape = value.split('-').count() >= 3 && value.ends_with(|last: char| last.is_ascii_digit());
    (is(&"aws:RequestedRegion") && !is_region(value) && !shape).then_some("the name of a Region")
}
