//! The policies of AWS that are known without being declared.

use super::document::{Document, ManagedPolicy};
use crate::facts::{ManagedPolicyFacts, root_task_policy};
use crate::policy::PolicyType;
use crate::source::Source;

/// How the ARNs of AWS managed policies begin.
pub(super) const AWS_POLICY: &str = "arn:aws:iam::aws:policy/";

/// Reads and compiles a policy that AWS wrote; its source is named by its ARN.
pub(super) fn compile(facts: &ManagedPolicyFacts, kind: PolicyType) -> ManagedPolicy {
    let (document, _) = Document::read(&Source::new(facts.arn, facts.document), kind);
    ManagedPolicy::new(facts.name, facts.arn, document)
}

/// The policy of an AssumeRoot task by its name or ARN (E9, E11).
pub(super) fn task_policy(task: &str) -> Option<ManagedPolicy> {
    root_task_policy(task).map(|facts| compile(facts, PolicyType::Task))
}
