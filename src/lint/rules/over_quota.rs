//! Policies that are too long (A.10).

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::LintSubject;
use crate::facts::limits;
use crate::policy::PolicyType;
use crate::source::{Place, Severity, Span};

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "over-quota",
        severity: Severity::Error,
        what: "a policy with more characters than AWS stores",
        why: "AWS refuses to save it, unless the quota is raised",
        kind: PolicyType::ServiceControl,
        example: LONG,
        near: r#"{"Effect": "Deny", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/k"}"#,
        check: Some(over_quota),
    },
];

/// The most characters, and whether blanks count.
fn most(kind: PolicyType) -> Option<(usize, bool)> {
    match kind {
        PolicyType::ServiceControl => Some((limits::SCP_SIZE, true)),
        PolicyType::ResourceControl => Some((limits::RCP_SIZE, true)),
        PolicyType::VpcEndpoint => Some((limits::ENDPOINT_POLICY_SIZE, true)),
        PolicyType::PermissionsBoundary => Some((limits::MANAGED_POLICY_SIZE, false)),
        PolicyType::Trust => Some((limits::TRUST_POLICY_SIZE_MAX, false)),
        _ => None,
    }
}

fn over_quota(subject: &LintSubject<'_>, found: &mut LintFindings) {
    let Some((most, counts_blanks)) = most(subject.kind()) else { return };
    let Span { start, end } = subject.policy.document();
    let text = subject.policy.source().slice(Span::new(start, end));
    let size = text.chars().filter(|c| counts_blanks || !c.is_whitespace()).count();
    if size > most {
        let what = format!("the policy has {size} characters; AWS allows {most}");
        let without = text.chars().filter(|c| !c.is_whitespace()).count();
        let place = Place::new(subject.policy.source(), Span::new(start, start + 1));
        let finding = found.at(place, what);
        finding.help =
            (counts_blanks && without <= most).then(|| format!("without white space it has {without}"));
    }
}

/// A policy of which most is white space, which counts in service control policies.
const LONG: &str = match str::from_utf8(&LONG_BYTES) {
    Ok(text) => text,
    Err(_) => "",
};

const LONG_BYTES: [u8; limits::SCP_SIZE + 1] = {
    let text = br#"{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "s3:GetObject", "Resource": "*"}"#;
    let mut bytes = [b' '; limits::SCP_SIZE + 1];
    let mut at = 0;
    while at < text.len() {
        bytes[at] = text[at];
        at += 1;
    }
    bytes[limits::SCP_SIZE] = b'}';
    bytes
};
