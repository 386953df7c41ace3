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
pub(super) fn percent((covered, all): (usize, usize)) -> f64 {
    if all == 0 { 100.0 } else { covered as f64 * 100.0 / all as f64 }
}

impl CoveredPolicy {
    /// What is covered of what can be: a statement by deciding, a pattern or principal by covering the request in a
    /// statement that decides (a negated one by leaving a request out), a test by holding once and by failing once.
    pub fn points(&self) -> (usize, usize) {
        let mut points = (0, 0);
        for (statement, covered) in self.statements.iter().enumerate() {
            let wanted = |element| wanted(&self.policy, statement, covered, element);
            let of_elements = covered.elements.iter().flat_map(wanted).map(|(is_covered, _)| is_covered);
            for is_covered in of_elements.chain([covered.decisive > 0]) {
                points.1 += 1;
                points.0 += usize::from(is_covered);
            }
        }
        points
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
                    add(element.token, format!("{} {} {what}", element.word(), text));
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

impl CoveredElement {
    /// What it is, in a word.
    pub fn word(&self) -> &'static str {
        match self.token {
            Token::Action(_) => "action",
            Token::Resource(_) => "resource",
            Token::Principal(_) => "principal",
            _ => "condition",
        }
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
