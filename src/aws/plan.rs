//! What a call needs, and what it makes once that is allowed.

use super::refusal::Refusal;
use crate::names::AccountId;
use crate::session::{Need, Outcome, Part, Session};
use crate::world::{Applied, Change, Tags};

/// What is made of a call that is allowed.
pub(super) type Effect<'a> = Box<dyn FnOnce(&mut Session) -> Result<Outcome, Refusal> + 'a>;

/// What a call needs, and what it makes.
pub(super) struct Plan<'a> {
    /// What must be allowed, in order (A40).
    pub(super) needs: Vec<Need>,
    pub(super) effect: Effect<'a>,
}

/// A plan, or why there is none.
pub(super) type Planned<'a> = Result<Plan<'a>, Refusal>;

/// What a call needs, while it is being said; keys belong to the last permission.
#[derive(Debug, Default)]
pub(super) struct Needs(Vec<Need>);

impl Needs {
    pub(super) fn and(mut self, need: Need) -> Self {
        self.0.push(need);
        self
    }

    pub(super) fn with(self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.last(|need| need.with(key, value))
    }

    /// With a context key that has several values.
    pub(super) fn with_all(self, key: &'static str, values: impl IntoIterator<Item = String>) -> Self {
        self.last(|need| need.with_all(key, values))
    }

    /// With a context key, if there is a value for it.
    pub(super) fn with_some(self, key: &'static str, value: Option<impl Into<String>>) -> Self {
        self.last(|need| need.with_some(key, value))
    }

    pub(super) fn with_tags(self, tags: &Tags) -> Self {
        self.last(|need| need.with_tags(tags))
    }

    /// With the tags that the call puts on what it creates: setting them is a permission of its own.
    pub(super) fn tagging(self, action: &str, tags: &Tags) -> Self {
        let tagged = self.with_tags(tags);
        match tagged.0.last().cloned().filter(|_| !tags.is_empty()) {
            Some(need) => tagged.and(Need { action: action.to_owned(), ..need }),
            None => tagged,
        }
    }

    /// With the account that owns the resource, whatever the world says.
    pub(super) fn owned_by(self, account: AccountId) -> Self {
        self.last(|need| Need { owner: Some(account), ..need })
    }

    fn last(mut self, with: impl FnOnce(Need) -> Need) -> Self {
        let last = self.0.pop();
        self.0.extend(last.map(with));
        self
    }

    /// What is made if all is allowed.
    pub(super) fn then<'a>(
        self,
        effect: impl FnOnce(&mut Session) -> Result<Outcome, Refusal> + 'a,
    ) -> Planned<'a> {
        Ok(Plan { needs: self.0, effect: Box::new(effect) })
    }

    /// What is changed if all is allowed.
    pub(super) fn change<'a>(self, change: impl FnOnce() -> Result<Change, Refusal> + 'a) -> Planned<'a> {
        self.then(move |session| Ok(session.world.apply(change()?)?.into()))
    }

    /// What is shown if all is allowed.
    pub(super) fn show<'a>(
        self,
        show: impl FnOnce(&Session) -> Result<serde_json::Value, Refusal> + 'a,
    ) -> Planned<'a> {
        self.then(move |session| Ok(Outcome::of(Part::Json(show(session)?))))
    }

    /// What is changed, and what is shown of it.
    pub(super) fn change_and_show<'a>(
        self,
        change: impl FnOnce() -> Result<Change, Refusal> + 'a,
        show: impl FnOnce(&Session) -> Result<serde_json::Value, Refusal> + 'a,
    ) -> Planned<'a> {
        self.then(move |session| {
            let applied = session.world.apply(change()?)?;
            Ok(answered(show(session)?, [applied]))
        })
    }
}

/// What is shown of a change that AWS answers with data; what should be known about it stands below.
pub(super) fn answered(data: serde_json::Value, applied: impl IntoIterator<Item = Applied>) -> Outcome {
    let notes = applied.into_iter().flat_map(|applied| applied.warnings);
    notes.fold(Outcome::of(Part::Json(data)), Outcome::note)
}
