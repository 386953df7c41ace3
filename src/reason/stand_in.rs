//! Who may ask for a resource: groups of callers that its policy tells apart, each with somebody who stands for it.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::callers_told_apart::callers_told_apart;
use super::difference::Caveat;
use super::texts::values_of;
use crate::names::AccountId;
use crate::policy::{Policy, PrincipalForm};
use crate::question::space::mentioned;
use crate::source::Place;
use crate::world::{ContextEntry, ContextValue, NamedDocument, Principal, PrincipalKind};

/// An account that no policy is likely to name.
pub(super) const STRANGE: &str = "918273645546";

/// The owner of a resource of which nobody said who owns it.
pub(super) const EXAMPLE_OWNER: &str = "123456789012";

/// The organization of such an account.
pub(super) const STRANGE_ORGANIZATION: &str = "o-strange9f3x";

/// What only the owner of networks, services and organizations can put into a request (D38).
pub(super) const NOT_OF_STRANGERS: [&str; 20] = [
    "aws:PrincipalOrgID", "aws:PrincipalOrgPaths", "aws:PrincipalServiceName",
    "aws:PrincipalServiceNamesList", "aws:SourceAccount", "aws:SourceArn", "aws:SourceOrgID",
    "aws:SourceOrgPaths", "aws:SourceOwner", "aws:SourceVpc", "aws:SourceVpcArn", "aws:SourceVpce",
    "aws:VpcSourceIp", "aws:VpceAccount", "aws:VpceOrgID", "aws:VpceOrgPaths", "aws:CalledVia",
    "aws:CalledViaFirst", "aws:CalledViaLast", "s3:DataAccessPointArn",
];

/// What only a service can put into a request (D38).
const OF_SERVICES: [&str; 5] =
    ["aws:SourceAccount", "aws:SourceArn", "aws:SourceOrgID", "aws:SourceOrgPaths", "aws:SourceOwner"];

/// A service that no policy is likely to name.
const SOME_SERVICE: &str = "some-service.amazonaws.com";

/// A group of callers.
pub(super) struct StandIn {
    /// What people call the group.
    pub(super) label: Box<str>,
    /// A group of which this one is a part.
    pub(super) within: &'static [&'static str],
    /// Somebody of the group.
    pub(super) principal: Arc<Principal>,
    /// Whether they are looked at without any permission of their own, too.
    pub(super) is_of_owner: bool,
    /// What the requests of the group have.
    pub(super) context: Vec<ContextEntry<'static>>,
}

const ANYBODY: &str = "any AWS account";
const OTHERS: &str = "other AWS accounts";
const OWN: &str = "principals of its account";
const SERVICES: &str = "AWS services";

/// What people call everybody together.
pub(super) const EVERYBODY: [&str; 4] = ["anonymous callers", ANYBODY, OWN, SERVICES];

/// Whether a label is that of a group, not the name of somebody.
pub(super) fn is_group(label: &str) -> bool {
    EVERYBODY.contains(&label) || label == OTHERS
}

/// The groups of callers that the policies of a resource tell apart, and why these may not be all.
pub(super) fn stand_ins(
    (partition, owner): (&str, AccountId),
    policies: &[NamedDocument],
) -> (Vec<StandIn>, Vec<Caveat>) {
    let absent =
        |keys: &[&'static str]| keys.iter().map(|key| ((*key).into(), ContextValue::Absent)).collect();
    let user = |account: &str| Principal::parse(&format!("arn:{partition}:iam::{account}:user/example-user"));
    let group = |label: &str, within, principal: Principal, context| StandIn {
        label: label.into(),
        within,
        is_of_owner: principal.account() == Some(owner) && !principal.is_root(),
        principal: Arc::new(principal),
        context,
    };
    let anonymous = Principal::new(PrincipalKind::Anonymous);
    let mut all = vec![group(EVERYBODY[0], &[], anonymous, absent(&NOT_OF_STRANGERS))];
    all.extend(user(STRANGE).map(|one| group(ANYBODY, &[], one, absent(&NOT_OF_STRANGERS))));
    let strange_organization = ["aws:PrincipalOrgID", "aws:PrincipalOrgPaths"];
    if strange_organization.iter().any(|key| !values_of(key, policies).is_empty()) {
        let mut context: Vec<ContextEntry<'static>> = absent(&NOT_OF_STRANGERS[2..]);
        context.push((strange_organization[0].into(), STRANGE_ORGANIZATION.into()));
        all.extend(user(STRANGE).map(|one| group(ANYBODY, &[], one, context)));
    }
    all.extend(user(STRANGE).map(|one| group(OTHERS, &[ANYBODY], one, absent(&OF_SERVICES))));
    all.extend(user(&owner.to_string()).map(|one| group(OWN, &[], one, absent(&OF_SERVICES))));
    let root = Principal::new(PrincipalKind::Root(owner));
    all.push(group(
        "the root user of its account",
        &[OWN],
        Principal { partition: partition.into(), ..root },
        absent(&OF_SERVICES),
    ));
    let service = Principal::new(PrincipalKind::Service(SOME_SERVICE.into()));
    all.push(group(SERVICES, &[], service, Vec::new()));
    let named = named(policies);
    let accounts = named.iter().filter_map(Principal::account).chain([owner]).collect();
    for principal in named {
        let is_service = matches!(principal.kind, PrincipalKind::Service(_));
        let within: &[&str] = match principal.account() {
            _ if is_service => &[SERVICES],
            Some(account) if account == owner => &[OWN],
            Some(_) => &[ANYBODY, OTHERS],
            None => &[],
        };
        let context = if is_service { Vec::new() } else { absent(&OF_SERVICES) };
        all.push(group(&label(&principal), within, principal, context));
    }
    let (by_tests, is_all) = callers_told_apart(partition, accounts, STRANGE, policies);
    for principal in by_tests {
        let (label, within): (_, &[&str]) = match principal.account() == Some(owner) {
            true => (OWN, &[]),
            false => (OTHERS, &[ANYBODY]),
        };
        all.push(group(label, within, principal, absent(&OF_SERVICES)));
    }
    let mut caveats = unknown_names(policies);
    caveats.extend((!is_all).then(|| Caveat::new("the policies tell more callers apart than are looked at")));
    (all, caveats)
}

/// The principals that policies mention, and services that their conditions do, each once.
fn named(policies: &[NamedDocument]) -> Vec<Principal> {
    let compiled = policies.iter().filter_map(|policy| policy.document.compiled());
    let mentioned = compiled.flat_map(|compiled| {
        let policy = compiled.policy();
        policy.statements().iter().flat_map(|statement| mentioned(policy, statement))
    });
    let services = values_of("aws:PrincipalServiceName", policies);
    let services = services.into_iter().map(|name| Principal::new(PrincipalKind::Service(name.into())));
    let mut seen = BTreeSet::new();
    let is_new = |one: &Principal| one.kind != PrincipalKind::Anonymous && seen.insert(one.arn());
    mentioned.chain(services).filter(is_new).collect()
}

fn label(principal: &Principal) -> String {
    match &principal.kind {
        PrincipalKind::User { account, name, .. } if **name == *"example-user" => {
            format!("account {account}")
        }
        PrincipalKind::Service(name) | PrincipalKind::IdentityProvider(name) => name.to_string(),
        PrincipalKind::RoleSession { .. } => principal.lasting_arn(),
        _ => principal.arn(),
    }
}

/// That a statement which differs names somebody of whom nobody knows who it is: by a unique id, or as a canonical user.
fn unknown_names(policies: &[NamedDocument]) -> Vec<Caveat> {
    let policies: Vec<&Policy> =
        policies.iter().filter_map(|policy| policy.document.compiled()).map(|one| &**one.policy()).collect();
    let mut found = BTreeSet::new();
    for policy in &policies {
        for statement in policy.statements() {
            let names: usize = match statement.principal.as_ref().map(|element| &element.form) {
                Some(PrincipalForm::Map(entries)) => entries.iter().map(|entry| entry.values.len()).sum(),
                _ => 0,
            };
            let text = policy.source().slice(statement.span);
            let is_in_all = policies.iter().all(|other| other.source().text().contains(text));
            if mentioned(policy, statement).len() < names && !is_in_all {
                let line = Place::new(policy.source(), statement.span).line_column().line;
                found.insert(format!(
                    "who is named by the statement in line {line} of {} is not known",
                    policy.source().name()
                ));
            }
        }
    }
    found.into_iter().map(Caveat::new).collect()
}
