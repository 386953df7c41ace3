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
    let of_identity = matches!(subject.kind(), PolicyType::IdentityBased | PolicyType::PermissionsBoundary);
    for statement in subject.statements() {
        for (token, text) in statement.resources() {
            let Some(arn) = Arn::parse(&text) else { continue };
            let Some(what) = wrong(arn.account()) else { continue };
            let is_number = arn.account().bytes().all(|b| b.is_ascii_digit());
            let finding = found.at(statement.place(token), what);
            if of_identity && !is_number && matches!(arn.service(), "iam" | "sts") {
                finding.severity = Severity::Error; // AWS refuses to save it
            }
        }
    }
}

/// What is wrong with an account; words such as `aws`, `aws-managed` and `cloudfront` stand for AWS's own.
fn wrong(account: &str) -> Option<String> {
    let has_form = account.len() == 12 && account.bytes().all(|b| b.is_ascii_digit());
    let is_word = account.starts_with("aws") || account == "cloudfront";
    let is_open = account.contains(['$', '{', '<']) || account.bytes().all(|b| b == b'*' || b == b'?');
    if has_form || is_word || is_open {
        return None;
    }
    Some(match account.contains(['*', '?']) {
        true => format!("`{account}` leaves open a part of an account id, which covers accounts of others"),
        false => format!("`{account}` is no account id: one has 12 digits"),
    })
}
