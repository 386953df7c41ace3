//! What would turn an answer: every change that is proposed has been tried by the engine.

mod after;
mod allow;
mod authority;
mod caution;
mod changed;
mod changes;
mod consequence;
mod context;
mod deny_exception;
mod difference;
mod everyday;
mod gate;
mod grouped;
mod location;
mod narrow;
mod opened;
mod other_call;
mod pattern;
mod proposal;
mod recommended;
mod tags;
mod widened;

use std::borrow::Cow;
use std::ops::Range;

pub use authority::Authority;

use super::{Because, Cause};
use crate::facts;
use crate::names::AccountId;
use crate::policy::Layer;
use crate::question::search::Budget;
use crate::question::{Asked, Variation, without_statement};
use crate::source::Place;
use crate::trace::{Decision, StatementAt};
use crate::world::{Change, ContextEntry, World};
use proposal::{Patch, Proposal};
use recommended::recommend;

/// How many remedies are proposed, beside other ways to make the call.
const PROPOSED: usize = 2;

/// How many edits one remedy has, at most.
const EDITS: usize = 6;

/// How many changes are tried, at most.
const TRIED: usize = 2_000;

/// How many of several supporting statements are tried.
const SUPPORTS: usize = 8;

/// How it is said that nobody gets more than what was asked for.
const NOTHING_ELSE: &str = "grants nothing else";

/// Edits that together turn a denial into an allow, as the engine has confirmed.
#[derive(Clone, Debug)]
pub struct Remedy {
    /// The edits, all of which are needed, each made on what the ones before have left.
    pub edits: Vec<Edit>,
    /// Why it is recommended, where it is to be tried before others.
    pub merit: Option<&'static str>,
}

/// A change of one policy, or of the request.
#[derive(Clone, Debug, Default)]
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
    /// The context keys that the request is to have, `KEY=VALUE` each, with a blank between them.
    pub context: Option<String>,
    /// The same as data: the keys, each with its value.
    pub keys: Vec<ContextEntry<'static>>,
    /// The principal as whom the call is to be made.
    pub principal: Option<String>,
    /// The resource for which the call is to be made.
    pub resource: Option<String>,
    /// The statement as it would be, on one line.
    pub statement: Option<String>,
    /// What is new in that.
    pub changed: Vec<Range<usize>>,
    /// Which document of whom it is.
    pub whereabouts: Option<String>,
    /// Who can do it.
    pub who: Option<String>,
    /// The call that does it, and whom the engine allows that, where it is a call.
    pub authority: Option<Authority>,
    /// What it means for others, one line.
    pub so: Option<String>,
    /// What is taken away from others, or from whoever asks, one line.
    pub loses: Option<String>,
    /// What to be careful about.
    pub careful: Option<String>,
    /// Who is to be asked first, since what denies may be right to: `the owner of SCP Regions`.
    pub ask: Option<String>,
    /// The Deny that it makes an exception to, or takes away, where that guards more than one principal.
    pub guard: Option<String>,
    /// How much of others' it takes.
    pub takes: Takes,
    /// The commands that do it here, in the account that has it.
    pub commands: Vec<String>,
    /// The account in which the commands do it.
    pub account: Option<AccountId>,
    /// The changes of the world that it comes to, where no command says them.
    pub changes: Vec<Change>,
    /// The causes that it removes, by their place in the explanation, where several steps are needed.
    pub causes: Vec<usize>,
}

/// How much of what others have set up a change takes: what takes less comes first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Takes {
    /// Nothing that was meant to stand in the way: another call, an Allow for just this.
    #[default]
    Nothing,
    /// The name of somebody else, as whom the call is made.
    Identity,
    /// A guard that somebody has put up.
    Guard,
    /// The whole of a service, for all whom an account lets have it.
    Service,
}

impl Remedy {
    fn takes(&self) -> Takes {
        self.edits.iter().map(|edit| edit.takes).max().unwrap_or_default()
    }

    /// What to do, each step without the JSON in it.
    pub fn in_brief(&self) -> String {
        let brief = |edit: &Edit| match edit.in_brief() {
            whole if whole.len() == edit.words.len() => whole.to_owned(),
            cut => format!("{cut} …"),
        };
        self.edits.iter().map(brief).collect::<Vec<_>>().join("; ")
    }
}

impl Edit {
    /// What to do, without the JSON in it.
    pub fn in_brief(&self) -> &str {
        let brief = self.words.find(" {").map_or(&*self.words, |json| &self.words[..json]);
        brief.trim_end_matches(':')
    }

    /// Whether it is the call that is made otherwise, and nothing else.
    fn is_call(&self) -> bool {
        self.layer.is_none() && self.commands.is_empty()
    }

    /// Whether it is the call made otherwise and for the same purpose, which comes before all else.
    fn is_same_deed(&self) -> bool {
        self.is_call() && !self.keys.iter().any(|(key, _)| facts::says_what_is_meant(key))
    }
}

/// What an allow rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Support {
    /// Without any one of these statements it would be denied.
    Each(Vec<Because>),
    /// Several statements grant it, and no single one could be missed.
    Several(Vec<Because>),
}

/// The changes that would turn a denial: another way to make the call, then the smallest first; and whether there were
/// more to be tried.
pub(super) fn remedies(asked: &Asked<'_>, causes: &[Cause]) -> (Vec<Remedy>, bool) {
    let left = Budget::of(asked, TRIED);
    let found = remedies_within(asked, causes, &left);
    (found, left.left() == 0)
}

fn remedies_within(asked: &Asked<'_>, causes: &[Cause], left: &Budget) -> Vec<Remedy> {
    let blocks = Blocks::of(asked);
    let start = RemedyDraft { variation: Variation::default(), edits: Vec::new(), blocks, left };
    if start.blocks.is_none() || asked.is_operation() {
        return Vec::new();
    }
    let firsts = start.first_choice(asked, PROPOSED);
    let mut found: Vec<Remedy> =
        firsts.into_iter().filter_map(|first| first.completed(asked, causes)).collect();
    if !found.iter().any(|remedy| remedy.edits.iter().all(Edit::is_call)) && asked.trace.gate.is_none() {
        let other = asked.other_call().and_then(|call| start.with(asked, call)?.completed(asked, causes));
        if let Some(other) = other {
            found.retain(|remedy| !remedy.edits[0].is_call()); // one call is better than another with an edit
            found.push(other);
        }
    }
    found.sort_by_key(|remedy| {
        let first = &remedy.edits[0];
        (remedy.takes(), !first.is_same_deed(), first.is_call(), remedy.edits.len())
    });
    recommend(&mut found);
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
    let Some(edit) = without_statement(&asked.request, at) else { return false };
    let variation = Variation::default().with_edit(edit);
    variation.ask(&asked.request, |again| !again.decision.is_allowed())
}

/// What stands against a request, in the order in which it is met: a gate before the policies, Denies, a gate that
/// a Deny outranks, levels that lack an Allow. Behind what is met first nothing is known of the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Blocks([usize; 4]);

impl Blocks {
    fn of(asked: &Asked<'_>) -> Self {
        const UNKNOWN: usize = usize::MAX;
        let early = asked.trace.levels.is_empty();
        Self(match (asked.decision, &asked.trace.gate) {
            (Decision::Allowed, _) => [0; 4],
            (_, Some(_)) if early => [1, UNKNOWN, UNKNOWN, UNKNOWN],
            (_, Some(_)) => [0, 0, 1, UNKNOWN],
            (Decision::ExplicitDeny, None) => [0, asked.because().len(), UNKNOWN, UNKNOWN],
            (Decision::ImplicitDeny, None) => [0, 0, 0, asked.missing_levels().len().max(1)],
        })
    }

    fn is_none(self) -> bool {
        self == Self([0; 4])
    }
}

impl Asked<'_> {
    /// Whether the question has the name of an operation in place of an action: no policy can help it.
    fn is_operation(&self) -> bool {
        let action = self.request.action.text();
        self.request.facts.is_none() && self.request.world.catalog().operation(action).is_some()
    }

    /// The question with the switch turned that opens the gate, if one does.
    pub(super) fn with_the_gate_open(&self) -> Option<Variation> {
        let opening = self.changes().into_iter().find(|change| !change.edit.is_call())?;
        Some(opening.changing(&Variation::default()))
    }

    /// The levels whose Allow is needed and missing.
    pub(super) fn missing_levels(&self) -> Vec<(Layer, u8)> {
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
}

/// A remedy in the making.
#[derive(Clone)]
struct RemedyDraft<'l> {
    variation: Variation,
    edits: Vec<Proposal>,
    blocks: Blocks,
    /// How many changes may still be tried.
    left: &'l Budget,
}

impl RemedyDraft<'_> {
    /// The steps that leave less standing against the request, of several that do the same kind of thing the first.
    fn next(&self, asked: &Asked<'_>, most: usize) -> Vec<Self> {
        let mut changes = self.variation.ask(&asked.request, |again| again.changes());
        changes.sort_by_key(|change| !change.edit.is_same_deed());
        let mut found: Vec<Self> = Vec::new();
        for proposal in changes {
            let done = |calls: bool| found.iter().filter(|step| step.is_call() == calls).count();
            let (is_call, others) = (proposal.edit.is_call(), done(false));
            // Another value for the same call is said with the first.
            let known = found.iter().position(|step| is_call && step.is_like(&proposal));
            match known {
                Some(known) => found[known].or_with(self, asked, &proposal),
                None if others == most || (proposal.last_resort && !found.is_empty()) => {}
                None => found.extend(self.with(asked, proposal)),
            }
        }
        found
    }

    /// The same, behind the steps that are the only ones to take.
    fn first_choice(&self, asked: &Asked<'_>, most: usize) -> Vec<Self> {
        let found = self.next(asked, most);
        match &found[..] {
            [only] if !only.blocks.is_none() && only.edits.len() < EDITS => only.first_choice(asked, most),
            _ => found,
        }
    }

    fn is_call(&self) -> bool {
        self.edits.last().is_some_and(|last| last.edit.is_call())
    }

    /// Whether a change is of the same kind as the last one here: another value of a key.
    fn is_like(&self, proposal: &Proposal) -> bool {
        let kind = |proposal: &Proposal| std::mem::discriminant(&proposal.change);
        self.edits.last().is_some_and(|last| kind(last) == kind(proposal))
    }

    fn or_with(&mut self, before: &Self, asked: &Asked<'_>, proposal: &Proposal) {
        let helps = before.with(asked, proposal.clone()).is_some();
        if let Some(last) = self.edits.last_mut().filter(|_| helps) {
            last.or_with(proposal);
        }
    }

    /// With a change, if it helps.
    fn with(&self, asked: &Asked<'_>, proposal: Proposal) -> Option<Self> {
        let variation = proposal.changing(&self.variation);
        if !self.left.take() {
            return None;
        }
        let blocks = variation.ask(&asked.request, Blocks::of);
        // Beside another call no edit counts, and no second one; keys do.
        let is_call = |step: &&Proposal| matches!(step.change, Patch::Call(_));
        let calls = self.edits.iter().chain([&proposal]).filter(is_call).count();
        let is_whole = variation.edits.is_empty() && variation.switches.is_empty();
        let alone = calls == 0 || calls == 1 && is_whole;
        let mut edits = self.edits.clone();
        edits.push(proposal);
        (blocks < self.blocks && alone).then_some(Self { variation, edits, blocks, left: self.left })
    }

    fn completed(mut self, asked: &Asked<'_>, causes: &[Cause]) -> Option<Remedy> {
        while !self.blocks.is_none() {
            if self.edits.len() == EDITS || self.left.left() == 0 {
                return None;
            }
            self = self.next(asked, 1).into_iter().next()?;
        }
        let removed = self.causes_of_steps(asked, causes);
        let mut world = Cow::Borrowed(asked.request.world);
        let mut edits = Vec::new();
        for (proposal, causes) in self.in_order_of_causes(removed) {
            let after = proposal.world_after(&world).filter(|_| asked.request.left_out.is_empty());
            let edit = asked.edit(proposal, &world, after.as_ref());
            edits.push(Edit { causes, ..edit });
            world = after.map_or(world, Cow::Owned);
        }
        Some(Remedy { edits, merit: None })
    }
}

impl Asked<'_> {
    /// A change with who can make it, and what it means for others in the world as the changes before it left it.
    fn edit(&self, proposal: Proposal, before: &World, after: Option<&World>) -> Edit {
        let difference = after.map(|after| self.difference(before, after, proposal.edit.layer));
        let so = self.opens(&proposal, difference.as_ref());
        let loses = self.loses(&proposal, difference.as_ref());
        let careful = self.cautions(&proposal);
        let authority = proposal.by.as_ref().and_then(|by| self.authority(by));
        let ask = self.asks_first(&proposal);
        let who = proposal.by.map(|by| self.who(&by, authority.as_ref()));
        Edit { so, loses, careful, ask, who, authority, ..proposal.edit }
    }
}
