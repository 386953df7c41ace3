//! The policies of AWS that are known without being declared.

use super::document::{Document, ManagedPolicy};
use crate::facts::{ManagedPolicyFacts, managed_policies, managed_policy};
use crate::policy::PolicyType;
use crate::source::Source;

/// How the ARNs of AWS managed policies begin.
pub(super) const AWS_POLICY: &str = "arn:aws:iam::aws:policy/";

/// The SCP that AWS attaches everywhere (A51).
pub(super) const FULL_ACCESS: &str = "FullAWSAccess";

/// The RCP that is attached everywhere and stays so (A53).
pub(super) const RCP_FULL_ACCESS: &str = "RCPFullAWSAccess";

/// The policy of AWS of that name or ARN.
pub(super) fn builtin_policy(name_or_arn: &str) -> Option<&'static ManagedPolicyFacts> {
    managed_policy(name_or_arn)
}

/// The names of AWS managed policies, for suggestions.
pub(super) fn builtin_names<'a>() -> impl Iterator<Item = &'a str> {
    managed_policies().iter().filter(|policy| policy.arn.starts_with(AWS_POLICY)).map(|policy| policy.name)
}

/// Reads and compiles a policy that AWS wrote; its source is named by its ARN.
pub(super) fn compile(facts: &ManagedPolicyFacts, kind: PolicyType) -> ManagedPolicy {
    let (document, _) = Document::read(&Source::new(facts.arn, facts.document), kind);
    ManagedPolicy::new(facts.name, facts.arn, document)
}
