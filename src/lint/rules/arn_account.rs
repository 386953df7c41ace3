//! The account in an ARN.

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::LintSubject;
use crate::names::Arn;
use crate::policy::PolicyType;
use crate::source::Severity;

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "arn-account",
        severity: Severity::Warning,
        what: "an account in an ARN that has not 12 digits",
        why: "no resource has it",
        kind: PolicyType::IdentityBased,
        example: r#"{"Effect": "Allow", "Action": "iam:GetUser", "Resource": "arn:aws:iam::1111222233334:user/a"}"#,
        near: r#"{"Effect": "Allow", "Action": "iam:GetPolicy", "Resource": "arn:aws:iam::aws:policy/ReadOnlyAccess"}"#,
        check: Some(account),
    },
];

fn account(subject: &LintSubject<'_>, found: &mut LintFindings) {
    for statement in subject.statements() {
        for (token, text) in statement.resources() {
            let Some(account) = Arn::parse(&text).map(|arn| arn.account()) else { continue };
            let is_pattern = account.contains(['*', '?', '$', '{', '<']);
            let is_word = account.starts_with(|c: char| c.is_ascii_alphabetic());
            let has_form = account.len() == 12 && account.bytes().all(|b| b.is_ascii_digit());
            if !account.is_empty() && !is_pattern && !is_word && !has_form {
                let what = format!("`{account}` is no account id: one has 12 digits");
                found.at(statement.place(token), what);
            }
        }
    }
}
