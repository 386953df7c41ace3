//! Values that a key never has.

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::LintSubject;
use crate::catalog::KeyType;
use crate::names::parse_bool;
use crate::policy::{OperatorFamily, PolicyType};
use crate::source::Severity;

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "value-never",
        severity: Severity::Warning,
        what: "text where a key is true or false",
        why: "the key never has that value",
        kind: PolicyType::IdentityBased,
        example: r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/k", "Condition": {"StringEquals": {"aws:ViaAWSService": "amplify.amazonaws.com"}}}"#,
        near: r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/k", "Condition": {"StringEquals": {"aws:ViaAWSService": "true"}}}"#,
        check: Some(never),
    },
];

fn never(subject: &LintSubject<'_>, found: &mut LintFindings) {
    for statement in subject.statements() {
        for test in statement.tests() {
            let key = statement.key(test.1);
            let known = subject.catalog.condition_key(&key);
            let is_bool =
                known.is_some_and(|known| known.kind() == KeyType::Bool && known.second_kind().is_none());
            if !is_bool || test.1.operator.operator.family() != OperatorFamily::String {
                continue;
            }
            for (token, value) in statement.values(test) {
                if parse_bool(&value).is_none() && !value.contains(['*', '?', '$']) {
                    let what = format!("`{key}` is `true` or `false`, never `{value}`");
                    found.at(statement.place(token), what);
                }
            }
        }
    }
}
