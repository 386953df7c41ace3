//! The policies of AssumeRoot tasks (E9, E11).

use std::sync::Arc;

use super::document::{Document, ManagedPolicy};
use crate::facts::root_task_policy;
use crate::policy::PolicyType;
use crate::source::Source;

/// The policy of a task by its name or ARN.
pub(super) fn task_policy(task: &str) -> Option<Arc<ManagedPolicy>> {
    let facts = root_task_policy(task)?;
    let source = Source::new(facts.arn, facts.document);
    let (document, _) = Document::read(&source, PolicyType::Task);
    Some(Arc::new(ManagedPolicy::new(facts.name, facts.arn, document)))
}
