//! A session beside its role.

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::LintSubject;
use crate::policy::{PolicyType, PrincipalType};
use crate::source::Severity;

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "redundant-principal",
        severity: Severity::Suggestion,
        what: "a session of a role beside the role",
        why: "the role covers all of its sessions; only limits of a session policy tell the two apart",
        kind: PolicyType::Trust,
        example: r#"{"Principal": {"AWS": ["arn:aws:iam::111122223333:role/Deploy", "arn:aws:sts::111122223333:assumed-role/Deploy/ci"]}, "Effect": "Allow", "Action": "sts:AssumeRole"}"#,
        near: r#"{"Principal": {"AWS": ["arn:aws:iam::111122223333:user/ann", "arn:aws:iam::111122223333:root"]}, "Effect": "Allow", "Action": "sts:AssumeRole"}"#,
        check: Some(session),
    },
];

fn session(subject: &LintSubject<'_>, found: &mut LintFindings) {
    for statement in subject.statements() {
        let all: Vec<_> =
            statement.principals().filter(|(_, kind, _)| *kind == Some(PrincipalType::Aws)).collect();
        for (token, _, text) in &all {
            let Some((account, role)) = role_of(text) else { continue };
            // What stands in front of the name in the ARN of the role is not in that of a session.
            let is_role = |arn: &str| {
                let name = arn.split_once(":role/").map(|(front, name)| (front, name.rsplit('/').next()));
                name.is_some_and(|(front, name)| front.ends_with(account) && name == Some(role))
            };
            if let Some((other, ..)) = all.iter().find(|(_, _, arn)| is_role(arn)) {
                let finding = found.at(statement.place(*token), "this session is covered by its role");
                *finding = finding.clone().at(statement.place(*other), "by this");
            }
        }
    }
}

/// The account and the name of the role of a session.
fn role_of(arn: &str) -> Option<(&str, &str)> {
    let (front, session) = arn.split_once(":assumed-role/")?;
    Some((front.rsplit(':').next()?, session.split('/').next()?))
}
