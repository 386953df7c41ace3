//! Managed policies that nobody has, compared by what they would give whoever had them.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::anybody::Anybody;
use super::difference::PolicyDifference;
use super::worlds::TwoWorlds;
use crate::names::AccountId;
use crate::world::{Document, NamedDocument, Principal, PrincipalKind, World};

impl TwoWorlds<'_> {
    /// All that differs, with managed policies of an account that nobody has in either world.
    pub fn difference_with_policies(&self, account: AccountId) -> PolicyDifference {
        let mut all = self.difference();
        let [old, new] = self.worlds.map(|world| unheld(world, account));
        for (name, document) in &new {
            if let Some(before) = old.get(name).filter(|before| before.text() != document.text()) {
                all.add(self.of_policy(account, name, [before, document]));
            }
        }
        all.ranked(self.worlds[1].catalog())
    }

    fn of_policy(&self, account: AccountId, name: &str, versions: [&Document; 2]) -> PolicyDifference {
        let who = PrincipalKind::User { account, path: "/".into(), name: "anybody".into() };
        let world = World::with_catalog(Arc::clone(self.worlds[1].catalog()));
        let principal = Arc::new(Principal::new(who));
        let anybody = Anybody { world: &world, listed: self.listed, principal };
        let named =
            |document: &Document| vec![NamedDocument { name: name.into(), document: document.clone() }];
        anybody.difference(versions.map(named)).by(&format!("whoever has policy {name}"))
    }
}

/// The managed policies of an account that nobody has.
fn unheld(world: &World, account: AccountId) -> BTreeMap<Box<str>, Document> {
    let known = world.account(account);
    let all = known.into_iter().flat_map(|known| {
        known.policies.values().filter(|policy| known.users_of_policy(&policy.arn).next().is_none())
    });
    all.map(|policy| (policy.name.clone(), policy.document().clone())).collect()
}
