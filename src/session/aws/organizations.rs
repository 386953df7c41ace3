//! The organization: units, accounts, SCPs and RCPs, delegated administrators.

use serde_json::{Value, json};

use super::call::Call;
use super::operation::Operation;
use super::plan::Planned;
use super::refusal::Refusal;
use crate::names::AccountId;
use crate::policy::PolicyType;
use crate::session::need::Need;
use crate::world::{
    AccountState, Change, Document, ManagedPolicy, Node, Organization, Target, World, WorldError,
};

#[rustfmt::skip]
pub(super) const ROWS: &[Operation] = &[
    org("create-organization", "[--feature-set ALL]", "creates the organization; the caller's account is its management account", create),
    org("describe-organization", "", "shows the organization", describe),
    org("list-roots", "", "shows the organization root and its id", roots),
    org("list-accounts", "", "lists the accounts", accounts),
    org("list-organizational-units-for-parent", "--parent-id PARENT", "lists the units in a unit or the root", units),
    org("create-organizational-unit", "--parent-id PARENT --name NAME", "creates a unit", create_unit),
    org("delete-organizational-unit", "--organizational-unit-id UNIT", "deletes a unit that is empty", delete_unit),
    org("move-account", "--account-id ACCOUNT --source-parent-id PARENT --destination-parent-id PARENT", "moves an account to a unit or the root", move_account),
    org("create-policy", "--name NAME --type SERVICE_CONTROL_POLICY|RESOURCE_CONTROL_POLICY --content DOCUMENT --description TEXT", "creates an SCP or RCP", create_policy),
    org("update-policy", "--policy-id POLICY-ID [--content DOCUMENT] [--description TEXT]", "replaces the document of an SCP or RCP", update_policy),
    org("delete-policy", "--policy-id POLICY-ID", "deletes an SCP or RCP that is attached nowhere", delete_policy),
    org("describe-policy", "--policy-id POLICY-ID", "shows an SCP or RCP with its document", describe_policy),
    org("list-policies", "--filter SERVICE_CONTROL_POLICY|RESOURCE_CONTROL_POLICY", "lists the SCPs or RCPs", list_policies),
    org("list-policies-for-target", "--target-id TARGET --filter SERVICE_CONTROL_POLICY|RESOURCE_CONTROL_POLICY", "lists those of a unit, an account or the root", policies_of),
    org("attach-policy", "--policy-id POLICY-ID --target-id TARGET", "attaches an SCP or RCP to a unit, an account or the root", attach),
    org("detach-policy", "--policy-id POLICY-ID --target-id TARGET", "detaches it", detach),
    org("register-delegated-administrator", "--account-id ACCOUNT --service-principal SERVICE", "makes an account the delegated administrator of a service", delegate),
    org("close-account", "--account-id ACCOUNT", "closes a member account", close_account),
];

const fn org(
    name: &'static str,
    options: &'static str,
    help: &'static str,
    plan: for<'a> fn(&'a Call<'a>) -> Planned<'a>,
) -> Operation {
    Operation::of("organizations", name, options, help, plan)
}

impl Organization {
    fn arn(&self, resource: &str) -> String {
        let (kind, id) = resource.split_once('/').unwrap_or((resource, ""));
        format!("arn:aws:organizations::{}:{kind}/{}/{id}", self.management, self.id)
    }
}

impl Call<'_> {
    fn organization(&self) -> Result<&Organization, Refusal> {
        let member = self.world.organization().filter(|organization| organization.has(self.account));
        member.map(AsRef::as_ref).ok_or_else(|| {
            let what = format!("account {} is in no organization", self.account);
            let error = WorldError::new("no-organization", "", what);
            error.help("`aws organizations create-organization` makes one").into()
        })
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
            _ => Err(unknown_target(organization, id).into()),
        }
    }

    fn account_of(&self, option: &str) -> Result<AccountId, Refusal> {
        let id = self.word(option);
        AccountId::parse(id).ok_or_else(|| {
            WorldError::new("bad-account-id", id, format!("`{id}` is not the id of an account")).into()
        })
    }

    /// The SCP or RCP of an id that an option gives.
    fn control_policy(&self) -> Result<(&'static str, &ManagedPolicy), Refusal> {
        let (organization, id) = (self.organization()?, self.word("policy-id"));
        all_policies(organization).find(|(_, policy)| id_of(policy) == id).ok_or_else(|| {
            let known: Vec<String> = all_policies(organization)
                .map(|(_, policy)| format!("`{}` is {}", policy.name, id_of(policy)))
                .collect();
            let what = format!("there is no SCP or RCP of the id `{id}`");
            WorldError::new("unknown-organization-policy", id, what)
                .help(format!("known: {}", known.join(", ")))
                .into()
        })
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

fn all_policies(organization: &Organization) -> impl Iterator<Item = (&'static str, &ManagedPolicy)> {
    let scps = organization.scps.values().map(|policy| (SCP, &**policy));
    scps.chain(organization.rcps.values().map(|policy| (RCP, &**policy)))
}

const SCP: &str = "SERVICE_CONTROL_POLICY";
const RCP: &str = "RESOURCE_CONTROL_POLICY";

/// `p-…`
fn id_of(policy: &ManagedPolicy) -> &str {
    policy.arn.rsplit('/').next().unwrap_or_default()
}

fn node_arn(organization: &Organization, node: &Node) -> String {
    match node {
        Node::Root => organization.arn(&format!("root/{}", organization.root_id)),
        Node::Unit(name) => {
            let id = organization.units.get(name).map_or("", |unit| &unit.id);
            organization.arn(&format!("ou/{id}"))
        }
        Node::Account(id) => organization.arn(&format!("account/{id}")),
    }
}

fn target_of(node: Node) -> Target {
    match node {
        Node::Root => Target::OrganizationRoot,
        Node::Unit(name) => Target::Unit(name),
        Node::Account(id) => Target::Account(id),
    }
}

fn create<'a>(call: &'a Call<'a>) -> Planned<'a> {
    call.needs("*").then(move |session| {
        if let Some(known) = call.option("feature-set").filter(|set| *set != "ALL") {
            let what = format!("an organization of feature set `{known}` has no SCPs, and is not modelled");
            return Err(WorldError::new("not-modelled", known, what).into());
        }
        let id = format!("o-{}", call.account);
        session.world.apply(Change::CreateOrganization { id: id.into(), management: call.account })?;
        let shown = shown_organization(&session.world)?;
        let outcome = crate::session::Outcome::of(crate::session::Part::Json(shown));
        Ok(outcome.note("AWS draws the id at random; here it is made of the account's"))
    })
}

fn shown_organization(world: &World) -> Result<Value, Refusal> {
    let organization = world
        .organization()
        .ok_or_else(|| WorldError::new("no-organization", "", "there is no organization"))?;
    let id = organization.management;
    Ok(json!({"Organization": {
        "Id": &*organization.id,
        "Arn": format!("arn:aws:organizations::{id}:organization/{}", organization.id),
        "FeatureSet": "ALL",
        "MasterAccountArn": node_arn(organization, &Node::Account(id)),
        "MasterAccountId": id.as_str(),
        "MasterAccountEmail": world.account(id).map(|account| &*account.root.email),
    }}))
}

fn describe<'a>(call: &'a Call<'a>) -> Planned<'a> {
    call.needs("*").show(move |_| {
        call.organization()?;
        shown_organization(call.world)
    })
}

fn roots<'a>(call: &'a Call<'a>) -> Planned<'a> {
    call.needs("*").show(move |_| {
        let organization = call.organization()?;
        let arn = node_arn(organization, &Node::Root);
        Ok(json!({"Roots": [{"Id": &*organization.root_id, "Arn": arn, "Name": "Root"}]}))
    })
}

fn accounts<'a>(call: &'a Call<'a>) -> Planned<'a> {
    call.needs("*").show(move |_| {
        let organization = call.organization()?;
        let known = organization.accounts.keys().filter_map(|id| call.world.account(*id));
        let shown = known.map(|account| {
            let arn = node_arn(organization, &Node::Account(account.id));
            let state = if account.state == AccountState::Active { "ACTIVE" } else { "SUSPENDED" };
            json!({"Id": account.id.as_str(), "Arn": arn, "Email": &*account.root.email, "Name": &*account.name, "Status": state})
        });
        Ok(json!({"Accounts": shown.collect::<Value>()}))
    })
}

fn shown_unit(organization: &Organization, name: &str) -> Value {
    let id = organization.units.get(name).map_or("", |unit| &unit.id);
    json!({"Id": id, "Arn": node_arn(organization, &Node::Unit(name.into())), "Name": name})
}

fn units<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let parent = call.node("parent-id")?;
    call.needs(node_arn(call.organization()?, &parent)).show(move |_| {
        let organization = call.organization()?;
        let inside = |place: &Option<Box<str>>| place.clone().map_or(Node::Root, Node::Unit) == parent;
        let units = organization.units.values().filter(|unit| inside(&unit.parent));
        let units: Value = units.map(|unit| shown_unit(organization, &unit.name)).collect();
        Ok(json!({"OrganizationalUnits": units}))
    })
}

fn create_unit<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let (parent, name) = (call.node("parent-id")?, call.word("name"));
    call.needs(node_arn(call.organization()?, &parent)).change_and_show(
        move || {
            let under = match parent {
                Node::Unit(name) => Some(name),
                _ => None,
            };
            Ok(Change::CreateUnit { name: name.into(), under })
        },
        move |session| {
            let organization = session.world.organization();
            let shown = organization.map_or(Value::Null, |organization| shown_unit(organization, name));
            Ok(json!({"OrganizationalUnit": shown}))
        },
    )
}

fn delete_unit<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let node = call.node("organizational-unit-id")?;
    let needs = call.needs(node_arn(call.organization()?, &node));
    needs.change(move || match node {
        Node::Unit(name) => Ok(Change::Delete { account: call.account, target: Target::Unit(name) }),
        _ => Err(unknown_target(call.organization()?, call.word("organizational-unit-id")).into()),
    })
}

fn move_account<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let organization = call.organization()?;
    let account = call.account_of("account-id")?;
    let (from, to) = (call.node("source-parent-id")?, call.node("destination-parent-id")?);
    let action = call.action();
    let needs = call.needs(node_arn(organization, &Node::Account(account)));
    let needs = needs.and(Need::new(&*action, node_arn(organization, &from)));
    needs.and(Need::new(&*action, node_arn(organization, &to))).change(move || {
        let place = organization
            .accounts
            .get(&account)
            .ok_or_else(|| unknown_target(organization, account.as_str()))?;
        if place.clone().map_or(Node::Root, Node::Unit) != from {
            let id = call.word("source-parent-id");
            return Err(
                WorldError::new("unknown-target", id, format!("account {account} is not in `{id}`")).into()
            );
        }
        Ok(Change::MoveAccount { account, to: target_of(to) })
    })
}

/// The kind of policy that a word names, and the policy type of its documents.
fn kind_of(word: &str) -> Result<(&'static str, PolicyType), Refusal> {
    match word {
        SCP => Ok((SCP, PolicyType::ServiceControl)),
        RCP => Ok((RCP, PolicyType::ResourceControl)),
        _ => {
            let what = format!("policies of type `{word}` are not modelled");
            Err(WorldError::new("not-modelled", word, what).help(format!("modelled: {SCP} and {RCP}")).into())
        }
    }
}

fn put(kind: &str, name: &str, document: Document) -> Change {
    match kind {
        RCP => Change::PutRcp { name: name.into(), document },
        _ => Change::PutScp { name: name.into(), document },
    }
}

fn create_policy<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let (organization, name) = (call.organization()?, call.word("name"));
    let (kind, document_kind) = kind_of(call.word("type"))?;
    let needs = call.needs(organization.arn(&format!("policy/{}", kind.to_ascii_lowercase())));
    needs.with("organizations:PolicyType", kind).then(move |session| {
        if all_policies(organization).any(|(_, policy)| &*policy.name == name) {
            let what = format!("there is a policy `{name}` already");
            return Err(WorldError::new("scp-exists", name, what)
                .help("`aws organizations update-policy` changes it")
                .into());
        }
        let applied = session.world.apply(put(kind, name, call.document("content", document_kind)?))?;
        let organization = session.world.organization().map_or(organization, AsRef::as_ref);
        let policy = all_policies(organization).find(|(_, policy)| &*policy.name == name);
        let shown = policy.map(|(kind, policy)| shown_policy(kind, policy, true));
        let outcome = crate::session::Outcome::of(crate::session::Part::Json(json!({"Policy": shown})));
        let outcome = applied.warnings.into_iter().fold(outcome, crate::session::Outcome::note);
        Ok(call.not_kept(outcome, &["description"]))
    })
}

fn summary(kind: &str, policy: &ManagedPolicy) -> Value {
    let aws = policy.arn.starts_with("arn:aws:organizations::aws:");
    json!({"Id": id_of(policy), "Arn": &*policy.arn, "Name": &*policy.name, "Type": kind, "AwsManaged": aws})
}

fn shown_policy(kind: &str, policy: &ManagedPolicy, whole: bool) -> Value {
    let mut shown = json!({"PolicySummary": summary(kind, policy)});
    if let Some(compiled) = policy.document().compiled().filter(|_| whole) {
        let policy = compiled.policy();
        shown["Content"] = policy.source().slice(policy.document()).into();
    }
    shown
}

fn update_policy<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let (kind, policy) = call.control_policy()?;
    call.needs(&*policy.arn).with("organizations:PolicyType", kind).then(move |session| {
        let outcome = match call.has("content") {
            true => {
                let document = call.document("content", kind_of(kind)?.1)?;
                session.world.apply(put(kind, &policy.name, document))?.into()
            }
            false => crate::session::Outcome::said(format!("nothing to change in {}", policy.name)),
        };
        Ok(call.not_kept(outcome, &["description"]))
    })
}

fn delete_policy<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let (kind, policy) = call.control_policy()?;
    call.needs(&*policy.arn).with("organizations:PolicyType", kind).change(move || {
        Ok(Change::Delete { account: call.account, target: Target::Policy(policy.name.clone()) })
    })
}

fn describe_policy<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let (kind, policy) = call.control_policy()?;
    let needs = call.needs(&*policy.arn).with("organizations:PolicyType", kind);
    needs.show(move |_| Ok(json!({"Policy": shown_policy(kind, policy, true)})))
}

fn list_policies<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let kind = kind_of(call.word("filter"))?.0;
    call.needs("*").with("organizations:PolicyType", kind).show(move |_| {
        let own = all_policies(call.organization()?).filter(|(own, _)| *own == kind);
        Ok(json!({"Policies": own.map(|(kind, policy)| summary(kind, policy)).collect::<Value>()}))
    })
}

fn policies_of<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let (kind, node) = (kind_of(call.word("filter"))?.0, call.node("target-id")?);
    let needs = call.needs(node_arn(call.organization()?, &node));
    needs.with("organizations:PolicyType", kind).show(move |_| {
        let organization = call.organization()?;
        let lists = if kind == RCP { &organization.attached_rcps } else { &organization.attached_scps };
        let names = lists.get(&node).map_or(&[][..], Vec::as_slice);
        let own =
            all_policies(organization).filter(|(own, policy)| *own == kind && names.contains(&policy.name));
        Ok(json!({"Policies": own.map(|(kind, policy)| summary(kind, policy)).collect::<Value>()}))
    })
}

fn attach<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let ((_, policy), to) = (call.control_policy()?, call.node("target-id")?);
    let target = target_of(to);
    on_target(call)?
        .change(move || Ok(Change::Attach { account: call.account, policy: policy.name.clone(), to: target }))
}

fn detach<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let ((_, policy), from) = (call.control_policy()?, call.node("target-id")?);
    let target = target_of(from);
    on_target(call)?.change(move || {
        Ok(Change::Detach { account: call.account, policy: policy.name.clone(), from: target })
    })
}

/// Attaching works on the policy and on the target; both must be allowed (A40).
fn on_target(call: &Call<'_>) -> Result<super::plan::Needs, Refusal> {
    let (kind, policy) = call.control_policy()?;
    let target = node_arn(call.organization()?, &call.node("target-id")?);
    let needs = call.needs(&*policy.arn).with("organizations:PolicyType", kind);
    Ok(needs.and(Need::new(call.action(), target)).with("organizations:PolicyType", kind))
}

fn delegate<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let (account, service) = (call.account_of("account-id")?, call.word("service-principal"));
    let needs = call.needs(node_arn(call.organization()?, &Node::Account(account)));
    needs
        .with("organizations:ServicePrincipal", service)
        .change(move || Ok(Change::Delegate { service: service.into(), account }))
}

fn close_account<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let account = call.account_of("account-id")?;
    let organization = call.organization()?;
    call.needs(node_arn(organization, &Node::Account(account))).change(move || {
        if !organization.binds(account) {
            let what = format!("account {account} is not a member account");
            return Err(WorldError::new("not-a-member-account", account.as_str(), what).into());
        }
        Ok(Change::SetAccountState { account, state: AccountState::Closed })
    })
}
