//! Conditions that never hold, or always.

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::LintSubject;
use super::super::subject::LintedStatement;
use crate::policy::{ConditionTest, Operator, PolicyType, Token};
use crate::source::Severity;

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "never-holds",
        severity: Severity::Warning,
        what: "a condition that no request meets",
        why: "the statement never applies",
        kind: PolicyType::IdentityBased,
        example: r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/k", "Condition": {"StringEquals": {"aws:PrincipalTag/a": "x"}, "StringNotEquals": {"aws:PrincipalTag/a": "x"}}}"#,
        near: r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/k", "Condition": {"StringLike": {"aws:PrincipalTag/a": "x*"}, "StringNotLike": {"aws:PrincipalTag/a": "xy*"}}}"#,
        check: Some(never),
    },
    LintRule {
        code: "always-holds",
        severity: Severity::Warning,
        what: "a test that adds nothing to the others",
        why: "without it the statement applies to the same requests",
        kind: PolicyType::IdentityBased,
        example: r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/k", "Condition": {"StringLike": {"aws:PrincipalTag/a": "x*"}, "StringNotEquals": {"aws:PrincipalTag/a": "b"}}}"#,
        near: r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/k", "Condition": {"StringLike": {"aws:PrincipalTag/a": "x*"}, "StringNotEquals": {"aws:PrincipalTag/a": "xy"}}}"#,
        check: Some(always),
    },
];

fn never(subject: &LintSubject<'_>, found: &mut LintFindings) {
    for (statement, tests, action) in candidates(subject) {
        if never_applies(subject, statement, &action) {
            let finding = found.at(statement.place(Token::Key(tests[0])), "this condition never holds");
            *finding = finding.clone().at(statement.place(Token::Key(tests[1])), "together with this");
        }
    }
}

fn always(subject: &LintSubject<'_>, found: &mut LintFindings) {
    for (statement, tests, action) in candidates(subject) {
        if never_applies(subject, statement, &action) {
            continue;
        }
        let needless = tests.iter().copied().find(|test| adds_nothing(subject, statement, *test, &action));
        if let Some(test) = needless {
            let other = if test == tests[0] { tests[1] } else { tests[0] };
            let finding = found.at(
                statement.place(Token::Key(test)),
                "this always holds where the rest of the condition does",
            );
            *finding = finding.clone().at(statement.place(Token::Key(other)), "beside this");
        }
    }
}

/// The statements that test one key twice, with the tests, and an action that can carry the key.
fn candidates<'s>(subject: &LintSubject<'s>) -> Vec<(LintedStatement<'s>, Vec<u32>, String)> {
    let mut found = Vec::new();
    for statement in
        subject.statements().filter(|one| subject.can_be_reasoned_about() && one.says.condition.len() > 1)
    {
        let tests: Vec<(u32, &ConditionTest)> =
            statement.tests().filter(|(_, test)| !is_presence(statement, test)).collect();
        for (number, test) in &tests {
            let key = statement.key(test);
            let same: Vec<u32> = tests
                .iter()
                .filter(|(_, other)| statement.key(other).eq_ignore_ascii_case(&key))
                .map(|(number, _)| *number)
                .collect();
            let action = || subject.action_with(statement, &key);
            if same.len() > 1 && same[0] == *number {
                found.extend(action().map(|action| (statement, same, action)));
            }
        }
    }
    found
}

/// That a key is there may be said once more beside what it is: people write it on purpose.
fn is_presence(statement: LintedStatement<'_>, test: &ConditionTest) -> bool {
    let says_so = test.operator.operator == Operator::Null || test.operator.set.is_some();
    says_so || statement.values((0, test)).any(|(_, value)| *value == *"*" || value.contains("${"))
}

fn never_applies<'s>(subject: &LintSubject<'s>, statement: LintedStatement<'s>, action: &str) -> bool {
    let Some(edit) = subject.edit_of_one_action(statement, action) else { return false };
    let without = edit.replaced(Token::Condition, "{}").alone();
    subject.is_same(vec![action.to_owned()], [None, Some(edit.alone())])
        && !subject.is_same(vec![action.to_owned()], [None, Some(without)])
}

fn adds_nothing<'s>(
    subject: &LintSubject<'s>,
    statement: LintedStatement<'s>,
    test: u32,
    action: &str,
) -> bool {
    let edit = subject.edit_of_one_action(statement, action);
    edit.is_some_and(|edit| {
        subject.is_same(
            vec![action.to_owned()],
            [Some(edit.alone()), Some(edit.without_test(test as usize).alone())],
        )
    })
}

impl LintSubject<'_> {
    /// An action of a statement whose requests can have a key.
    pub(in super::super) fn action_with(&self, statement: LintedStatement<'_>, key: &str) -> Option<String> {
        let patterns = statement.actions().filter(|_| !statement.says.action.negated);
        let mut actions = patterns.flat_map(|(_, pattern)| {
            let known = self.catalog.matching_actions(&pattern).take(40);
            known
                .filter(|action| action.carries_key(key))
                .map(|action| action.to_string())
                .collect::<Vec<_>>()
        });
        actions.next()
    }
}
