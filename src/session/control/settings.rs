//! The switches.

use super::super::failure::Failure;
use super::super::outcome::Outcome;
use super::super::state::Session;

/// A setting to be switched.
#[derive(Clone, Debug)]
pub struct Setting {
    /// Its name.
    pub name: Box<str>,
    /// Its value.
    pub value: Box<str>,
}

/// Switches a setting.
pub(in super::super) fn set(session: &mut Session, setting: &Setting) -> Result<Outcome, Failure> {
    session.world.settings_mut().set(&setting.name, &setting.value)?;
    Ok(Outcome::said(format!("{} is {}", setting.name.replace('_', "-"), setting.value)))
}
