//! The partition in an ARN.

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::LintSubject;
use crate::names::Arn;
use crate::policy::PolicyType;
use crate::source::Severity;

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "arn-partition",
        severity: Severity::Warning,
        what: "a partition in an ARN that there is not",
        why: "no resource has it; IAM refuses such a policy",
        kind: PolicyType::IdentityBased,
        example: r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:amazon:s3:::b/k"}"#,
        near: r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws-cn:s3:::b/k"}"#,
        check: Some(partition),
    },
];

fn partition(subject: &LintSubject<'_>, found: &mut LintFindings) {
    for statement in subject.statements() {
        for (token, text) in statement.resources() {
            let Some(partition) = Arn::parse(&text).map(|arn| arn.partition()) else { continue };
            let is_known = partition.starts_with("aws")
                || partition.is_empty()
                || partition.contains(['*', '?', '$', '{', '<']);
            if !is_known {
                let what = format!("`{partition}` is no partition of AWS");
                found.advise(
                    statement.place(token),
                    what,
                    "partitions are called `aws`, `aws-cn`, `aws-us-gov`, …",
                );
            }
        }
    }
}
