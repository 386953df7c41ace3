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
        let texts: Vec<Cow<'_, str>> = statement.resources().map(|(_, text)| text).collect();
        if texts.iter().any(|text| !text.starts_with("arn:")) {
            continue;
        }
        let patterns: Vec<ArnPattern<'_>> = texts.iter().map(|text| ArnPattern::of(text)).collect();
        for (token, name) in statement.actions() {
            let Some(action) = subject.catalog.action(&name).filter(|action| action.has_resource_types())
            else {
                continue;
            };
            if pseudo_resource(action.service().prefix(), action.name()).is_none()
                && !fits_any(action, &patterns)
            {
                let what = format!("`{name}` works on no resource that the statement names");
                let finding = found.at(statement.place(token), what);
                finding.help = forms(action, &patterns);
                *finding = finding.clone().at(statement.place(Token::ResourceKey), "not on these");
            }
        }
    }
}

/// The forms of what the action works on; of many those with the fields that the statement writes before the last.
fn forms(action: ActionFacts<'_>, patterns: &[ArnPattern<'_>]) -> Option<String> {
    let mut forms: Vec<&str> =
        action.resource_types().flat_map(|used| used.resource_type().arn_formats()).collect();
    let is_near = |form: &&str| patterns.iter().any(|pattern| pattern.has_fields_of(form));
    if forms.iter().any(is_near) {
        forms.retain(is_near);
    }
    let written: Vec<String> = forms.iter().take(3).map(|form| format!("`{form}`")).collect();
    (!written.is_empty()).then(|| format!("its resources are of the form {}", written.join(" or ")))
}

fn fits_any(action: ActionFacts<'_>, patterns: &[ArnPattern<'_>]) -> bool {
    let formats = action.resource_types().flat_map(|used| used.resource_type().arn_formats());
    formats.into_iter().any(|format| patterns.iter().any(|pattern| pattern.may_fit(format)))
}

/// A pattern of ARNs, which is held to the form of many.
pub(super) struct ArnPattern<'t> {
    fields: Option<[&'t str; 6]>,
    /// How the last field begins.
    begins: &'t str,
    /// A43: a star before the last field reaches over the colon behind it.
    spills: bool,
}

impl<'t> ArnPattern<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        let fields = fields(text);
        let begins = fields.map_or("", |fields| literal(fields[5]));
        let spills = fields.is_some_and(|fields| fields[3..5].iter().any(|field| field.contains('*')));
        Self { fields, begins, spills }
    }

    /// Whether some resource of a form may be covered by it. What is not known counts as fitting.
    pub(super) fn may_fit(&self, format: &str) -> bool {
        let (Some(format), Some(pattern)) = (fields(format), self.fields) else { return true };
        let (head, begins) = (literal(format[5]), self.begins);
        // The name of a bucket holds no slash.
        let of_bucket =
            format[2] == "s3" && !format[5].contains('/') && format[3].is_empty() && format[4].is_empty();
        let begin_alike =
            (head.starts_with(begins) || begins.starts_with(head)) && !(of_bucket && begins.contains('/'));
        // What costs most is asked last.
        (self.spills || begin_alike) && may_be_alike(&format[..5], &pattern[..5])
    }

    /// Whether what stands before the last field may be that of a form, and is empty where the form is.
    fn has_fields_of(&self, format: &str) -> bool {
        let Some((format, pattern)) = fields(format).zip(self.fields) else { return false };
        let is_alike = |at: usize| format[at].is_empty() == pattern[at].is_empty();
        (3..5).all(is_alike) && may_be_alike(&format[..5], &pattern[..5])
    }
}

fn may_be_alike(form: &[&str], pattern: &[&str]) -> bool {
    form.iter().zip(pattern).all(|(form, text)| overlaps(form, text))
}

/// Whether a field of a form and one of a pattern can be the same text.
fn overlaps(form: &str, text: &str) -> bool {
    let hole = form.strip_prefix("${").and_then(|hole| hole.split_once('}'));
    let is_hole = hole.is_some_and(|(_, behind)| behind.is_empty());
    form == text || is_hole || overlap(&as_pattern(form), &as_pattern(text))
}

/// The six fields of an ARN; nothing where there are fewer.
fn fields(arn: &str) -> Option<[&str; 6]> {
    let mut found = [""; 6];
    let mut rest = arn;
    for field in &mut found[..5] {
        let end = rest.bytes().position(|byte| byte == b':')?;
        (*field, rest) = (&rest[..end], &rest[end + 1..]);
    }
    found[5] = rest;
    Some(found)
}

/// What stands before the first wildcard or hole.
fn literal(pattern: &str) -> &str {
    let bytes = pattern.as_bytes();
    let is_open = |at: &usize| matches!(bytes[*at], b'*' | b'?') || bytes[*at..].starts_with(b"${");
    &pattern[..(0..bytes.len()).find(is_open).unwrap_or(bytes.len())]
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
