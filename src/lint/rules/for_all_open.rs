//! `ForAllValues` in what is allowed.

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::{LintSubject, LintedStatement};
use crate::catalog::{AccessLevel, ActionFacts};
use crate::policy::{Operator, PolicyType, SetOperator, Token};
use crate::source::Severity;

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "for-all-open",
        severity: Severity::Security,
        what: "an Allow with `ForAllValues` and nothing that requires the key",
        why: "a request without the key is allowed",
        kind: PolicyType::IdentityBased,
        example: r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/k", "Condition": {"ForAllValues:StringEquals": {"aws:CalledVia": "x.amazonaws.com"}}}"#,
        near: r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/k", "Condition": {"ForAllValues:StringEquals": {"aws:CalledVia": "x.amazonaws.com"}, "Null": {"aws:CalledVia": "false"}}}"#,
        check: Some(open),
    },
];

/// Keys that a call which can carry them always carries: they are what it must say (API references of KMS and STS, 2026).
const ALWAYS_SENT: [&str; 2] = ["kms:GrantOperations", "sts:IdentityTokenAudience"];

/// Whether a call that can carry a key always does.
pub(super) fn is_part_of_call(key: &str) -> bool {
    key.starts_with("route53:") || ALWAYS_SENT.iter().any(|own| own.eq_ignore_ascii_case(key))
}

fn open(subject: &LintSubject<'_>, found: &mut LintFindings) {
    for statement in subject.statements().filter(|one| one.is_allow()) {
        for (number, test) in statement.tests() {
            let key = statement.key(test);
            let is_open = test.operator.set == Some(SetOperator::ForAllValues)
                && test.operator.operator != Operator::Null;
            let is_list = subject.catalog.condition_key(&key).is_some_and(|known| known.is_multivalued());
            let is_sent = is_part_of_call(&key);
            let of_tags = key.eq_ignore_ascii_case("aws:TagKeys");
            let requires = |other: &str| {
                other.eq_ignore_ascii_case(&key)
                    || of_tags
                        && other.get(..15).is_some_and(|own| own.eq_ignore_ascii_case("aws:RequestTag/"))
            };
            let others = statement.tests().filter(|(other, _)| *other != number);
            let guards = others.into_iter().any(|(_, other)| {
                other.operator.set != Some(SetOperator::ForAllValues) && requires(&statement.key(other))
            });
            if is_open && is_list && !is_sent && !guards && !(of_tags && only_tags(subject, statement)) {
                let what =
                    format!("a request without `{key}` is allowed, too: `ForAllValues` holds of no values");
                let finding = found.at(statement.place(Token::Operator(number)), what);
                finding.help =
                    Some(format!("`\"Null\": {{\"{key}\": \"false\"}}` beside it requires the key"));
                if of_tags {
                    finding.severity = Severity::Suggestion;
                }
            }
        }
    }
}

/// Whether all actions that carry names of tags are calls that set or take away tags: these always name some.
fn only_tags(subject: &LintSubject<'_>, statement: LintedStatement<'_>) -> bool {
    let names_tags = |action: &ActionFacts<'_>| {
        let key = subject.catalog.condition_key("aws:TagKeys");
        key.is_some_and(|key| action.lists_key(key))
    };
    !statement.says.action.negated
        && statement.actions().all(|(_, pattern)| {
            let mut carrying = subject.catalog.matching_actions(&pattern).filter(names_tags);
            carrying.all(|action| action.level() == AccessLevel::Tagging)
        })
}
