//! What is known of AWS, as static data with dates and sources: the rules, the root-only tasks, what services refuse.
//!
//! INVARIANT: every fact is a constant with a source; nothing here decides, and nothing depends on the clock.
//!
//! Read first: [`RuleId`], then [`RootOnlyTask`].

mod date;
mod managed;
mod root_only;
mod root_only_past;
mod root_only_today;
mod rule;
mod rules_a;
mod rules_b;
mod rules_c;
mod rules_d;
mod rules_e;
mod rules_g;
mod rules_r;

pub use date::Date;
pub use managed::{
    ManagedPolicyFacts, managed_policies, managed_policy, root_task_policies, root_task_policy,
};
pub use root_only::{
    Bound, RootOnlyTask, Status, Trigger, by_pseudo_action, by_real_action, comparable_tasks,
    is_pseudo_action, may_be_root_only, nearest_pseudo_action, root_only_task, root_only_tasks,
};
pub use rule::{Confidence, Rule, RuleId, rule};

/// The day as of which the facts stand, and the default of `--as-of`.
pub const FACTS_DATE: Date = Date::known("2026-11-23");
