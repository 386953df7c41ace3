//! What can be switched where AWS's documentation leaves a doubt (H.2), and the day of the facts.

use super::error::{Thing, WorldError};
use crate::facts::Date;
use crate::names::Instant;

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
    /// I9: the tags given with a request count for every resource of the call, not only for those that get them.
    pub request_tags_on_all_resources: bool,
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
            request_tags_on_all_resources: false,
            time: None,
            as_of: None,
            strict_context: false,
            strict: false,
        }
    }
}

/// The names of the switches, for `set` and for requests.
const NAMES: [&str; 10] = [
    "not_principal", "trust_user_boundary", "single_value_without_set_operator", "rcp_without_resource_type",
    "mfa_on_role_session", "request_tags_on_all_resources", "time", "as_of", "strict_context", "strict",
];

type Switch = fn(&mut Settings) -> &mut bool;

/// The settings that are on or off, by their names in statements.
const SWITCHES: [(&str, Switch); 7] = [
    ("trust-user-boundary", |settings| &mut settings.trust_user_boundary),
    ("single-value-without-set-operator", |settings| &mut settings.single_value_without_set_operator),
    ("rcp-without-resource-type", |settings| &mut settings.rcp_without_resource_type),
    ("mfa-on-role-session", |settings| &mut settings.mfa_on_role_session),
    ("request-tags-on-all-resources", |settings| &mut settings.request_tags_on_all_resources),
    ("strict-context", |settings| &mut settings.strict_context),
    ("strict", |settings| &mut settings.strict),
];

impl Settings {
    /// What is on or off, by its name in statements.
    pub fn switches(mut self) -> [(&'static str, bool); 7] {
        SWITCHES.map(|(name, switch)| (name, *switch(&mut self)))
    }

    /// The names of the switches.
    pub fn names() -> impl Iterator<Item = &'static str> {
        NAMES.into_iter()
    }

    /// Sets a switch by its name, in which `-` and `_` mean the same.
    ///
    /// # Errors
    /// If there is no such switch, or it does not take that value.
    pub fn set(&mut self, name: &str, value: &str) -> Result<(), WorldError> {
        let plain = name.replace('_', "-");
        if let Some((known, switch)) = SWITCHES.into_iter().find(|(known, _)| *known == plain) {
            let inherits = known == "mfa-on-role-session" && value == "inherit";
            *switch(self) = inherits || on_off(value)?;
            return Ok(());
        }
        match &*plain {
            "not-principal" => {
                self.not_principal_strict = match value {
                    "strict" => true,
                    "any-listed" | "any_listed" => false,
                    _ => return Err(bad_value(value, "`strict` or `any-listed`")),
                }
            }
            "time" if goes_back(value) => self.time = None,
            "time" => {
                let time = Instant::parse(value)
                    .ok_or_else(|| bad_value(value, "a date such as `2026-11-23T12:00:00Z`"))?;
                self.time = Some(time.epoch_seconds());
            }
            "as-of" if goes_back(value) => self.as_of = None,
            "as-of" => {
                let day = Date::parse(value).ok_or_else(|| bad_value(value, "a day such as `2021-08-01`"))?;
                self.as_of = Some(day);
            }
            _ => {
                let what = format!("`{name}` is not a setting");
                let error = WorldError::new("unknown-setting", Thing::Setting.called(name), what);
                return Err(error.suggest(NAMES).otherwise("`list settings` shows them"));
            }
        }
        Ok(())
    }
}

/// Whether a day or time is to be the present again.
fn goes_back(value: &str) -> bool {
    matches!(value, "now" | "today")
}

fn on_off(value: &str) -> Result<bool, WorldError> {
    match value {
        "on" | "true" => Ok(true),
        "off" | "false" => Ok(false),
        _ => Err(bad_value(value, "`on` or `off`")),
    }
}

fn bad_value(value: &str, expected: &str) -> WorldError {
    WorldError::new("bad-value", value, format!("expected {expected}, found `{value}`"))
}
