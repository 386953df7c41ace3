//! Who is simulated, in which world, and with which policies.

use std::sync::Arc;

use super::super::{call::Call, refusal::Refusal, shorthand::Structure};
use super::excluded::Exclusion;
use crate::policy::{Policy, PolicyType};
use crate::session::find_principal;
use crate::source::{Place, Source, Span};
use crate::syntax::json::parse_json;
use crate::world::{
    Account, Change, Document, Entity, GivenPolicies, Identity, Level, NamedDocument, Principal,
    PrincipalKind, Tags, World, WorldError,
};

/// Who is simulated, in a world of its own.
pub(super) struct Simulated {
    pub(super) world: World,
    /// Whose policies are asked about, and who calls.
    pub(super) principal: Principal,
    /// The user, group or role that was named, where one was.
    source: Option<Entity>,
    /// Policies in place of those of the world.
    pub(super) policies: GivenPolicies,
}

impl Simulated {
    /// The user, group or role that a call names, with the further policies that it gives.
    pub(super) fn of_principal(call: &Call<'_>) -> Result<Self, Refusal> {
        let mut found = Self::source(call)?;
        found.add(documents(call, "policy-input-list")?)?;
        Ok(found)
    }

    /// Somebody who has the policies that a call gives, and no others.
    pub(super) fn of_documents(call: &Call<'_>) -> Result<Self, Refusal> {
        let mut found = Self::stand_in(call, &[])?;
        found.add(documents(call, "policy-input-list")?)?;
        found.policies.scp = scps(call)?;
        Ok(found)
    }

    /// The user or role whose policies are asked about; for a group a member that has no others.
    fn source(call: &Call<'_>) -> Result<Self, Refusal> {
        let arn = call.word("policy-source-arn");
        let named = identity_of(call.own()?, arn);
        let Some(named) = named else {
            let what = format!("there is no user, group or role `{arn}`");
            return Err(Refusal::Error("NoSuchEntity", WorldError::new("unknown-principal", arn, what)));
        };
        let found = match named.kind {
            "group" => Self::stand_in(call, &[named.name.into()])?,
            _ => Self {
                principal: find_principal(call.world, Some(call.account), arn)?,
                world: call.world.clone(),
                source: None,
                policies: GivenPolicies::default(),
            },
        };
        Ok(Self { source: Some(named.entity()), ..found })
    }

    /// A user that has nothing but its groups.
    fn stand_in(call: &Call<'_>, groups: &[Box<str>]) -> Result<Self, Refusal> {
        let (mut world, account) = (call.world.clone(), call.account);
        let taken = |name: &String| call.own().is_ok_and(|own| own.user(name).is_some());
        let name =
            (0..).map(|number| format!("simulated-{number}")).find(|name| !taken(name)).unwrap_or_default();
        let user: Box<str> = name.into();
        let (path, tags) = ("/".into(), Tags::new());
        world.apply(Change::CreateUser { account, name: user.clone(), path, tags, id: None })?;
        for group in groups {
            world.apply(Change::AddToGroup { account, user: user.clone(), group: group.clone() })?;
        }
        let principal =
            find_principal(&world, Some(account), &format!("arn:aws:iam::{account}:user/{user}"))?;
        Ok(Self { world, principal, source: None, policies: GivenPolicies::default() })
    }

    /// Adds documents to the policies of the principal.
    fn add(&mut self, documents: Vec<NamedDocument>) -> Result<(), Refusal> {
        let Some(account) = self.principal.account() else { return Ok(()) };
        let on = entity_of(&self.principal);
        for NamedDocument { name, document } in documents {
            self.world.apply(Change::PutInline { account, on: on.clone(), name, document })?;
        }
        Ok(())
    }

    /// Takes away what a call leaves out of the simulation: what if this policy were gone?
    pub(super) fn leave_out(&mut self, call: &Call<'_>) -> Result<(), Refusal> {
        let exclusions = call.structures("policy-exclusion-list")?;
        let exclusions = exclusions.iter().map(Exclusion::read).collect::<Result<Vec<_>, _>>()?;
        let (Some(source), Some(account)) = (&self.source, self.principal.account()) else { return Ok(()) };
        if exclusions.iter().any(Exclusion::is_of_scps) {
            self.policies.scp = Some(Vec::new());
        }
        let own = call.world.account(account);
        let groups = own.and_then(|own| own.identity(source)).map(|named| named.groups).unwrap_or_default();
        let groups = groups.iter().map(|name| Entity::Group(name.clone()));
        let entities: Vec<Entity> = [source.clone()].into_iter().chain(groups).collect();
        let held = entities.iter().filter_map(|one| own?.identity(one));
        let changes = held.flat_map(|one| exclusions.iter().flat_map(move |out| out.changes(&one, account)));
        for change in changes {
            self.world.apply(change)?;
        }
        Ok(())
    }

    /// `--caller-arn` names a user or role that calls with the policies asked about.
    pub(super) fn called_by(&mut self, call: &Call<'_>) -> Result<(), Refusal> {
        let own = self.principal.lasting_arn();
        let Some(arn) = call.option("caller-arn").filter(|arn| *arn != own) else { return Ok(()) };
        let is_lasting = |who: &Principal| {
            matches!(who.kind, PrincipalKind::User { .. } | PrincipalKind::RoleSession { .. })
                && who.lasting_arn() == arn
        };
        let Some(who) = Principal::parse_arn(arn).filter(is_lasting) else {
            let what =
                format!("`{arn}` is not the ARN of an IAM user or role, which alone can be the caller");
            return Err(Refusal::Error("InvalidInput", WorldError::new("bad-caller", arn, what)));
        };
        let caller = self.world.caller(&self.principal, &self.policies);
        self.policies.identity = Some(caller.identity.as_ref().map(given_again).unwrap_or_default());
        self.policies.permissions_boundary = caller.boundary.as_ref().map(given_again);
        if self.policies.scp.is_none() {
            self.policies.scp = Some(caller.scp.iter().map(given_again).collect());
        }
        self.principal = who;
        Ok(())
    }
}

/// The user, group or role of an ARN.
fn identity_of<'w>(own: &'w Account, arn: &str) -> Option<Identity<'w>> {
    let (_, name) = arn.rsplit_once('/')?;
    let entities = [Entity::User(name.into()), Entity::Role(name.into()), Entity::Group(name.into())];
    entities.iter().filter_map(|entity| own.identity(entity)).find(|one| one.arn(own.id) == arn)
}

fn entity_of(principal: &Principal) -> Entity {
    let arn = principal.lasting_arn();
    let name = arn.rsplit('/').next().unwrap_or_default().into();
    match principal.kind {
        PrincipalKind::RoleSession { .. } => Entity::Role(name),
        _ => Entity::User(name),
    }
}

/// The documents of an option, named as AWS names them.
pub(super) fn documents(call: &Call<'_>, option: &str) -> Result<Vec<NamedDocument>, Refusal> {
    let all = call.given.all(option).unwrap_or_default().iter().zip(1..);
    let name =
        if option == "policy-input-list" { "PolicyInputList" } else { "PermissionsBoundaryPolicyInputList" };
    let one = |(value, number)| {
        let document = call.document_in(value, PolicyType::IdentityBased)?;
        Ok(NamedDocument { name: format!("{name}.{number}").into(), document })
    };
    all.map(one).collect()
}

/// The SCPs that a call gives, a list for each level from the organization root down; without any they limit nobody.
fn scps(call: &Call<'_>) -> Result<Option<Vec<Vec<NamedDocument>>>, Refusal> {
    let levels = call.structures("ordered-organization-policy-input-list")?;
    let level = |(level, at): (&Structure, usize)| {
        let texts = level.at("ServiceControlPolicyInputList").into_iter().zip(1..);
        texts
            .map(|(text, number)| scp(text, &format!("OrderedOrganizationPolicyInputList.{at}.{number}")))
            .collect()
    };
    Ok(Some(levels.iter().zip(1..).map(level).collect::<Result<_, _>>()?))
}

fn scp(text: String, name: &str) -> Result<NamedDocument, Refusal> {
    let source = Source::new(name, text);
    let (document, _) = Document::from_parsed(Policy::of(parse_json(&source), PolicyType::ServiceControl));
    match &document {
        Document::Refused(found) => {
            let place = Place::new(&source, Span::default());
            Err(Refusal::Malformed(place, None, found.to_vec()))
        }
        _ => Ok(NamedDocument { name: name.into(), document }),
    }
}

/// The policies of a level, to be given to somebody else.
fn given_again(level: &Level) -> Vec<NamedDocument> {
    let all = level.origins.iter().zip(level.set.policies());
    let good = all.map(|(origin, policy)| NamedDocument {
        name: origin.name.clone(),
        document: Document::Good(Arc::clone(policy)),
    });
    let lost = level.incomplete.iter();
    let lost = lost.map(|name| NamedDocument { name: name.clone(), document: Document::Missing });
    good.chain(lost).collect()
}
