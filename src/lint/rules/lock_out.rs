//! Policies that nobody can change any more.

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::LintSubject;
use crate::policy::{PolicyType, Token};
use crate::source::Severity;

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "lock-out",
        severity: Severity::Security,
        what: "a Deny for everybody of what changes the policy",
        why: "whoever administers the account can no longer change it; for buckets and queues the root user can",
        kind: PolicyType::ResourceBased,
        example: r#"{"Principal": "*", "Effect": "Deny", "Action": "s3:*", "Resource": ["arn:aws:s3:::b", "arn:aws:s3:::b/*"]}"#,
        near: r#"{"Principal": "*", "Effect": "Deny", "Action": "s3:*", "Resource": ["arn:aws:s3:::b", "arn:aws:s3:::b/*"], "Condition": {"Bool": {"aws:SecureTransport": "false"}}}"#,
        check: Some(denied),
    },
    LintRule {
        code: "key-lock-out",
        severity: Severity::Security,
        what: "a key policy that lets nobody change it",
        why: "not even the root user of the account can",
        kind: PolicyType::Key,
        example: r#"{"Principal": {"AWS": "arn:aws:iam::111122223333:role/App"}, "Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*"}"#,
        near: r#"{"Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Effect": "Allow", "Action": "kms:*", "Resource": "*"}"#,
        check: Some(key),
    },
];

/// What changes the policy of a resource.
const CHANGES: [&str; 4] = [
    "s3:PutBucketPolicy", "sqs:SetQueueAttributes", "sns:SetTopicAttributes",
    "secretsmanager:PutResourcePolicy",
];

fn denied(subject: &LintSubject<'_>, found: &mut LintFindings) {
    if subject.kind() != PolicyType::ResourceBased {
        return;
    }
    let denies = subject.statements().filter(|one| !one.is_allow() && one.says.condition.is_empty());
    for statement in denies.filter(|one| one.principals().any(|(_, _, text)| *text == *"*")) {
        for (_, resource) in statement.resources().filter(|(_, text)| !text.contains(['*', '?', '$'])) {
            let is_met = |action: &&str| {
                let is_own = subject
                    .catalog
                    .action(action)
                    .is_some_and(|facts| facts.resource_type_of(&resource).is_some());
                is_own && statement.covers_action(action) && !subject.lets_owner_in(action, &resource)
            };
            if let Some(action) = CHANGES.iter().find(|action| is_met(action)) {
                let finding = found.at(statement.place(Token::ActionKey), format!("nobody of the account may change this policy any more: `{action}` is denied to everybody"));
                finding.help = ["s3:", "sqs:"]
                    .iter()
                    .any(|own| action.starts_with(own))
                    .then(|| "the root user can still take it away".to_owned());
                break;
            }
        }
    }
}

fn key(subject: &LintSubject<'_>, found: &mut LintFindings) {
    if subject.kind() != PolicyType::Key {
        return;
    }
    let mut allows = subject.statements().filter(|one| one.is_allow());
    if let Some(first) =
        subject.statements().next().filter(|_| !allows.any(|one| one.covers_action("kms:PutKeyPolicy")))
    {
        let what = "nobody may change this key policy: no statement allows `kms:PutKeyPolicy`";
        found.advise(
            first.place(Token::ActionKey),
            what,
            "allow `kms:*` to the root user of the account, which leaves it to its administrators",
        );
    }
}
