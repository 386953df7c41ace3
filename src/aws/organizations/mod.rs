//! The organization: units, accounts, SCPs and RCPs, delegated administrators.

pub(super) mod accounts;
pub(super) mod handshakes;
pub(super) mod policies;
pub(super) mod tree;

use super::call::Call;
use super::operation::Service;
use super::refusal::Refusal;
use crate::facts;
use crate::names::AccountId;
use crate::world::{Change, ControlKind, Node, Organization, OrganizationChange, Target, WorldError};

const ORGANIZATIONS: Service = Service("organizations");

/// The condition key of calls about policies.
const POLICY_TYPE: &str = "organizations:PolicyType";

fn kind_of(word: &str) -> Result<ControlKind, Refusal> {
    let known = ControlKind::ALL.into_iter().find(|kind| kind.aws_name() == word);
    known.ok_or_else(|| not_modelled(word).into())
}

/// I25.
fn not_modelled(word: &str) -> WorldError {
    let what = match word {
        "S3_POLICY" => {
            "an S3_POLICY authorizes nothing: it sets S3 Block Public Access of the accounts below it"
                .to_owned()
        }
        _ if facts::other_policy_types().contains(&word) => {
            format!("policies of type `{word}` authorize nothing, so none is kept here")
        }
        _ => format!("policies of type `{word}` are not modelled"),
    };
    let error = WorldError::new("not-modelled", word, what);
    match word {
        "S3_POLICY" => error.help("here: `public-access-block on for organization`"),
        _ => error.help(format!("modelled: {}", ControlKind::ALL.map(ControlKind::aws_name).join(" and "))),
    }
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
