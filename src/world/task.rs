//! The policies of AssumeRoot tasks (E9, E11).

use super::builtin::compile;
use super::document::ManagedPolicy;
use crate::facts::root_task_policy;
use crate::policy::PolicyType;

/// The policy of a task by its name or ARN.
pub(super) fn task_policy(task: &str) -> Option<ManagedPolicy> {
    root_task_policy(task).map(|facts| compile(facts, PolicyType::Task))
}
