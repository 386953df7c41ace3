//! Commands about the session itself.
use super::failure::Failure;
use super::outcome::*;
use super::outside::Outside;
use super::state::Session;
use crate::names::AccountId;
use crate::source::{Diagnostic, Place, Source};
use std::sync::Arc;

/// A dump to be loaded.
#[derive(Clone, Debug)]
pub struct Loading {
    /// Its text.
    pub source: Arc<Source>,
    /// The account to load it as.
    pub account: Option<AccountId>,
}
/// A setting.
#[derive(Clone, Debug)]
pub struct Setting {
    /// Its name.
    pub name: Box<str>,
    /// Its value.
    pub value: Box<str>,
}
fn later() -> Result<Outcome, Failure> {
    Err(Diagnostic::error("not-yet", "not there yet").into())
}
pub(super) fn load(_: &mut Session, _: Loading) -> Result<Outcome, Failure> {
    later()
}
pub(super) fn set(session: &mut Session, s: &Setting) -> Result<Outcome, Failure> {
    session.world.settings_mut().set(&s.name, &s.value)?;
    Ok(Outcome::said(format!("{} is {}", s.name, s.value)))
}
pub(super) fn undo(_: &mut Session) -> Result<Outcome, Failure> {
    later()
}
pub(super) fn redo(_: &mut Session) -> Result<Outcome, Failure> {
    later()
}
pub(super) fn changes(_: &Session) -> Outcome {
    Outcome::default()
}
pub(super) fn list(_: &Session, _: Option<&str>) -> Result<Outcome, Failure> {
    later()
}
pub(super) fn info(_: &Session, _: &str) -> Result<Outcome, Failure> {
    later()
}
pub(super) fn show(_: &Session, _: &str) -> Result<Outcome, Failure> {
    later()
}
pub(super) fn save(_: &Session, _: &str, _: &Place, _: &mut dyn Outside) -> Result<Outcome, Failure> {
    later()
}
pub(super) fn tour(_: &mut dyn Outside) -> Outcome {
    Outcome::default()
}
pub(super) fn help(_: Option<&str>) -> Result<Outcome, Failure> {
    later()
}
pub(super) fn pasted_policy(_: &Place) -> Outcome {
    Outcome::default()
}
