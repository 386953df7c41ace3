//! The tasks that only the root user of an account can do, and those that once were such tasks.

use std::sync::OnceLock;

use super::root_only_past::PAST;
use super::root_only_today::LISTED;
use super::{Confidence, Date};
use crate::names::fold_hash;
use crate::source::nearest;

/// A task that needs, or needed, the root user (E.4), with what is known of when.
#[derive(Debug, PartialEq, Eq)]
pub struct RootOnlyTask {
    /// `R1` to `R21` are rules; `N1` and following are ours, for tasks that no longer need the root user.
    pub id: &'static str,
    /// The task in the words of "only the root user can ...".
    pub task: &'static str,
    /// Our name for a task, such as `rootonly:CloseAccount`; AWS has no such action.
    pub pseudo_action: Option<&'static str>,
    /// Actions of AWS that have to do with it; `service:*` means all of a service.
    pub real_actions: &'static [&'static str],
    /// When a call of one of the real actions is this task.
    pub trigger: Trigger,
    /// Who else may, and since when.
    pub also_allowed: &'static [&'static str],
    /// Since when it has needed the root user.
    pub from: Bound,
    /// Since when it has not any more.
    pub until: Bound,
    /// Whether somebody else may begin and the root user must confirm (R15).
    pub either: bool,
    /// Whether anything is decided by it; false for those that follow from policies or are never specified.
    pub decides: bool,
    /// What else is worth knowing.
    pub spec: &'static str,
    /// Where it comes from.
    pub sources: &'static [&'static str],
    /// How sure it is.
    pub confidence: Confidence,
    /// Where the sources disagree.
    pub conflict: Option<&'static str>,
    /// What an administrator who is not the root user meets.
    pub what_admin_meets: &'static str,
    /// How to get it done: who signs in where, or another way to the same end.
    pub alternative: &'static str,
}

/// When the call of a real action is a root-only task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trigger {
    /// When it concerns the caller's own account; for member accounts others may call the same action.
    OwnAccount,
    /// When the resource is the root user, `arn:aws:iam::ACCOUNT:root`.
    RootResource,
    /// Always, on the days on which the task is root-only.
    Always,
    /// When the request has this value under this key, a local one (R16).
    ContextKey {
        /// The local key.
        key: &'static str,
        /// The value that makes it the task.
        value: &'static str,
    },
    /// Never: there is no such action, or it has other uses.
    None,
}

/// One end of the time in which a task is root-only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// It was so from the beginning (as a start) or has always been over (as an end).
    Always,
    /// From this day on.
    Date(Date),
    /// On some day before, or on, this one.
    Before(Date),
    /// On some day after the first and not after the second.
    Between(Date, Date),
    /// Nobody wrote down when.
    Unknown,
    /// The change has not happened.
    Never,
}

/// Whether a task needs the root user on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaskStatus {
    /// Only the root user can do it.
    RootOnly,
    /// Policies decide.
    NotRootOnly,
    /// Nobody can do it yet, not even the root user.
    NotYet,
    /// The lists that are known do not say.
    Unknown,
    /// An administrator may begin it, and the root user must confirm it.
    Either,
}

impl RootOnlyTask {
    /// Tells whether the task needs the root user on this day.
    pub fn status_on(&self, day: Date) -> TaskStatus {
        match (self.from.reached_on(day), self.until.reached_on(day)) {
            (_, Some(true)) => TaskStatus::NotRootOnly,
            (Some(false), _) if self.from == Bound::Never => TaskStatus::NotRootOnly,
            (Some(false), _) => TaskStatus::NotYet,
            (None, _) | (_, None) => TaskStatus::Unknown,
            _ if self.either => TaskStatus::Either,
            _ => TaskStatus::RootOnly,
        }
    }

    /// Whether the action, as `service:Name`, is one of the task's real actions.
    pub fn has_action(&self, action: &str) -> bool {
        self.real_actions.iter().any(|known| match known.strip_suffix('*') {
            Some(service) => action
                .as_bytes()
                .get(..service.len())
                .is_some_and(|a| a.eq_ignore_ascii_case(service.as_bytes())),
            None => known.eq_ignore_ascii_case(action),
        })
    }

    /// Whether it is the rule or entry for a task that has to be refused to others: one that decides and has a way
    /// to be asked for.
    pub fn is_gate(&self) -> bool {
        self.decides && (self.pseudo_action.is_some() || self.trigger != Trigger::None)
    }
}

impl Bound {
    /// Whether it lies on or before a day; `None` where nobody knows.
    pub fn reached_on(self, day: Date) -> Option<bool> {
        match self {
            Self::Always => Some(true),
            Self::Never => Some(false),
            Self::Unknown => None,
            Self::Date(date) => Some(day >= date),
            Self::Before(date) => (day >= date).then_some(true),
            Self::Between(first, _) if day < first => Some(false),
            Self::Between(_, last) => (day >= last).then_some(true),
        }
    }
}

/// All tasks: R1 to R21, then those that are root-only no more.
pub fn root_only_tasks() -> impl Iterator<Item = &'static RootOnlyTask> {
    LISTED.iter().chain(PAST)
}

/// The task with this id, such as `R6`; letter case does not count.
pub fn root_only_task(id: &str) -> Option<&'static RootOnlyTask> {
    root_only_tasks().find(|task| task.id.eq_ignore_ascii_case(id))
}

/// The task that a local action such as `rootonly:CloseAccount` stands for; letter case does not count.
pub fn by_pseudo_action(name: &str) -> Option<&'static RootOnlyTask> {
    root_only_tasks().find(|task| task.pseudo_action.is_some_and(|known| known.eq_ignore_ascii_case(name)))
}

/// The tasks to which a real action belongs; `trigger` of each says when a call is the task.
pub fn by_real_action(action: &str) -> impl Iterator<Item = &'static RootOnlyTask> {
    let (exact, wild) = tasks_by_action();
    let hash = fold_hash(action.as_bytes());
    let start = exact.partition_point(|(known, _)| *known < hash);
    let found = exact[start..].iter().take_while(move |(known, _)| *known == hash).map(|(_, task)| *task);
    found.chain(wild.iter().copied()).filter(move |task| task.has_action(action))
}

/// Tasks by the hash of a real action, sorted, and those with a whole service: asked before every decision.
fn tasks_by_action() -> &'static (Vec<HashedTask>, Vec<&'static RootOnlyTask>) {
    static INDEX: OnceLock<(Vec<HashedTask>, Vec<&'static RootOnlyTask>)> = OnceLock::new();
    INDEX.get_or_init(|| {
        let wild = |task: &&RootOnlyTask| task.real_actions.iter().any(|action| action.ends_with('*'));
        let hashed = |task: &'static RootOnlyTask| {
            task.real_actions.iter().map(move |action| (fold_hash(action.as_bytes()), task))
        };
        let mut exact: Vec<_> = root_only_tasks().flat_map(hashed).collect();
        exact.sort_by_key(|(hash, _)| *hash);
        (exact, root_only_tasks().filter(wild).collect())
    })
}

type HashedTask = (u64, &'static RootOnlyTask);

/// The local action that is most like this misspelt one.
pub fn nearest_pseudo_action(name: &str) -> Option<&'static str> {
    nearest(name, root_only_tasks().filter_map(|task| task.pseudo_action))
}

/// Whether the action has the prefix `rootonly:`, which is ours and not AWS's.
pub fn is_pseudo_action(action: &str) -> bool {
    action.as_bytes().get(..9).is_some_and(|prefix| prefix.eq_ignore_ascii_case(b"rootonly:"))
}

/// Whether a call of this service may be a root-only task at all: a cheap question to ask first.
pub fn may_be_root_only(service: &str) -> bool {
    GATED_SERVICES.iter().any(|known| known.eq_ignore_ascii_case(service))
}

/// The tasks that `compare` shows for a day: root-only then, decided, and with a local action to ask for.
pub fn comparable_tasks(day: Date) -> impl Iterator<Item = (&'static RootOnlyTask, TaskStatus)> {
    root_only_tasks()
        .filter(|task| task.decides && task.pseudo_action.is_some())
        .map(move |task| (task, task.status_on(day)))
        .filter(|(_, status)| matches!(status, TaskStatus::RootOnly | TaskStatus::Either))
}

const GATED_SERVICES: [&str; 9] =
    ["rootonly", "iam", "account", "billing", "s3", "supportplans", "payments", "tax", "aws-portal"];
