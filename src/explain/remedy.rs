//! What would turn an answer: every change that is proposed has been tried by the engine.

use super::again::{Difference, as_pair, ask_again};
use super::candidate::{Candidate, Change};
use super::{Asked, Because};
use crate::policy::Layer;
use crate::source::Place;
use crate::trace::{Decision, StatementAt};

/// How many remedies are proposed.
const PROPOSED: usize = 2;

/// How many edits one remedy has, at most.
const EDITS: usize = 6;

/// How many of several supporting statements are tried.
const SUPPORTS: usize = 8;

/// Edits that together turn a denial into an allow, as the engine has confirmed.
#[derive(Clone, Debug)]
pub struct Remedy {
    /// The edits, all of which are needed, each made on what the ones before have left.
    pub edits: Vec<Edit>,
}

/// A change of one policy, or of the request.
#[derive(Clone, Debug)]
pub struct Edit {
    /// What to do, one line.
    pub words: String,
    /// The layer of the policy; absent where the request is to be another.
    pub layer: Option<Layer>,
    /// The level in the layer.
    pub level: u8,
    /// The name of the policy; absent where it is a new one.
    pub policy: Option<String>,
    /// The text that is to be changed.
    pub place: Option<Place>,
    /// The text of the whole policy as it would be; absent where the policy is to go.
    pub document: Option<String>,
    /// The context key that the request is to have, `KEY=VALUE`.
    pub context: Option<String>,
}

/// What an allow rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Support {
    /// Without any one of these statements it would be denied.
    Each(Vec<Because>),
    /// Several statements grant it, and no single one could be missed.
    Several(Vec<Because>),
}

/// The changes that would turn a denial, the smallest first. What a gate refuses, no change of policies turns.
pub(super) fn remedies(asked: &Asked<'_>) -> Vec<Remedy> {
    let Some(blocks) = Blocks::of(asked).filter(|blocks| !blocks.is_none()) else { return Vec::new() };
    let start = Step { difference: Difference::default(), edits: Vec::new(), blocks };
    let firsts = start.next(asked, PROPOSED);
    let mut found: Vec<Remedy> = firsts.into_iter().filter_map(|first| first.completed(asked)).collect();
    found.sort_by_key(|remedy| remedy.edits.len());
    found
}

/// What an allow rests on; nothing where root's own right allows it.
pub(super) fn support(asked: &Asked<'_>) -> Option<Support> {
    if !asked.decision.is_allowed() || asked.trace.gate.is_some() {
        return None;
    }
    let because = asked.because();
    if because.is_empty() || because.len() > SUPPORTS {
        return None;
    }
    let (each, several): (Vec<Because>, Vec<Because>) =
        because.into_iter().partition(|because| because.at.is_some_and(|at| needs(asked, at)));
    Some(if each.is_empty() { Support::Several(several) } else { Support::Each(each) })
}

/// Whether the request would be denied without a statement.
fn needs(asked: &Asked<'_>, at: StatementAt) -> bool {
    let Some(edit) = asked.without(at) else { return false };
    let difference = Difference::default().with_edit(edit);
    ask_again(&asked.request, &difference, |again| !again.decision.is_allowed())
}

/// What stands against a request: how many Denies apply, and how many levels lack an Allow that they must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Blocks {
    denies: usize,
    missing: usize,
}

impl Blocks {
    /// `None` where a gate refuses.
    fn of(asked: &Asked<'_>) -> Option<Self> {
        let missing = asked.missing_levels().len();
        match asked.decision {
            Decision::Allowed => Some(Self { denies: 0, missing: 0 }),
            _ if asked.trace.gate.is_some() => None,
            // Behind a Deny nothing is known of what else is missing.
            Decision::ExplicitDeny => Some(Self { denies: asked.because().len(), missing: usize::MAX }),
            Decision::ImplicitDeny => Some(Self { denies: 0, missing: missing.max(1) }),
        }
    }

    fn is_none(self) -> bool {
        self == Self { denies: 0, missing: 0 }
    }
}

impl Asked<'_> {
    /// The levels whose Allow is needed and missing.
    fn missing_levels(&self) -> Vec<(Layer, u8)> {
        let mut found = Vec::new();
        for layer in &self.trace.blocked_by {
            let levels = self.trace.levels.iter().filter(|level| level.layer == *layer);
            let lacking = levels.filter(|level| level.outcome.allows.is_none());
            let before = found.len();
            found.extend(lacking.map(|level| (*layer, level.level)));
            if found.len() == before {
                found.push((*layer, 0)); // no policy at all, or one whose Allow names the principal too weakly
            }
        }
        found
    }

    /// What could remove one of the things that stand against the request.
    fn changes(&self) -> Vec<Candidate> {
        if self.decision == Decision::ExplicitDeny {
            let first = self.because().into_iter().find_map(|because| because.at);
            return first.map(|at| self.sparing_changes(at)).unwrap_or_default();
        }
        let first = self.missing_levels().into_iter().next();
        first.map(|(layer, level)| self.allowing_changes(layer, level)).unwrap_or_default()
    }
}

/// A remedy in the making.
#[derive(Clone)]
struct Step {
    difference: Difference,
    edits: Vec<Edit>,
    blocks: Blocks,
}

impl Step {
    /// The steps that leave less standing against the request, of several that do the same kind of thing the first.
    fn next(&self, asked: &Asked<'_>, most: usize) -> Vec<Self> {
        let changes = ask_again(&asked.request, &self.difference, |again| again.changes());
        let mut found: Vec<Self> = Vec::new();
        let mut gives_key = false;
        for candidate in changes {
            let is_key = matches!(candidate.change, Change::Key(_));
            if found.len() == most || (is_key && gives_key) {
                continue;
            }
            if let Some(step) = self.with(asked, candidate) {
                gives_key |= is_key;
                found.push(step);
            }
        }
        found
    }

    /// With a change, if it helps.
    fn with(&self, asked: &Asked<'_>, candidate: Candidate) -> Option<Self> {
        let difference = match &candidate.change {
            Change::Policy(edit) => self.difference.with_edit(edit.clone()),
            Change::Key((key, value)) => self.difference.with_key(key, value.clone()),
        };
        let blocks = ask_again(&asked.request, &difference, Blocks::of)?;
        let mut edits = self.edits.clone();
        edits.push(candidate.into());
        (blocks < self.blocks).then_some(Self { difference, edits, blocks })
    }

    fn completed(mut self, asked: &Asked<'_>) -> Option<Remedy> {
        while !self.blocks.is_none() {
            if self.edits.len() == EDITS {
                return None;
            }
            self = self.next(asked, 1).into_iter().next()?;
        }
        Some(Remedy { edits: self.edits })
    }
}

impl From<Candidate> for Edit {
    fn from(candidate: Candidate) -> Self {
        let (layer, level, context) = match &candidate.change {
            Change::Policy(edit) => (Some(edit.layer), edit.level, None),
            Change::Key(entry) => (None, 0, Some(as_pair(entry))),
        };
        Self {
            words: candidate.words,
            layer,
            level,
            policy: candidate.policy,
            place: candidate.place,
            document: candidate.document,
            context,
        }
    }
}
