//! Condition keys that there are not.

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::LintSubject;
use crate::facts::meant_key;
use crate::policy::{PolicyType, Token};
use crate::source::{Severity, nearest};

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "unknown-key",
        severity: Severity::Warning,
        what: "a condition key that the catalog does not list",
        why: "it is absent from every request: the test never holds, or always",
        kind: PolicyType::IdentityBased,
        example: r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/k", "Condition": {"StringEquals": {"aws:SourceIPs": "203.0.113.7"}}}"#,
        near: r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/k", "Condition": {"StringEquals": {"aws:PrincipalTag/team": "a"}}}"#,
        check: Some(unknown),
    },
    LintRule {
        code: "key-without-colon",
        severity: Severity::Warning,
        what: "a condition key without a colon",
        why: "no key is called so",
        kind: PolicyType::IdentityBased,
        example: r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/k", "Condition": {"StringEquals": {"SourceIp": "203.0.113.7"}}}"#,
        near: r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/k", "Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.7"}}}"#,
        check: Some(colon),
    },
];

fn unknown(subject: &LintSubject<'_>, found: &mut LintFindings) {
    for statement in subject.statements() {
        for (number, test) in statement.tests() {
            let key = statement.key(test);
            let Some((prefix, _)) = key.split_once(':') else { continue };
            // Keys of identity providers begin with their issuer, and no catalog has them all.
            let is_ours = prefix == "aws" || subject.catalog.service(prefix).is_some();
            if !is_ours || key.contains(['$', '<', '*']) || subject.catalog.condition_key(&key).is_some() {
                continue;
            }
            // A tag key that is missing is told by a rule of its own.
            if subject.catalog.condition_key(&format!("{}/x", key.trim_end_matches('/'))).is_some() {
                continue;
            }
            let service =
                subject.catalog.service(prefix).into_iter().flat_map(|service| service.condition_keys());
            let globals = subject.catalog.condition_keys().filter(|key| key.is_global());
            let near = || {
                nearest(
                    &key,
                    service.chain(globals).map(|known| known.name()).filter(|known| !known.contains('$')),
                )
            };
            let meant = meant_key(&key).or_else(near);
            let what =
                format!("no condition key of the catalog of {} is called `{key}`", subject.catalog.date());
            let is_open =
                statement.is_allow() && (test.operator.operator.is_negated() || test.operator.if_exists);
            let finding = found.at(statement.place(Token::Key(number)), what);
            finding.help = meant.map(|meant| format!("did you mean `{meant}`?"));
            if is_open {
                finding.severity = Severity::Security;
                finding.message.push_str(", so the test always holds");
            }
        }
    }
}

fn colon(subject: &LintSubject<'_>, found: &mut LintFindings) {
    for statement in subject.statements() {
        for (number, test) in statement.tests() {
            let key = statement.key(test);
            if !key.contains([':', '$', '<']) {
                let known = subject.catalog.condition_key(&format!("aws:{key}")).map(|known| known.name());
                let finding = found.at(
                    statement.place(Token::Key(number)),
                    format!("`{key}` is no condition key: one has a prefix and a colon"),
                );
                finding.help = known.map(|known| format!("did you mean `{known}`?"));
            }
        }
    }
}
