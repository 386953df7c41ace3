//! Policies that allow everything.

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::LintSubject;
use crate::analysis::GrantedActions;
use crate::policy::PolicyType;
use crate::source::{Place, Severity};

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "grants-admin",
        severity: Severity::Security,
        what: "a policy that allows every action on every resource",
        why: "whoever has it is an administrator",
        kind: PolicyType::IdentityBased,
        example: r#"{"Effect": "Allow", "Action": "*", "Resource": "*"}"#,
        near: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}, {"Effect": "Deny", "Action": "iam:*", "Resource": "*"}]}"#,
        check: Some(admin),
    },
];

fn admin(subject: &LintSubject<'_>, found: &mut LintFindings) {
    if let Some(grant) = subject.everything() {
        let what = "every action is allowed on every resource: whoever has this policy is an administrator";
        found.at(grant, what);
    }
}

impl LintSubject<'_> {
    /// What allows everything, if anything does: no action is left out or taken back, and the engine allows a request
    /// that only administrators are allowed.
    pub(super) fn everything(&self) -> Option<Place> {
        self.everything.get_or_init(|| self.allows_everything()).clone()
    }

    fn allows_everything(&self) -> Option<Place> {
        let is_identity = matches!(self.kind(), PolicyType::IdentityBased | PolicyType::Session);
        let names_all =
            self.statements().any(|one| one.actions().any(|(_, text)| matches!(&*text, "*" | "*:*")));
        if !is_identity || !names_all {
            return None;
        }
        let granted = GrantedActions::of(self.policy, self.catalog);
        let is_all = granted.actions.complement().is_empty() && granted.taken_back_in_part.is_empty();
        let (action, resource) = ("iam:CreateAccessKey", "arn:aws:iam::123456789012:user/witness");
        let (statement, token) =
            self.grantor(action, resource).filter(|_| is_all && self.grants(action, resource))?;
        Some(statement.place(token))
    }
}
