//! What a cause rests on that nobody told.

use super::super::near_miss::NearMiss;
use crate::names::fold_hash;
use crate::question::Asked;
use crate::trace::StatementAt;

impl Asked<'_> {
    /// What a statement that applies rests on that is only assumed, with how to tell the value.
    pub(super) fn rests_on(&self, at: StatementAt) -> Option<String> {
        self.assumption_among(|key| {
            let hash = fold_hash(key.as_bytes());
            self.request.statement(at).is_some_and(|view| view.reads(hash))
        })
    }

    /// The same where a statement misses by nothing but keys that are assumed.
    pub(super) fn misses_by_assumption(&self, miss: &NearMiss) -> Option<String> {
        let by = |key: &str, name: &str| name.eq_ignore_ascii_case(&format!("Condition on {key}"));
        let assumed = self.assumed();
        let only = miss.differs.iter().all(|name| assumed.keys().any(|key| by(key, name)));
        let found = self.assumption_among(|key| miss.differs.iter().any(|name| by(key, name)));
        found.filter(|_| only)
    }

    fn assumption_among(&self, concerns: impl Fn(&str) -> bool) -> Option<String> {
        let assumed = self.assumed();
        let mut read = assumed.iter().filter(|(key, _)| key.contains(':') && concerns(key));
        let (key, value) = read.next()?;
        let state = value.as_ref().map_or_else(|| "is absent".to_owned(), |value| format!("is {value}"));
        Some(format!("only if {key} {state}, which nobody told and is assumed; `with {key}=VALUE` tells it"))
    }
}
