//! The Region in an ARN.

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::LintSubject;
use crate::facts::{is_region, regions};
use crate::names::Arn;
use crate::policy::PolicyType;
use crate::source::{Severity, nearest};

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "arn-region",
        severity: Severity::Warning,
        what: "a Region in an ARN that there is not",
        why: "no resource has it",
        kind: PolicyType::IdentityBased,
        example: r#"{"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:eu-west1:111122223333:q"}"#,
        near: r#"{"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:eu-west-1:111122223333:q"}"#,
        check: Some(region),
    },
];

/// Regions are newer than any list: one of their form is only taken as unknown where it is near to one that is known.
fn region(subject: &LintSubject<'_>, found: &mut LintFindings) {
    for statement in subject.statements() {
        for (token, text) in statement.resources() {
            let Some(region) = Arn::parse(&text).map(|arn| arn.region()) else { continue };
            if region.is_empty()
                || region.contains(['*', '?', '$', '{', '<'])
                || is_region(region)
                || has_form(region)
            {
                continue;
            }
            let what = format!("`{region}` is no Region");
            let near = nearest(region, regions().iter().copied());
            found.at(statement.place(token), what).help = near.map(|near| format!("did you mean `{near}`?"));
        }
    }
}

/// `ap-southeast-9`, `us-iso-east-1`
fn has_form(region: &str) -> bool {
    let parts: Vec<&str> = region.split('-').collect();
    let [area, .., number] = parts[..] else { return region == "aws-global" };
    let is_word = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase());
    (3..=4).contains(&parts.len())
        && area.len() == 2
        && parts[..parts.len() - 1].iter().all(is_word)
        && number.bytes().all(|b| b.is_ascii_digit())
}
