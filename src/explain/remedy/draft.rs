//! A remedy in the making: one change after the other, each tried by the engine, until nothing stands against the request.

use std::borrow::Cow;

use super::authority::By;
use super::blocks::Blocks;
use super::context::is_principal_tag;
use super::difference::Difference;
use super::edit::{Edit, Remedy};
use super::permitted::Authority;
use super::proposal::{Patch, Proposal};
use crate::explain::Cause;
use crate::question::search::Budget;
use crate::question::{Asked, Variation};
use crate::world::World;

/// How many edits one remedy has, at most.
const EDITS: usize = 6;

/// A remedy in the making.
#[derive(Clone)]
pub(super) struct RemedyDraft<'l> {
    pub(super) variation: Variation,
    pub(super) edits: Vec<Proposal>,
    pub(super) blocks: Blocks,
    /// How many changes may still be tried.
    pub(super) left: &'l Budget,
}

impl<'l> RemedyDraft<'l> {
    /// Nothing yet.
    pub(super) fn of(asked: &Asked<'_>, left: &'l Budget) -> Self {
        Self { variation: Variation::default(), edits: Vec::new(), blocks: Blocks::of(asked), left }
    }

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
    pub(super) fn first_choice(&self, asked: &Asked<'_>, most: usize) -> Vec<Self> {
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
        let of_principal = |proposal: &Proposal| proposal.keys().any(is_principal_tag);
        let kind = |proposal: &Proposal| (std::mem::discriminant(&proposal.change), of_principal(proposal));
        let is_call = |proposal: &Proposal| proposal.edit.is_call();
        self.edits
            .last()
            .is_some_and(|last| kind(last) == kind(proposal) && is_call(last) == is_call(proposal))
    }

    fn or_with(&mut self, before: &Self, asked: &Asked<'_>, proposal: &Proposal) {
        let helps = before.with(asked, proposal.clone()).is_some();
        if let Some(last) = self.edits.last_mut().filter(|_| helps) {
            last.or_with(proposal);
        }
    }

    /// With a change, if it helps.
    pub(super) fn with(&self, asked: &Asked<'_>, proposal: Proposal) -> Option<Self> {
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

    pub(super) fn completed(mut self, asked: &Asked<'_>, causes: &[Cause]) -> Option<Remedy> {
        while !self.blocks.is_none() {
            if self.edits.len() == EDITS || self.left.left() == 0 {
                return None;
            }
            self = self.next(asked, 1).into_iter().next()?;
        }
        let removed = self.causes_of_steps(asked, causes);
        let mut world = Cow::Borrowed(asked.request.world);
        let (mut edits, mut is_made, variation) = (Vec::new(), true, self.variation.clone());
        let steps = self.in_order_of_causes(removed).into_iter();
        let each = |(proposal, causes): (Proposal, Vec<usize>)| {
            proposal.each_step().into_iter().map(move |step| (step, causes.clone()))
        };
        for (proposal, causes) in steps.flat_map(each) {
            let after = proposal.world_after(&world).filter(|_| asked.request.left_out.is_empty());
            is_made &= after.is_some() || proposal.is_of_the_call();
            let edit = asked.edit(proposal, &world, after.as_ref());
            edits.push(Edit { causes, ..edit });
            world = after.map_or(world, Cow::Owned);
        }
        let then = match is_made {
            true => Some(asked.companions_after(&variation, &world)),
            false => asked.companions_with(&variation),
        };
        let unchecked = variation.ask(&asked.request, |after| after.unchecked(then.is_some()));
        let then = then.unwrap_or_default();
        Some(Remedy { edits, merit: None, then, unchecked })
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
        let is_far = authority.as_ref().is_some_and(|call| self.is_far(call));
        let opened = difference.as_ref().map(Difference::as_set);
        let (ask, since) = (self.asks_first(&proposal), self.since(&proposal));
        let is_forgotten = proposal.edit.since.is_none() && self.names_just_this(&proposal).is_some();
        let replaces_whole = authority.as_ref().is_some_and(|call| proposal.replaces_whole(&call.action));
        let weighed = proposal.slip.as_ref().map(|slip| self.weighed(slip));
        let (favour, evidence) = weighed.unwrap_or_default();
        let owner = self.owner_by_tag().filter(|_| authority.is_some());
        let is_tagged_owner = owner.is_some();
        let keeper = owner.or_else(|| self.decider(&proposal, authority.as_ref()));
        let account = match &proposal.by {
            Some(By::Caller { account, .. }) if keeper.is_none() => Some(*account),
            _ => None,
        };
        let administrators =
            account.map(|id| format!("whoever administers account {id}{}", self.reached(id)));
        let question = self.question_to_put(&proposal, so.as_deref(), ask.is_some());
        let today = ask.as_ref().and_then(|_| self.allowed_today()).filter(|_| keeper.is_some());
        let lines = self.aws_lines(&proposal);
        let (read, put) = lines.map_or((None, None), |lines| (lines.read, Some(lines.put)));
        let read = read.or_else(|| proposal.edit.read.clone());
        let run = proposal.edit.run.clone().or(put);
        let who = |in_brief| proposal.by.as_ref().map(|by| self.who(by, authority.as_ref(), in_brief));
        let (who, first) = (who(false), who(true));
        let may = |call: &Authority| call.principals().any(|one| self.is_who_asks(one));
        let is_for_asker = !is_tagged_owner && proposal.edit.guard.is_none() && !self.passes_a_role();
        let is_for_asker = is_for_asker && authority.as_ref().is_some_and(may);
        Edit {
            so,
            loses,
            careful,
            ask,
            since,
            is_forgotten,
            keeper,
            administrators,
            is_tagged_owner,
            question,
            today,
            who,
            first,
            is_for_asker,
            authority,
            is_far,
            replaces_whole,
            favour,
            evidence,
            opened,
            read,
            run,
            ..proposal.edit
        }
    }
}
