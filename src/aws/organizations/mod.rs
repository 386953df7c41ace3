//! The organization: units, accounts, SCPs and RCPs, delegated administrators.

pub(super) mod accounts;
pub(super) mod delegation;
pub(super) mod handshakes;
pub(super) mod policies;
pub(super) mod tree;

use serde_json::Value;

use super::call::Call;
use super::operation::Service;
use super::plan::{Needs, Planned};
use super::refusal::Refusal;
use crate::facts;
use crate::names::AccountId;
use crate::session::{Outcome, Part};
use crate::world::{Change, ControlKind, Node, Organization, OrganizationChange, Target, WorldError};

const ORGANIZATIONS: Service = Service("organizations");

/// The condition key of calls about policies.
const POLICY_TYPE: &str = "organizations:PolicyType";

/// The kind of the policies of a type; `None` of one that authorizes nothing (I25).
fn kind_of(word: &str) -> Result<Option<ControlKind>, Refusal> {
    let known = ControlKind::ALL.into_iter().find(|kind| kind.aws_name() == word);
    if known.is_some() || facts::other_policy_types().contains(&word) {
        return Ok(known);
    }
    let error = WorldError::new("unknown-policy-type", word, format!("`{word}` is no policy type"));
    let others = facts::other_policy_types().iter().copied();
    Err(error.suggest(ControlKind::ALL.map(ControlKind::aws_name).into_iter().chain(others)).into())
}

/// I25: a call about policies that authorize nothing is asked for, and changes nothing here.
fn passed_over<'a>(needs: Needs, word: &'a str, shown: Value) -> Planned<'a> {
    let note = match word {
        "S3_POLICY" => {
            "passed over: an S3_POLICY authorizes nothing, it sets S3 Block Public Access of the accounts below \
             it; here: `public-access-block on for organization`, or `… for organization ou NAME`"
                .to_owned()
        }
        _ => format!("passed over: policies of type {word} authorize nothing, so none is kept here"),
    };
    needs.with(POLICY_TYPE, word).then(move |_| Ok(Outcome::of(Part::Json(shown)).note(note)))
}

/// The ARN of something in the organization: `account/ID`, `policy/TYPE/ID` …
fn arn_in(organization: &Organization, resource: &str) -> String {
    let (kind, id) = resource.split_once('/').unwrap_or((resource, ""));
    format!("arn:aws:organizations::{}:{kind}/{}/{id}", organization.management, organization.id)
}

impl Call<'_> {
    fn organization(&self) -> Result<&Organization, Refusal> {
        let member = self.world.organization_of(self.account);
        member.map(AsRef::as_ref).ok_or_else(|| {
            let what = format!("account {} is in no organization", self.account);
            let error = WorldError::new("no-organization", "", what);
            error.help("`aws organizations create-organization` makes one").into()
        })
    }

    /// A change of the caller's organization.
    fn organize(&self, change: OrganizationChange) -> Change {
        Change::Organization(change).said_in(Some(self.account))
    }

    /// The unit, account or root of an id that an option gives.
    fn node(&self, option: &str) -> Result<Node, Refusal> {
        let (organization, id) = (self.organization()?, self.word(option));
        let unit = organization.units.values().find(|unit| &*unit.id == id);
        let account = AccountId::parse(id).filter(|account| organization.has(*account));
        match (unit, account) {
            _ if *organization.root_id == *id => Ok(Node::Root),
            (Some(unit), _) => Ok(Node::Unit(unit.name.clone())),
            (_, Some(account)) => Ok(Node::Account(account)),
            _ => Err(self.no_such(option)?),
        }
    }

    /// AWS's answer to an id that is none, by what the option names.
    fn no_such(&self, option: &str) -> Result<Refusal, Refusal> {
        let code = match option {
            "parent-id" => "ParentNotFoundException",
            "root-id" => "RootNotFoundException",
            "child-id" => "ChildNotFoundException",
            "organizational-unit-id" => "OrganizationalUnitNotFoundException",
            "source-parent-id" => "SourceParentNotFoundException",
            "destination-parent-id" => "DestinationParentNotFoundException",
            _ => "TargetNotFoundException",
        };
        Ok(Refusal::Error(code, unknown_target(self.organization()?, self.word(option))))
    }

    fn account_of(&self, option: &str) -> Result<AccountId, Refusal> {
        let id = self.word(option);
        AccountId::parse(id).ok_or_else(|| WorldError::bad_account_id(id).into())
    }
}

/// The ids of roots, units and accounts, for whoever gave another.
fn unknown_target(organization: &Organization, id: &str) -> WorldError {
    let units = organization.units.values().map(|unit| format!("ou `{}` is {}", unit.name, unit.id));
    let known: Vec<String> =
        [format!("the root is {}", organization.root_id)].into_iter().chain(units).collect();
    let what = format!("there is no root, unit or account of the id `{id}` in the organization");
    WorldError::new("unknown-target", id, what).help(format!("known: {}", known.join(", ")))
}

fn node_arn(organization: &Organization, node: &Node) -> String {
    let (id, kind) = match (node, id_and_type(organization, node)) {
        (Node::Unit(_), (id, _)) => (id, "ou".to_owned()),
        (_, (id, kind)) => (id, kind.to_ascii_lowercase()),
    };
    arn_in(organization, &format!("{kind}/{id}"))
}

/// The id of something in the organization, and AWS's word for what it is.
fn id_and_type(organization: &Organization, node: &Node) -> (String, &'static str) {
    match node {
        Node::Root => (organization.root_id.to_string(), "ROOT"),
        Node::Unit(name) => {
            let unit = organization.units.get(&**name);
            (unit.map(|unit| unit.id.to_string()).unwrap_or_default(), "ORGANIZATIONAL_UNIT")
        }
        Node::Account(id) => (id.to_string(), "ACCOUNT"),
    }
}

fn target_of(node: Node) -> Target {
    match node {
        Node::Root => Target::OrganizationRoot,
        Node::Unit(name) => Target::Unit(name),
        Node::Account(id) => Target::Account(id),
    }
}
