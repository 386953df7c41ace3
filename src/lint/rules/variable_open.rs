//! Policy variables that the caller fills in himself.

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::{LintSubject, LintedStatement};
use crate::policy::{PolicyType, TextPart, parts};
use crate::source::Severity;

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "variable-open",
        severity: Severity::Security,
        what: "a policy variable in a resource of which the caller says himself what stands there",
        why: "it keeps nobody to what is his: he reaches all that a `*` would cover there",
        kind: PolicyType::IdentityBased,
        example: r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/${aws:Referer}/*"}}"#,
        near: r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/${aws:PrincipalAccount}/*"}}"#,
        check: Some(open),
    },
];

/// Keys that whoever calls gives the value that he likes.
const OF_CALLER: [&str; 2] = ["aws:Referer", "aws:UserAgent"];
const TAG_OF_CALL: &str = "aws:RequestTag/";

/// What the caller puts in the place of the variable, as a request that shows it.
const PUT_IN: &str = "iamwhy-witness";

fn open(subject: &LintSubject<'_>, found: &mut LintFindings) {
    if !matches!(subject.kind(), PolicyType::IdentityBased | PolicyType::Session) {
        return;
    }
    for statement in subject.statements().filter(|one| one.is_allow() && one.names_resources()) {
        for (token, text) in statement.resources().filter(|(_, text)| text.contains("${")) {
            let Some((key, arn)) = filled(&text) else { continue };
            if let Some(action) = granted(subject, statement, &key, &arn) {
                let what = format!(
                    "the caller says what `{key}` is: `{action}` on `{arn}` is allowed where it is `{PUT_IN}`"
                );
                let help =
                    "a key that AWS sets keeps callers apart: `${aws:PrincipalTag/NAME}`, `${aws:username}`";
                found.advise(statement.place(token), what, help);
            }
        }
    }
}

/// The key of a caller's variable, and the pattern with something in its place; nothing where others stand beside it.
fn filled(text: &str) -> Option<(String, String)> {
    let (mut arn, mut found) = (String::new(), None);
    for part in parts(text) {
        match part {
            TextPart::Variable { key, default: None } if found.is_none() && is_of_caller(key) => {
                found = Some(key.to_owned());
                arn.push_str(PUT_IN);
            }
            other => arn.push_str(other.plain()?),
        }
    }
    Some((found?, arn.replace(['*', '?'], "x")))
}

fn is_of_caller(key: &str) -> bool {
    let is_tag = key.get(..TAG_OF_CALL.len()).is_some_and(|start| start.eq_ignore_ascii_case(TAG_OF_CALL));
    is_tag || OF_CALLER.iter().any(|own| own.eq_ignore_ascii_case(key))
}

/// An action of the statement that the engine allows on it.
fn granted(
    subject: &LintSubject<'_>,
    statement: LintedStatement<'_>,
    key: &str,
    arn: &str,
) -> Option<String> {
    statement.actions().find_map(|(_, pattern)| {
        let actions = subject.catalog.matching_actions(&pattern);
        let mut fitting = actions.filter(|action| action.resource_type_of(arn).is_some()).take(MOST_TRIED);
        let action =
            fitting.find(|action| subject.grants_with(&action.to_string(), arn, Some((key, PUT_IN))))?;
        Some(action.to_string())
    })
}

/// How many of the actions of a pattern are tried.
const MOST_TRIED: usize = 10;
