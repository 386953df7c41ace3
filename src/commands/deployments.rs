//! What a Terraform plan or a CloudFormation template would change: in a world, or beside another one.

use std::sync::Arc;

use super::world_file::session_of;
use crate::catalog::Catalog;
use crate::deploy::{Deployed, deploy};
use crate::names::{AccountId, Arn};
use crate::reason::{Caveat, ListedActions, PolicyDifference, TwoWorlds};
use crate::session::{Failure, Outside, Session};
use crate::source::Source;
use crate::world::{Change, ResourceChange, Tags, World, WorldError};

/// The account in which something is deployed that is looked at by itself.
const NOBODYS: &str = "123456789012";

/// A world, and a plan or template that is carried out in it.
pub(super) struct DeployedOnto {
    pub(super) world: Arc<Source>,
    pub(super) deployment: Arc<Source>,
}

/// Two plans or templates.
pub(super) struct TwoDeployments(pub(super) [Arc<Source>; 2]);

impl DeployedOnto {
    /// What it would change.
    pub(super) fn difference(
        &self,
        session: &Session,
        outside: &mut dyn Outside,
    ) -> Result<PolicyDifference, Failure> {
        let made = session_of(&self.world, session, outside)?;
        let account = account_of(&made)?;
        let deployed = deploy(&self.deployment, made.world(), account)?;
        let before = with_owners(made.world(), &deployed.world)?;
        let worlds = [&before, &deployed.world];
        let listed = ListedActions::of(made.world().catalog());
        let difference = TwoWorlds { worlds, listed: &listed, now: outside.now() }.difference();
        Ok(with_notes(difference, [&deployed]))
    }
}

/// The account that a world selects, or the only one that it has.
fn account_of(session: &Session) -> Result<AccountId, WorldError> {
    let all: Vec<AccountId> = session.world().accounts().map(|account| account.id).collect();
    match (session.selected(), &all[..]) {
        (Some(selected), _) => Ok(selected),
        (None, [only]) => Ok(*only),
        _ => Err(WorldError::new("no-account", "", "the world says no account in which it is carried out")
            .help("end the script with the account: `account 111122223333`")),
    }
}

impl TwoDeployments {
    /// What the second makes otherwise, each in an account that has nothing.
    pub(super) fn difference(&self, catalog: &Arc<Catalog>, now: i64) -> Result<PolicyDifference, Failure> {
        let empty = empty(catalog)?;
        let Some(account) = AccountId::parse(NOBODYS) else { return Ok(PolicyDifference::default()) };
        let [old, new] = self.0.each_ref().map(|file| deploy(file, &empty, account));
        let (old, new) = (old?, new?);
        let worlds = [&with_owners(&old.world, &new.world)?, &with_owners(&new.world, &old.world)?];
        let two = TwoWorlds { worlds, listed: &ListedActions::of(catalog), now };
        Ok(with_notes(two.difference_with_policies(account), [&old, &new]))
    }
}

fn empty(catalog: &Arc<Catalog>) -> Result<World, WorldError> {
    let mut world = World::with_catalog(Arc::clone(catalog));
    if let Some(id) = AccountId::parse(NOBODYS) {
        world.apply(Change::CreateAccount { id, name: "Account".into(), alias: None })?;
    }
    Ok(world)
}

/// A world in which the buckets of another one have the owners that they have there: a bucket that nobody declared would
/// be whosoever asks for it.
fn with_owners(world: &World, other: &World) -> Result<World, WorldError> {
    let mut world = world.clone();
    let is_open = |arn: &str| Arn::parse(arn).is_some_and(|arn| arn.account_id().is_none());
    for resource in other.resources().filter(|one| is_open(&one.arn)) {
        if world.resource(&resource.arn).is_none() {
            let put = ResourceChange::put(resource.arn.clone(), resource.owner, None, Tags::new());
            world.apply(Change::Resource(put))?;
        }
    }
    Ok(world)
}

/// With what only a deployment knows, and what was taken to be so.
fn with_notes<const N: usize>(
    mut difference: PolicyDifference,
    deployed: [&Deployed; N],
) -> PolicyDifference {
    for one in deployed {
        let caveats = one.unknown.iter().map(|why| Caveat { rule: None, why: why.clone() });
        difference.caveats.extend(caveats);
        difference.assumed.extend(one.assumed.iter().cloned());
    }
    difference.caveats.sort();
    difference.caveats.dedup();
    difference.assumed.sort();
    difference.assumed.dedup();
    difference
}
