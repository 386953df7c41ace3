//! Policies that are too long (A.10).

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::LintSubject;
use crate::facts::{limits, managed_policy};
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
    LintRule {
        code: "session-limits",
        severity: Severity::Error,
        what: "a session policy with more than 2,048 characters",
        why: "the call that assumes the role is refused",
        kind: PolicyType::Session,
        example: LONG,
        near: r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/k"}"#,
        check: Some(session),
    },
];

/// The most characters, those that AWS stores after a quota is raised or where the policy stands elsewhere, and whether
/// blanks count.
fn most(kind: PolicyType) -> Option<(usize, usize, bool)> {
    let (most, at_all, counts_blanks) = match kind {
        PolicyType::ServiceControl => (limits::SCP_SIZE, limits::SCP_SIZE, true),
        PolicyType::ResourceControl => (limits::RCP_SIZE, limits::RCP_SIZE, true),
        PolicyType::VpcEndpoint => (limits::ENDPOINT_POLICY_SIZE, limits::ENDPOINT_POLICY_SIZE, true),
        PolicyType::PermissionsBoundary => (limits::MANAGED_POLICY_SIZE, limits::MANAGED_POLICY_SIZE, false),
        PolicyType::Trust => (limits::TRUST_POLICY_SIZE, limits::TRUST_POLICY_SIZE_MAX, false),
        // Which of the two it is going to be, nobody said: a managed policy, or one of a role alone.
        PolicyType::IdentityBased => (limits::MANAGED_POLICY_SIZE, limits::ROLE_INLINE_SIZE, false),
        _ => return None,
    };
    Some((most, at_all, counts_blanks))
}

fn over_quota(subject: &LintSubject<'_>, found: &mut LintFindings) {
    let Some((most, at_all, counts_blanks)) = most(subject.kind()) else { return };
    let text = subject.text();
    if text.len() <= most {
        return;
    }
    let without = text.chars().filter(|c| !c.is_whitespace()).count();
    let size = if counts_blanks { text.chars().count() } else { without };
    if size > most && !is_of_aws(subject) {
        let finding =
            found.at(subject.start(), format!("the policy has {size} characters; AWS allows {most}"));
        if size <= at_all {
            finding.severity = Severity::Warning;
        }
        finding.help = match subject.kind() {
            _ if counts_blanks && without <= most => Some(format!("without white space it has {without}")),
            PolicyType::IdentityBased => {
                Some(format!("the policies in a role itself may have {at_all} together"))
            }
            PolicyType::Trust => Some(format!("the quota can be raised to {at_all}")),
            _ => None,
        };
    }
}

fn session(subject: &LintSubject<'_>, found: &mut LintFindings) {
    let size = subject.text().chars().count();
    if subject.kind() == PolicyType::Session && size > limits::SESSION_POLICY_SIZE {
        let most = limits::SESSION_POLICY_SIZE;
        let what = format!("the policy has {size} characters; a call that assumes a role takes {most}");
        found.advise(subject.start(), what, "up to ten managed policies can be named in its place");
    }
}

/// AWS's own policies are longer than those that it takes from others.
fn is_of_aws(subject: &LintSubject<'_>) -> bool {
    let name = subject.policy.source().name();
    subject.kind() == PolicyType::IdentityBased && managed_policy(name).is_some()
}

impl LintSubject<'_> {
    fn text(&self) -> &str {
        self.policy.source().slice(self.policy.document())
    }

    /// Its first character.
    fn start(&self) -> Place {
        let start = self.policy.document().start;
        Place::new(self.policy.source(), Span::new(start, start + 1))
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
