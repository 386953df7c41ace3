//! Whom and what resource control policies reach.

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::{LintSubject, LintedStatement};
use crate::facts::{rcp_services, supports_rcp};
use crate::policy::{PolicyType, Token};
use crate::source::Severity;

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "rcp-service",
        severity: Severity::Warning,
        what: "an action of a service that resource control policies do not act on",
        why: "the statement is without effect for it",
        kind: PolicyType::ResourceControl,
        example: r#"{"Effect": "Deny", "Principal": "*", "Action": "sns:Publish", "Resource": "*"}"#,
        near: r#"{"Effect": "Deny", "Principal": "*", "Action": "sqs:SendMessage", "Resource": "*"}"#,
        check: Some(service),
    },
    LintRule {
        code: "rcp-hits-services",
        severity: Severity::Warning,
        what: "a Deny by organization, account or network that services of AWS meet, too",
        why: "a service that acts for you has no organization, no account and no network of its own",
        kind: PolicyType::ResourceControl,
        example: r#"{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition": {"StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}}"#,
        near: r#"{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition": {"StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}, "BoolIfExists": {"aws:PrincipalIsAWSService": "false"}}}"#,
        check: Some(services),
    },
    LintRule {
        code: "rcp-hits-principals",
        severity: Severity::Warning,
        what: "a Deny by what a service acts for that your own users and roles meet, too",
        why: "who acts for nobody has neither `aws:SourceOrgID` nor `aws:SourceAccount`",
        kind: PolicyType::ResourceControl,
        example: r#"{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition": {"StringNotEqualsIfExists": {"aws:SourceOrgID": "o-a1b2c3d4e5"}}}"#,
        near: r#"{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition": {"StringNotEqualsIfExists": {"aws:SourceOrgID": "o-a1b2c3d4e5"}, "Null": {"aws:SourceAccount": "false"}, "Bool": {"aws:PrincipalIsAWSService": "true"}}}"#,
        check: Some(principals),
    },
];

const IS_SERVICE: &str = "aws:PrincipalIsAWSService";

/// What services of AWS have not when they act for somebody.
const OF_PRINCIPALS: [&str; 7] = [
    "aws:PrincipalOrgID", "aws:PrincipalOrgPaths", "aws:PrincipalAccount", "aws:SourceIp", "aws:SourceVpc",
    "aws:SourceVpce", "aws:VpceOrgID",
];
const OF_SOURCES: [&str; 3] = ["aws:SourceOrgID", "aws:SourceOrgPaths", "aws:SourceAccount"];

fn service(subject: &LintSubject<'_>, found: &mut LintFindings) {
    if subject.kind() != PolicyType::ResourceControl {
        return;
    }
    for statement in subject.statements() {
        for (token, name) in statement.actions() {
            let service = name.split_once(':').map_or("", |(service, _)| service);
            if !service.is_empty() && !service.contains(['*', '?']) && !supports_rcp(service) {
                let help = format!(
                    "they act on {} services, such as {}",
                    rcp_services().len(),
                    "`s3`, `sqs`, `kms`, `sts` and `secretsmanager`"
                );
                found.advise(
                    statement.place(token),
                    format!("resource control policies do not act on `{service}`"),
                    help,
                );
            }
        }
    }
}

fn services(subject: &LintSubject<'_>, found: &mut LintFindings) {
    let what = "this also denies services of AWS that act for you";
    let help = "test `\"BoolIfExists\": {\"aws:PrincipalIsAWSService\": \"false\"}` beside it";
    told(subject, found, (&OF_PRINCIPALS, "false"), what, help);
}

fn principals(subject: &LintSubject<'_>, found: &mut LintFindings) {
    let what = "this also denies your own users and roles, which act for nobody";
    let help = "test `\"Bool\": {\"aws:PrincipalIsAWSService\": \"true\"}` beside it";
    told(subject, found, (&OF_SOURCES, "true"), what, help);
}

/// Tells of a negated test of one of the keys, unless it is said beside it whom it is about.
fn told(
    subject: &LintSubject<'_>,
    found: &mut LintFindings,
    (keys, meant): (&[&str], &str),
    what: &str,
    help: &str,
) {
    if subject.kind() != PolicyType::ResourceControl {
        return;
    }
    for statement in subject.statements().filter(|one| !one.is_allow() && !says(*one, meant)) {
        let mut tests = statement.tests();
        let test = tests.find(|(_, test)| {
            let key = statement.key(test);
            test.operator.operator.is_negated()
                && test.operator.holds_without_key()
                && keys.iter().any(|own| own.eq_ignore_ascii_case(&key))
        });
        // What a service acts for is asked beside it: then it is about services.
        let is_of_sources = meant == "false" && statement.reads(&OF_SOURCES);
        if let Some((number, _)) = test.filter(|_| !is_of_sources) {
            found.advise(statement.place(Token::Key(number)), what, help);
        }
    }
}

/// Whether a statement is about services alone, or about everybody else.
fn says(statement: LintedStatement<'_>, meant: &str) -> bool {
    statement.tests().any(|test| {
        statement.key(test.1).eq_ignore_ascii_case(IS_SERVICE)
            && statement.values(test).any(|(_, value)| value.eq_ignore_ascii_case(meant))
    })
}
