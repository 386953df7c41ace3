//! What can be switched where AWS's documentation leaves a doubt (H.2), and the day of the facts.

use crate::facts::Date;

/// One field for each doubt; the default is the choice that the rule states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// D26: a Deny with `NotPrincipal` spares a principal only if all members of its chain are listed; otherwise
    /// any listed member suffices.
    pub not_principal_strict: bool,
    /// D21: the boundary of a user that a trust policy names must allow the call.
    pub trust_user_boundary: bool,
    /// B18: a multivalued key without set operator matches if it has exactly one value; otherwise never.
    pub single_value_without_set_operator: bool,
    /// D6: RCPs apply to actions without resource types.
    pub rcp_without_resource_type: bool,
    /// C.2: a role session inherits MFA from the session that assumed the role.
    pub mfa_on_role_session: bool,
    /// The clock's answer, in epoch seconds, that `set time` fixed.
    pub time: Option<i64>,
    /// The day of the root-only tasks; `None` = that of the facts.
    pub as_of: Option<Date>,
    /// Answers that hang on a key nobody gave are `depends`.
    pub strict_context: bool,
    /// Answers that lack a policy are `depends`, too.
    pub strict: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            not_principal_strict: true,
            trust_user_boundary: true,
            single_value_without_set_operator: true,
            rcp_without_resource_type: false,
            mfa_on_role_session: false,
            time: None,
            as_of: None,
            strict_context: false,
            strict: false,
        }
    }
}
