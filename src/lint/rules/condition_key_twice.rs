//! One condition key in two spellings.

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::LintSubject;
use crate::policy::{PolicyType, Token};
use crate::source::Severity;

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "condition-key-twice",
        severity: Severity::Error,
        what: "one condition key in two letter cases under one operator",
        why: "AWS refuses to save it: keys differ in more than letter case",
        kind: PolicyType::IdentityBased,
        example: r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/k", "Condition": {"StringEquals": {"aws:PrincipalTag/a": "x", "aws:principaltag/a": "y"}}}"#,
        near: r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/k", "Condition": {"StringEquals": {"aws:PrincipalTag/a": "x"}, "StringLike": {"aws:principaltag/a": "x*"}}}"#,
        check: Some(twice),
    },
];

fn twice(subject: &LintSubject<'_>, found: &mut LintFindings) {
    for statement in subject.statements() {
        let tests: Vec<_> = statement.tests().collect();
        for (at, (number, test)) in tests.iter().enumerate() {
            let key = statement.key(test);
            let is_twin = |other: &crate::policy::ConditionTest| {
                let own = statement.key(other);
                other.operator_text.span == test.operator_text.span
                    && own != key
                    && own.eq_ignore_ascii_case(&key)
            };
            if let Some((first, _)) = tests[..at].iter().find(|(_, other)| is_twin(other)) {
                let place = statement.place(Token::Key(*first));
                let finding = found.at(
                    statement.place(Token::Key(*number)),
                    format!("`{key}` stands here twice, and letter case does not count"),
                );
                *finding = finding.clone().at(place, "first given here");
            }
        }
    }
}
