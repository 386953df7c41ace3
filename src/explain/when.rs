//! The conditions under which a request would be allowed: what is left of the policies once everything that is
//! known has been put in.

use super::test_words::term;
use super::{Because, Explanation, Verdict};
use crate::eval;
use crate::names::DistinctNames;
use crate::policy::{ConditionTest, Effect, Layer, Policy, TextPart, holds_variables, parts};
use crate::question::Asked;
use crate::question::search::{ContextSearch, Goal};
use crate::trace::StatementTrace;
use crate::world::ContextEntry;

/// How many contexts are tried, at most.
const TRIED: usize = 4000;

/// When a request is allowed, and when it is not.
#[derive(Clone, Debug)]
pub struct When {
    /// `depends` only where the engine has answered both ways.
    pub verdict: Verdict,
    /// The line under the verdict.
    pub headline: String,
    /// What is left of the statements that hang on keys nobody gave, in the order of the layers.
    pub residual: Vec<Residual>,
    /// That there was more to be tried than is, where that is so: what is said was found until then.
    pub unfinished: Option<String>,
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
    /// The statement as people name it: `Reports, statement 1`.
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
    let unknown = asked.trace.gate.as_ref().is_some_and(|gate| gate.unknown) || asked.unknown().is_some();
    let verdict = if unknown { Verdict::Depends } else { asked.decision.into() };
    if !asked.trace.hangs || asked.trace.gate.is_some() || unknown {
        let (headline, residual) = (asked.headline(), Vec::new());
        let explanation = asked.explain();
        return When {
            verdict,
            headline,
            residual,
            unfinished: None,
            allowed_with: None,
            denied_with: None,
            explanation,
        };
    }
    let needs = asked.needs();
    let needed: DistinctNames<&String> = needs.iter().collect();
    let is_needed = |key: &str| needed.contains(key);
    let mut search = ContextSearch::new(std::slice::from_ref(&asked), is_needed, |_, _| true, TRIED);
    let (allowed, denied) = (search.find(Goal::Allowed(true)), search.find(Goal::Allowed(false)));
    let both = allowed.is_some() && denied.is_some();
    let headline = headline(&needs, both);
    let residual = if both { asked.residual(&mut search) } else { Vec::new() };
    let unfinished = search.is_cut_short().then(|| unfinished(both));
    drop(search);
    let explanation = asked.explain();
    let verdict = if both { Verdict::Depends } else { verdict };
    When {
        verdict,
        headline,
        residual,
        unfinished,
        allowed_with: allowed.filter(|_| both).map(pairs),
        denied_with: denied.filter(|_| both).map(pairs),
        explanation,
    }
}

fn headline(needs: &[String], both: bool) -> String {
    let verb = if needs.len() == 1 { "hangs" } else { "seems to hang" };
    let needs = super::headline::list(needs);
    match both {
        true => format!("it hangs on {needs}, which nobody gave"),
        false => format!("it {verb} on {needs}, but no value was found that turns it"),
    }
}

fn unfinished(both: bool) -> String {
    let what = match both {
        true => "other contexts may turn it, too, and examples may be missing",
        false => "others may turn it",
    };
    format!("so many keys, values or statements are open that not all contexts were tried: {what}")
}

impl Asked<'_> {
    /// What is left of the statements whose applying would make a difference.
    fn residual(&self, search: &mut ContextSearch<'_, '_>) -> Vec<Residual> {
        let hanging = self.trace.statements.iter().filter(|trace| trace.truth.hangs() && self.matters(trace));
        let mut found: Vec<Residual> = hanging.filter_map(|trace| self.left_of(trace, search)).collect();
        found.sort_by_key(|residual| residual.layer);
        found
    }

    fn left_of(&self, trace: &StatementTrace, search: &mut ContextSearch<'_, '_>) -> Option<Residual> {
        let at = trace.at;
        let view = self.request.statement(at)?;
        let (policy, statement) = (view.policy.policy(), view.written()?);
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
        let level = view.level.name.to_string();
        let because = self.statement(at);
        Some(Residual {
            layer: at.layer,
            word: self.layer_word(at.layer),
            level: Some(level).filter(|name| !name.is_empty()),
            effect: trace.effect,
            name: because.name().unwrap_or_else(|| "the policy".to_owned()),
            statement: because,
            terms,
            keys: eval::needs(&self.request, at).into_iter().map(str::to_owned).collect(),
            example: search.find(Goal::Applies(at)).map(pairs),
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
            && parts(text)
                .any(|part| matches!(part, TextPart::Variable { key, .. } if self.is_not_given(key)))
    }
}

fn pairs(given: Vec<ContextEntry<'static>>) -> Vec<String> {
    given.iter().map(|(key, value)| value.pair(key)).collect()
}
