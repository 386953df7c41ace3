//! A folder of outputs of the AWS command line, read as changes to a world: accounts, the organization with its policies,
//! policies of resources, endpoints, tags.
//!
//! What a file is, it says itself; `how.sh` prints lines that have it say also what AWS leaves out, such as the bucket of a bucket
//! policy.

mod organization;
mod resources;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use organization::CollectedOrganization;

use super::details::{LISTS, account_authorization_details};
use super::entry;
use crate::names::AccountId;
use crate::source::{Diagnostic, Source};
use crate::syntax::json::{Cursor, Kind, Tree, parse_json};
use crate::world::Change;

/// How many accounts are named of which something is missing, at most.
const NAMED: usize = 5;

/// Lines for a shell that collect a world with calls that only read.
pub const HOW: &str = include_str!("how.sh");

/// What was found in a folder of outputs.
#[derive(Debug, Default)]
pub struct CollectedWorld {
    /// The changes, in an order in which they can be applied.
    pub changes: Vec<Change>,
    /// The accounts whose users, groups and roles are among them.
    pub accounts: Vec<AccountId>,
    /// How many outputs of each kind were read.
    pub read: BTreeMap<&'static str, usize>,
    /// What is broken or was not read.
    pub findings: Vec<Diagnostic>,
    /// The files in which nothing is.
    pub empty: Vec<String>,
    /// What is not there, so that answers are only as good as the rest, one sentence each.
    pub missing: Vec<String>,
}

/// A change of a resource, which belongs to the account that its ARN names, else to the only one that there is.
type OfAccount = Box<dyn FnOnce(&[AccountId]) -> Option<Change> + Send>;

/// Reads outputs of the AWS command line one after the other; of none is its text kept.
#[derive(Default)]
pub struct Collecting {
    found: CollectedWorld,
    organization: CollectedOrganization,
    /// Changes of resources, by the turn in which they are made.
    of_resources: BTreeMap<usize, Vec<OfAccount>>,
    /// Of which accounts outputs of a kind tell; none where one does not say it.
    told: BTreeMap<&'static str, Option<BTreeSet<AccountId>>>,
}

impl Collecting {
    /// Takes an output, which is one JSON document.
    pub fn take(&mut self, file: &Arc<Source>) {
        let Some(tree) = self.found.tree(file) else { return };
        let root = tree.root();
        if is_dump(root) {
            self.found.dump(tree.source());
        } else if let Some(kind) = self.organization.take(root) {
            *self.found.read.entry(kind).or_default() += 1;
        } else if let Some((kind, changes)) = resources::changes(root, &mut self.found.findings) {
            *self.found.read.entry(kind).or_default() += 1;
            let turn = resources::KINDS.iter().position(|own| *own == kind).unwrap_or_default();
            self.of_resources.entry(turn).or_default().extend(changes);
            resources::accounts(root).into_iter().for_each(|accounts| self.tells(kind, &accounts));
        } else {
            self.found.findings.push(unknown(root));
        }
    }

    fn tells(&mut self, kind: &'static str, accounts: &[AccountId]) {
        let told = self.told.entry(kind).or_insert_with(|| Some(BTreeSet::new()));
        match accounts {
            [] => *told = None,
            accounts => told.iter_mut().for_each(|told| told.extend(accounts)),
        }
    }

    /// The changes, in an order in which they can be applied, and what is missing.
    pub fn finish(self) -> CollectedWorld {
        let Self { mut found, organization, of_resources, told } = self;
        let accounts = organization.accounts();
        let dumps = std::mem::take(&mut found.changes);
        found.changes.extend(organization.declared());
        found.changes.extend(dumps);
        found.changes.extend(organization.changes(&mut found.findings));
        let of_resources = of_resources.into_values().flatten();
        found.changes.extend(of_resources.filter_map(|of_account| of_account(&found.accounts)));
        found.missing = missing(&found, &accounts, &organization, &told);
        found
    }
}

impl CollectedWorld {
    /// The tree of a file. One that is empty is an error of AWS: that there is nothing, or that it may not be read.
    fn tree(&mut self, file: &Arc<Source>) -> Option<Tree> {
        if file.text().trim().is_empty() {
            self.empty.push(file.name().to_owned());
            return None;
        }
        let parsed = parse_json(file);
        let is_whole = !parsed.has_errors();
        if !is_whole {
            self.findings.extend(parsed.diagnostics.into_iter().take(1));
        }
        parsed.value.filter(|_| is_whole)
    }

    fn dump(&mut self, file: &Arc<Source>) {
        let imported = account_authorization_details(file, None);
        self.changes.extend(imported.changes);
        self.findings.extend(imported.findings);
        self.accounts.extend(imported.account);
        *self.read.entry("accounts with users, groups and roles").or_default() += 1;
    }
}

/// Whether it is a dump of an account: its policies come with their versions, those of an organization do not.
fn is_dump(root: Cursor<'_>) -> bool {
    let policies = entry::list(root, "Policies").any(|policy| policy.member("PolicyVersionList").is_some());
    policies || LISTS.iter().any(|list| *list != "Policies" && has_list(root, list))
}

fn has_list(value: Cursor<'_>, name: &str) -> bool {
    value.member(name).is_some_and(|list| list.kind() == Kind::Array)
}

fn unknown(root: Cursor<'_>) -> Diagnostic {
    let members: Vec<String> =
        root.members().filter_map(|(name, _)| Some(name.string()?.into_owned())).take(4).collect();
    let holds = match (root.kind(), &members[..]) {
        (Kind::Object, [_, ..]) => format!("holds {}", members.join(", ")),
        (Kind::Object, []) => "holds nothing".to_owned(),
        (Kind::Array, _) => "is a list".to_owned(),
        _ => "is a text or a number".to_owned(),
    };
    let what = format!("`{}` was not read: nothing is known that {holds}", root.source().name());
    Diagnostic::warning("unknown-output", what)
        .help("`iamwhy import --how` prints the lines whose outputs are read")
}

/// What is not there of what a world needs.
fn missing(
    found: &CollectedWorld,
    accounts: &[AccountId],
    organization: &CollectedOrganization,
    told: &BTreeMap<&'static str, Option<BTreeSet<AccountId>>>,
) -> Vec<String> {
    let mut missing = Vec::new();
    let collected: BTreeSet<AccountId> = found.accounts.iter().copied().collect();
    missing
        .extend(of_accounts("users, groups and roles", accounts.iter().filter(|id| !collected.contains(id))));
    if organization.is_empty() {
        missing.push(
            "the organization: SCPs and RCPs are taken as absent, so answers are an upper bound".to_owned(),
        );
    } else {
        missing.extend(organization.missing());
    }
    let kinds = [
        ("policies of buckets, keys and other resources", resources::POLICIES),
        ("policies of VPC endpoints", resources::ENDPOINTS),
        ("S3 Block Public Access", resources::BLOCKS),
        ("grants of keys", resources::GRANTS),
        ("tags of resources", resources::TAGS),
    ];
    if !found.empty.is_empty() {
        let files = found.empty.join(", ");
        missing
            .push(format!("what is in empty files ({files}): there is nothing of it, or it may not be read"));
    }
    for (what, kind) in kinds {
        match told.get(kind) {
            None => missing.push(what.to_owned()),
            Some(None) => {}
            Some(Some(told)) => {
                missing.extend(of_accounts(what, collected.iter().filter(|id| !told.contains(id))));
            }
        }
    }
    missing
}

/// What is missing of some accounts, if there are any.
fn of_accounts<'a>(what: &str, accounts: impl Iterator<Item = &'a AccountId>) -> Option<String> {
    let ids: Vec<&str> = accounts.map(AccountId::as_str).collect();
    let more = ids.len().saturating_sub(NAMED);
    let named = ids[..ids.len() - more].join(", ");
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    (!ids.is_empty()).then(|| format!("{what} of account {named}{more}"))
}
