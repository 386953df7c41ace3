//! Negated tests, and requests without the key.

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::{LintSubject, LintedStatement};
use crate::facts::is_always_sent;
use crate::policy::{Operator, PolicyType, SetOperator, Token};
use crate::reason::Turn;
use crate::source::Severity;

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "absent-passes",
        severity: Severity::Security,
        what: "an Allow with a negated test of a key that requests may lack",
        why: "a request without the key is allowed",
        kind: PolicyType::IdentityBased,
        example: r#"{"Effect": "Allow", "Action": "ec2:StopInstances", "Resource": "*", "Condition": {"StringNotEquals": {"aws:ResourceTag/stage": "prod"}}}"#,
        near: r#"{"Effect": "Allow", "Action": "ec2:StopInstances", "Resource": "*", "Condition": {"StringNotEquals": {"aws:ResourceTag/stage": "prod"}, "Null": {"aws:ResourceTag/stage": "false"}}}"#,
        check: Some(passes),
    },
];

fn passes(subject: &LintSubject<'_>, found: &mut LintFindings) {
    if !subject.is_sound || !matches!(subject.kind(), PolicyType::IdentityBased | PolicyType::Session) {
        return;
    }
    for statement in subject.statements().filter(|one| one.is_allow()) {
        for (number, test) in statement.tests() {
            let key = statement.key(test);
            let is_open = test.operator.operator.is_negated()
                && test.operator.set != Some(SetOperator::ForAllValues)
                && test.operator.holds_without_key();
            let is_known =
                subject.catalog.condition_key(&key).is_some_and(|known| !known.is_always_present());
            if is_open
                && is_known
                && !is_always_sent(&key)
                && !is_of_owner(&key)
                && !is_required(statement, &key)
            {
                let Some(witness) = witness(subject, statement, &key) else { continue };
                let what = format!("a request without `{key}` is allowed, too: {witness}");
                found.advise(
                    statement.place(Token::Operator(number)),
                    what,
                    format!("`\"Null\": {{\"{key}\": \"false\"}}` beside it requires the key"),
                );
            }
        }
    }
}

/// Whether a key tells whose the resource is: what has an owner has it, whoever asks.
fn is_of_owner(key: &str) -> bool {
    ["aws:ResourceAccount", "aws:ResourceOrgID", "aws:ResourceOrgPaths", "s3:ResourceAccount"]
        .iter()
        .any(|own| own.eq_ignore_ascii_case(key))
}

/// Whether something else in the statement requires the key.
fn is_required(statement: LintedStatement<'_>, key: &str) -> bool {
    let variable = format!("${{{}}}", key.to_ascii_lowercase());
    let in_all = statement.names_resources()
        && statement.resources().all(|(_, text)| text.to_ascii_lowercase().contains(&variable));
    in_all
        || statement.requires(&[key])
        || statement.tests().any(|(_, test)| {
            test.operator.operator == Operator::Null && statement.key(test).eq_ignore_ascii_case(key)
        })
}

/// A request without the key that is allowed, and no longer where the key is required.
fn witness<'s>(subject: &LintSubject<'s>, statement: LintedStatement<'s>, key: &str) -> Option<String> {
    let action = subject.action_with(statement, key)?;
    let edit = subject.edit_of_one_action(statement, &action)?;
    let required = edit.with_test("Null", key, "\"false\"").alone();
    let difference = subject.difference(vec![action.clone()], [Some(edit.alone()), Some(required)])?;
    let lost = difference.changes.iter().find(|change| change.turn == Turn::NewlyDenied)?;
    let resource = lost.witness.questions[0].resource.as_deref().unwrap_or("*");
    Some(format!("`{action}` on `{resource}`"))
}
