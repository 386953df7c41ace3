//! What no decision exercised, and how much of it there is.

use super::coverage::{Coverage, CoveredElement, CoveredPolicy, CoveredStatement};
use crate::policy::{Effect, Policy, Token};
use crate::source::Place;

/// Something of a policy that no decision exercised.
#[derive(Clone, Debug)]
pub struct Gap {
    /// The number of the statement, from 0.
    pub statement: usize,
    /// What of it.
    pub token: Token,
    /// Where it stands.
    pub place: Place,
    /// What is missing, in words: `never decided`.
    pub what: String,
}

/// What can be covered, and what is: a statement by deciding, a pattern or principal by covering the request in a
/// statement that decides (a negated one by leaving a request out), a test by holding once and by failing once.
struct Points {
    covered: usize,
    all: usize,
}

impl Coverage {
    /// What is covered of what can be.
    pub fn points(&self) -> (usize, usize) {
        let each = self.policies().map(CoveredPolicy::points);
        each.fold((0, 0), |(covered, all), (own, of)| (covered + own, all + of))
    }

    /// The percentage that is covered; all of nothing is 100.
    pub fn percent(&self) -> f64 {
        percent(self.points())
    }
}

/// The percentage of a pair; all of nothing is 100.
fn percent((covered, all): (usize, usize)) -> f64 {
    if all == 0 { 100.0 } else { covered as f64 * 100.0 / all as f64 }
}

impl CoveredPolicy {
    /// What is covered of what can be.
    pub fn points(&self) -> (usize, usize) {
        let mut points = Points { covered: 0, all: 0 };
        for (statement, covered) in self.statements.iter().enumerate() {
            points.add(covered.decisive > 0);
            for element in &covered.elements {
                let wanted = wanted(&self.policy, statement, covered, element);
                wanted.into_iter().for_each(|(is_covered, _)| points.add(is_covered));
            }
        }
        (points.covered, points.all)
    }

    /// The percentage that is covered.
    pub fn percent(&self) -> f64 {
        percent(self.points())
    }

    /// What is not covered, in the order of the text. Of a statement that never decided only that is said.
    pub fn gaps(&self) -> Vec<Gap> {
        let mut gaps = Vec::new();
        for (statement, covered) in self.statements.iter().enumerate() {
            let mut add = |token: Token, what: String| {
                let place = self.policy.place(statement, token);
                gaps.push(Gap { statement, token, place, what });
            };
            if covered.decisive == 0 {
                add(Token::Effect, format!("{} was never the deciding statement", self.title(statement)));
                continue;
            }
            for element in &covered.elements {
                for (_, what) in
                    wanted(&self.policy, statement, covered, element).into_iter().filter(|(done, _)| !done)
                {
                    let text = self.policy.place(statement, element.token).text().to_owned();
                    add(element.token, format!("{} {} {what}", word(element.token), text));
                }
            }
        }
        gaps
    }

    /// A statement in words: `Deny statement 3 of NoDelete (Sid X)`.
    pub fn title(&self, statement: usize) -> String {
        let effect = self.policy.statements().get(statement).map_or(Effect::Allow, |own| own.effect);
        let sid = self.policy.sid(statement).map(|sid| format!(" (Sid {sid})")).unwrap_or_default();
        format!("{} statement {} of {}{sid}", effect.as_str(), statement + 1, self.name)
    }
}

impl Points {
    fn add(&mut self, covered: bool) {
        self.all += 1;
        self.covered += usize::from(covered);
    }
}

/// What is wanted of an element, whether it is covered, and what to say if not.
fn wanted(
    policy: &Policy,
    statement: usize,
    covered: &CoveredStatement,
    element: &CoveredElement,
) -> Vec<(bool, &'static str)> {
    if let Token::Key(_) = element.token {
        let failed = element.evaluated > element.matched;
        return vec![(element.decisive > 0, "never held"), (failed, "never failed")];
    }
    match is_negated(policy, statement, element.token) {
        true => vec![(element.matched > 0 || covered.evaluated == 0, "never left a request out")],
        false => vec![(element.decisive > 0, "never covered a request that the statement decided")],
    }
}

fn is_negated(policy: &Policy, statement: usize, token: Token) -> bool {
    let Some(statement) = policy.statements().get(statement) else { return false };
    match token {
        Token::Action(_) => statement.action.negated,
        Token::Resource(_) => statement.resource.is_some_and(|resource| resource.negated),
        Token::Principal(_) => statement.principal.as_ref().is_some_and(|principal| principal.negated),
        _ => false,
    }
}

fn word(token: Token) -> &'static str {
    match token {
        Token::Action(_) => "action",
        Token::Resource(_) => "resource",
        Token::Principal(_) => "principal",
        _ => "condition",
    }
}
