//! The policies that the world stores: found by the name that a person knows them by.

use crate::names::AccountId;
use crate::policy::PolicyType;
use crate::session::{Failure, Session, no_account};
use crate::world::{
    Account, Change, Document, Entity, ManagedPolicy, OrganizationChange, ResourceChange, WorldError,
    policy_kind,
};

/// A policy that the world stores, and how another document takes its place.
#[derive(Clone, Debug)]
pub(super) struct Stored {
    /// What it is called.
    pub(super) label: String,
    /// What kind of document it is.
    pub(super) kind: PolicyType,
    /// The document.
    pub(super) document: Document,
    put: Put,
}

/// Where a document belongs.
#[derive(Clone, Debug)]
enum Put {
    Policy { account: AccountId, name: Box<str> },
    Inline { account: AccountId, on: Entity, name: Box<str> },
    Scp(Box<str>),
    Rcp(Box<str>),
    Resource { arn: Box<str>, selected: AccountId },
    Endpoint { id: Box<str>, vpc: Box<str>, owner: Option<AccountId> },
}

impl Stored {
    /// The policy that a word names; `on` is the entity of an inline policy.
    pub(super) fn find(session: &Session, word: &str, on: Option<&Entity>) -> Result<Self, Failure> {
        let account = session.selected.and_then(|id| session.world.account(id)).ok_or_else(no_account)?;
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

    /// The change that puts another document in its place.
    pub(super) fn change(self, document: Document) -> Change {
        match self.put {
            Put::Policy { account, name } => Change::PutPolicy { account, name, path: "/".into(), document },
            Put::Inline { account, on, name } => Change::PutInline { account, on, name, document },
            Put::Scp(name) => Change::Organization(OrganizationChange::PutScp { name, document }),
            Put::Rcp(name) => Change::Organization(OrganizationChange::PutRcp { name, document }),
            Put::Resource { arn, selected } => Change::Resource(ResourceChange::Put {
                arn,
                owner: None,
                selected,
                policy: Some(document),
                tags: Default::default(),
            }),
            Put::Endpoint { id, vpc, owner } => {
                Change::Resource(ResourceChange::PutEndpoint { id, vpc, owner, policy: Some(document) })
            }
        }
    }
}

fn inline(account: &Account, on: &Entity, name: &str) -> Option<Stored> {
    let policy = account.identity(on)?.permissions.inline.iter().find(|policy| &*policy.name == name)?;
    Some(Stored {
        label: format!("the inline policy {name} of {on}"),
        kind: PolicyType::IdentityBased,
        document: policy.document.clone(),
        put: Put::Inline { account: account.id, on: on.clone(), name: name.into() },
    })
}

/// Customer managed policies, SCPs and RCPs of a name or ARN.
fn managed(session: &Session, account: &Account, word: &str) -> Vec<Stored> {
    let is = |policy: &ManagedPolicy| &*policy.name == word || &*policy.arn == word;
    let stored = |policy: &ManagedPolicy, kind: PolicyType, what: &str, put: Put| Stored {
        label: format!("{what} {}", policy.name),
        kind,
        document: policy.document().clone(),
        put,
    };
    let own = account.policies.values().filter(|policy| is(policy)).map(|policy| {
        let put = Put::Policy { account: account.id, name: policy.name.clone() };
        stored(policy, PolicyType::IdentityBased, "the customer managed policy", put)
    });
    let organization = session.world.organization();
    let scps = organization.into_iter().flat_map(|all| all.scps.values()).filter(|policy| is(policy));
    let rcps = organization.into_iter().flat_map(|all| all.rcps.values()).filter(|policy| is(policy));
    let scps = scps.map(|scp| stored(scp, PolicyType::ServiceControl, "the SCP", Put::Scp(scp.name.clone())));
    let rcps =
        rcps.map(|rcp| stored(rcp, PolicyType::ResourceControl, "the RCP", Put::Rcp(rcp.name.clone())));
    own.chain(scps).chain(rcps).collect()
}

/// The policy of a resource or VPC endpoint.
fn of_resource(session: &Session, selected: AccountId, word: &str) -> Option<Stored> {
    if let Some(endpoint) = session.world.endpoint(word) {
        return endpoint.policy.clone().map(|document| Stored {
            label: format!("the policy of {word}"),
            kind: PolicyType::VpcEndpoint,
            document,
            put: Put::Endpoint { id: word.into(), vpc: endpoint.vpc.clone(), owner: endpoint.owner },
        });
    }
    let document = session.world.resource(word)?.policy.clone()?;
    Some(Stored {
        label: format!("the policy of {word}"),
        kind: policy_kind(Some(word)),
        document,
        put: Put::Resource { arn: word.into(), selected },
    })
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
    let organization = session.world.organization();
    let control = organization.into_iter().flat_map(|all| all.scps.keys().chain(all.rcps.keys()));
    let known = account.policies.keys().chain(control).map(|name| &**name);
    let resources = session.world.resources().map(|resource| &*resource.arn);
    wrong("unknown-policy", format!("there is no policy `{word}` in account {}", account.label()))
        .suggest(known.chain(resources))
}
