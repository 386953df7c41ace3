//! Actions for which no resource of the statement fits.

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::LintSubject;
use std::borrow::Cow;

use crate::catalog::ActionFacts;
use crate::facts::pseudo_resource;
use crate::names::overlap;
use crate::policy::{PolicyType, Token};
use crate::source::Severity;

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "pair-never-matches",
        severity: Severity::Warning,
        what: "an action that works on none of the resources of its statement",
        why: "it is never allowed or denied by it",
        kind: PolicyType::IdentityBased,
        example: r#"{"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::b/*"}"#,
        near: r#"{"Effect": "Allow", "Action": ["s3:ListBucket", "s3:GetObject"], "Resource": ["arn:aws:s3:::b", "arn:aws:s3:::b/*"]}"#,
        check: Some(pair),
    },
];

fn pair(subject: &LintSubject<'_>, found: &mut LintFindings) {
    for statement in subject.statements().filter(|one| one.names_resources() && !one.says.action.negated) {
        let patterns: Vec<Cow<'_, str>> = statement.resources().map(|(_, text)| text).collect();
        if patterns.iter().any(|text| !text.starts_with("arn:")) {
            continue;
        }
        for (token, name) in statement.actions() {
            let Some(action) = subject.catalog.action(&name).filter(|action| action.has_resource_types())
            else {
                continue;
            };
            if pseudo_resource(action.service().prefix(), action.name()).is_none()
                && !fits_any(action, &patterns)
            {
                let form = action.resource_types().flat_map(|used| used.resource_type().arn_formats()).next();
                let what = format!("`{name}` works on no resource that the statement names");
                let finding = found.at(statement.place(token), what);
                finding.help = form.map(|form| format!("its resources are of the form `{form}`"));
                *finding = finding.clone().at(statement.place(Token::ResourceKey), "not on these");
            }
        }
    }
}

fn fits_any(action: ActionFacts<'_>, patterns: &[Cow<'_, str>]) -> bool {
    let formats = action.resource_types().flat_map(|used| used.resource_type().arn_formats());
    formats.into_iter().any(|format| patterns.iter().any(|pattern| may_fit(format, pattern)))
}

/// Whether some resource of a form may be covered by a pattern. What is not known counts as fitting.
pub(super) fn may_fit(format: &str, pattern: &str) -> bool {
    let (Some(format), Some(pattern)) = (fields(format), fields(pattern)) else { return true };
    // A43: a star before the last field reaches over the colon behind it.
    let spills = pattern[3..5].iter().any(|field| field.contains('*'));
    let (head, begins) = (literal(format[5]), literal(pattern[5]));
    // The name of a bucket holds no slash.
    let of_bucket =
        format[2] == "s3" && !format[5].contains('/') && format[3].is_empty() && format[4].is_empty();
    let begin_alike =
        (head.starts_with(begins) || begins.starts_with(head)) && !(of_bucket && begins.contains('/'));
    // What costs most is asked last.
    (spills || begin_alike) && format[..5].iter().zip(&pattern[..5]).all(|(form, text)| overlaps(form, text))
}

/// Whether a field of a form and one of a pattern can be the same text.
fn overlaps(form: &str, text: &str) -> bool {
    let hole = form.strip_prefix("${").and_then(|hole| hole.split_once('}'));
    let is_hole = hole.is_some_and(|(_, behind)| behind.is_empty());
    form == text || is_hole || overlap(&as_pattern(form), &as_pattern(text))
}

/// The six fields of an ARN; nothing where there are fewer.
fn fields(arn: &str) -> Option<[&str; 6]> {
    let mut fields = arn.splitn(6, ':');
    let mut found = [""; 6];
    for field in &mut found {
        *field = fields.next()?;
    }
    Some(found)
}

/// What stands before the first wildcard or hole.
fn literal(pattern: &str) -> &str {
    let literal = pattern.split(['*', '?']).next().unwrap_or_default();
    literal.split_once("${").map_or(literal, |(literal, _)| literal)
}

/// What stands in a hole of a format or variable is not known.
fn as_pattern(text: &str) -> Cow<'_, str> {
    let mut pattern = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("${") {
        pattern.push_str(&rest[..at]);
        pattern.push('*');
        rest = rest[at..].find('}').map_or("", |end| &rest[at + end + 1..]);
    }
    if pattern.is_empty() { Cow::Borrowed(rest) } else { Cow::Owned(pattern + rest) }
}
