//! What only the root user may do (E.4), and what root may do in spite of a resource's policy (E.3).

use crate::facts::{self, FACTS_DATE, RootOnlyTask, TaskStatus, Trigger, rule};
use crate::trace::{Gate, GateName};
use crate::world::Prepared;

/// The gate of a root-only task before anybody but root.
pub(super) fn gate(request: &Prepared<'_>) -> Option<Gate> {
    let root = request.caller.principal.is_root();
    let root = root && !is_foreign(request);
    let task = task(request)?;
    let day = request.settings().as_of.unwrap_or(FACTS_DATE);
    let status = task.status_on(day);
    // For root it matters only whether the task could be done at all on that day (R7).
    let perhaps_not_yet = status == TaskStatus::Unknown && task.until == facts::Bound::Never;
    // A task without an action of AWS's was never for policies to give to anybody else (E.4).
    let is_open = if root {
        status != TaskStatus::NotYet && !perhaps_not_yet
    } else {
        status == TaskStatus::NotRootOnly && !request.action.is_of("rootonly")
    };
    if is_open {
        return None;
    }
    let reason = match status {
        TaskStatus::Unknown => {
            format!("the sources do not say whether on {day} only root could {}", task.task)
        }
        TaskStatus::Either => format!("an administrator may begin it, but only root can {}", task.task),
        TaskStatus::NotYet => format!("on {day} not even the root user could {}", task.task),
        TaskStatus::NotRootOnly => format!("only the root user could {}", task.task),
        TaskStatus::RootOnly => format!("only the root user can {}", task.task),
    };
    let gate = Gate::new(GateName::RootOnly, task_rule(task), reason);
    let message = (status == TaskStatus::NotYet).then_some("AWS did not offer this yet.");
    Some(Gate { task: Some(task), unknown: status == TaskStatus::Unknown, message, ..gate })
}

/// The gate before a call that only later became another way to a root-only task (E.4).
pub(super) fn too_early(request: &Prepared<'_>) -> Option<Gate> {
    let day = request.settings().as_of?;
    let alternative = facts::alternative(request.action.text())?;
    let task = facts::root_only_task(alternative.task)?;
    let was_offered = alternative.since.reached_on(day);
    if was_offered == Some(true) {
        return None;
    }
    let action = request.action.text();
    let reason = match was_offered {
        None => format!("the sources do not say whether on {day} {action} was offered"),
        _ => format!("on {day} {action} was not offered: only the root user could {}", task.task),
    };
    let gate = Gate::new(GateName::RootOnly, task_rule(task), reason);
    Some(Gate { unknown: was_offered.is_none(), ..gate })
}

/// The root user of another account is not the one that is meant.
fn is_foreign(request: &Prepared<'_>) -> bool {
    request.is_cross_account()
}

fn task_rule(task: &RootOnlyTask) -> facts::RuleId {
    facts::RuleId::find(task.id).unwrap_or(const { rule("E.4") })
}

/// The root-only task that a request is, by its pseudo-action or by what a real action is used for.
pub(super) fn task(request: &Prepared<'_>) -> Option<&'static RootOnlyTask> {
    if let Some(task) = request.task {
        return Some(task).filter(|task| task.decides);
    }
    if !facts::may_be_root_only(request.action.service()) {
        return None;
    }
    let mut tasks = facts::by_real_action(request.action.text());
    tasks.find(|task| task.decides && triggers(request, task.trigger))
}

fn triggers(request: &Prepared<'_>, trigger: Trigger) -> bool {
    match trigger {
        Trigger::Always => true,
        Trigger::None => false,
        Trigger::OwnAccount => !request.is_cross_account() && !names_member_account(request),
        Trigger::RootResource => {
            request.arn().is_some_and(|arn| arn.service() == "iam" && arn.resource() == "root")
        }
        Trigger::ContextKey { key, value } => {
            request.given_value(key).is_some_and(|given| given.eq_ignore_ascii_case(value))
        }
    }
}

/// `arn:aws:account::MANAGEMENT:account/o-…/MEMBER`: the call is about another account than the caller's.
fn names_member_account(request: &Prepared<'_>) -> bool {
    let Some(arn) = request.arn().filter(|arn| arn.service() == "account") else { return false };
    let member = arn.resource().rsplit('/').next().and_then(crate::names::AccountId::parse);
    member.is_some() && member != request.caller.account
}

/// E12–E14: the owner's root user manages the policy of a bucket, table or queue in spite of its denies.
pub(super) fn overrides_resource_policy(request: &Prepared<'_>) -> bool {
    const RESCUES: &[&str] = &[
        "s3:GetBucketPolicy", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy", "s3express:GetBucketPolicy",
        "s3express:PutBucketPolicy", "s3express:DeleteBucketPolicy", "s3-outposts:GetBucketPolicy",
        "s3-outposts:PutBucketPolicy", "s3-outposts:DeleteBucketPolicy", "dynamodb:DeleteResourcePolicy",
        "dynamodb:GetResourcePolicy", "dynamodb:PutResourcePolicy", "sqs:GetQueueAttributes",
        "sqs:SetQueueAttributes",
    ];
    request.caller.principal.is_root()
        && !request.is_cross_account()
        && RESCUES.iter().any(|action| request.action.is(action))
}
