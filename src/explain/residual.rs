//! The conditions under which a request would be allowed: what is left of the policies once everything that is
//! known has been put in.

use super::again::{Difference, ask_again};
use super::samples::{from_resource, samples};
use super::terms::term;
use super::{Because, Explanation, Verdict, explain};
use crate::compile::Variables;
use crate::eval;
use crate::names::fold_hash;
use crate::policy::{ConditionTest, Effect, Layer, Part, Policy, holds_variables, parts};
use crate::question::Asked;
use crate::trace::{StatementAt, StatementTrace};
use crate::world::{ContextEntry, ContextValue, Presence};

/// How many contexts are tried, at most.
const TRIED: usize = 4000;

/// How many keys are varied, at most.
const VARIED: usize = 6;

/// When a request is allowed, and when it is not.
#[derive(Clone, Debug)]
pub struct When {
    /// `depends` only where the engine has answered both ways.
    pub verdict: Verdict,
    /// The line under the verdict.
    pub headline: String,
    /// What is left of the statements that hang on keys nobody gave, in the order of the layers.
    pub residual: Vec<Residual>,
    /// A context in which the engine allows it, `KEY=VALUE` each.
    pub allowed_with: Option<Vec<String>>,
    /// A context in which the engine denies it.
    pub denied_with: Option<Vec<String>>,
    /// The answer as things are, with what nobody gave taken as absent.
    pub explanation: Explanation,
}

/// What is left of one statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Residual {
    /// The layer.
    pub layer: Layer,
    /// Its word, or the narrower one.
    pub word: &'static str,
    /// The level, for layers of several: `ou Prod`.
    pub level: Option<String>,
    /// The effect of the statement.
    pub effect: Effect,
    /// The statement.
    pub statement: Because,
    /// The same for people: `Reports, statement 1`.
    pub name: String,
    /// What must hold for it to apply, all of it: `aws:SourceIp is in 203.0.113.0/24`.
    pub terms: Vec<String>,
    /// The keys that it hangs on.
    pub keys: Vec<String>,
    /// A context in which the engine finds that it applies, `KEY=VALUE` each.
    pub example: Option<Vec<String>>,
}

/// Answers when a request is allowed. The strict settings change nothing here.
pub fn when(asked: Asked<'_>) -> When {
    let settled = |asked: &Asked<'_>| match asked.trace.gate.as_ref().is_some_and(|gate| gate.unknown) {
        true => Verdict::Depends,
        false => asked.decision.into(),
    };
    let verdict = settled(&asked);
    if !asked.trace.hangs || asked.trace.gate.is_some() {
        let headline = asked.headline();
        let explanation = explain(asked);
        return When {
            verdict,
            headline,
            residual: Vec::new(),
            allowed_with: None,
            denied_with: None,
            explanation,
        };
    }
    let residual = asked.residual();
    let (allowed, denied) = examples(&asked);
    let both = allowed.is_some() && denied.is_some();
    let headline = headline(&asked, both);
    let explanation = explain(asked);
    let (verdict, residual) = if both { (Verdict::Depends, residual) } else { (verdict, Vec::new()) };
    let pairs = |given: Option<Vec<ContextEntry<'static>>>| {
        given.filter(|_| both).map(|given| given.iter().map(|(key, value)| value.pair(key)).collect())
    };
    When {
        verdict,
        headline,
        residual,
        allowed_with: pairs(allowed),
        denied_with: pairs(denied),
        explanation,
    }
}

fn headline(asked: &Asked<'_>, both: bool) -> String {
    let needs = super::headline::list(&asked.needs());
    let verb = if asked.needs().len() == 1 { "hangs" } else { "seems to hang" };
    match both {
        true => format!("it hangs on {needs}, which nobody gave"),
        false => format!("it {verb} on {needs}, but no value was found that turns it"),
    }
}

impl Asked<'_> {
    /// What is left of the statements whose applying would make a difference.
    fn residual(&self) -> Vec<Residual> {
        let hanging = self.trace.statements.iter().filter(|trace| trace.truth.hangs() && self.matters(trace));
        let mut found: Vec<Residual> = hanging.filter_map(|trace| self.left_of(trace)).collect();
        found.sort_by_key(|residual| residual.layer);
        found
    }

    fn left_of(&self, trace: &StatementTrace) -> Option<Residual> {
        let at = trace.at;
        let policy = self.parts(at)?.policy.policy();
        let statement = policy.statements().get(at.statement.statement as usize)?;
        let open = statement.condition.iter().filter(|test| self.is_open(policy, test));
        let mut terms: Vec<String> = open.map(|test| term(policy, test)).collect();
        if let Some(resource) = &statement.resource {
            let with = policy.texts(resource.patterns).iter().map(|text| policy.text(text));
            let held: Vec<String> =
                with.filter(|text| self.has_open_variable(text)).map(|text| text.to_string()).collect();
            if !held.is_empty() {
                terms.push(format!("`{}` covers the resource", held.join("` or `")));
            }
        }
        let level = self.request.levels(at.layer).get(at.level as usize)?.name.to_string();
        let because = self.statement(at);
        let policy_name = because.policy.as_deref().unwrap_or("the policy");
        Some(Residual {
            layer: at.layer,
            word: self.layer_word(at.layer),
            level: Some(level).filter(|name| !name.is_empty()),
            effect: trace.effect,
            name: format!("{policy_name}, statement {}", at.statement.statement + 1),
            statement: because,
            terms,
            keys: self.needs_of(trace),
            example: self.example_for(trace),
        })
    }

    /// Whether a test hangs on a key nobody gave.
    fn is_open(&self, policy: &Policy, test: &ConditionTest) -> bool {
        let values = policy.texts(test.values).iter();
        self.is_not_given(&policy.text(&test.key))
            || values.map(|text| policy.text(text)).any(|text| self.has_open_variable(&text))
    }

    fn has_open_variable(&self, text: &str) -> bool {
        holds_variables(text)
            && parts(text).any(|part| matches!(part, Part::Variable { key, .. } if self.is_not_given(key)))
    }

    fn is_not_given(&self, key: &str) -> bool {
        let hash = fold_hash(key.as_bytes());
        self.request.variable(hash, key).is_none()
            && self.request.presence_or_not_given(hash, key) == Presence::NotGiven
    }

    fn needs_of(&self, trace: &StatementTrace) -> Vec<String> {
        eval::needs(&self.request, trace.at).into_iter().map(str::to_owned).collect()
    }

    /// A context in which a statement applies.
    fn example_for(&self, trace: &StatementTrace) -> Option<Vec<String>> {
        let mut search = Search::new(self, &self.needs_of(trace));
        let at: StatementAt = trace.at;
        let found = search.find(&|again| again.trace.statement(at).is_some_and(|own| own.found.is_ok()));
        found.map(|given| given.iter().map(|(key, value)| value.pair(key)).collect())
    }
}

type Given = Vec<ContextEntry<'static>>;

/// A context in which it is allowed, and one in which it is denied.
fn examples(asked: &Asked<'_>) -> (Option<Given>, Option<Given>) {
    let keys = asked.needs();
    let allowed = Search::new(asked, &keys).find(&|again| again.decision.is_allowed());
    let denied = Search::new(asked, &keys).find(&|again| !again.decision.is_allowed());
    (allowed, denied)
}

/// A search among the values that the policies speak of, and some others: the fewest keys first.
struct Search<'s, 'a> {
    asked: &'s Asked<'a>,
    keys: Vec<(String, Vec<ContextValue<'static>>)>,
    left: usize,
}

impl<'s, 'a> Search<'s, 'a> {
    fn new(asked: &'s Asked<'a>, keys: &[String]) -> Self {
        let keys = keys.iter().take(VARIED).map(|key| (key.clone(), values(asked, key))).collect();
        Self { asked, keys, left: TRIED }
    }

    fn find(&mut self, wanted: &dyn Fn(&Asked<'_>) -> bool) -> Option<Given> {
        (0..=self.keys.len()).find_map(|most| self.extend(&Difference::default(), 0, most, wanted))
    }

    /// With exactly so many more of the keys from one on.
    fn extend(
        &mut self,
        with: &Difference,
        from: usize,
        more: usize,
        wanted: &dyn Fn(&Asked<'_>) -> bool,
    ) -> Option<Given> {
        if more == 0 {
            self.left = self.left.checked_sub(1)?;
            return ask_again(&self.asked.request, with, wanted).then(|| with.given.clone());
        }
        for at in from..self.keys.len() {
            let (key, values) = self.keys[at].clone();
            for value in values {
                if let Some(found) = self.extend(&with.with_key(&key, value), at + 1, more - 1, wanted) {
                    return Some(found);
                }
            }
        }
        None
    }
}

/// The values that the hanging statements speak of for a key.
fn values(asked: &Asked<'_>, key: &str) -> Vec<ContextValue<'static>> {
    let mut found: Vec<ContextValue<'static>> = Vec::new();
    let mut add = |values: Vec<ContextValue<'static>>| {
        for value in values.into_iter().filter(|value| *value != ContextValue::Absent) {
            if !found.contains(&value) {
                found.push(value);
            }
        }
    };
    for trace in asked.trace.statements.iter().filter(|trace| trace.truth.hangs()) {
        let Some(parts) = asked.parts(trace.at) else { continue };
        let policy = parts.policy.policy();
        let Some(statement) = policy.statements().get(trace.at.statement.statement as usize) else {
            continue;
        };
        for test in statement.condition.iter().filter(|test| policy.text(&test.key).eq_ignore_ascii_case(key))
        {
            add(samples(asked, policy, test));
        }
        let resources = statement.resource.iter().flat_map(|resource| policy.texts(resource.patterns));
        if resources.map(|text| policy.text(text)).any(|text| holds_variable(&text, key)) {
            add(from_resource(asked));
        }
    }
    found
}

fn holds_variable(text: &str, name: &str) -> bool {
    parts(text).any(|part| matches!(part, Part::Variable { key, .. } if key.eq_ignore_ascii_case(name)))
}
