//! Statements that change nothing.

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::{LintSubject, LintedStatement, NumberedTest};
use super::redundant::covers_arn;
use crate::policy::{PolicyType, Token};
use crate::source::Severity;

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "redundant-statement",
        severity: Severity::Suggestion,
        what: "a statement of which another one says all",
        why: "without it every request is decided alike",
        kind: PolicyType::IdentityBased,
        example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/a/*"}, {"Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::b/*"}]}"#,
        near: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/a/*"}, {"Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::b/*", "Condition": {"Bool": {"aws:SecureTransport": "true"}}}]}"#,
        check: Some(redundant),
    },
    LintRule {
        code: "dead-statement",
        severity: Severity::Warning,
        what: "a statement of which others together say all",
        why: "without it every request is decided alike",
        kind: PolicyType::IdentityBased,
        example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["s3:GetObject", "sqs:SendMessage"], "Resource": "*"}, {"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}, {"Effect": "Allow", "Action": "sqs:*", "Resource": "*"}]}"#,
        near: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["s3:GetObject", "sqs:SendMessage"], "Resource": "*"}, {"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}, {"Effect": "Allow", "Action": "sqs:Get*", "Resource": "*"}]}"#,
        check: Some(dead),
    },
    LintRule {
        code: "shadowed",
        severity: Severity::Warning,
        what: "an Allow all of which is denied beside it",
        why: "nothing is allowed by it",
        kind: PolicyType::IdentityBased,
        example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}, {"Effect": "Allow", "Action": "sqs:ListQueues", "Resource": "*"}, {"Effect": "Deny", "Action": "s3:*", "Resource": "*"}]}"#,
        near: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}, {"Effect": "Deny", "Action": "s3:*", "Resource": "arn:aws:s3:::b/*"}]}"#,
        check: Some(shadowed),
    },
    LintRule {
        code: "nothing-granted",
        severity: Severity::Warning,
        what: "a policy that means to allow something, and all of it is denied in it",
        why: "whoever has it may do nothing more",
        kind: PolicyType::IdentityBased,
        example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}, {"Effect": "Deny", "Action": "s3:*", "Resource": "*"}]}"#,
        near: r#"{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "s3:*", "Resource": "*"}}"#,
        check: Some(nothing),
    },
];

/// With more statements than these nothing is said: each may have to be compared with each.
const MOST_STATEMENTS: usize = 60;

fn redundant(subject: &LintSubject<'_>, found: &mut LintFindings) {
    for (statement, others) in subject.said_again.get_or_init(|| said_again(subject)) {
        if let [other] = others[..] {
            let finding = found.at(statement.place(Token::ActionKey), "another statement says all of this");
            *finding = finding.clone().at(other.place(Token::ActionKey), "this one");
        }
    }
}

fn dead(subject: &LintSubject<'_>, found: &mut LintFindings) {
    for (statement, others) in subject.said_again.get_or_init(|| said_again(subject)) {
        if others.len() > 1 {
            let mut finding = found
                .at(statement.place(Token::ActionKey), "other statements together say all of this")
                .clone();
            for other in others {
                finding = finding.at(other.place(Token::ActionKey), "one of them");
            }
            found.replace_last(finding);
        }
    }
}

/// The statements without which every request is decided alike, each with those that say it. Of two that say the same
/// the second is not needed.
fn said_again<'s>(subject: &LintSubject<'s>) -> Vec<(LintedStatement<'s>, Vec<LintedStatement<'s>>)> {
    let mut all: Vec<LintedStatement<'_>> = subject.statements().collect();
    let mut found = Vec::new();
    if !subject.can_be_reasoned_about() || all.len() > MOST_STATEMENTS {
        return found;
    }
    for at in (0..all.len()).rev() {
        let statement = all[at];
        let is_other =
            |one: &LintedStatement<'_>| one.at != statement.at && one.is_allow() == statement.is_allow();
        let Some((_, first)) = statement.actions().next() else { continue };
        if !all.iter().any(|one| is_other(one) && one.covers_action(&first)) {
            continue;
        }
        let beside: Vec<_> =
            all.iter().copied().filter(|one| is_other(one) && statement.may_be_within(*one)).collect();
        if let Some(needed) = needed(subject, statement, beside) {
            all.remove(at);
            found.push((statement, needed));
        }
    }
    found.reverse();
    found
}

/// The statements of those beside it that say all of what one says.
fn needed<'s>(
    subject: &LintSubject<'s>,
    statement: LintedStatement<'s>,
    beside: Vec<LintedStatement<'s>>,
) -> Option<Vec<LintedStatement<'s>>> {
    let says_all =
        |one: &&LintedStatement<'s>| is_covered(statement, &[**one]) && is_within(statement, **one);
    if let Some(one) = beside.iter().find(says_all) {
        return Some(vec![*one]);
    }
    if beside.is_empty() || beside.len() > MOST_TOGETHER || !is_covered(statement, &beside) {
        return None;
    }
    let actions = subject.actions_of(statement).filter(|actions| actions.len() <= MOST_COMPARED)?;
    let with: Vec<_> = beside.iter().copied().chain([statement]).collect();
    let allowed = if statement.is_allow() { "" } else { EVERYTHING };
    let versions = [&with[..], &beside].map(|statements| Some(subject.only(statements, &actions, allowed)));
    subject.is_same(actions, versions).then_some(beside)
}

/// Statements that are compared together, and actions for which they are: beyond that nothing is said.
const MOST_TOGETHER: usize = 4;
const MOST_COMPARED: usize = 20;

/// Whether a statement applies to no other resources than another one, and under no other conditions, as they are
/// written.
fn is_within(statement: LintedStatement<'_>, other: LintedStatement<'_>) -> bool {
    let has_test = |one: NumberedTest<'_>| {
        let mut own = statement.tests();
        own.any(|test| {
            test.1.operator == one.1.operator
                && statement.key(test.1).eq_ignore_ascii_case(&other.key(one.1))
                && statement
                    .values(test)
                    .map(|(_, value)| value)
                    .eq(other.values(one).map(|(_, value)| value))
        })
    };
    let theirs: Vec<_> = other.resources().map(|(_, text)| text).collect();
    let is_named = |own: &str| theirs.iter().any(|pattern| covers_arn(pattern, own));
    let is_plain = statement.names_resources() && other.names_resources();
    other.tests().all(has_test) && is_plain && statement.resources().all(|(_, own)| is_named(&own))
}

/// Whether each of the actions stands in some of the others: a cheap question, asked first.
fn is_covered(statement: LintedStatement<'_>, others: &[LintedStatement<'_>]) -> bool {
    let is_in = |action: &str| others.iter().any(|one| one.covers_action(action));
    !statement.says.action.negated && statement.actions().all(|(_, action)| is_in(&action))
}

/// A Deny denies nothing where nothing is allowed.
const EVERYTHING: &str = r#"{"Effect": "Allow", "Action": "*", "Resource": "*"}"#;

fn shadowed(subject: &LintSubject<'_>, found: &mut LintFindings) {
    let denied = denied(subject);
    if !denied.is_empty() && denied.len() == subject.statements().filter(|one| one.is_allow()).count() {
        return;
    }
    for (statement, deny) in denied {
        let finding = found.at(statement.place(Token::ActionKey), "all that this allows is denied");
        *finding = finding.clone().at(deny.place(Token::ActionKey), "here");
    }
}

fn nothing(subject: &LintSubject<'_>, found: &mut LintFindings) {
    let denied = denied(subject);
    let is_all = denied.len() == subject.statements().filter(|one| one.is_allow()).count();
    if let Some((statement, deny)) = denied.first().filter(|_| is_all) {
        let finding =
            found.at(statement.place(Token::ActionKey), "the policy allows nothing: all of it is denied");
        *finding = finding.clone().at(deny.place(Token::ActionKey), "here");
    }
}

/// The statements that allow what is all denied, each with one that denies some of it.
fn denied<'s>(subject: &LintSubject<'s>) -> Vec<(LintedStatement<'s>, LintedStatement<'s>)> {
    let (allows, denies): (Vec<_>, Vec<_>) = subject.statements().partition(|one| one.is_allow());
    if !subject.can_be_reasoned_about() || subject.kind() == PolicyType::ServiceControl || denies.is_empty() {
        return Vec::new();
    }
    let denied = allows.into_iter().filter_map(|statement| {
        let within: Vec<_> = denies.iter().copied().filter(|deny| statement.may_be_within(*deny)).collect();
        let actions = is_covered(statement, &within).then(|| subject.actions_of(statement)).flatten()?;
        let with: Vec<_> = within.iter().copied().chain([statement]).collect();
        let with = subject.only(&with, &actions, "");
        let is_denied = subject.is_same(actions, [None, Some(with)]);
        is_denied.then(|| Some((statement, *within.first()?))).flatten()
    });
    denied.collect()
}
