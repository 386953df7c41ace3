//! Keys and principals that tell nothing here.

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::{LintSubject, LintedStatement};
use crate::policy::{PolicyType, PrincipalType, TextPart, Token, parts};
use crate::source::Severity;

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "irrelevant-key",
        severity: Severity::Suggestion,
        what: "a test of a key that the resource itself fixes",
        why: "it holds for every request, or for none",
        kind: PolicyType::ResourceBased,
        example: r#"{"Principal": {"AWS": "111122223333"}, "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*", "Condition": {"StringEquals": {"aws:ResourceAccount": "111122223333"}}}"#,
        near: r#"{"Principal": {"AWS": "111122223333"}, "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*", "Condition": {"StringEquals": {"aws:PrincipalAccount": "111122223333"}}}"#,
        check: Some(irrelevant),
    },
    LintRule {
        code: "not-principal-chain",
        severity: Severity::Warning,
        what: "a Deny that spares a role and not its account",
        why: "the account of the role is denied, and the role with it",
        kind: PolicyType::ResourceBased,
        example: r#"{"NotPrincipal": {"AWS": "arn:aws:iam::111122223333:role/App"}, "Effect": "Deny", "Action": "s3:*", "Resource": "arn:aws:s3:::b/*"}"#,
        near: r#"{"NotPrincipal": {"AWS": ["arn:aws:iam::111122223333:role/App", "arn:aws:sts::111122223333:assumed-role/App/ci", "111122223333"]}, "Effect": "Deny", "Action": "s3:*", "Resource": "arn:aws:s3:::b/*"}"#,
        check: Some(chain),
    },
    LintRule {
        code: "variable-never",
        severity: Severity::Warning,
        what: "a policy variable of a key that has several values, or that the catalog does not list",
        why: "nothing is put in its place, and the pattern covers nothing",
        kind: PolicyType::IdentityBased,
        example: r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/${aws:TagKeys}/*"}}"#,
        near: r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/${aws:username}/*"}}"#,
        check: Some(variable),
    },
];

const FIXED: [&str; 5] =
    ["s3:ResourceAccount", "aws:ResourceAccount", "aws:ResourceOrgID", "aws:ResourceOrgPaths", "kms:KeySpec"];

fn irrelevant(subject: &LintSubject<'_>, found: &mut LintFindings) {
    if !matches!(subject.kind(), PolicyType::ResourceBased | PolicyType::Key) {
        return;
    }
    for statement in subject.statements() {
        for (number, test) in statement.tests() {
            let key = statement.key(test);
            if FIXED.iter().any(|own| own.eq_ignore_ascii_case(&key))
                && !statement.values((number, test)).any(|(_, value)| value.contains('$'))
            {
                found.at(
                    statement.place(Token::Key(number)),
                    format!("`{key}` is a property of the resource on which this policy stands"),
                );
            }
        }
    }
}

fn chain(subject: &LintSubject<'_>, found: &mut LintFindings) {
    let is_negated =
        |one: &LintedStatement<'_>| one.says.principal.as_ref().is_some_and(|principal| principal.negated);
    for statement in subject.statements().filter(|one| !one.is_allow() && is_negated(one)) {
        let all: Vec<_> =
            statement.principals().filter(|(_, kind, _)| *kind == Some(PrincipalType::Aws)).collect();
        for (token, _, text) in &all {
            let Some((front, _)) = text.split_once(":role/") else { continue };
            let account = front.rsplit(':').next().unwrap_or_default();
            let is_spared = all
                .iter()
                .any(|(_, _, other)| **other == *account || other.ends_with(&format!("::{account}:root")));
            let has_session =
                all.iter().any(|(_, _, other)| other.contains(&format!("::{account}:assumed-role/")));
            if !is_spared || !has_session {
                let help = format!(
                    "spare `{account}` and the sessions of the role, too, or test `aws:PrincipalArn` with `ArnNotEquals`"
                );
                found.advise(
                    statement.place(*token),
                    "the role is not spared as long as its account and its sessions are not",
                    help,
                );
            }
        }
    }
}

fn variable(subject: &LintSubject<'_>, found: &mut LintFindings) {
    for statement in subject.statements() {
        let values = statement.tests().flat_map(|test| statement.values(test).collect::<Vec<_>>());
        for (token, text) in statement.resources().chain(values).filter(|(_, text)| text.contains("${")) {
            for part in parts(&text) {
                let TextPart::Variable { key, default: None } = part else { continue };
                let known = subject.catalog.condition_key(key);
                let service = key
                    .split_once(':')
                    .filter(|(prefix, _)| *prefix == "aws" || subject.catalog.service(prefix).is_some());
                let what = match known {
                    Some(known) if known.is_multivalued() => "has several values",
                    None if service.is_some() => "is no key of the catalog",
                    _ => continue,
                };
                found.at(statement.place(token), format!("`{key}` {what}, so nothing is put in its place"));
            }
        }
    }
}
