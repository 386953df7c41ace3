//! The resources for which two versions are compared, divided into those that are alike.

use std::rc::Rc;

use super::asked_resource::AskedResource;
use super::compared_resources::ComparedResources;
use super::difference::Caveat;
use super::found::Findings;
use super::piece::{CoveredKind, ResourcePiece};
use super::scope::Scope;
use super::two_versions::{VersionPair, WorldPair};
use super::universe::Owner;
use crate::facts::held_by;
use crate::names::{Arn, FoundText, TextSet, find_text};
use crate::question::space::Filler;

/// How many beginnings of a name are looked at, at most.
const STEPS: usize = 20_000;

impl VersionPair<'_> {
    /// The resources of a kind.
    pub(super) fn resources(
        &self,
        kind: AskedResource<'_>,
        action: &str,
        findings: &mut Findings,
    ) -> Rc<[ComparedResources]> {
        let found = match (self.asked.on.as_deref().and_then(Arn::parse), self.worlds) {
            (Some(resource), _) => self.of_one(kind, resource).into_iter().collect(),
            (None, Some(worlds)) => self.of_worlds(kind, worlds),
            (None, None) => Rc::new([self.of_kind(kind, action)]),
        };
        if found.iter().any(|one| one.is_partial) {
            findings.caveat(Caveat::new("there are more resources than are looked at"));
        }
        found
    }

    /// All of a kind that the caller's account may have.
    fn of_kind(&self, kind: AskedResource<'_>, action: &str) -> ComparedResources {
        let partition = &*self.callers[1].principal.partition;
        let filler = Filler::new(&self.callers[1], self.world(1).catalog());
        let sample = match kind {
            AskedResource::Format(format) => Some(filler.format(format)),
            AskedResource::AnyArn => {
                Some(format!("arn:{partition}:{}:::x", action.split(':').next().unwrap_or_default()))
            }
            AskedResource::AfterAll(_) | AskedResource::None => None,
        };
        let account = self.own_account();
        let kind = kind.words(Owner { partition, account: &account });
        let is_known = false;
        ComparedResources {
            kind,
            inside: Vec::new(),
            outside: Vec::new(),
            sample,
            is_known,
            is_partial: false,
        }
    }

    fn own_account(&self) -> String {
        self.callers[1].account.map(|id| id.to_string()).unwrap_or_default()
    }

    /// A resource with what lies in it, as far as that is of a kind.
    fn of_one(&self, kind: AskedResource<'_>, resource: Arn<'_>) -> Option<ComparedResources> {
        let owner = self.asked.versions[1].question.assumptions.resource_account;
        let account = resource.account_id().or(owner).or(self.callers[1].account);
        let account = account.map(|id| id.to_string()).unwrap_or_default();
        let words = kind.words(Owner { partition: resource.partition(), account: &account })?;
        let named = TextSet::text(resource.text()).or(held_by(&resource));
        let inside: Vec<TextSet> = [named].into_iter().chain(self.asked.within.map(Scope::words)).collect();
        let sets: Vec<&TextSet> = [&words].into_iter().chain(&inside).collect();
        let (sample, is_partial) = match find_text(&sets, &[], STEPS) {
            FoundText::Word(sample) => (Some(sample), false),
            FoundText::None => return None,
            FoundText::GaveUp => (Some(resource.text().to_owned()), true),
        };
        let outside = Vec::new();
        Some(ComparedResources { kind: Some(words), inside, outside, sample, is_known: true, is_partial })
    }

    /// Those of the caller's account that two worlds tell apart, and those of others that are declared: nobody lets
    /// strangers in to what is not.
    fn of_worlds(&self, kind: AskedResource<'_>, worlds: &WorldPair<'_>) -> Rc<[ComparedResources]> {
        let own = self.own_account();
        let place = (format!("{kind:?}"), own.clone());
        if let Some(known) = worlds.divided.borrow().get(&place) {
            return Rc::clone(known);
        }
        let of_account = kind.has_account().then(|| worlds.owners());
        let others = of_account.into_iter().flatten().filter(|account| *account != own);
        let mut all = self.of_account(kind, &own, worlds);
        for account in others {
            all.extend(self.of_account(kind, &account, worlds).into_iter().filter(|one| one.is_known));
        }
        let all: Rc<[ComparedResources]> = all.into();
        worlds.divided.borrow_mut().insert(place, Rc::clone(&all));
        all
    }

    fn of_account(
        &self,
        kind: AskedResource<'_>,
        account: &str,
        worlds: &WorldPair<'_>,
    ) -> Vec<ComparedResources> {
        let partition = &*self.callers[1].principal.partition;
        let Some(words) = kind.words(Owner { partition, account }) else {
            return vec![self.of_kind(kind, "")];
        };
        let covered = CoveredKind { kind: &words, pattern: &TextSet::any(), start: "" };
        let (pieces, is_all) = covered.pieces_of_both(worlds.worlds);
        let compared = |piece: ResourcePiece| ComparedResources {
            kind: Some(words.clone()),
            inside: piece.inside,
            outside: piece.outside,
            sample: Some(piece.example),
            is_known: piece.is_known,
            is_partial: !is_all,
        };
        pieces.into_iter().map(compared).collect()
    }
}

impl WorldPair<'_> {
    /// The accounts that have declared something.
    fn owners(&self) -> Vec<String> {
        let owners = self.worlds.iter().flat_map(|world| {
            let resources = world.resources().map(|one| one.owner);
            resources.chain(world.accounts().map(|account| account.id))
        });
        let mut owners: Vec<String> = owners.map(|id| id.to_string()).collect();
        owners.sort_unstable();
        owners.dedup();
        owners
    }
}
