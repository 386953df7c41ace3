//! What a cause rests on that nobody told.

use super::super::near_miss::NearMiss;
use super::Cause;
use crate::names::fold_hash;
use crate::question::{Asked, Variation};
use crate::trace::{StatementAt, StatementView};
use crate::world::ContextValue;

const MFA: &str = "aws:MultiFactorAuthPresent";
const REGION: &str = "aws:RequestedRegion";

impl Asked<'_> {
    /// What a statement that applies rests on that is only assumed, with how to tell the value.
    pub(super) fn rests_on(&self, at: StatementAt) -> Option<String> {
        self.assumption_among(|key| {
            let hash = fold_hash(key.as_bytes());
            self.request.statement(at).is_some_and(|view| view.reads(hash))
        })
    }

    /// Where a cause rests on nothing but the Region of the call, which is only assumed: in which case it is one, and how
    /// to tell the Region.
    fn if_in_region(&self, cause: &Cause) -> Option<String> {
        let said = cause.assumed.as_ref().filter(|said| said.contains(REGION));
        let region = said.and_then(|_| self.guessed_region(self.request.statement(cause.at?)?))?;
        let (what, tell) = match self.request.bucket_of_unknown_region() {
            Some(bucket) => ("the bucket is in", format!("resource {bucket} region REGION")),
            None => ("the call is made in", format!("with {REGION}=REGION")),
        };
        Some(format!("only if {what} {region}, which is assumed; name its Region: `{tell}`"))
    }

    /// The Region of the call, where it is assumed and a statement reads nothing else that is.
    pub(in crate::explain) fn guessed_region(&self, view: StatementView<'_>) -> Option<String> {
        let assumed = self.assumed();
        let region = assumed.get(REGION)?.clone()?;
        let reads = |key: &str| view.reads(fold_hash(key.as_bytes()));
        let alone =
            reads(REGION) && assumed.keys().filter(|key| key.contains(':') && reads(key)).count() == 1;
        alone.then_some(region)
    }

    /// Behind causes that are certain, one that rests on the assumed Region alone is said in short.
    pub(super) fn shortened(&self, causes: Vec<Cause>) -> Vec<Cause> {
        let certain = causes.iter().filter(|cause| cause.decides() && cause.assumed.is_none()).count();
        let short = |cause: Cause| match self.if_in_region(&cause).filter(|_| cause.decides()) {
            Some(said) if certain > 0 => {
                Cause { says: Vec::new(), comparison: None, assumed: Some(said), ..cause }
            }
            Some(said) => Cause { assumed: Some(said), ..cause },
            None => cause,
        };
        causes.into_iter().map(short).collect()
    }

    /// The same where a statement misses by nothing but keys that are assumed.
    pub(super) fn misses_by_assumption(&self, miss: &NearMiss) -> Option<String> {
        let by = |key: &str, name: &str| name.eq_ignore_ascii_case(&format!("Condition on {key}"));
        let assumed = self.assumed();
        let only = miss.differs.iter().all(|name| assumed.keys().any(|key| by(key, name)));
        let found = self.assumption_among(|key| miss.differs.iter().any(|name| by(key, name)));
        found.filter(|_| only)
    }

    /// Whether a key tells of MFA, and what is so where it is absent is so where it is false.
    fn is_the_same_without_mfa(&self, key: &str) -> bool {
        let variation = Variation::default().with_key(key, ContextValue::One("false".into()));
        let is_same = || variation.ask(&self.request, |again| again.decision == self.decision);
        key.eq_ignore_ascii_case(MFA) && is_same()
    }

    fn assumption_among(&self, concerns: impl Fn(&str) -> bool) -> Option<String> {
        let assumed = self.assumed();
        let mut read = assumed.iter().filter(|(key, _)| key.contains(':') && concerns(key));
        let (key, value) = read.next()?;
        if value.is_none() && self.is_the_same_without_mfa(key) {
            return Some(format!(
                "unless {key} is true; it is assumed absent; `with {key}=true` says that it is there"
            ));
        }
        let state = value.as_ref().map_or_else(|| "is absent".to_owned(), |value| format!("is {value}"));
        Some(format!("only if {key} {state}, which is assumed; `with {key}=VALUE` says what it is"))
    }
}
