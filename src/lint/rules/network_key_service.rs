//! Keys of endpoints that few services send (I11).

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::LintSubject;
use crate::facts::carries_endpoint_key;
use crate::policy::{PolicyType, Token};
use crate::source::Severity;

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "network-key-service",
        severity: Severity::Warning,
        what: "a key of VPC endpoints with an action of a service that does not send it",
        why: "the key is absent from such requests",
        kind: PolicyType::IdentityBased,
        example: r#"{"Effect": "Allow", "Action": "ec2:StartInstances", "Resource": "*", "Condition": {"StringEquals": {"aws:VpceOrgID": "o-a1b2c3d4e5"}}}"#,
        near: r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/k", "Condition": {"StringEquals": {"aws:VpceOrgID": "o-a1b2c3d4e5"}}}"#,
        check: Some(service),
    },
];

const KEYS: [&str; 4] = ["aws:SourceVpcArn", "aws:VpceAccount", "aws:VpceOrgID", "aws:VpceOrgPaths"];

fn service(subject: &LintSubject<'_>, found: &mut LintFindings) {
    for statement in subject.statements().filter(|one| !one.says.action.negated) {
        for (number, test) in statement.tests() {
            let key = statement.key(test);
            if !KEYS.iter().any(|own| own.eq_ignore_ascii_case(&key)) {
                continue;
            }
            let lacks = |name: &str| {
                let (service, action) =
                    name.split_once(':').filter(|(service, _)| !service.contains(['*', '?']))?;
                (!carries_endpoint_key(&key, service, action)).then(|| service.to_owned())
            };
            if let Some((token, service)) =
                statement.actions().find_map(|(token, name)| Some((token, lacks(&name)?)))
            {
                let finding = found.at(
                    statement.place(Token::Key(number)),
                    format!("requests to `{service}` do not have `{key}`"),
                );
                *finding = finding.clone().at(statement.place(token), "asked for here");
            }
        }
    }
}
