//! The conditions under which a request would be allowed: what is left of the policies once everything that is
//! known has been put in.

mod open_keys;
mod residual;
mod sentence;

use open_keys::OpenKeys;
pub use residual::Residual;

use super::{Explanation, Verdict};
use crate::question::Asked;
use crate::question::search::{ContextSearch, Goal};
use crate::world::{ContextEntry, ContextValue};

/// How many contexts are tried, at most.
const TRIED: usize = 4000;

/// How many values of one assumed key are tried alone, at most.
const TRIED_ALONE: usize = 20;

/// When a request is allowed, and when it is not.
#[derive(Clone, Debug)]
pub struct When {
    /// `depends` only where the engine has answered both ways.
    pub verdict: Verdict,
    /// The line under the verdict.
    pub headline: String,
    /// The keys that it hangs on, each with why it is open: nobody gave it, or what it was taken to be.
    pub hangs_on: Vec<(String, String)>,
    /// What is left of the statements that hang on keys nobody gave or that were assumed, in the order of the layers.
    pub residual: Vec<Residual>,
    /// That there was more to be tried than is, where that is so: what is said was found until then.
    pub unfinished: Option<String>,
    /// A context in which the engine allows it, `KEY=VALUE` each.
    pub allowed_with: Option<Vec<String>>,
    /// A context in which the engine denies it.
    pub denied_with: Option<Vec<String>>,
    /// The answer as it was asked, with what nobody gave taken as absent.
    pub explanation: Explanation,
}

/// Answers when a request is allowed. The strict settings change nothing here.
pub fn when(asked: Asked<'_>) -> When {
    found(asked, Asked::explain)
}

/// The same with an explanation as brief as that of [`Asked::explain_briefly`].
pub fn when_briefly(asked: Asked<'_>) -> When {
    found(asked, Asked::explain_briefly)
}

fn found<'a>(asked: Asked<'a>, explain: impl Fn(Asked<'a>) -> Explanation) -> When {
    let unknown = asked.trace.gate.as_ref().is_some_and(|gate| gate.unknown) || asked.unknown().is_some();
    let turned = match unknown || asked.trace.gate.is_some() {
        true => Turned::default(),
        false => asked.turned(),
    };
    let verdict = if unknown || turned.both.is_some() { Verdict::Depends } else { asked.decision.into() };
    let headline = turned.headline.unwrap_or_else(|| asked.headline());
    let (allowed_with, denied_with) = turned.both.unzip();
    When {
        verdict,
        headline,
        hangs_on: turned.hangs_on,
        residual: turned.residual,
        unfinished: turned.unfinished,
        allowed_with,
        denied_with,
        explanation: explain(asked),
    }
}

/// What the search for contexts has found.
#[derive(Default)]
struct Turned {
    headline: Option<String>,
    hangs_on: Vec<(String, String)>,
    residual: Vec<Residual>,
    unfinished: Option<String>,
    /// A context that allows it, and one that denies it.
    both: Option<(Vec<String>, Vec<String>)>,
}

impl Asked<'_> {
    /// Whether another value of an assumed key, and of no other, turns the answer.
    pub(in crate::explain) fn is_turned_by(&self, key: &str) -> bool {
        let open = OpenKeys::of(self);
        let is_key = |other: &str| other.eq_ignore_ascii_case(key) && open.contains(key);
        let may_be = |key: &str, value: &ContextValue<'_>| open.may_be(key, value);
        let mut search = ContextSearch::new(std::slice::from_ref(self), is_key, may_be, TRIED_ALONE);
        search.find(Goal::Allowed(!self.decision.is_allowed())).is_some()
    }

    fn turned(&self) -> Turned {
        let open = OpenKeys::of(self);
        if !self.trace.hangs && !open.has_assumed() {
            return Turned::default();
        }
        let versions = std::slice::from_ref(self);
        let may_be = |key: &str, value: &ContextValue<'_>| open.may_be(key, value);
        let mut search = ContextSearch::new(versions, |key| open.contains(key), may_be, TRIED);
        let (allowed, denied) = (search.find(Goal::Allowed(true)), search.find(Goal::Allowed(false)));
        let Some((allowed, denied)) = allowed.zip(denied) else {
            let needs = self.needs();
            let headline = (!needs.is_empty()).then(|| unturned(&needs));
            let unfinished = search.is_cut_short().then(|| unfinished(false));
            return Turned { headline, unfinished, ..Turned::default() };
        };
        let residual = self.residual(&open, &mut search);
        let hangs_on = hangs_on(&open, &residual);
        let headline = self.sentence(&residual, &search).unwrap_or_else(|| hanging(&hangs_on));
        Turned {
            headline: Some(headline),
            hangs_on,
            residual,
            unfinished: search.is_cut_short().then(|| unfinished(true)),
            both: Some((pairs(allowed), pairs(denied))),
        }
    }
}

/// The keys of the statements that are left, each once, and why each is open.
fn hangs_on(open: &OpenKeys<'_, '_>, residual: &[Residual]) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for key in residual.iter().flat_map(|residual| &residual.keys) {
        if !found.iter().any(|(own, _)| own.eq_ignore_ascii_case(key)) {
            found.push((key.clone(), open.why(key)));
        }
    }
    found
}

fn hanging(keys: &[(String, String)]) -> String {
    let keys: Vec<&str> = keys.iter().map(|(key, _)| key.as_str()).collect();
    format!("it hangs on {}", super::headline::list(&keys))
}

fn unturned(needs: &[String]) -> String {
    let verb = if needs.len() == 1 { "hangs" } else { "seems to hang" };
    format!("it {verb} on {}, but no value was found that turns it", super::headline::list(needs))
}

fn unfinished(both: bool) -> String {
    let what = match both {
        true => "other contexts may turn it, too, and examples may be missing",
        false => "others may turn it",
    };
    format!("so many keys, values or statements are open that not all contexts were tried: {what}")
}

fn pairs(given: Vec<ContextEntry<'static>>) -> Vec<String> {
    given.iter().map(|(key, value)| value.pair(key)).collect()
}
