//! Which actions a rule of its own may concern: one look before every decision spares the many that follow
//! policies alone.

use std::collections::HashSet;
use std::sync::OnceLock;

use super::resource_policies::EFS_CLIENT;
use super::resources::{CHANGE_LINKED_ROLE, CHANGE_POLICY, CHANGE_ROLE};
use super::{billing_console_services, root_only_tasks};
use crate::names::{ActionName, HashedKeys, fold_hash};

/// Whether a gate may concern an action of a user with long-term credentials in one account. What depends on
/// other credentials, other accounts, partitions or states is told by those.
pub fn may_be_gated(action: &ActionName<'_>) -> bool {
    let hashes = GATED.get_or_init(gated);
    hashes.contains(&action.hash()) || hashes.contains(&action.service_hash())
}

static GATED: OnceLock<HashSet<u64, HashedKeys>> = OnceLock::new();

/// Services all of whose actions may be gated, and single actions.
fn gated() -> HashSet<u64, HashedKeys> {
    let services = ["sts", "organizations", "rootonly", "supportplans"].into_iter();
    let services = services.chain(billing_console_services().iter().copied()).map(str::to_owned);
    let iam = [CHANGE_POLICY, CHANGE_ROLE, CHANGE_LINKED_ROLE].into_iter().flatten();
    let iam = iam.chain(&["PassRole", "ChangePassword", "GetAccountPasswordPolicy"]);
    let iam = iam.map(|name| format!("iam:{name}"));
    let kms = ["CreateAlias", "UpdateAlias", "DeleteAlias"].map(|name| format!("kms:{name}"));
    let efs = EFS_CLIENT.iter().map(|name| format!("elasticfilesystem:{name}"));
    let root_only = root_only_tasks().flat_map(|task| task.real_actions).map(|action| (*action).to_owned());
    let names =
        services.chain(iam).chain(kms).chain(efs).chain(["s3:PutBucketPolicy".to_owned()]).chain(root_only);
    names.map(|name| fold_hash(name.as_bytes())).collect()
}
