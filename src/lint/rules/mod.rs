//! The rules: what a policy says, then what the catalog knows of it, then what the engine answers.

mod absent_passes;
mod action_place;
mod addresses_of_networks;
mod allow_not_action;
mod arn_account;
mod arn_partition;
mod arn_region;
mod arn_service;
mod as_aws_writes;
mod condition_key_twice;
mod conditions_that_are_empty;
mod confused_deputy;
mod dead_statement;
mod dependent_action;
mod endpoint_policy;
mod escalation;
mod federated_place;
mod for_all_open;
mod for_any_hole;
mod github_wide;
mod grants_admin;
mod grants_any_role;
mod host_bits;
mod key_form;
mod key_not_carried;
mod kinds_of_actions;
mod lists_that_are_empty;
mod lock_out;
mod many_booleans;
mod mfa_absent;
mod named_keys;
mod needless_operators;
mod needs_star;
mod network_key_service;
mod never_holds;
mod no_external_id;
mod not_action_typo;
mod null_with_set;
mod oidc_claims;
mod old_version;
mod operator_type;
mod over_quota;
mod pair_never_matches;
mod private_ip;
mod public;
mod rcp_reach;
mod reading;
mod redundant;
mod redundant_principal;
mod region_lock;
mod resource_form;
mod resource_ignored;
mod scp_denies_all;
mod scp_never_reaches;
mod sensitive_wildcard;
mod service_key_clash;
mod service_principal_form;
mod set_on_single;
mod sids;
mod spoofable_key;
mod stale_principal;
mod tag_key_missing;
mod trust_action;
mod unknown_action;
mod unknown_key;
mod value_form;
mod value_never;
mod variable_in_old_version;
mod variable_open;
mod variable_place;
mod wide_statements;
mod wildcard_equals;

pub(super) use scp_denies_all::nodes_that_deny_all;

use super::rule::LintRule;

/// All of them, family by family.
static ALL: &[&[LintRule]] = &[
    reading::RULES,
    old_version::RULES,
    sids::RULES,
    lists_that_are_empty::RULES,
    conditions_that_are_empty::RULES,
    condition_key_twice::RULES,
    over_quota::RULES,
    endpoint_policy::RULES,
    trust_action::RULES,
    rcp_reach::RULES,
    scp_never_reaches::RULES,
    scp_denies_all::RULES,
    stale_principal::RULES,
    redundant_principal::RULES,
    service_key_clash::RULES,
    named_keys::RULES,
    service_principal_form::RULES,
    federated_place::RULES,
    arn_account::RULES,
    arn_region::RULES,
    arn_partition::RULES,
    arn_service::RULES,
    variable_place::RULES,
    variable_open::RULES,
    variable_in_old_version::RULES,
    redundant::RULES,
    dead_statement::RULES,
    null_with_set::RULES,
    wildcard_equals::RULES,
    many_booleans::RULES,
    host_bits::RULES,
    private_ip::RULES,
    addresses_of_networks::RULES,
    network_key_service::RULES,
    region_lock::RULES,
    for_any_hole::RULES,
    unknown_action::RULES,
    not_action_typo::RULES,
    action_place::RULES,
    pair_never_matches::RULES,
    resource_form::RULES,
    needs_star::RULES,
    unknown_key::RULES,
    key_not_carried::RULES,
    tag_key_missing::RULES,
    key_form::RULES,
    set_on_single::RULES,
    value_never::RULES,
    value_form::RULES,
    never_holds::RULES,
    operator_type::RULES,
    sensitive_wildcard::RULES,
    for_all_open::RULES,
    absent_passes::RULES,
    mfa_absent::RULES,
    github_wide::RULES,
    oidc_claims::RULES,
    allow_not_action::RULES,
    grants_admin::RULES,
    grants_any_role::RULES,
    escalation::RULES,
    public::RULES,
    spoofable_key::RULES,
    confused_deputy::RULES,
    lock_out::RULES,
];

/// Those that are asked only where somebody names them: what they find is right in many policies.
static ON_REQUEST: &[&[LintRule]] = &[
    as_aws_writes::RULES,
    needless_operators::RULES,
    wide_statements::RULES,
    resource_ignored::RULES,
    dependent_action::RULES,
    kinds_of_actions::RULES,
    no_external_id::RULES,
    escalation::ON_REQUEST,
];

/// All rules: what a policy says, then what the catalog knows of it, then what the engine answers, then those that are
/// asked [on request](LintRule::is_on_request).
pub fn lint_rules() -> impl Iterator<Item = &'static LintRule> {
    each_rule().map(|(rule, _)| rule)
}

/// All rules, each with whether it is asked on request alone.
pub(super) fn each_rule() -> impl Iterator<Item = (&'static LintRule, bool)> {
    let default = ALL.iter().copied().flatten().map(|rule| (rule, false));
    default.chain(ON_REQUEST.iter().copied().flatten().map(|rule| (rule, true)))
}

impl LintRule {
    /// Whether it is asked only where somebody names it.
    pub fn is_on_request(&self) -> bool {
        // A table is one piece of memory, so that no rule has to be looked at.
        ON_REQUEST.iter().any(|table| table.as_ptr_range().contains(&std::ptr::from_ref(self)))
    }
}

/// The rule of a code.
///
/// ```
/// let rule = iamwhy::lint::lint_rule("pass-role-any").unwrap();
/// assert!(rule.what.contains("iam:PassRole"));
/// ```
pub fn lint_rule(code: &str) -> Option<&'static LintRule> {
    lint_rules().find(|rule| rule.code == code)
}
