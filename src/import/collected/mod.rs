//! A folder of outputs of the AWS command line, read as changes to a world: accounts, the organization with its policies,
//! policies of resources, endpoints, tags.
//!
//! What a file is, it says itself; `how.sh` prints lines that have it say also what AWS leaves out, such as the bucket of a bucket
//! policy.

mod organization;
mod resources;

use std::collections::BTreeMap;
use std::sync::Arc;

use organization::CollectedOrganization;

use super::details::{LISTS, account_authorization_details};
use super::entry;
use crate::names::AccountId;
use crate::source::{Diagnostic, Source};
use crate::syntax::json::{Cursor, Kind, Tree, parse_json};
use crate::world::Change;

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

/// Reads outputs of the AWS command line, each of which is one JSON document.
pub fn collected(files: &[Arc<Source>]) -> CollectedWorld {
    let mut found = CollectedWorld::default();
    let mut organization = CollectedOrganization::default();
    let mut of_resources: BTreeMap<usize, Vec<OfAccount>> = BTreeMap::new();
    let trees: Vec<Tree> = files.iter().filter_map(|file| found.tree(file)).collect();
    for tree in &trees {
        let root = tree.root();
        if is_dump(root) {
            found.dump(tree.source());
        } else if let Some(kind) = organization.take(root) {
            *found.read.entry(kind).or_default() += 1;
        } else if let Some((kind, changes)) = resources::changes(root, &mut found.findings) {
            *found.read.entry(kind).or_default() += 1;
            let turn = resources::KINDS.iter().position(|own| *own == kind).unwrap_or_default();
            of_resources.entry(turn).or_default().extend(changes);
        } else {
            found.findings.push(unknown(root));
        }
    }
    let accounts = organization.accounts();
    let before = organization.declared();
    let dumps = std::mem::take(&mut found.changes);
    found.changes.extend(before);
    found.changes.extend(dumps);
    found.changes.extend(organization.changes(&mut found.findings));
    let of_resources = of_resources.into_values().flatten();
    found.changes.extend(of_resources.filter_map(|of_account| of_account(&found.accounts)));
    found.missing = missing(&found, &accounts, &organization);
    found
}

/// A change of a resource, which belongs to the account that its ARN names, else to the only one that there is.
type OfAccount = Box<dyn FnOnce(&[AccountId]) -> Option<Change>>;

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
    let file = root.source().name();
    let what = format!("`{file}` was not read: nothing is known that holds {}", members.join(", "));
    Diagnostic::warning("unknown-output", what)
        .help("`iamwhy import --how` prints the lines whose outputs are read")
}

/// What is not there of what a world needs.
fn missing(
    found: &CollectedWorld,
    accounts: &[AccountId],
    organization: &CollectedOrganization,
) -> Vec<String> {
    let mut missing = Vec::new();
    let without: Vec<&str> =
        accounts.iter().filter(|id| !found.accounts.contains(id)).map(AccountId::as_str).collect();
    if !without.is_empty() {
        missing.push(format!("users, groups and roles of account {}", without.join(", ")));
    }
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
    let none = |kind: &&str| !found.read.contains_key(*kind);
    missing.extend(kinds.iter().filter(|(_, kind)| none(kind)).map(|(what, _)| (*what).to_owned()));
    missing
}
