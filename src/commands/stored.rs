//! The policies that the world stores: found by the name that a person knows them by.

use crate::names::AccountId;
use crate::policy::PolicyType;
use crate::session::{Failure, Session};
use crate::world::{
    Account, Change, Document, Entity, ManagedPolicy, OrganizationChange, ResourceChange, Tags, WorldError,
    policy_kind,
};

/// A policy that the world stores, and how another document takes its place.
pub(super) struct Stored {
    pub(super) label: String,
    pub(super) kind: PolicyType,
    pub(super) document: Document,
    /// The change that puts another document in its place.
    pub(super) change: Box<dyn FnOnce(Document) -> Change>,
}

impl Stored {
    /// The policy that a word names; `on` is the entity of an inline policy.
    pub(super) fn find(session: &Session, word: &str, on: Option<&Entity>) -> Result<Self, Failure> {
        let account = session.selected_account()?;
        if let Some(on) = on {
            return inline(account, on, word).ok_or_else(|| no_inline(account, on, word).into());
        }
        let mut found = managed(session, account, word);
        found.extend(of_resource(session, account.id, word));
        match (found.pop(), found.pop()) {
            (Some(only), None) => Ok(only),
            (Some(one), Some(other)) => Err(ambiguous(word, &other.label, &one.label).into()),
            (None, _) => Err(not_stored(session, account, word).into()),
        }
    }
}

fn inline(account: &Account, on: &Entity, name: &str) -> Option<Stored> {
    let policy = account.identity(on)?.permissions.inline.iter().find(|policy| &*policy.name == name)?;
    let (account, on, name) = (account.id, on.clone(), policy.name.clone());
    Some(Stored {
        label: format!("the inline policy {name} of {on}"),
        kind: PolicyType::IdentityBased,
        document: policy.document.clone(),
        change: Box::new(move |document| Change::PutInline { account, on, name, document }),
    })
}

/// Customer managed policies, SCPs and RCPs of a name or ARN.
fn managed(session: &Session, account: &Account, word: &str) -> Vec<Stored> {
    let is = |policy: &ManagedPolicy| &*policy.name == word || &*policy.arn == word;
    let own = account.policies.values().filter(|policy| is(policy)).map(|policy| {
        let (account, name) = (account.id, policy.name.clone());
        Stored {
            label: format!("the customer managed policy {name}"),
            kind: PolicyType::IdentityBased,
            document: policy.document().clone(),
            change: Box::new(move |document| Change::PutPolicy { account, name, path: "/".into(), document }),
        }
    });
    let meant = session.world.organization_meant(session.selected).into_iter();
    let controls = meant.flat_map(|meant| meant.control_policies());
    let controls = controls.filter(|(_, policy)| is(policy)).map(|(kind, policy)| {
        let name = policy.name.clone();
        Stored {
            label: format!("the {} {name}", kind.word()),
            kind: kind.policy_type(),
            document: policy.document().clone(),
            change: Box::new(move |document| {
                Change::Organization(OrganizationChange::PutControl { kind, name, document })
            }),
        }
    });
    own.chain(controls).collect()
}

/// The policy of a resource or VPC endpoint.
fn of_resource(session: &Session, selected: AccountId, word: &str) -> Option<Stored> {
    let (label, word): (_, Box<str>) = (format!("the policy of {word}"), word.into());
    if let Some(endpoint) = session.world.endpoint(&word) {
        let (vpc, service, owner) = (endpoint.vpc.clone(), None, None);
        let change = move |policy| {
            let policy = Some(policy);
            ResourceChange::PutEndpoint { id: word, vpc, service, owner, policy }
        };
        return endpoint.policy.clone().map(|document| Stored {
            label,
            kind: PolicyType::VpcEndpoint,
            document,
            change: Box::new(move |policy| Change::Resource(change(policy))),
        });
    }
    let (document, kind) = (session.world.resource(&word)?.policy.clone()?, policy_kind(Some(&word)));
    let change =
        move |policy| Change::Resource(ResourceChange::put(word, selected, Some(policy), Tags::new()));
    Some(Stored { label, kind, document, change: Box::new(change) })
}

fn no_inline(account: &Account, on: &Entity, name: &str) -> WorldError {
    let what = format!("{on} has no inline policy `{name}`");
    let own = account.identity(on).map(|one| &one.permissions.inline[..]).unwrap_or_default();
    WorldError::new("unknown-policy", name, what).suggest(own.iter().map(|policy| &*policy.name))
}

fn ambiguous(word: &str, one: &str, other: &str) -> WorldError {
    WorldError::new("ambiguous-name", word, format!("`{word}` could be {one} or {other}"))
        .help("name it by its ARN")
}

/// Why there is no policy by a word that could be changed.
fn not_stored(session: &Session, account: &Account, word: &str) -> WorldError {
    let wrong = |code, what: String| WorldError::new(code, word, what);
    if crate::facts::managed_policy(word).is_some()
        || session.world.aws_policies().any(|policy| &*policy.name == word || &*policy.arn == word)
    {
        return wrong("aws-owned", format!("`{word}` is a policy of AWS and cannot be changed"))
            .help("`policy NAME { … }` makes one of your own");
    }
    if session.world.resource(word).is_some() {
        return wrong("no-policy", format!("`{word}` has no policy yet"))
            .help(format!("`resource {word} policy {{ … }}` gives it one"));
    }
    if account.identities().any(|one| one.name.eq_ignore_ascii_case(word)) {
        return wrong("no-policy", format!("`{word}` is no policy"))
            .help(format!("an inline policy of it: `edit NAME on user {word}`"));
    }
    let meant = session.world.organization_meant(session.selected).into_iter();
    let controls = meant.flat_map(|meant| meant.control_policies()).map(|(_, own)| own);
    let known = account.policies.values().chain(controls).map(|policy| &*policy.name);
    let resources = session.world.resources().map(|resource| &*resource.arn);
    wrong("unknown-policy", format!("there is no policy `{word}` in account {}", account.label()))
        .suggest(known.chain(resources))
}
