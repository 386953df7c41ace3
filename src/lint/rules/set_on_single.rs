//! Set operators and the number of values of a key.

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::LintSubject;
use crate::policy::{Operator, PolicyType, SetOperator, Token};
use crate::source::Severity;

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "set-on-single",
        severity: Severity::Warning,
        what: "a set operator on a key that has one value",
        why: "`ForAllValues` also holds where the key is absent; `ForAnyValue` adds nothing",
        kind: PolicyType::IdentityBased,
        example: r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/k", "Condition": {"ForAllValues:StringEquals": {"aws:PrincipalOrgID": "o-abc"}}}"#,
        near: r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/k", "Condition": {"ForAllValues:StringEquals": {"aws:TagKeys": "a"}, "Null": {"aws:TagKeys": "false"}}}"#,
        check: Some(single),
    },
    LintRule {
        code: "set-missing",
        severity: Severity::Warning,
        what: "no set operator on a key that has several values",
        why: "how several values are compared is not defined",
        kind: PolicyType::IdentityBased,
        example: r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/k", "Condition": {"StringEquals": {"aws:TagKeys": "a"}}}"#,
        near: r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/k", "Condition": {"ForAnyValue:StringEquals": {"aws:TagKeys": "a"}}}"#,
        check: Some(missing),
    },
];

fn single(subject: &LintSubject<'_>, found: &mut LintFindings) {
    for statement in subject.statements() {
        for (number, test) in statement.tests() {
            let (Some(set), key) = (test.operator.set, statement.key(test)) else { continue };
            let known = subject.catalog.condition_key(&key);
            if known.is_none_or(|known| known.is_multivalued())
                || key.ends_with(":amr")
                || key.ends_with(":aud")
            {
                continue;
            }
            let is_open = set == SetOperator::ForAllValues && statement.is_allow();
            let without = test.operator.to_string().replace(&format!("{}:", set.as_str()), "");
            let what = match is_open {
                true => format!("`{key}` has one value, and `ForAllValues` allows requests without it, too"),
                false => format!("`{key}` has one value, so `{}` is out of place", set.as_str()),
            };
            let finding = found.at(statement.place(Token::Operator(number)), what);
            finding.help = Some(format!("write `{without}`"));
            if is_open {
                finding.severity = Severity::Security;
            }
        }
    }
}

fn missing(subject: &LintSubject<'_>, found: &mut LintFindings) {
    for statement in subject.statements() {
        for (number, test) in statement.tests() {
            let key = statement.key(test);
            let is_bare = test.operator.set.is_none() && test.operator.operator != Operator::Null;
            if is_bare && subject.catalog.condition_key(&key).is_some_and(|known| known.is_multivalued()) {
                let what = format!("`{key}` has several values, and `{}` compares one", test.operator);
                let help = format!(
                    "`ForAnyValue:{0}`: one of them will do; `ForAllValues:{0}`: all have to",
                    test.operator
                );
                found.advise(statement.place(Token::Operator(number)), what, help);
            }
        }
    }
}
