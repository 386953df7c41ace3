//! What another text of the same list covers.

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::LintSubject;
use std::borrow::Cow;

use crate::names::{glob, glob_fold};
use crate::policy::{PolicyType, Token};
use crate::source::Severity;

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "redundant-action",
        severity: Severity::Suggestion,
        what: "an action that another one of the list covers",
        why: "without it the same is meant",
        kind: PolicyType::IdentityBased,
        example: r#"{"Effect": "Allow", "Action": ["s3:Get*", "s3:GetObject"], "Resource": "arn:aws:s3:::b/k"}"#,
        near: r#"{"Effect": "Allow", "Action": ["s3:Get*", "s3:PutObject"], "Resource": "arn:aws:s3:::b/k"}"#,
        check: Some(actions),
    },
    LintRule {
        code: "redundant-resource",
        severity: Severity::Suggestion,
        what: "a resource that another one of the list covers",
        why: "without it the same is meant",
        kind: PolicyType::IdentityBased,
        example: r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": ["arn:aws:s3:::b/*", "arn:aws:s3:::b/a/*"]}"#,
        near: r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": ["arn:aws:s3:::b/*", "arn:aws:s3:::b"]}"#,
        check: Some(resources),
    },
    LintRule {
        code: "redundant-value",
        severity: Severity::Suggestion,
        what: "a value of a condition that is given twice",
        why: "without it the same is meant",
        kind: PolicyType::IdentityBased,
        example: r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/k", "Condition": {"StringEquals": {"aws:PrincipalTag/a": ["x", "x"]}}}"#,
        near: r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/k", "Condition": {"StringEquals": {"aws:PrincipalTag/a": ["x", "X"]}}}"#,
        check: Some(values),
    },
];

fn actions(subject: &LintSubject<'_>, found: &mut LintFindings) {
    for statement in subject.statements() {
        let all: Vec<_> = statement.actions().collect();
        for (token, own, cover) in covered(&all, glob_fold) {
            let finding =
                found.at(statement.place(token), format!("`{own}` is covered by `{}`", all[cover].1));
            *finding = finding.clone().at(statement.place(all[cover].0), "by this");
        }
    }
}

fn resources(subject: &LintSubject<'_>, found: &mut LintFindings) {
    for statement in subject.statements() {
        let all: Vec<_> = statement.resources().collect();
        for (token, own, cover) in covered(&all, covers_arn) {
            let finding =
                found.at(statement.place(token), format!("`{own}` is covered by `{}`", all[cover].1));
            *finding = finding.clone().at(statement.place(all[cover].0), "by this");
        }
    }
}

fn values(subject: &LintSubject<'_>, found: &mut LintFindings) {
    for statement in subject.statements() {
        for test in statement.tests() {
            let all: Vec<_> = statement.values(test).collect();
            for (token, own, cover) in covered(&all, |one, other| one == other) {
                let finding = found.at(statement.place(token), format!("`{own}` is given twice"));
                *finding = finding.clone().at(statement.place(all[cover].0), "first given here");
            }
        }
    }
}

/// Where the fields before the last are the same, the last one decides; a `*` that reaches over colons is left alone.
pub(super) fn covers_arn(pattern: &str, text: &str) -> bool {
    let cut = |arn: &str| arn.match_indices(':').nth(4).map(|(at, _)| at + 1);
    let (Some(own), Some(other)) = (cut(pattern), cut(text)) else {
        return pattern == "*" || pattern == text;
    };
    pattern[..own] == text[..other] && glob(&pattern[own..], &text[other..])
}

/// The texts that others cover, each with the number of one that does: of two equal ones the second.
fn covered<'t>(
    all: &[(Token, Cow<'t, str>)],
    covers: impl Fn(&str, &str) -> bool,
) -> Vec<(Token, Cow<'t, str>, usize)> {
    // What `?` covers of a pattern is another matter than of a text, and long lists would take the square of their length.
    let wide: Vec<usize> = (0..all.len())
        .filter(|at| !all[*at].1.contains(['?', '$']))
        .filter(|at| all[*at].1.contains('*'))
        .collect();
    let begins: Vec<&str> = wide.iter().map(|at| literal(&all[*at].1)).collect();
    let mut first = std::collections::BTreeMap::new();
    let mut found = Vec::new();
    for (at, (token, text)) in all.iter().enumerate() {
        let twin = *first.entry(&**text).or_insert(at);
        let wider = || {
            let mut alike = wide.iter().zip(&begins).take(200).filter(|(_, begin)| begins_so(text, begin));
            alike.find(|(at, _)| all[**at].1 != *text && covers(&all[**at].1, text)).map(|(at, _)| *at)
        };
        let cover = if twin < at { Some(twin) } else { wider() };
        found.extend(cover.map(|cover| (*token, text.clone(), cover)));
    }
    found
}

/// What stands before the first wildcard.
fn literal(pattern: &str) -> &str {
    pattern.split('*').next().unwrap_or_default()
}

/// Whether a text begins so, in any letter case: what a pattern covers does, and most texts do not.
fn begins_so(text: &str, begin: &str) -> bool {
    text.as_bytes().get(..begin.len()).is_some_and(|own| own.eq_ignore_ascii_case(begin.as_bytes()))
}
