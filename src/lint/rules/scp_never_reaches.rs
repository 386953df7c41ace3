//! Whom service control policies do not reach (D5).

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::LintSubject;
use crate::facts::scp_exemption;
use crate::names::parse_bool;
use crate::policy::{Operator, PolicyType, Token};
use crate::source::Severity;

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "scp-never-reaches",
        severity: Severity::Warning,
        what: "a Deny that only services of AWS could meet",
        why: "service control policies bind users, roles and root users of member accounts, no service and no service-linked role",
        kind: PolicyType::ServiceControl,
        example: r#"{"Effect": "Deny", "Action": "s3:*", "Resource": "*", "Condition": {"Bool": {"aws:PrincipalIsAWSService": "true"}}}"#,
        near: r#"{"Effect": "Deny", "Action": "s3:*", "Resource": "*", "Condition": {"Bool": {"aws:PrincipalIsAWSService": "false"}}}"#,
        check: Some(reaches),
    },
];

const OF_SERVICES: [&str; 2] = ["aws:PrincipalServiceName", "aws:PrincipalServiceNamesList"];

fn reaches(subject: &LintSubject<'_>, found: &mut LintFindings) {
    if subject.kind() != PolicyType::ServiceControl {
        return;
    }
    for statement in subject.statements().filter(|one| !one.is_allow()) {
        for test in statement.tests() {
            let (key, operator) = (statement.key(test.1), test.1.operator);
            let is_true = statement.values(test).any(|(_, value)| parse_bool(&value) == Some(true));
            let of_service = key.eq_ignore_ascii_case("aws:PrincipalIsAWSService")
                && operator.operator == Operator::Bool
                && is_true;
            let names = OF_SERVICES.iter().any(|own| own.eq_ignore_ascii_case(&key))
                && operator.operator != Operator::Null;
            let of_linked = key.eq_ignore_ascii_case("aws:PrincipalArn")
                && statement.values(test).all(|(_, value)| value.contains(":role/aws-service-role/"));
            if (of_service || names || of_linked)
                && !operator.operator.is_negated()
                && !operator.holds_without_key()
            {
                found.at(
                    statement.place(Token::Key(test.0)),
                    "no service control policy reaches those whom this is about",
                );
            }
        }
        for (token, name) in statement.actions() {
            if let Some(exemption) =
                name.split_once(':').and_then(|(service, _)| scp_exemption(service, false))
            {
                found.at(
                    statement.place(token),
                    format!("service control policies do not reach this: {}", exemption.task),
                );
            }
        }
    }
}
