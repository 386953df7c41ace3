//! Keys on tags that do not say which.

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::LintSubject;
use crate::policy::{PolicyType, Token};
use crate::source::Severity;

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "tag-key-missing",
        severity: Severity::Warning,
        what: "a condition key on a tag that does not say which tag",
        why: "no key is called so",
        kind: PolicyType::IdentityBased,
        example: r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/k", "Condition": {"StringEquals": {"aws:ResourceTag": "a"}}}"#,
        near: r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/k", "Condition": {"StringEquals": {"aws:ResourceTag/team": "a"}}}"#,
        check: Some(missing),
    },
];

fn missing(subject: &LintSubject<'_>, found: &mut LintFindings) {
    for statement in subject.statements() {
        for (number, test) in statement.tests() {
            let key = statement.key(test);
            let bare = key.trim_end_matches('/');
            let is_known = |name: &str| subject.catalog.condition_key(name).is_some();
            if key.contains(':') && bare.ends_with("Tag") && !is_known(bare) && is_known(&format!("{bare}/x"))
            {
                let what = format!("`{key}` does not say which tag is meant");
                found.advise(statement.place(Token::Key(number)), what, format!("write `{bare}/NAME`"));
            }
        }
    }
}
