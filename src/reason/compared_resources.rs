//! The resources for which requests are compared.

use super::asked_resource::AskedResource;
use super::scope::Scope;
use super::two_versions::VersionPair;
use super::universe::Owner;
use crate::facts::held_by;
use crate::names::{Arn, FoundText, TextSet, find_text};
use crate::question::space::Filler;

/// How many beginnings of a name are looked at, at most.
const STEPS: usize = 20_000;

/// Resources of a kind that nothing but the patterns of statements tells apart.
#[derive(Clone)]
pub(super) struct ComparedResources {
    /// All of the kind; `None` where requests name no resource.
    pub(super) kind: Option<TextSet>,
    /// They lie in all of these.
    pub(super) inside: Vec<TextSet>,
    /// One of them.
    pub(super) sample: Option<String>,
}

impl VersionPair<'_> {
    /// The resources of a kind.
    pub(super) fn resources(&self, kind: AskedResource<'_>, action: &str) -> Vec<ComparedResources> {
        let partition = &*self.callers[1].principal.partition;
        match self.asked.on.as_deref().and_then(Arn::parse) {
            Some(resource) => self.of_one(kind, resource).into_iter().collect(),
            None => {
                let account = self.callers[1].account.map(|id| id.to_string()).unwrap_or_default();
                let filler = Filler::new(&self.callers[1], self.world(1).catalog());
                let sample = match kind {
                    AskedResource::Format(format) => Some(filler.format(format)),
                    AskedResource::AnyArn => {
                        let service = action.split(':').next().unwrap_or_default();
                        Some(format!("arn:{partition}:{service}:::x"))
                    }
                    AskedResource::AfterAll(_) | AskedResource::None => None,
                };
                let kind = kind.words(Owner { partition, account: &account });
                vec![ComparedResources { kind, inside: Vec::new(), sample }]
            }
        }
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
        match find_text(&sets, &[], STEPS) {
            FoundText::Word(sample) => {
                Some(ComparedResources { kind: Some(words), inside, sample: Some(sample) })
            }
            FoundText::None | FoundText::GaveUp => None,
        }
    }
}
