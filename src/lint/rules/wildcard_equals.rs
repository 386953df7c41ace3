//! Wildcards where they are plain characters.

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::LintSubject;
use crate::policy::{Operator, PolicyType, Token};
use crate::source::Severity;

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "wildcard-equals",
        severity: Severity::Warning,
        what: "`*` or `?` under an operator that knows no wildcards",
        why: "it is compared as it stands",
        kind: PolicyType::IdentityBased,
        example: r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/k", "Condition": {"StringEquals": {"aws:PrincipalTag/team": "red-*"}}}"#,
        near: r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/k", "Condition": {"StringLike": {"aws:PrincipalTag/team": "red-*"}}}"#,
        check: Some(wildcard),
    },
];

/// Keys whose values may hold these characters.
const MAY_HOLD: [&str; 3] = ["s3:prefix", "s3:delimiter", "aws:userid"];

fn wildcard(subject: &LintSubject<'_>, found: &mut LintFindings) {
    for statement in subject.statements() {
        for (number, test) in statement.tests() {
            let key = statement.key(test);
            let meant = match test.operator.operator {
                Operator::StringEquals | Operator::StringEqualsIgnoreCase => "StringLike",
                Operator::StringNotEquals | Operator::StringNotEqualsIgnoreCase => "StringNotLike",
                _ => continue,
            };
            if MAY_HOLD.iter().any(|own| own.eq_ignore_ascii_case(&key)) {
                continue;
            }
            for (token, value) in statement.values((number, test)) {
                if value.replace("${*}", "").replace("${?}", "").contains(['*', '?']) {
                    let what =
                        format!("`{value}` is compared as it stands: `{}` knows no wildcards", test.operator);
                    let label = statement.place(Token::Operator(number));
                    found.advise(statement.place(token), what, format!("write `{meant}`"));
                    if let Some(last) = found.found.last_mut() {
                        *last = last.clone().at(label, "this operator");
                    }
                }
            }
        }
    }
}
