//! Keys that no action of the statement has.

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::{LintSubject, LintedStatement};
use crate::catalog::{ActionFacts, KeyFacts};
use crate::policy::{ConditionTest, Operator, PolicyType, Token};
use crate::source::Severity;

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "key-not-carried",
        severity: Severity::Warning,
        what: "a condition key that no request for the actions of the statement has",
        why: "the key is absent: the test never holds, or always",
        kind: PolicyType::IdentityBased,
        example: r#"{"Effect": "Allow", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::b/k", "Condition": {"StringEquals": {"s3:prefix": "a"}}}"#,
        near: r#"{"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::b", "Condition": {"StringEquals": {"s3:prefix": "a"}}}"#,
        check: Some(carried),
    },
];

/// Keys of credentials, which every request made with them has, whatever its service.
const OF_CREDENTIALS: [&str; 6] = [
    "ec2:SourceInstanceARN", "ec2:RoleDelivery", "glue:RoleAssumedBy", "glue:CredentialIssuingService",
    "lambda:SourceFunctionArn", "ssm:SourceInstanceARN",
];

fn carried(subject: &LintSubject<'_>, found: &mut LintFindings) {
    for statement in subject.statements().filter(|one| !one.says.action.negated) {
        let of_service: Vec<_> = statement
            .tests()
            .filter_map(|test| Some((test.0, key_of_service(subject, statement, test.1)?)))
            .collect();
        if of_service.is_empty() {
            continue;
        }
        let actions: Option<Vec<ActionFacts<'_>>> =
            statement.actions().map(|(_, name)| subject.catalog.action(&name)).collect();
        let Some(actions) = actions.filter(|actions| !actions.is_empty()) else { continue };
        for (number, key) in of_service {
            if !actions.iter().any(|action| action.lists_key(key)) {
                let whose = match &actions[..] {
                    [one] => format!("a request for `{one}` has no"),
                    _ => "no request for these actions has".to_owned(),
                };
                let what = format!("{whose} `{}` in the catalog of {}", key.name(), subject.catalog.date());
                found.at(statement.place(Token::Key(number)), what);
            }
        }
    }
}

/// The key of a test, if only requests to its service have it, and it is asked for a value.
fn key_of_service<'s>(
    subject: &LintSubject<'s>,
    statement: LintedStatement<'_>,
    test: &ConditionTest,
) -> Option<KeyFacts<'s>> {
    let name = statement.key(test);
    let is_of_credentials = OF_CREDENTIALS.iter().any(|own| own.eq_ignore_ascii_case(&name))
        || name.starts_with("sts:")
        || name.contains("ResourceTag/");
    let is_exempt = is_of_credentials || test.operator.operator == Operator::Null || test.operator.if_exists;
    if is_exempt || name.starts_with("aws:") {
        return None;
    }
    subject.catalog.condition_key(&name).filter(|key| !key.is_global())
}
