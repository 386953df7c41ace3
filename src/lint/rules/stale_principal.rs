//! Unique ids in place of principals (A31).

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::LintSubject;
use crate::policy::{PolicyType, PrincipalType};
use crate::source::Severity;

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "stale-principal",
        severity: Severity::Warning,
        what: "a unique id such as `AIDA…` or `AROA…` as a principal",
        why: "AWS shows it where the user or role was deleted; one that is made anew under the same name is not meant",
        kind: PolicyType::ResourceBased,
        example: r#"{"Principal": {"AWS": "AIDAEXAMPLEEXAMPLEEXAM"}, "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/k"}"#,
        near: r#"{"Principal": {"AWS": "arn:aws:iam::111122223333:user/alice"}, "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/k"}"#,
        check: Some(stale),
    },
];

fn stale(subject: &LintSubject<'_>, found: &mut LintFindings) {
    for statement in subject.statements() {
        for (token, kind, text) in statement.principals() {
            let is_id = text.starts_with("AIDA") || text.starts_with("AROA");
            if kind == Some(PrincipalType::Aws) && is_id {
                let what = format!("`{text}` is the id of a user or role that was probably deleted");
                found.advise(
                    statement.place(token),
                    what,
                    "name the user or role by its ARN, or take it out",
                );
            }
        }
    }
}
