//! Mutants that no question was found for, compared with their originals over all requests.

use std::sync::Arc;

use super::ToMutate;
use super::witness::WitnessSearch;
use super::work::MutationWork;
use crate::analysis::{Mutant, WouldNotice};
use crate::compile::CompiledPolicy;
use crate::policy::parse_policy;
use crate::reason::{DiffVerdict, ListedActions, TwoWorlds};
use crate::session::Precision;
use crate::source::Source;

impl WitnessSearch {
    /// What the difference between the world and the one with a mutant says of it: that every request is decided alike, or
    /// an expectation about one that is not.
    pub(super) fn over_all(
        &self,
        original: &CompiledPolicy,
        mutant: &Mutant,
        target: &ToMutate<'_>,
        work: &MutationWork,
    ) -> WouldNotice {
        let cost = 1 + self.world().accounts().map(|account| account.identities().count()).sum::<usize>();
        if !work.differences.take_all(cost) {
            return WouldNotice::NotFound;
        }
        let Some(changed) = written(original, mutant) else { return WouldNotice::NotFound };
        let changed = target.changed(self.world(), &changed);
        let listed = work.listed.get_or_init(|| ListedActions::of(self.catalog()));
        let two = TwoWorlds { worlds: [self.world(), &changed], listed, now: self.now() };
        let difference = two.first_difference();
        match (difference.verdict(), difference.changes.first()) {
            (DiffVerdict::Equal, _) => WouldNotice::Equivalent,
            (_, Some(change)) => self
                .stated(&change.witness.questions[0], Precision::Access)
                .map_or(WouldNotice::NotFound, WouldNotice::Found),
            _ => WouldNotice::NotFound,
        }
    }
}

/// A mutant as a text of its own, since worlds are compared by what is written in them; `None` where nothing is left.
fn written(original: &CompiledPolicy, mutant: &Mutant) -> Option<Arc<CompiledPolicy>> {
    let policy = original.policy();
    let alone = mutant.alone.policy();
    let says = alone.source().slice(alone.statements().first()?.span);
    let text = match mutant.is_dropped() {
        true if policy.statements().len() == 1 => return None,
        true => policy.with_statement(mutant.statement, None),
        false => policy.with_statement(mutant.statement, Some(says)),
    };
    let (policy, _) = parse_policy(&Source::new("<mutant>", text), policy.kind()).accept().ok()?;
    Some(Arc::new(CompiledPolicy::new(Arc::new(policy))))
}
