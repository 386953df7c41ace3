//! SCPs and RCPs.

use serde_json::{Value, json};

use super::super::{
    call::Call,
    operation::Operation,
    plan::{Needs, Planned},
    refusal::Refusal,
};
use super::tree::id_and_type;
use super::{ORGANIZATIONS, RCP, SCP, arn_in, kind_of, node_arn, target_of};
use crate::session::{Need, Outcome, Part};
use crate::world::{Change, Document, ManagedPolicy, Organization, OrganizationChange, Target, WorldError};

#[rustfmt::skip]
pub(in super::super) const ROWS: &[Operation] = &[
    ORGANIZATIONS.row("create-policy", "--name NAME --type SERVICE_CONTROL_POLICY|RESOURCE_CONTROL_POLICY --content DOCUMENT | description tags", "creates an SCP or RCP", create_policy),
    ORGANIZATIONS.row("update-policy", "--policy-id POLICY-ID [--content DOCUMENT] | name description", "replaces the document of an SCP or RCP", update_policy),
    ORGANIZATIONS.row("delete-policy", "--policy-id POLICY-ID", "deletes an SCP or RCP that is attached nowhere", delete_policy),
    ORGANIZATIONS.row("describe-policy", "--policy-id POLICY-ID", "shows an SCP or RCP with its document", describe_policy),
    ORGANIZATIONS.row("list-policies", "--filter SERVICE_CONTROL_POLICY|RESOURCE_CONTROL_POLICY", "lists the SCPs or RCPs", list_policies),
    ORGANIZATIONS.row("list-policies-for-target", "--target-id TARGET --filter SERVICE_CONTROL_POLICY|RESOURCE_CONTROL_POLICY", "lists the SCPs or RCPs of a unit, an account or the root", policies_of),
    ORGANIZATIONS.row("list-targets-for-policy", "--policy-id POLICY-ID", "lists what an SCP or RCP is attached to", targets),
    ORGANIZATIONS.row("attach-policy", "--policy-id POLICY-ID --target-id TARGET", "attaches an SCP or RCP to a unit, an account or the root", attach),
    ORGANIZATIONS.row("detach-policy", "--policy-id POLICY-ID --target-id TARGET", "detaches an SCP or RCP from a unit, an account or the root", detach),
];

impl Call<'_> {
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

fn all_policies(organization: &Organization) -> impl Iterator<Item = (&'static str, &ManagedPolicy)> {
    let scps = organization.scps.values().map(|policy| (SCP, &**policy));
    scps.chain(organization.rcps.values().map(|policy| (RCP, &**policy)))
}

/// `p-…`
fn id_of(policy: &ManagedPolicy) -> &str {
    policy.arn.rsplit('/').next().unwrap_or_default()
}

fn put(kind: &str, name: &str, document: Document) -> Change {
    match kind {
        RCP => Change::Organization(OrganizationChange::PutRcp { name: name.into(), document }),
        _ => Change::Organization(OrganizationChange::PutScp { name: name.into(), document }),
    }
}

fn create_policy<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let (organization, name) = (call.organization()?, call.word("name"));
    let (kind, document_kind) = kind_of(call.word("type"))?;
    let needs = call.needs(arn_in(organization, &format!("policy/{}", kind.to_ascii_lowercase())));
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
        let outcome = Outcome::of(Part::Json(json!({"Policy": shown})));
        Ok(applied.warnings.into_iter().fold(outcome, Outcome::note))
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
        Ok(match call.has("content") {
            true => {
                let document = call.document("content", kind_of(kind)?.1)?;
                session.world.apply(put(kind, &policy.name, document))?.into()
            }
            false => Outcome::said(format!("nothing to change in {}", policy.name)),
        })
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

fn targets<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let (kind, policy) = call.control_policy()?;
    let needs = call.needs(&*policy.arn).with("organizations:PolicyType", kind);
    needs.show(move |_| {
        let organization = call.organization()?;
        let lists = organization.attached_scps.iter().chain(&organization.attached_rcps);
        let nodes = lists.filter(|(_, names)| names.contains(&policy.name)).map(|(node, _)| node);
        let shown = nodes.map(|node| {
            let (id, kind) = id_and_type(organization, node);
            json!({"TargetId": id, "Arn": node_arn(organization, node), "Type": kind})
        });
        Ok(json!({"Targets": shown.collect::<Value>()}))
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
fn on_target(call: &Call<'_>) -> Result<Needs, Refusal> {
    let (kind, policy) = call.control_policy()?;
    let target = node_arn(call.organization()?, &call.node("target-id")?);
    let needs = call.needs(&*policy.arn).with("organizations:PolicyType", kind);
    Ok(needs.and(Need::new(call.action(), target)).with("organizations:PolicyType", kind))
}
