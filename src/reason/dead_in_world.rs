//! The statements of the policies of a world that change nothing for anybody, with all that stands beside them.

use std::sync::Arc;

use super::actions::ListedActions;
use super::dead::{DeadParts, Pruning};
use super::difference::DiffVerdict;
use super::everybody::Everybody;
use super::worlds::TwoWorlds;
use crate::compile::CompiledPolicy;
use crate::policy::{Policy, parse_policy};
use crate::source::Source;

const GUARDS: &str = "a Deny of what nobody is allowed changes nothing either, and may be meant as a guard";

impl Everybody<'_> {
    /// The statements of its own policies without all of which every request of everybody is decided alike. Those that AWS
    /// wrote are left as they are.
    pub fn dead(&self, listed: &ListedActions) -> DeadParts {
        let mut dead = DeadParts { is_of_world: true, ..DeadParts::default() };
        let mut world = self.world.clone();
        for (name, compiled) in self.world.documents() {
            let mut current = Arc::clone(compiled);
            let mut compare = |own: &Policy, _: usize, shorter: &str| {
                let (policy, _) = parse_policy(&Source::new("part", shorter), own.kind()).accept().ok()?;
                let next = Arc::new(CompiledPolicy::new(Arc::new(policy)));
                let changed = world.with_document(&current, &next);
                let difference =
                    TwoWorlds { worlds: [&world, &changed], listed, now: self.now }.first_difference();
                let policy = Arc::clone(next.policy());
                if difference.verdict() == DiffVerdict::Equal {
                    (world, current) = (changed, next);
                }
                Some((difference, policy))
            };
            let mut pruning = Pruning::new(compiled.policy(), &mut compare);
            pruning.statements();
            dead.add(&name, pruning);
        }
        dead.policies.sort_by_key(|one| one.policy.document().start);
        dead.assumed.push(GUARDS.to_owned());
        dead
    }
}
