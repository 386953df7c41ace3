//! What was asked and answered, and what becomes of it when the world has changed since.

use super::outcome::{Outcome, Part};
use super::posed::Posed;
use crate::explain::{Explanation, Since, Verdict};
use crate::world::World;

/// The question of an answer, and the world in which it was asked.
#[derive(Clone, Debug)]
pub(crate) struct PastQuestion {
    pub(crate) posed: Posed,
    pub(super) world: World,
    /// Whether the answer was given without all reasons.
    pub(super) is_brief: bool,
    /// Whether the answer stands beside AWS's own.
    pub(crate) is_pasted: bool,
}

/// An answer as it was shown.
#[derive(Clone, Debug)]
pub(crate) struct ShownAnswer {
    pub(crate) outcome: Outcome,
    /// What was asked; nothing where a text of AWS spoke alone.
    pub(crate) question: Option<PastQuestion>,
    pub(super) world: World,
}

impl PastQuestion {
    /// Whether the world is another than when it was asked.
    pub(crate) fn is_past(&self, world: &World) -> bool {
        !self.world.is_same(world)
    }

    /// The answer in full in the world in which it was given.
    pub(super) fn of_before(&self, last: &Explanation) -> Explanation {
        let again =
            self.is_brief.then(|| self.posed.explained(&self.world, |asked| asked.explain()).ok()).flatten();
        again.unwrap_or_else(|| last.clone())
    }
}

impl ShownAnswer {
    /// Whether it is an answer in a world that has changed since.
    pub(crate) fn is_past(&self, world: &World) -> bool {
        !self.world.is_same(world)
    }

    /// Another answer to the same question, with what this one was.
    pub(crate) fn beside(&self, mut now: Outcome) -> Outcome {
        let both = answer(&self.outcome).zip(answer(&now));
        if let Some(since) = both.and_then(|(before, now)| Since::between(before, now)) {
            now.parts.iter_mut().for_each(|part| part.say_since(&since));
        }
        now
    }
}

/// The answer that an outcome shows.
fn answer(outcome: &Outcome) -> Option<(Verdict, &str)> {
    outcome.parts.iter().find_map(Part::answer)
}

impl Part {
    /// The answer that it shows: the verdict, and the line under it.
    fn answer(&self) -> Option<(Verdict, &str)> {
        match self {
            Self::Verdict(shown) | Self::Explanation(shown) | Self::Explained(shown, _) => {
                Some(shown.summary())
            }
            Self::When(when) => Some((when.verdict, &when.headline)),
            _ => None,
        }
    }

    fn say_since(&mut self, since: &Since) {
        match self {
            Self::Verdict(shown) | Self::Explanation(shown) | Self::Explained(shown, _) => {
                *shown = shown.and_since(since.clone());
            }
            Self::When(when) => when.explanation.since = Some(since.clone()),
            _ => {}
        }
    }
}
