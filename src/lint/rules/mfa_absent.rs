//! MFA, and requests that say nothing of it.

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::LintSubject;
use crate::names::parse_bool;
use crate::policy::{Operator, PolicyType, Token};
use crate::source::Severity;

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "mfa-absent",
        severity: Severity::Security,
        what: "a test of `aws:MultiFactorAuthPresent` that access keys pass",
        why: "requests with long-term access keys do not have the key at all, neither true nor false",
        kind: PolicyType::IdentityBased,
        example: r#"{"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "false"}}}"#,
        near: r#"{"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}}"#,
        check: Some(absent),
    },
];

const KEY: &str = "aws:MultiFactorAuthPresent";

fn absent(subject: &LintSubject<'_>, found: &mut LintFindings) {
    for statement in subject.statements() {
        for (number, test) in statement.tests() {
            let is_bool =
                test.operator.operator == Operator::Bool && statement.key(test).eq_ignore_ascii_case(KEY);
            let Some(asked) =
                statement.values((number, test)).next().and_then(|(_, value)| parse_bool(&value))
            else {
                continue;
            };
            let is_open = match statement.is_allow() {
                // BoolIfExists: true
                true => asked && test.operator.holds_without_key() && !statement.asks_presence(KEY, false),
                // Bool: false
                false => !asked && !test.operator.holds_without_key() && !subject.denies_absent(KEY),
            };
            if is_bool && is_open {
                let (what, help) = match statement.is_allow() {
                    true => {
                        ("requests with access keys, which carry no MFA, are allowed, too", "write `Bool`")
                    }
                    false => (
                        "requests with access keys, which carry no MFA, are not denied",
                        "write `BoolIfExists`",
                    ),
                };
                found.advise(statement.place(Token::Operator(number)), what, help);
            }
        }
    }
}

impl LintSubject<'_> {
    /// Whether a Deny says what becomes of requests without a key.
    fn denies_absent(&self, key: &str) -> bool {
        self.statements().any(|one| !one.is_allow() && one.asks_presence(key, true))
    }
}
