//! What can be switched where AWS's documentation leaves a doubt (H.2), and the day of the facts.

use super::error::{Thing, WorldError};
use crate::compile::ValueReading;
use crate::facts::Date;
use crate::names::Instant;

/// One field for each doubt; the default is the choice that the rule states. [`DOUBTS`] names them.
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
    /// B11: `Bool` reads every text but `true` as false; otherwise what is neither matches nothing.
    pub bool_reads_other_text_as_false: bool,
    /// B7: `1e1` is the number 10; otherwise it is no number.
    pub numeric_reads_exponents: bool,
    /// B.2: `StringEqualsIgnoreCase` takes the Kelvin sign for a k; otherwise it is a letter of its own.
    pub ignore_case_folds_kelvin_sign: bool,
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
            bool_reads_other_text_as_false: false,
            numeric_reads_exponents: false,
            ignore_case_folds_kelvin_sign: false,
            time: None,
            as_of: None,
            strict_context: false,
            strict: false,
        }
    }
}

/// A switch: what it is called, and where it stands in the settings.
#[derive(Clone, Copy, Debug)]
pub struct Switch {
    /// The name, for `set` and for requests.
    pub name: &'static str,
    /// The words for its two positions: on, and off.
    pub words: [&'static str; 2],
    /// The rule that leaves the doubt; `None` for a mode of asking.
    pub rule: Option<&'static str>,
    place: fn(&mut Settings) -> &mut bool,
}

/// The switches for doubts of AWS's documentation (H.2), and of what others measured and AWS does not say.
pub const DOUBTS: [Switch; 9] = [
    Switch {
        words: ["strict", "any-listed"],
        ..doubt("not_principal", "D26", |s| &mut s.not_principal_strict)
    },
    doubt("trust_user_boundary", "D21", |s| &mut s.trust_user_boundary),
    doubt("single_value_without_set_operator", "B18", |s| &mut s.single_value_without_set_operator),
    doubt("rcp_without_resource_type", "D6", |s| &mut s.rcp_without_resource_type),
    doubt("mfa_on_role_session", "C.2", |s| &mut s.mfa_on_role_session),
    doubt("request_tags_on_all_resources", "I9", |s| &mut s.request_tags_on_all_resources),
    doubt("bool_reads_other_text_as_false", "B11", |s| &mut s.bool_reads_other_text_as_false),
    doubt("numeric_reads_exponents", "B7", |s| &mut s.numeric_reads_exponents),
    doubt("ignore_case_folds_kelvin_sign", "B.2", |s| &mut s.ignore_case_folds_kelvin_sign),
];

/// The modes in which an answer that hangs on something is `depends`.
pub const MODES: [Switch; 2] = [
    Switch { rule: None, ..doubt("strict_context", "", |s| &mut s.strict_context) },
    Switch { rule: None, ..doubt("strict", "", |s| &mut s.strict) },
];

const fn doubt(name: &'static str, rule: &'static str, place: fn(&mut Settings) -> &mut bool) -> Switch {
    Switch { name, words: ["on", "off"], rule: Some(rule), place }
}

impl Switch {
    /// Whether it is on.
    pub fn is_on(&self, settings: &Settings) -> bool {
        let mut settings = *settings;
        *(self.place)(&mut settings)
    }

    /// Whether it stands where it does not stand by itself.
    pub fn is_turned(&self, settings: &Settings) -> bool {
        self.is_on(settings) != self.is_on(&Settings::default())
    }

    /// The word for its position.
    pub fn word(&self, settings: &Settings) -> &'static str {
        self.words[usize::from(!self.is_on(settings))]
    }

    /// The name as people write it.
    pub fn label(&self) -> String {
        self.name.replace('_', "-")
    }

    /// The settings with this switch in its other position.
    #[must_use]
    pub fn flipped(&self, settings: &Settings) -> Settings {
        let mut settings = *settings;
        let place = (self.place)(&mut settings);
        *place = !*place;
        settings
    }

    fn set(&self, settings: &mut Settings, value: &str) -> Result<(), WorldError> {
        let [on, off] = self.words;
        let is_on = match value.replace('_', "-").as_str() {
            word if word == on => true,
            word if word == off => false,
            "true" if on == "on" => true,
            "false" if on == "on" => false,
            "inherit" if self.name == "mfa_on_role_session" => true,
            _ => return Err(bad_value(value, &format!("`{on}` or `{off}`"))),
        };
        *(self.place)(settings) = is_on;
        Ok(())
    }
}

impl Settings {
    /// How values of conditions are read, where it is not as the rules say.
    #[inline]
    pub fn reading(&self) -> Option<ValueReading> {
        let reading = ValueReading {
            other_text_is_false: self.bool_reads_other_text_as_false,
            exponents: self.numeric_reads_exponents,
            folds_kelvin_sign: self.ignore_case_folds_kelvin_sign,
        };
        (reading != ValueReading::default()).then_some(reading)
    }

    /// The names of the settings.
    pub fn names() -> impl Iterator<Item = &'static str> {
        let names = |switches: &'static [Switch]| switches.iter().map(|switch| switch.name);
        names(&DOUBTS).chain(["time", "as_of"]).chain(names(&MODES))
    }

    /// Sets a setting by its name, in which `-` and `_` mean the same.
    ///
    /// # Errors
    /// If there is no such setting, or it does not take that value.
    pub fn set(&mut self, name: &str, value: &str) -> Result<(), WorldError> {
        let word = name.replace('-', "_");
        if let Some(switch) = DOUBTS.iter().chain(&MODES).find(|switch| switch.name == word) {
            return switch.set(self, value);
        }
        match word.as_str() {
            "time" if goes_back(value) => self.time = None,
            "time" => {
                let time = Instant::parse(value)
                    .ok_or_else(|| bad_value(value, "a date such as `2026-11-23T12:00:00Z`"))?;
                self.time = Some(time.epoch_seconds());
            }
            "as_of" if goes_back(value) => self.as_of = None,
            "as_of" => {
                let day = Date::parse(value).ok_or_else(|| bad_value(value, "a day such as `2021-08-01`"))?;
                self.as_of = Some(day);
            }
            _ => return Err(unknown(name)),
        }
        Ok(())
    }
}

fn unknown(name: &str) -> WorldError {
    let what = format!("`{name}` is not a setting");
    let error = WorldError::new("unknown-setting", Thing::Setting.called(name), what);
    error.suggest(Settings::names()).otherwise("`list settings` shows them")
}

/// Whether a day or time is to be the present again.
fn goes_back(value: &str) -> bool {
    matches!(value, "now" | "today")
}

fn bad_value(value: &str, expected: &str) -> WorldError {
    WorldError::new("bad-value", value, format!("expected {expected}, found `{value}`"))
}
