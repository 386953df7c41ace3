//! A permission that a command needs.

use std::borrow::Cow;

use crate::names::AccountId;
use crate::question::{Assumptions, Question};
use crate::world::{ContextEntry, ContextValue, Principal, Tags};

#[derive(Clone, Debug)]
pub(crate) struct Need {
    pub(crate) action: String,
    pub(crate) resource: String,
    /// The account that owns the resource, where that is not for the world to say.
    pub(crate) owner: Option<AccountId>,
    /// The context keys that the request carries.
    pub(crate) context: Vec<ContextEntry<'static>>,
}

impl Need {
    pub(crate) fn new(action: impl Into<String>, resource: impl Into<String>) -> Self {
        Self { action: action.into(), resource: resource.into(), owner: None, context: Vec::new() }
    }

    pub(crate) fn with(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.context.push((Cow::Owned(key.into()), ContextValue::One(Cow::Owned(value.into()))));
        self
    }

    /// With a context key, if there is a value for it.
    pub(crate) fn with_some(self, key: &'static str, value: Option<impl Into<String>>) -> Self {
        if let Some(value) = value { self.with(key, value) } else { self }
    }

    /// With a context key that has several values; none is no key.
    pub(crate) fn with_all(mut self, key: &'static str, values: impl IntoIterator<Item = String>) -> Self {
        let values: Vec<_> = values.into_iter().map(Cow::Owned).collect();
        if !values.is_empty() {
            self.context.push((Cow::Borrowed(key), ContextValue::Many(values)));
        }
        self
    }

    /// The question whether a caller has it.
    pub(crate) fn question(self, caller: Principal, now: i64) -> Question {
        let (context, resource_account) = (self.context, self.owner);
        let assumptions = Assumptions { context, resource_account, now, ..Assumptions::default() };
        Question::new(caller, self.action).on(self.resource).assuming(assumptions)
    }

    /// With the tags that the request carries; `aws:TagKeys` follows from them (C.5).
    pub(crate) fn with_tags(self, tags: &Tags) -> Self {
        tags.iter().fold(self, |need, (key, value)| need.with(format!("aws:RequestTag/{key}"), &**value))
    }
}
