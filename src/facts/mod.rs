//! What is known of AWS, as static data with dates and sources: the rules, the root-only tasks, what services refuse.
//!
//! INVARIANT: every fact is a constant with a source; nothing here decides, and nothing depends on the clock.
//!
//! Read first: [`RuleId`], then [`RootOnlyTask`].

mod alternatives;
mod ancestors;
mod arn_template;
mod billing;
mod buckets;
mod calls;
mod claims;
mod containers;
mod credential_errors;
mod dangers;
mod date;
mod escalation;
mod events;
mod example_values;
mod glossary;
mod key_setters;
mod key_use;
pub mod limits;
mod malformed;
mod managed;
mod may_be_gated;
mod meant_keys;
mod mfa;
mod network_keys;
mod oidc;
mod option_keys;
mod option_words;
mod organizations;
mod passed_roles;
mod policy_commands;
mod regions;
mod resource_policies;
mod resources;
mod retired_actions;
mod root_only;
mod root_only_past;
mod root_only_today;
mod rule;
mod rule_id;
mod rules_a;
mod rules_b;
mod rules_c;
mod rules_d;
mod rules_e;
mod rules_g;
mod rules_i;
mod rules_r;
mod same_resource;
mod services;
mod tag_commands;
mod tag_keys;
mod tagging;
mod tasks;

pub use alternatives::{Alternative, alternative};
pub use ancestors::ancestors;
pub use billing::{billing_console_services, is_billing_console_action};
pub use buckets::{
    BUCKET_NAMESPACE_KEY, OWN_NAMESPACE, SSE_C_BLOCKED_SINCE, SSE_C_KEY, is_namespaced, leaves_sse_c_open,
    namespace_of, writes_objects,
};
pub use calls::{
    CredentialKind, CredentialLimit, Refused, credential_limit, credential_limits, is_newer_action,
    is_own_password_action, is_unsigned, limits_credentials, needs_no_permission,
};
pub use claims::{ClaimSetting, claim_setting, let_in_by_branch, unchecked_branch};
pub use containers::{
    Container, Holder, SERVICE_NETWORK, asked_without_resource, container_kind, containers,
    has_only_known_policies, held_by, is_placed,
};
pub use credential_errors::{CredentialError, credential_error};
pub use dangers::{Danger, danger, dangers};
pub use date::Date;
pub use escalation::{EscalationMethod, MethodGain, NeedOn, escalation_methods};
pub use events::{event_arn, event_services};
pub use example_values::{job_with_subject, real_value};
pub use glossary::{GlossaryEntry, glossary, glossary_entry};
pub use key_setters::{
    KeyOrigin, KeySetter, connected, is_always_sent, key_origin, known_key_origin, option_for,
    says_what_is_meant,
};
pub use key_use::{calls_that_use_keys, key_actions, what_a_key_encrypts};
pub use malformed::malformed_policy;
pub use managed::{
    MANAGED_POLICIES_DATE, ManagedPolicyFacts, everyday_policies, managed_policies, managed_policy,
    managed_policy_names, root_task_policies, root_task_policy,
};
pub use may_be_gated::may_be_gated;
pub use meant_keys::meant_key;
pub use mfa::comes_before_mfa;
pub use network_keys::carries_endpoint_key;
pub use oidc::{SharedProvider, shared_provider};
pub use option_keys::{OptionPart, option_parts};
pub use organizations::{
    OrganizationsCaller, organizations_caller, organizations_conflict, organizations_reads,
    other_policy_types,
};
pub use passed_roles::{always_takes_role, goes_with, passed_to, takes_role_for, what_has_role};
pub use policy_commands::{PolicyCommands, policy_commands};
pub use regions::{but_for_the_edge, global_regions, is_bound_to_region, is_region, regions};
pub use resource_policies::{adds_to_policy, default_key_policy, is_open_without_policy, may_have_policy};
pub use resources::{
    Protection, SERVICE_LINKED_NAME, is_service_linked_role_of, lacks_resource_account, protected_resource,
    pseudo_resource,
};
pub use retired_actions::is_retired_action;
pub use root_only::{
    Bound, RootOnlyTask, TaskStatus, Trigger, by_pseudo_action, by_real_action, comparable_tasks,
    is_pseudo_action, may_be_root_only, nearest_pseudo_action, root_only_task, root_only_tasks,
};
pub use rule::{Confidence, Rule};
pub use rule_id::{RuleId, rule};
pub use same_resource::needed_beside;
pub use services::{
    CrossAccountRefusal, ScpExemption, decisive_resource_policy, endpoint_service,
    not_offered_across_accounts, rcp_services, scp_exemption, supports_rcp,
};
pub use tag_commands::tag_command;
pub use tag_keys::{TagKeys, TagsOf, is_of_every_resource, tag_keys};
pub use tagging::tagging_action;
pub use tasks::{ActionTask, task_of};

/// The Region of a call where nothing tells it (C.5).
pub const GLOBAL_REGION: &str = "us-east-1";

/// The day as of which the facts stand, and the default of `--as-of`.
pub const FACTS_DATE: Date = Date::known("2026-11-23");
