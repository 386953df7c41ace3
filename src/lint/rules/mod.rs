//! The rules: what a policy says, then what the catalog knows of it, then what the engine answers.

mod allow_not_action;
mod arn_account;
mod arn_partition;
mod arn_region;
mod arn_service;
mod conditions_that_are_empty;
mod for_all_open;
mod for_any_hole;
mod github_wide;
mod grants_admin;
mod grants_any_role;
mod host_bits;
mod lists_that_are_empty;
mod many_booleans;
mod needs_star;
mod not_action_typo;
mod null_with_set;
mod old_version;
mod over_quota;
mod pair_never_matches;
mod private_ip;
mod public;
mod reading;
mod redundant;
mod service_principal_form;
mod set_on_single;
mod sids;
mod stale_principal;
mod tag_key_missing;
mod trust_action;
mod unknown_action;
mod unknown_key;
mod value_never;
mod variable_in_old_version;
mod variable_place;
mod wildcard_equals;

use super::rule::LintRule;

/// All of them, family by family.
static ALL: &[&[LintRule]] = &[
    reading::RULES,
    old_version::RULES,
    sids::RULES,
    lists_that_are_empty::RULES,
    conditions_that_are_empty::RULES,
    over_quota::RULES,
    trust_action::RULES,
    stale_principal::RULES,
    service_principal_form::RULES,
    arn_account::RULES,
    arn_region::RULES,
    arn_partition::RULES,
    arn_service::RULES,
    variable_place::RULES,
    variable_in_old_version::RULES,
    redundant::RULES,
    null_with_set::RULES,
    wildcard_equals::RULES,
    many_booleans::RULES,
    host_bits::RULES,
    private_ip::RULES,
    for_any_hole::RULES,
    unknown_action::RULES,
    not_action_typo::RULES,
    pair_never_matches::RULES,
    needs_star::RULES,
    unknown_key::RULES,
    tag_key_missing::RULES,
    set_on_single::RULES,
    value_never::RULES,
    for_all_open::RULES,
    github_wide::RULES,
    allow_not_action::RULES,
    grants_admin::RULES,
    grants_any_role::RULES,
    public::RULES,
];

/// All rules: what a policy says, then what the catalog knows of it, then what the engine answers.
pub fn lint_rules() -> impl Iterator<Item = &'static LintRule> {
    ALL.iter().copied().flatten()
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
